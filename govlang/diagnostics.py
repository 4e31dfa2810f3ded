"""Messages as values: a code, a place, one terse sentence, and what to do about it.

Every pass collects `Diagnostic`s and goes on. The table of codes is `codes.py`; the long explanation of each is its page
`docs/errors/GLnnn.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govlang.frozen import dataclass
from govlang.later import Later
from govlang.source import NOWHERE, Source, Span

if TYPE_CHECKING:
    from govlang import codes
else:
    codes = Later("govlang.codes")  # a sound text has no use for them


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message about one place.

    `hint` says what to change. `notes` are further facts (another place, a second reading, an example amount).
    """

    code: str
    message: str
    source: Source | None = None
    span: Span = NOWHERE
    hint: str = ""
    notes: tuple[str, ...] = ()

    @property
    def severity(self) -> str:
        """`error` or `warning`, from the table of codes."""
        return codes.CODES[self.code].severity

    @property
    def name(self) -> str:
        """The code's short name, such as `unknown-name`."""
        return codes.CODES[self.code].name

    def located(self) -> Diagnostic:
        """The same message with the file that it is about, where several files are read as one text."""
        if self.source is None or not self.source.parts:
            return self
        begins, source = self.source.home(self.span.start)
        span = Span(self.span.start - begins, self.span.end - begins)
        return Diagnostic(self.code, self.message, source, span, self.hint, self.notes) if begins else self

    def place(self) -> tuple[str, int, int]:
        """File name, 1-based line and column; line 0 when the message is about no place in a text."""
        if self.source is None:
            return "", 0, 0
        if self.source.parts:
            begins, source = self.source.home(self.span.start)
            return source.name, *source.place(self.span.start - begins)
        line, column = self.source.place(self.span.start)
        return self.source.name, line, column


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics without repeats, by file, place and code, so that output is the same on every run."""
    unique = {(d.place(), d.code, d.message): d.located() for d in diagnostics}
    return [unique[key] for key in sorted(unique)]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error (warnings do not stop an answer)."""
    return any(d.severity == "error" for d in diagnostics)


class MissingExtra(ImportError):
    """A package that only an extra installs is missing. Its words are the whole message: what needs it, and what to install."""

    def __init__(self, extra: str, for_what: str) -> None:
        super().__init__(f"{for_what} needs the extra `{extra}`: pip install 'govlang[{extra}]'")
        self.extra = extra


MOST_COMPARED = 200


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming up to three close names, sorted by closeness and then by name, or an empty string."""
    from difflib import get_close_matches  # here, since most runs have nothing to mend

    names = set(known)
    if len(names) > MOST_COMPARED:  # among very many, only those that begin alike and are about as long
        begins, size = word[:1].casefold(), len(word)
        names = {name for name in names if name[:1].casefold() == begins and abs(len(name) - size) <= 1}
    folded: dict[str, str] = {}
    for name in sorted(names)[:MOST_COMPARED]:
        folded.setdefault(name.casefold(), name)
    close = get_close_matches(word.casefold(), sorted(folded), n=3, cutoff=0.6)
    shown = [f"'{folded[match]}'" for match in close]
    if not shown:
        return ""
    return "did you mean " + (shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]) + "?"
