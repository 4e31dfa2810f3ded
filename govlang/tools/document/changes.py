"""What amendments do to the clauses of a text: from when to when each clause holds, and what stands in the place of what.

In: the versions of an agreement. Out: a `Holding` for each clause that does not hold throughout; for two versions one `Changed` a
clause. Nothing here is judged: whether an amendment was adopted is for `record.versions` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from govlang.frozen import dataclass
from govlang.model.amending import Key, keys
from govlang.model.versions import Version
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.tools.document.uses import nodes_in


@dataclass(frozen=True, slots=True)
class Holding:
    """From when to when a clause holds (None: from the beginning, to the end), which amendment brought it and which one ends it,
    and whether that one puts another in its place."""

    since: date | None
    until: date | None
    by: str = ""
    ended_by: str = ""
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """What an amendment does to one clause: `old` and `new` are the clauses, None where there is none; `name` is what they are
    known by, empty for a clause without a name."""

    kind: str
    name: str
    old: n.Clause | None
    new: n.Clause | None


def clauses_of(version: Version) -> tuple[n.Clause, ...]:
    """The clauses of a version, in the order of the text."""
    clauses = version.agreement.file.clauses if version.agreement.file is not None else ()
    return tuple(clause for clause in clauses if not isinstance(clause, n.Amendment | n.Use))


def holdings(texts: tuple[Version, ...]) -> dict[int, Holding]:
    """From when to when clauses hold, by their offsets; those that hold throughout are left out."""
    places: dict[int, tuple[int, int, n.Clause]] = {}
    for place, version in enumerate(texts):
        for clause in clauses_of(version):
            first = places[clause.span.start][0] if clause.span.start in places else place
            places[clause.span.start] = first, place, clause
    found: dict[int, Holding] = {}
    for start, (first, last, clause) in places.items():
        if first == 0 and last == len(texts) - 1:
            continue
        after = texts[last + 1] if last + 1 < len(texts) else None
        replaced = after is not None and bool(set(keys(clause)) & _known(after))
        found[start] = Holding(
            texts[first].since, texts[last].until, texts[first].name, after.name if after is not None else "", replaced
        )  # fmt: skip
    return found


def changed(before: Version, after: Version) -> Iterator[Changed]:
    """What the amendment that made a version did, change by change."""
    if after.amendment is None:
        return
    for change in after.amendment.changes:
        clause = clause_of(change)
        if clause is None:
            assert isinstance(change.clause, n.Removal)
            yield _removed(before, change.clause)
        else:
            wanted = set(keys(clause))
            old = _find(before, wanted) if change.kind == "replaces" else None
            name = next((name for kind, name in keys(clause) if kind == "term"), "")
            yield Changed(change.kind, name, old, clause)


def clause_of(change: n.Change) -> n.Clause | None:
    """The clause that a change puts into the text; None where it takes one out."""
    return None if isinstance(change.clause, n.Removal) else cast("n.Clause", change.clause)


def _removed(before: Version, removal: n.Removal) -> Changed:
    word = {"parties": "party", "persons": "person"}.get(removal.word, removal.word)
    kind = word if word in ("each", "table") else "kind" if removal.name.text == word else "term"
    return Changed("removes", removal.name.text if kind == "term" else "", _find(before, {(kind, removal.name.text)}), None)


def _find(version: Version, wanted: set[Key]) -> n.Clause | None:
    return next((clause for clause in clauses_of(version) if wanted & set(keys(clause))), None)


def _known(version: Version) -> set[Key]:
    return {key for clause in clauses_of(version) for key in keys(clause)}


def written(node: n.Node | None, source: Source) -> str:
    """A clause as written; one that stands in an amendment moved to the margin."""
    if node is None:
        return ""
    text = source.at(node.span).rstrip()
    first, *rest = text.splitlines()
    indent = node.span.start - (source.text.rfind("\n", 0, node.span.start) + 1)
    before = source.text[node.span.start - indent : node.span.start]
    # `  replaces duty Report`: its lines are indented by as much as the line that it stands in
    margin = len(before) - len(before.lstrip(" "))
    return "\n".join([first, *(line[margin:] if line[:margin].isspace() else line for line in rest)])


def touched(before: Version, after: Version) -> frozenset[str]:
    """The terms whose meaning an amendment may have changed, though it left their clauses as they were: those that name what it
    changed, and those that name them; every term, if it changed a clause without a name, on which any other may rest."""
    if after.amendment is None:
        return frozenset()
    rest = frozenset(after.agreement.kinds) - after.changes
    for change in after.amendment.changes:
        clause = clause_of(change)
        gone = change.clause if isinstance(change.clause, n.Removal) else None
        if gone is not None and gone.word in ("each", "table", "agreement", gone.name.text):
            return rest
        if clause is not None and any(kind != "term" for kind, _ in keys(clause)):
            return rest
    names: dict[str, set[str]] = {}  # which terms each name is named by
    for clause in (*clauses_of(before), *clauses_of(after)):
        own = {name for kind, name in keys(clause) if kind == "term"}
        for node in nodes_in(clause):
            if isinstance(node, n.Name):
                names.setdefault(node.text, set()).update(own)
    found: set[str] = set()
    waiting = list(after.changes)
    while waiting:
        new = names.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return rest & found
