"""Clauses of other files: every `use` of an agreement followed, and its clauses joined to the agreement's own.

In: a parsed agreement with `use` clauses, and the folder it stands in. Out: one `File` over one text in several parts, so
that every place is still cited in the file where it stands; the files used; diagnostics GL128 (a path that may not be used,
or a file that cannot be read) and GL129 (files in a circle, or too many). Only files inside the agreement's folder are
read, and nothing is ever fetched. Loaded only for agreements that use other files.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.frozen import dataclass, replace
from govlang.model.amending import keys
from govlang.model.locking import Used, digest, problems
from govlang.source import Source, Span
from govlang.syntax import nodes as n
from govlang.syntax.literate import Block, Layout
from govlang.syntax.parse import File, parse

SUFFIXES = (".gov", ".gov.md")
DEEPEST, MOST = 8, 64
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")

Pick = tuple[n.Clause, frozenset[str] | None]  # a clause, and which of the names that it lists (None: all)


@dataclass(frozen=True, slots=True)
class Joined:
    """An agreement with the clauses of the files it uses, and those files in order of their paths."""

    file: File
    used: tuple[Used, ...]


def join(file: File, on_disk: bool) -> Joined:
    """Follows every `use` of a parsed agreement. A text that stands in no folder can use nothing."""
    joiner = _Joiner(file.layout.source, on_disk)
    picks = joiner.contents("", file)
    used = tuple(sorted(joiner.used.values(), key=lambda item: item.path))
    if used:
        joiner.found.extend(problems(file.layout.source.name, used))
    return Joined(joiner.file(file, picks), used)


class _Joiner:
    def __init__(self, main: Source, on_disk: bool) -> None:
        self.main, self.on_disk = main, on_disk
        self.root = Path(main.name).parent
        self.own = Path(main.name).name
        self.end = len(main.text) + 1
        self.used: dict[str, Used] = {}
        self.files: dict[str, File] = {}
        self.starts: dict[str, int] = {}
        self.known: dict[str, list[Pick]] = {}
        self.trail: list[str] = []
        self.found: list[Diagnostic] = []

    # ------------------------------------------------------------ what a file brings

    def contents(self, path: str, file: File) -> list[Pick]:
        """Every clause that a file brings, its own and those of the files it uses, in the order of the text."""
        picks: list[Pick] = []
        self.trail.append(path)
        for clause in file.clauses:
            if isinstance(clause, n.Use):
                picks.extend(self._follow(clause, path, file))
            elif not path or self._is_shared(clause, file):
                picks.append((clause, None))
        self.trail.pop()
        return picks

    def _is_shared(self, clause: n.Clause, file: File) -> bool:
        """Whether a clause of a used file joins: its agreement clause and its scenarios are its own."""
        if isinstance(clause, n.Amendment):
            self._report("GL125", "an amendment stands in a file that is used by another", clause.span, file.layout.source,
                         "put the amendment into the agreement itself")  # fmt: skip
            return False
        return not isinstance(clause, n.Header | n.Scenario)

    def _follow(self, use: n.Use, user: str, file: File) -> list[Pick]:
        source = file.layout.source
        path = self._path(use, user, source)
        if path is None:
            return []
        if path not in self.known:
            read = self._read(path, use, source)
            if read is None:
                return []
            self.files[path] = read
            self.known[path] = self.contents(path, read)
        found = self.known[path]
        return list(self._named(use, found, path, source)) if use.names else found

    def _named(self, use: n.Use, found: list[Pick], path: str, source: Source) -> Iterator[Pick]:
        names = {name for clause, some in found for kind, name in keys(clause)
                 if kind == "term" and (some is None or name in some)}  # fmt: skip
        spoiled = any(part.spoiled for part in self.files.values())
        for name in use.names:
            if name.text not in names and not spoiled:
                hint = did_you_mean(name.text, names) or f"the terms there are {', '.join(sorted(names)) or 'none'}"
                self._report("GL101", f"'{name.text}' is not defined in '{path}'", name.span, source, hint)
        wanted = frozenset(name.text for name in use.names)
        for clause, some in found:
            mine = frozenset(name for kind, name in keys(clause) if kind == "term") & wanted
            mine = mine if some is None else mine & some
            if mine:
                yield clause, mine

    # ------------------------------------------------------------ paths

    def _path(self, use: n.Use, user: str, source: Source) -> str | None:
        """The path of a used file from the agreement's folder; None, and a message, for one that may not be used."""
        text = str(use.path.value)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(user), text))
        reason, hint = _refused(text, path)
        if not reason and not self.on_disk:
            reason, hint = "cannot be used by a text that stands in no folder", "save the agreement as a file, and load that"
        if not reason and not self._inside(path):
            reason, hint = "leads out of the agreement's folder by a link", "copy the file into the agreement's folder"
        if reason:
            self._report("GL128", f"'{text}' {reason}", use.path.span, source, hint)
            return None
        if path == self.own or path in self.trail:
            first = self.trail.index(path if path in self.trail else "")
            way = " uses ".join(f"'{step or self.own}'" for step in (*self.trail[first:], path))
            self._report("GL129", f"files use each other in a circle: {way}", use.path.span, source,
                         "put what both need into a third file that uses neither")  # fmt: skip
            return None
        if len(self.trail) > DEEPEST or (len(self.files) >= MOST and path not in self.files):
            deep = len(self.trail) > DEEPEST
            reason = f"files use files more than {DEEPEST} deep" if deep else f"more than {MOST} files are used"
            self._report("GL129", reason, use.path.span, source, "let the agreement itself use what it needs")
            return None
        return path

    def _inside(self, path: str) -> bool:
        try:
            return (self.root / path).resolve().is_relative_to(self.root.resolve())
        except (OSError, ValueError, RuntimeError):  # links in a circle
            return False

    def _read(self, path: str, use: n.Use, source: Source) -> File | None:
        place = self.root / path
        try:
            data = place.read_bytes()
            text = data.decode("utf-8-sig")
        except (OSError, ValueError) as error:
            self._report("GL128", *_unread(path, error, use.path.span, source))
            return None
        own = Source(place.as_posix(), text)
        file = parse(own, self.end)
        self.used[path] = Used(path, own, digest(data), *self._home(source, use.path.span))
        self.starts[path] = self.end
        self.end += len(text) + 1
        self.found.extend(file.diagnostics)
        return file

    def _home(self, source: Source, span: Span) -> tuple[Source, Span]:
        """A place in a file's own text: the nodes of a used file are counted from where it starts in the whole."""
        begins = next((start for path, start in self.starts.items() if self.used[path].source is source), 0)
        return source, Span(span.start - begins, span.end - begins)

    def _report(self, code: str, message: str, span: Span, source: Source, hint: str) -> None:
        place, own = self._home(source, span)
        newline = place.text.find("\n", own.start, own.end)
        line = Span(own.start, newline) if newline > own.start else own
        self.found.append(Diagnostic(code, message, place, line, hint))

    # ------------------------------------------------------------ one text

    def file(self, main: File, picks: list[Pick]) -> File:
        """The agreement and all that it uses as one file."""
        parts = tuple((self.starts[path], self.used[path].source) for path in self.files)
        whole = Source(self.main.name, "\n".join((self.main.text, *(source.text for _, source in parts))), parts=parts)
        blocks, sections = list(main.layout.blocks), list(main.layout.sections)
        for path, file in self.files.items():
            start = self.starts[path]
            blocks.extend(
                Block(block.start + start, block.end + start, block.opens + start, block.closes + start)
                for block in file.layout.blocks
            )
            sections.extend(replace(section, offset=section.offset + start) for section in file.layout.sections)
        layout = Layout(whole, tuple(blocks), tuple(sections), main.layout.diagnostics)
        spoiled = (*main.spoiled, *(line for file in self.files.values() for line in file.spoiled))
        lacking = any(found.code in ("GL128", "GL129") for found in self.found)
        return File(layout, tuple(_once(picks)), (*main.diagnostics, *self.found), spoiled, lacking)


