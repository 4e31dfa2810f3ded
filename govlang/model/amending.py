"""One amendment applied to the clauses of a text.

In: clauses, an amendment, the source they stand in. Out: the clauses as amended, and a diagnostic (GL122, GL125) for each
change that cannot be made: what is replaced or removed must be there, what is added must not. Nothing here knows what a
clause means; a clause is found by its name, a table by its attribute, a clause without a name by the word it begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.diagnostics import Diagnostic, did_you_mean
from govlang.frozen import replace
from govlang.source import Source, Span
from govlang.syntax import nodes as n

Key = tuple[str, str]
_PEOPLE = {"parties": "party", "persons": "person"}


def keys(clause: n.Node) -> tuple[Key, ...]:
    """What a clause is known by; a list of parties by each of them; nothing for a scenario."""
    match clause:
        case n.Header():
            return (("agreement", ""),)
        case n.Each(bearer, _, role):
            return (("each", role.text if role is not None else bearer),)
        case n.Table(attribute):
            return (("table", attribute),)
        case n.Members(_, names):
            return tuple(("term", name.text) for name in names)
        case n.Scenario() | n.Use():
            return ()
        case _:
            name = getattr(clause, "name", None)
            return (("term", name.text),) if isinstance(name, n.Name) else (("kind", type(clause).__name__.lower()),)


def word_of(clause: n.Node, source: Source) -> str:
    """The word that a clause begins with; `party` for a list of parties too."""
    word = source.text[clause.span.start : clause.span.start + 40].split(None, 1)[0]
    return _PEOPLE.get(word, word)


class Amending:
    """The clauses of a text while one amendment changes them."""

    def __init__(self, clauses: Iterable[n.Clause], source: Source) -> None:
        self.clauses: list[n.Node] = list(clauses)
        self.source = source
        self.found: list[Diagnostic] = []
        self.removed: set[str] = set()
        self.added: set[str] = set()

    def apply(self, amendment: n.Amendment) -> None:
        """Makes every change of an amendment, one after another."""
        for change in amendment.changes:
            clause = change.clause
            if isinstance(clause, n.Amendment | n.Use | n.Scenario):
                self.report("GL125", f"an amendment cannot hold a clause that begins with `{word_of(clause, self.source)}`",
                            change.span, "put this clause at the left margin, beside the amendment")  # fmt: skip
            elif isinstance(clause, n.Removal):
                self._remove(clause, change.span)
            elif change.kind == "adds":
                self._add(clause, change.span)
            else:
                self._replace(clause, change.span)

    def report(self, code: str, message: str, span: Span, hint: str) -> None:
        self.found.append(Diagnostic(code, message, self.source, _first_line(self.source, span), hint))

    # ------------------------------------------------------------ the three changes

    def _add(self, clause: n.Node, span: Span) -> None:
        for key in keys(clause):
            if key[0] in ("each", "table", "kind"):
                continue  # lines about attributes add up; whether a clause without a name may stand twice is said of the whole
            there = self._find(key)
            if there is not None:
                what = f"'{key[1]}'" if key[1] else "an agreement clause"
                self.report("GL122", f"{what} is there already, so it cannot be added", span,
                            f"write `replaces {word_of(clause, self.source)}`, or give it a name of its own")  # fmt: skip
                return
        self.clauses.append(clause)
        self.added.update(name for _, name in keys(clause))

    def _replace(self, clause: n.Node, span: Span) -> None:
        wanted = keys(clause)
        for key in wanted:
            there = self._find(key)
            if there is None:
                self._missing(key, "replaced", span, "write `adds` if it is new")
                return
            if word_of(there, self.source) != word_of(clause, self.source):
                self.report("GL122", f"'{key[1]}' is defined by a clause that begins with "
                            f"`{word_of(there, self.source)}`, not `{word_of(clause, self.source)}`", span,
                            "replace it by a clause of the same kind, or remove it and add the other")  # fmt: skip
                return
        place = min(index for index, there in enumerate(self.clauses) if set(keys(there)) & set(wanted))
        before = sum(1 for there in self.clauses[:place + 1] if self._without(there, wanted) is not None)
        self._drop(wanted)
        self.clauses.insert(before, clause)

    def _remove(self, removal: n.Removal, span: Span) -> None:
        word = _PEOPLE.get(removal.word, removal.word)
        kind = word if word in ("each", "table") else "kind" if removal.name.text == word else "term"
        key = (kind, removal.name.text)
        there = self._find(key)
        if there is None:
            self._missing(key, "removed", span, "remove this line, or correct the name")
        elif word_of(there, self.source) != word:
            self.report("GL122", f"'{key[1]}' is defined by a clause that begins with "
                        f"`{word_of(there, self.source)}`, not `{word}`", span,
                        f"write `removes {word_of(there, self.source)} {key[1]}`")  # fmt: skip
        else:
            self._drop((key,))
            self.removed.add(key[1])

    # ------------------------------------------------------------ finding

    def _find(self, key: Key) -> n.Node | None:
        return next((clause for clause in self.clauses if key in keys(clause)), None)

    def _drop(self, wanted: tuple[Key, ...]) -> None:
        kept = (self._without(clause, wanted) for clause in self.clauses)
        self.clauses = [clause for clause in kept if clause is not None]

    def _without(self, clause: n.Node, wanted: tuple[Key, ...]) -> n.Node | None:
        """A clause without what is wanted: nothing, or a shorter list of parties or persons."""
        mine = keys(clause)
        if not set(mine) & set(wanted):
            return clause
        if isinstance(clause, n.Members):
            left = tuple(name for name in clause.names if ("term", name.text) not in wanted)
            return replace(clause, names=left) if left else None
        return None

    def _missing(self, key: Key, done: str, span: Span, hint: str) -> None:
        known = [name for clause in self.clauses for kind, name in keys(clause) if kind == key[0] and name]
        named = f"'{key[1]}'"
        clause = {
            "table": f"a table of {named}", "kind": f"a clause {named}", "each": f"a line `each` about {named}",
            "agreement": "an agreement clause",
        }  # fmt: skip
        message = f"{clause.get(key[0], named)} is not in the text that is amended, so it cannot be {done}"
        self.report("GL122", message, span, did_you_mean(key[1], known) or hint)


def changed_names(amendment: n.Amendment) -> Iterator[str]:
    """The names that an amendment touches."""
    for change in amendment.changes:
        if isinstance(change.clause, n.Removal):
            yield change.clause.name.text
        else:
            yield from (name for _, name in keys(change.clause) if name)


def _first_line(source: Source, span: Span) -> Span:
    newline = source.text.find("\n", span.start, span.end)
    return Span(span.start, newline) if newline > span.start else span
