"""`check`: everything that can be found in an agreement without a record.

In: a loaded agreement. Out: `Checked`: its messages (text, model, scenarios) in the order of the text, and what its scenarios
came to. Scenarios run only when the text has no errors, since an answer over half a text would be worse than none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from govlang.diagnostics import Diagnostic, has_errors, ordered
from govlang.frozen import dataclass
from govlang.model import checks
from govlang.pipeline import Loaded, load
from govlang.source import Span
from govlang.tools import coverage
from govlang.tools.scenarios import Outcome, run_all

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
    found = [*loaded.diagnostics, *checks.run(loaded.agreement)]
    if has_errors(loaded.diagnostics):
        return Checked(loaded, tuple(ordered(found)))
    outcomes = tuple(run_all(loaded))
    for outcome in outcomes:
        found.extend(outcome.failures)
    found.extend(untested(loaded, outcomes))
    return Checked(loaded, tuple(ordered(found)), outcomes)


def untested(loaded: Loaded, outcomes: Iterable[Outcome]) -> Iterator[Diagnostic]:
    """GL502: decisions and requirements that no scenario touches."""
    ran = tuple(outcomes)
    if not ran:
        yield from (_unasked(loaded, name) for name in loaded.agreement.decisions)
        return
    for decision in coverage.decisions(loaded, ran):
        if not decision.touched:
            yield _unasked(loaded, decision.name)
            continue
        for requirement in decision.requirements:
            if not requirement.touched:
                yield Diagnostic(
                    "GL502", f"no scenario of {decision.name} reaches: {requirement.label}", loaded.source,
                    loaded.source.line_span(requirement.line), "write a scenario in which this line decides",
                )  # fmt: skip


def _unasked(loaded: Loaded, decision: str) -> Diagnostic:
    place = _first_line(loaded, loaded.agreement.decisions[decision].span.start)
    hint = "write a scenario that proposes it and says what you expect"
    return Diagnostic("GL502", f"no scenario asks about {decision}", loaded.source, place, hint)


def _first_line(loaded: Loaded, offset: int) -> Span:
    return loaded.source.line_span(loaded.source.place(offset)[0])


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
