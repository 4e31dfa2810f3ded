"""A comparison told: what changed, clause by clause, for whoever has to agree to it.

In: a `Comparison`. Out: blocks: what is compared, how much changed, and each clause with its changes. Rules come with what they
said and what they say; of prose it is said only that it changed, and whether the rules under it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from govlang.backends.words import english
from govlang.backends.words.statement import Statement
from govlang.tools.document.blocks import Block, Heading, Item, Listing, Paragraph, Run, Runs, Strong, Text
from govlang.tools.document.compare import ClauseChange, Comparison, Difference, RuleChange, Side
from govlang.tools.document.matching import MOST_PAIRS

_BECAME = {"added": "new", "removed": "no longer there", "rewritten": "written otherwise; in words it says the same"}


def title(comparison: Comparison) -> str:
    """What is compared, in a line."""
    old, new = comparison.old, comparison.new
    name = new.name if old.name == new.name else f"{old.name} and {new.name}"
    return f"{name}: {_side(old, new)} compared with {_side(new, old)}"


def _side(side: Side, other: Side) -> str:
    version = f"version {side.version}" if side.version else "a version without a number"
    return version if side.source == other.source and side.version != other.version else f"{version} ({side.source})"


def blocks(comparison: Comparison) -> tuple[Block, ...]:
    """The whole of it; no heading of its own."""
    found: list[Block] = [Paragraph((Text(english.sentence(counted(comparison))),))]
    touched = {rule.citation.label() for change in comparison.clauses for rule in change.rules if not rule.elsewhere}
    told = [change for change in comparison.clauses if not _renumbered(change) and not _turned(change, touched)]
    for place, change in enumerate(told, start=1):
        found.append(Heading(3, (Text(_heading(change)),), f"change-{place}"))
        found.append(Listing(tuple(_items(change, touched))))
    turned = tuple(
        item for change in comparison.clauses if _turned(change, touched) for item in _turning(change, touched)
    )
    if turned:
        found += [
            Heading(3, (Text("Written as before, and changed by another clause"),), "change-turned"),
            Listing(turned),
        ]
    moved = tuple(Item((Text(_moved(change)),)) for change in comparison.clauses if _renumbered(change))
    if moved:
        found += [Heading(3, (Text("Other numbers or headings, and nothing else"),), "change-numbers"), Listing(moved)]
    return tuple(found)


def counted(comparison: Comparison) -> str:
    """How much changed."""
    if not comparison.changed:
        return "nothing changed"
    rules = [rule for change in comparison.clauses for rule in change.rules]
    kinds = {
        kind: [rule for rule in rules if rule.kind == kind and not rule.elsewhere]
        for kind in ("changed", "added", "removed")
    }
    parts = [f"{english.counted(len(found), 'rule')} {kind}" for kind, found in kinds.items() if found]
    parts = parts or ["no rule changed"]
    turned = sum(rule.elsewhere for rule in rules)
    if turned:
        parts.append(f"{english.counted(turned, 'rule')} {'turns' if turned == 1 else 'turn'} on what changed")
    alone = sum(_wording_alone(change) and change.ruled for change in comparison.clauses)
    if alone:
        parts.append(f"{english.counted(alone, 'clause')} changed in {'its' if alone == 1 else 'their'} wording alone")
    unruled = sum(change.wording and not change.ruled for change in comparison.clauses)
    if unruled:
        parts.append(
            f"{english.counted(unruled, 'clause')} without rules changed, came or went: read {'it' if unruled == 1 else 'them'}"
        )
    return "; ".join(parts)


def _wording_alone(change: ClauseChange) -> bool:
    return change.kind == "kept" and change.wording and all(rule.kind == "rewritten" for rule in change.rules)


def _renumbered(change: ClauseChange) -> bool:
    """Whether nothing but the number or the words of a heading changed."""
    return change.kind == "kept" and change.was is not None and not (change.rules or change.wording or change.examples)


def _turned(change: ClauseChange, touched: set[str]) -> bool:
    """Whether nothing changed but rules that turn on another clause, where what changed is told."""
    quiet = change.kind == "kept" and change.was is None and not change.wording and not change.examples
    return quiet and all(
        rule.elsewhere and all(_of_another(rule, each, touched) for each in rule.differences) for rule in change.rules
    )  # fmt: skip


def _turning(change: ClauseChange, touched: set[str]) -> Iterator[Item]:
    for rule in change.rules:
        name, label = f"{rule.what} {rule.name}".strip(), change.citation.label()
        runs = (Text(f"{label[0].upper()}{label[1:]}: "), Strong(name), Text(f" {_turns(rule, touched)}."))
        yield Item(runs)


def _turns(rule: RuleChange, touched: set[str]) -> str:
    others = {each.citation.label(): None for each in rule.differences if _of_another(rule, each, touched)}
    return f"changes with {english.listed([*others])}" if others else "changes with clauses that it turns on"


def _moved(change: ClauseChange) -> str:
    label = change.citation.label()
    was = change.was.label() if change.was is not None else ""
    return f"{label[0].upper()}{label[1:]} was {was}."


def _heading(change: ClauseChange) -> str:
    label = (
        change.citation.label()
        if change.citation.title or change.citation.number
        else f"Rules of {change.citation.document}"
    )
    label = label[0].upper() + label[1:]
    if change.kind != "kept":
        return f"{label}: {'new' if change.kind == 'added' else 'removed'}"
    return f"{label}; it was {change.was.label()}" if change.was is not None else label


def _items(change: ClauseChange, touched: set[str]) -> Iterator[Item]:
    for rule in change.rules:
        yield _rule(rule, touched)
    words = _wording(change) if change.wording else ""
    if words:
        yield Item((Text(words),))
    if change.examples:
        said = {"added": "It holds examples.", "removed": "Its examples are no longer there."}
        yield Item((Text(said.get(change.kind, "Its examples changed.")),))


def _wording(change: ClauseChange) -> str:
    """What is to be said of prose: never what it means."""
    if change.kind != "kept":
        read = "read it" if change.kind == "added" else "read what is gone"
        return "" if change.ruled else f"A clause of words alone, with no rule under it: {read} in the marked text."
    if any(rule.kind != "rewritten" for rule in change.rules):
        return "Its wording changed as well."
    if change.ruled:
        return "Wording only; no rule changed."
    return "Its wording changed. No rule stands under it: what that means is for its readers to say."


def _rule(rule: RuleChange, touched: set[str]) -> Item:
    """What became of a rule. What another clause changed is told there."""
    name = f"{rule.what} {rule.name}".strip()
    by = f", by {rule.citation.amendment}" if rule.citation.amendment else ""
    named = Strong(f"{name[0].upper()}{name[1:]}{by}")
    if rule.kind in _BECAME:
        said = (each for statement in rule.statements for each in ((statement,) if statement.text else statement.items))
        return Item((named, Text(f": {_BECAME[rule.kind]}.")), tuple(map(_said, said)))
    own = [each for each in rule.differences if not _of_another(rule, each, touched)]
    items = [item for difference in own for item in _difference(difference)]
    if rule.elsewhere:
        return Item((named, Text(f": written as before; it {_turns(rule, touched)}.")), tuple(items))
    if len(own) < len(rule.differences):
        items.append(Item((Text(f"It also {_turns(rule, touched)}."),)))
    return Item((named,), tuple(items))


def _of_another(rule: RuleChange, difference: Difference, touched: set[str]) -> bool:
    """Whether a sentence stands with another clause, in which a rule changed that is told there."""
    return difference.citation.label() != rule.citation.label() and difference.citation.label() in touched


def _said(statement: Statement) -> Item:
    return Item((Text(statement.text),), tuple(map(_said, statement.items)))


def _difference(difference: Difference) -> Iterator[Item]:
    was, becomes = marked(difference.was, difference.becomes)
    if not difference.was:
        yield Item((Text("new: "), *becomes))
    elif not difference.becomes:
        yield Item((Text("no longer: "), *was))
    else:
        yield Item((Text("was: "), *was))
        yield Item((Text("becomes: "), *becomes))


def marked(was: str, becomes: str) -> tuple[Runs, Runs]:
    """Two sentences with what differs between them standing out."""
    if not was or not becomes:
        return ((Text(was),) if was else ()), ((Text(becomes),) if becomes else ())
    old, new = was.split(" "), becomes.split(" ")
    if len(old) * len(new) > MOST_PAIRS:
        return (Strong(was),), (Strong(becomes),)
    first: list[Run] = []
    second: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for found, words in ((first, old[a:b]), (second, new[c:d])):
            if words:
                said = (" " if found else "") + " ".join(words)
                found.append(Text(said) if kind == "equal" else Strong(said))
    return tuple(first), tuple(second)
