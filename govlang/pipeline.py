"""The whole way on one screen: a file becomes text, syntax, a model, and rules that can be asked.

In: a path or text. Out: a `Loaded` agreement. Reading problems (missing file, folder, wrong encoding) are diagnostics like
any other, never exceptions.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from govlang.diagnostics import Diagnostic, has_errors, ordered
from govlang.model.nodes import Agreement
from govlang.model.resolve import resolve
from govlang.model.working_days import with_holidays
from govlang.record.history import History
from govlang.record.judge import Rules
from govlang.source import Source, read_bytes, sha256
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse

if TYPE_CHECKING:
    from govlang.model.locking import Used

LARGE = 100_000  # characters


class Loaded:
    """An agreement, loaded: its model, its rules (lowered when first asked for), and what was wrong with its text."""

    def __init__(
        self, source: Source, agreement: Agreement, diagnostics: tuple[Diagnostic, ...], used: tuple[Used, ...] = ()
    ) -> None:
        self.source = source
        self.agreement = agreement
        self.diagnostics = diagnostics
        self.used = used

    @cached_property
    def rules(self) -> Rules:
        """The lowered decisions."""
        return Rules(self.agreement)

    @cached_property
    def text_hash(self) -> str:
        """The SHA-256 of the text (and of the files it uses), by which an answer says which text it rests on."""
        return sha256(self.source.text)

    @property
    def sound(self) -> bool:
        """Whether the text has no errors (warnings aside)."""
        return not has_errors(self.diagnostics)

    def history(self, events: Iterable[n.Deed] = (), source: Source | None = None) -> History:
        """A record of this agreement, taken in."""
        return History(self.agreement, events, source)


def load(path: str | os.PathLike[str]) -> Loaded:
    """Loads a `.gov` or `.gov.md` file."""
    source, problems = read(path)
    return load_source(source, problems, on_disk=True)


def load_text(text: str, name: str = "agreement.gov") -> Loaded:
    """Loads an agreement from text; a name ending in `.md` makes it literate."""
    return load_source(Source(name, text.removeprefix("\ufeff")))


def load_source(source: Source, problems: tuple[Diagnostic, ...] = (), on_disk: bool = False) -> Loaded:
    """Parses and resolves a source; `problems` are those met in reading it. A file has its holiday table beside it."""
    if problems:
        agreement = resolve(parse(Source(source.name, "")))
        return Loaded(source, agreement, problems)
    with _undisturbed(source):
        return _loaded(source, on_disk)


@contextmanager
def _undisturbed(source: Source) -> Iterator[None]:
    """While a large text is loaded, nothing is waste: looking for waste again and again would take a sixth of the time. Where two
    threads load at once, the first to end sets it going again, which does no harm."""
    pauses = len(source.text) >= LARGE and gc.isenabled()
    if pauses:
        gc.disable()
    try:
        yield
    finally:
        if pauses:
            gc.enable()


def _loaded(source: Source, on_disk: bool) -> Loaded:
    file = parse(source)
    used: tuple[Used, ...] = ()
    if any(isinstance(clause, n.Use) for clause in file.clauses):
        from govlang.model import using

        joined = using.join(file, on_disk)
        file, used = joined.file, joined.used
    agreement = resolve(with_holidays(file, source.name) if on_disk else file)
    return Loaded(file.layout.source, agreement, _with_versions(agreement), used)


def _with_versions(agreement: Agreement) -> tuple[Diagnostic, ...]:
    """What is wrong with a text and with each version of it. An agreement that is never amended loads nothing for this."""
    if not agreement.amendments:
        return agreement.diagnostics
    from govlang.model import versions

    return tuple(ordered([*agreement.diagnostics, *versions.problems(agreement)]))


def read(path: str | os.PathLike[str]) -> tuple[Source, tuple[Diagnostic, ...]]:
    """A file's text, or the reason why there is none: GL003 (not UTF-8) or GL004 (missing, a folder, not readable)."""
    name = str(path)
    empty = Source(name, "")
    try:
        data = read_bytes(name)
    except IsADirectoryError:
        return empty, (
            Diagnostic("GL004", f"'{name}' is a folder, not a file", empty, hint="name a .gov or .gov.md file"),
        )
    except FileNotFoundError:
        return empty, (Diagnostic("GL004", f"there is no file '{name}'", empty, hint="check the path"),)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        return empty, (Diagnostic("GL004", f"'{name}' cannot be read: {reason}", empty, hint="check its permissions"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the file is not UTF-8 text: line {line} holds the byte 0x{data[error.start]:02X}"
        return empty, (Diagnostic("GL003", message, empty, hint="save it as UTF-8 in your editor"),)
    return Source(name, text), ()
