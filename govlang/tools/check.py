"""`check`: everything that can be found in an agreement without a record.

In: a loaded agreement. Out: `Checked`: its messages (text, model, scenarios) in the order of the text, and what its
scenarios came to. Scenarios run only when the text has no errors, since an answer over half a text would be worse than
none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from govlang.diagnostics import Diagnostic, has_errors, ordered
from govlang.frozen import dataclass, replace
from govlang.model import checks
from govlang.model.nodes import Agreement
from govlang.model.steps import RELIEF
from govlang.pipeline import Loaded, load
from govlang.tools import coverage
from govlang.tools.coverage import DecisionCover, NormCover, RequirementCover
from govlang.tools.scenarios import Outcome, run_all

TABLE_CODES = ("GL132", "GL133", "GL134", "GL135")  # no scenario runs by a holiday table that cannot be trusted
SUFFIXES = (".gov", ".gov.md")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one agreement. `unreadable` says that its file could not be read at all."""

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def unreadable(self) -> bool:
        return any(found.code in ("GL003", "GL004") for found in self.diagnostics)

    @property
    def sound(self) -> bool:
        """Whether nothing but warnings was found."""
        return not has_errors(self.diagnostics)


def check(agreement: Loaded | str | os.PathLike[str]) -> Checked:
    """Checks one agreement."""
    loaded = agreement if isinstance(agreement, Loaded) else load(agreement)
    found = [*loaded.diagnostics, *of_text(loaded.agreement)]
    if has_errors(loaded.diagnostics) or any(item.code in TABLE_CODES for item in found):
        return Checked(loaded, tuple(ordered(found)))
    outcomes = tuple(run_all(loaded))
    for outcome in outcomes:
        found.extend(outcome.failures)
    found.extend(untested(loaded, outcomes))
    return Checked(loaded, tuple(ordered(found)), outcomes)


def check_all(paths: Iterable[str]) -> list[Checked]:
    """Checks everything that paths name. Of a folder, a file that other agreements use is checked where it is used."""
    named = list(paths)
    checked = [check(path) for path in agreements_in(named)]
    shared = used_by(each.loaded for each in checked)
    return [each for each in checked if each.loaded.source.name in named or place_of(each.loaded.source.name) not in shared]


def used_by(agreements: Iterable[Loaded]) -> set[str]:
    """The files that some of the agreements use."""
    return {place_of(item.source.name) for loaded in agreements for item in loaded.used}


def place_of(path: str) -> str:
    """A path by which a file is told from others; one that no file can have is left as it is."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def of_text(agreement: Agreement) -> Iterator[Diagnostic]:
    """What the checks find in the text, and in each amended text what they do not find in the one before it. A name is unused
    when no version that has it uses it; what a shared file offers need not be used."""
    source = agreement.layout.source
    first = [found for found in checks.run(agreement) if found.code != "GL104" or found.source is source]
    if not agreement.amendments:
        yield from first
        return
    from govlang.model.versions import versions

    texts = versions(agreement)
    every = [first, *(checks.run(version.agreement) for version in texts[1:])]
    keys = [{_key(found) for found in each} for each in every]
    known: set[tuple[object, ...]] = set()
    for place, (version, each) in enumerate(zip(texts, every, strict=True)):
        for found in each:
            name = source.at(found.span) if found.source is source else ""
            used = found.code == "GL104" and any(
                not name or (_key(found) not in others and other.agreement.kind_of(name) is not None)
                for other, others in zip(texts, keys, strict=True)
            )
            if _key(found) not in known and not used:
                known.add(_key(found))
                note = f"in version {version.number}, as {version.name} makes it"
                yield replace(found, notes=(*found.notes, note)) if place else found


def _key(found: Diagnostic) -> tuple[object, ...]:
    return found.code, found.message, found.place()


def untested(loaded: Loaded, outcomes: Iterable[Outcome]) -> Iterator[Diagnostic]:
    """GL502: decisions and requirements that no scenario touches."""
    ran = tuple(outcomes)
    for decision in coverage.decisions(loaded, ran, requirements=bool(ran)):
        if not decision.touched:
            hint = "write a scenario that proposes it and says what you expect"
            if decision.name in loaded.agreement.rights:
                hint = "write a scenario that asks about it, as in `expect Helios use Cell Model for research permitted`"
                if ": " in decision.name:
                    hint = f"write a scenario that asks about it, as in `{_asking(decision.name)}`"
            yield _on_line(loaded, decision, f"no scenario asks about {decision.name}", hint)
            continue
        for requirement in decision.requirements:
            if not requirement.touched:
                message = f"no scenario of {decision.name} reaches: {requirement.label}"
                yield _on_line(loaded, requirement, message, "write a scenario in which this line decides")
    for norm in coverage.norms(loaded, ran):
        if not norm.touched:
            about = norm.name if norm.title == norm.name else f"{norm.name}: {norm.title}"
            hint = f"write a scenario with a line such as `expect {norm.kind} {norm.name} in effect`"
            yield _on_line(loaded, norm, f"no scenario asks about the {norm.kind} {about}", hint)


def _asking(right: str) -> str:
    """How a scenario asks about a step of a dispute."""
    step = right.partition(": ")[2]
    asked = "seek urgent relief on D-1" if step == RELIEF else f"take D-1 to {step}"
    return f"expect Helios {asked} pending"


def _on_line(loaded: Loaded, item: DecisionCover | RequirementCover | NormCover, message: str, hint: str) -> Diagnostic:
    source = loaded.source.named(item.document)
    return Diagnostic("GL502", message, source, source.line_span(item.line), hint)


def agreements_in(paths: Iterable[str]) -> list[str]:
    """The agreements that paths name: files as they are, folders with every `.gov` and `.gov.md` file under them."""
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - loading pathlib takes longer than checking an agreement
            from pathlib import Path

            files = (item for item in Path(path).rglob("*") if item.name.endswith(SUFFIXES) and item.is_file())
            found.extend(sorted(file.as_posix() for file in files))
        else:
            found.append(path)
    return list(dict.fromkeys(found))
