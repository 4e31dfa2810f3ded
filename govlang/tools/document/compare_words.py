"""A comparison told: what changed, clause by clause, for whoever has to agree to it.

In: a `Comparison`. Out: blocks: what is compared, how much changed, and each clause with its changes. Rules come with what they
said and what they say; of prose it is said only that it changed, and whether the rules under it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from govlang.backends.words import english
from govlang.tools.document.blocks import Block, Heading, Item, Listing, Paragraph, Run, Runs, Strong, Text
from govlang.tools.document.compare import ClauseChange, Comparison, Difference, RuleChange, Side

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
    for place, change in enumerate(comparison.clauses):
        found.append(Heading(3, (Text(_heading(change)),), f"change-{place + 1}"))
        found.append(Listing(tuple(_items(change))))
    return tuple(found)


def counted(comparison: Comparison) -> str:
    """How much changed."""
    if not comparison.changed:
        return "nothing changed"
    kinds = ("changed", "added", "removed")
    parts = [f"{english.counted(comparison.count(kind), 'rule')} {kind}" for kind in kinds if comparison.count(kind)]
    parts = parts or ["no rule changed"]
    alone = sum(_wording_alone(change) for change in comparison.clauses)
    if alone:
        parts.append(f"{english.counted(alone, 'clause')} changed in {'its' if alone == 1 else 'their'} wording alone")
    return "; ".join(parts)


def _wording_alone(change: ClauseChange) -> bool:
    return change.kind == "kept" and change.wording and all(rule.kind == "rewritten" for rule in change.rules)


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


def _items(change: ClauseChange) -> Iterator[Item]:
    for rule in change.rules:
        yield _rule(rule)
    if change.kind == "kept" and change.was is not None and not (change.rules or change.wording or change.examples):
        yield Item((Text("Its number or its heading changed, and nothing else."),))
    if change.wording:
        yield Item((Text(_wording(change)),))
    if change.examples:
        said = {"added": "It holds examples.", "removed": "Its examples are no longer there."}
        yield Item((Text(said.get(change.kind, "Its examples changed.")),))


def _wording(change: ClauseChange) -> str:
    """What is to be said of prose: never what it means."""
    if change.kind != "kept":
        if change.ruled:
            return "Its words stand in the marked text."
        read = "read it" if change.kind == "added" else "read what is gone"
        return f"A clause of words alone, with no rule under it: {read} in the marked text."
    if any(rule.kind != "rewritten" for rule in change.rules):
        return "Its wording changed as well."
    if change.ruled:
        return "Wording only; no rule changed."
    return "Its wording changed. No rule stands under it: what that means is for its readers to say."


def _rule(rule: RuleChange) -> Item:
    name = f"{rule.what} {rule.name}".strip()
    runs: tuple[Run, ...] = (Strong(name[0].upper() + name[1:]),)
    if rule.kind in _BECAME:
        runs = (*runs, Text(f": {_BECAME[rule.kind]}."))
    elif rule.elsewhere:
        runs = (*runs, Text(": written as before, but other clauses that it turns on changed."))
    if rule.citation.amendment:
        runs = (*runs, Text(f" By {rule.citation.amendment}."))
    return Item(runs, tuple(item for difference in rule.differences for item in _difference(rule.kind, difference)))


def _difference(kind: str, difference: Difference) -> Iterator[Item]:
    if kind in ("added", "removed"):
        yield Item((Text(difference.was or difference.becomes),))
        return
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
    first: list[Run] = []
    second: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for found, words in ((first, old[a:b]), (second, new[c:d])):
            if words:
                said = (" " if found else "") + " ".join(words)
                found.append(Text(said) if kind == "equal" else Strong(said))
    return tuple(first), tuple(second)