def _unread(path: str, error: OSError | ValueError, span: Span, source: Source) -> tuple[str, Span, Source, str]:
    """Why a file could not be read, and what to do about it."""
    match error:
        case FileNotFoundError():
            return f"there is no file '{path}'", span, source, "paths begin at the folder of the file that uses them"
        case IsADirectoryError():
            return f"'{path}' is a folder, not a file", span, source, "name a .gov or .gov.md file in it"
        case UnicodeDecodeError():
            return f"'{path}' is not UTF-8 text", span, source, "save it as UTF-8 in your editor"
        case _:
            reason = getattr(error, "strerror", None) or "its name is not valid"
            return f"'{path}' cannot be read: {reason}", span, source, "check its permissions"


def _refused(text: str, path: str) -> tuple[str, str]:
    """Why a path may not be used, and what to write instead; nothing for one that may."""
    if "\\" in text:
        return "is written with backslashes", "write it with forward slashes: terms/secrecy.gov.md"
    if _UNSEEN.search(text) or not text.strip():
        return "is no path", "write the path of a file from the folder of this one"
    if _ADDRESS.match(text) or text.startswith("//"):
        return "is an address, and nothing is ever fetched", "put a copy of the file beside the agreement, and use that"
    if text.startswith(("/", "~")):
        return "is not a path from this file's folder", "write it from the folder of this file: terms/secrecy.gov.md"
    if path.startswith("..") and (path == ".." or path[2] == "/"):
        return "leads out of the agreement's folder", "put a copy of the file into the agreement's folder"
    if not path.endswith(SUFFIXES):
        return "is not an agreement's file", "name a file that ends in .gov or .gov.md"
    return "", ""


def _once(picks: list[Pick]) -> Iterator[n.Clause]:
    """Each clause once, however many ways lead to it; of a list of parties or persons, those that were asked for."""
    wanted: dict[int, tuple[n.Clause, set[str] | None]] = {}
    for clause, some in picks:
        before = wanted.get(id(clause))
        if some is None or (before is not None and before[1] is None):
            wanted[id(clause)] = (clause, None)
        else:
            wanted[id(clause)] = (clause, {*some, *(before[1] or () if before is not None else ())})
    for clause, names in wanted.values():
        if names is not None and isinstance(clause, n.Members):
            yield replace(clause, names=tuple(name for name in clause.names if name.text in names))
        else:
            yield clause
