"""`test`: the scenarios of agreements, and stories about them in Markdown files of their own.

In: paths of agreements, stories and folders. Out: one `Tested` a file. A story is a `.md` file with a line that names its
agreement (`Agreement: alliance.gov.md`, or a link to it), prose, and ```gov fences that hold scenarios and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from govlang.diagnostics import Diagnostic, has_errors, ordered
from govlang.frozen import dataclass
from govlang.pipeline import Loaded, load, read
from govlang.source import Source, Span
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse
from govlang.tools.check import SUFFIXES, place_of, used_by
from govlang.tools.holidays import distrusted
from govlang.tools.scenarios import Outcome, run, run_all

_FRONT = re.compile(r"^[ \t>*_-]*agreement[*_]*:[*_ \t]*(?P<place>\S.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_LINK = re.compile(r"\[[^\]\n]*\]\((?P<place>[^)\s]+?\.gov(?:\.md)?)(?:#[^)\s]*)?\)")


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of one file: the agreement it tests, what is wrong with the file itself, and its scenarios' outcomes."""

    path: str
    loaded: Loaded | None
    source: Source
    diagnostics: tuple[Diagnostic, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing failed."""
        return not has_errors(self.diagnostics) and all(outcome.passed for outcome in self.outcomes)

    @property
    def unreadable(self) -> bool:
        return any(found.code in ("GL003", "GL004") for found in self.diagnostics)


def test(paths: str | Path | Iterable[str | Path]) -> tuple[Tested, ...]:
    """Runs everything that paths name; a folder stands for every agreement and story under it."""
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    tester, named = _Tester(), [str(path) for path in listed]
    tested = [tester.file(path) for path in files_in(named)]
    shared = used_by(file.loaded for file in tested if file.loaded is not None)
    return tuple(file for file in tested if file.path in named or place_of(file.path) not in shared)


def files_in(paths: Iterable[str]) -> list[str]:
    """Files as they are; of a folder, its agreements and the Markdown files that name an agreement on a line of their own."""
    found: list[str] = []
    for path in paths:
        if not Path(path).is_dir():
            found.append(path)
            continue
        inside = (item for item in Path(path).rglob("*") if item.is_file())
        found.extend(sorted(item.as_posix() for item in inside if item.name.endswith(SUFFIXES) or _is_story(item)))
    return list(dict.fromkeys(found))


def _is_story(path: Path) -> bool:
    if path.suffix != ".md":
        return False
    source, problems = read(path)
    return not problems and _FRONT.search(source.text) is not None and "```gov" in source.text


def _place(path: str) -> str:
    """A path by which a file is told from others; one that no file can have is read, and refused, like any other."""
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError, RuntimeError):  # a NUL in it, or links in a circle
        return path


class _Tester:
    def __init__(self) -> None:
        self.known: dict[str, Loaded] = {}

    def load(self, path: str) -> Loaded:
        key = _place(path)
        if key not in self.known:
            self.known[key] = load(path)
        return self.known[key]

    def file(self, path: str) -> Tested:
        if path.endswith(".md") and not path.endswith(SUFFIXES):
            return self.story(path)
        loaded = self.load(path)
        if not loaded.sound:
            return Tested(path, loaded, loaded.source, tuple(ordered(loaded.diagnostics)))
        if found := distrusted(loaded):
            return Tested(path, loaded, loaded.source, found)
        return Tested(path, loaded, loaded.source, (), tuple(run_all(loaded)))

    def story(self, path: str) -> Tested:
        source, problems = read(path)
        if problems:
            return Tested(path, None, source, problems)
        named = _FRONT.search(source.text) or _LINK.search(source.text)
        if named is None:
            message = "this story does not say which agreement it is about"
            hint = "begin it with a line such as: Agreement: alliance.gov.md"
            return Tested(path, None, source, (Diagnostic("GL008", message, source, source.line_span(1), hint),))
        place = _target(named["place"])
        loaded = self.load((Path(path).parent / place).as_posix())
        if not loaded.sound:
            errors = sum(found.severity == "error" for found in loaded.diagnostics)
            message = f"the agreement of this story, {place}, cannot be used: it has {errors} errors"
            about = Diagnostic("GL008", message, source, Span(*named.span("place")), f"run: govlang check {place}")
            own = loaded.diagnostics if loaded.source.text == "" else ()
            return Tested(path, loaded, source, (about, *own))
        if distrusted(loaded):
            message = f"the agreement of this story, {place}, cannot be used: its holiday table cannot be trusted"
            about = Diagnostic("GL008", message, source, Span(*named.span("place")), f"run: govlang check {place}")
            return Tested(path, loaded, source, (about, *distrusted(loaded)))
        file = parse(source)
        found = list(file.diagnostics)
        outcomes: list[Outcome] = []
        for clause in file.clauses:
            if isinstance(clause, n.Scenario):
                outcomes.append(run(loaded, clause, source))
            else:
                found.append(_misplaced(clause, source))
        if not file.clauses and not found:
            found.append(Diagnostic("GL503", "this story holds no scenario", source, source.line_span(1),
                                    "put a scenario into a ```gov fence"))  # fmt: skip
        return Tested(path, loaded, source, tuple(ordered(found)), tuple(outcomes))


def _target(text: str) -> str:
    """The path in `path`, [title](path) or a bare path."""
    link = re.search(r"\]\(([^)\s#]+)", text)
    return link.group(1) if link else text.strip("`*_<> ").partition("#")[0]


def _misplaced(clause: n.Clause, source: Source) -> Diagnostic:
    line = source.line_span(source.place(clause.span.start)[0])
    return Diagnostic("GL001", "a story holds scenarios only", source, line, "move this clause into the agreement")


def by_agreement(tested: Iterable[Tested]) -> list[tuple[Loaded, list[Outcome]]]:
    """Every agreement that was tested, once, with the outcomes of its own scenarios and of the stories about it."""
    found: dict[str, tuple[Loaded, list[Outcome]]] = {}
    for file in tested:
        if file.loaded is not None:
            key = _place(file.loaded.source.name)
            found.setdefault(key, (file.loaded, []))[1].extend(file.outcomes)
    return list(found.values())
