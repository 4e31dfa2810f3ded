"""A decision whole, in words: what it is for, what a proposal names, what it requires, how votes are counted, what follows.

In: the name of a decision (or another right) and what it was lowered to. Out: one `Statement`, whose items are its parts by kind:
facts, applies, overrides, covers, requirements, counting, after, informed, effects, always.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.backends.words import counting, english, trees
from govlang.backends.words.groups import Who, label, literal, plain, quoted
from govlang.backends.words.speech import Speech
from govlang.backends.words.statement import Statement
from govlang.core import lower_conditions
from govlang.core.expr import TRUE, Expr, Fact
from govlang.core.keys import Deadline, Total
from govlang.core.lower import Lowering
from govlang.core.rules import Every, Leaf, Notification, Pick, Rule, Tree, leaves
from govlang.model.ip import IMPLICIT
from govlang.model.nodes import Decision
from govlang.model.steps import SIDES
from govlang.source import Citation
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

_TYPES = {
    "money": "an amount of money", "number": "a number", "percent": "a percentage", "text": "in words", "date": "a date",
    "duration": "a length of time", "party": "a party", "person": "a person", "role": "an office", "body": "a body",
    "parties": "parties", "persons": "persons", "yesno": "yes or no", "dispute": "a dispute",
}  # fmt: skip
_ALWAYS = ("term", "withdrawn")


def decision(words: Words, name: str) -> Statement:
    """Everything that a decision right says."""
    right = words.agreement.right(name)
    if right is None:
        raise KeyError(name)
    rule = words.rule(name)
    speech = words.speech(right)
    parts = _Parts(words, right, rule, speech)
    text = right.text or (f"What the decision {name} requires:" if name in words.agreement.decisions else name)
    return Statement(english.sentence(text), right.citation, tuple(parts.all()), "decision")


class _Parts:
    """The parts of one decision, in the order in which they are read."""

    def __init__(self, words: Words, right: Decision, rule: Rule, speech: Speech) -> None:
        self.words, self.right, self.rule, self.speech = words, right, rule, speech

    def all(self) -> Iterator[Statement]:
        yield from self.facts()
        yield from self.totals()
        yield from self.scope()
        yield from self.requirements()
        yield from self.after()
        yield from self.informed()
        yield from self.effects()
        yield from self.always()

    def _cite(self, text: str, node: n.Node, kind: str) -> Statement:
        return Statement(english.sentence(text), self.words.agreement.cite(node, self.words.agreement.wording(node)), kind=kind)

    # ------------------------------------------------------------ what it names, when it applies

    def facts(self) -> Iterator[Statement]:
        """What a proposal names, and what somebody has to find. Facts that every right of a kind has are not said."""
        implied = IMPLICIT if self.speech.it == "the use" else SIDES if self.speech.it == "the dispute" else ()
        written = [fact for fact in self.right.facts.values() if fact.name not in implied]
        given = tuple(self._cite(self._fact(fact), fact, "fact") for fact in written if fact.determined_by is None)
        found = tuple(self._cite(self._finding(fact), fact, "finding") for fact in written if fact.determined_by is not None)
        if given:
            what = {"the dispute": "A dispute", "the use": "A question"}.get(self.speech.it, "A proposal")
            yield Statement(f"{what} names:", given[0].citation, given, "facts")
        yield from found

    def _fact(self, fact: n.Given) -> str:
        kind = fact.type
        name = self.speech.voice.fact(fact.name)
        left_out = ", may be left out" if fact.optional else ""
        optional = " (may be left out)" if fact.optional else ""
        if kind.kind == "yesno":
            return f"whether it is {quoted(fact.name)} (yes or no{left_out})"
        if kind.kind == "decision":
            what = f"a proposal of {kind.target.text}" if kind.target is not None else "another proposal"
            return f"{what}, named as {label(fact.name)}{optional}"
        if kind.kind in ("party", "person", "parties", "persons", "role", "body", "dispute"):
            said = self.speech.voice.fact(fact.name)
            return f"{said}{optional}" if " named as " in said else f"{said} ({_TYPES[kind.kind]}{left_out})"
        if kind.kind == "choice":
            return f"{name} ({english.listed([quoted(choice) for choice in kind.choices], 'or')}{left_out})"
        if kind.kind in ("date", "duration"):
            return f"{name}{optional}"
        currency = self.words.agreement.header.currency
        said = f"in {currency.text}" if kind.kind == "money" and currency is not None else _TYPES.get(kind.kind, plain(kind.kind))
        return f"{name} ({said}{left_out})"

    def _finding(self, fact: n.Given) -> str:
        assert fact.determined_by is not None
        who = self.speech.voice.groups.item(fact.determined_by)
        if fact.determined_by.quantifier in ("", "any"):
            who = Who(self.speech.voice.groups.a(n.Group((fact.determined_by,))), who.many)
        if fact.type.kind == "yesno":
            return f"{who.does('confirm')} {quoted(fact.name)} or {english.verb('rule', who.many)} it out"
        choices = f" ({english.listed([quoted(choice) for choice in fact.type.choices], 'or')})" if fact.type.choices else ""
        return f"{who.does('determine')} {self.speech.voice.fact(fact.name)}{choices}"

    def totals(self) -> Iterator[Statement]:
        """Which proposals a total takes in."""
        tree, found = self.rule.tree, [*counting.keys(self.rule.applies)]
        branches = [branch for part in trees.subtrees(tree) if isinstance(part, Pick) for branch in part.branches]
        for expr in (*(branch.condition for branch in branches), *(leaf.met for leaf in leaves(tree))):
            found += counting.keys(expr)
        for total in dict.fromkeys(key.total for key in found if isinstance(key, Total)):
            same = f" for the same {plain(total.per)}" if total.per else ""
            when = f" made in the {english.duration(total.period)} before it" if total.period is not None else ""
            text = f"the total of the {english.plural(plain(total.fact))} takes in this proposal and every earlier one{same}{when}"
            yield self._cite(f"{text}; one that was refused counts only if it was carried out all the same", total, "total")

    def scope(self) -> Iterator[Statement]:
        """What it covers, when it applies, what it takes the place of."""
        acts = [act for act in self.right.acts if act != self.right.name]
        if acts:
            listed = english.listed([quoted(act) for act in acts])
            text = f"it covers the act{'s' if len(acts) > 1 else ''} {listed}"
            yield Statement(english.sentence(text), self.right.citation, (), "covers")
        for line in self.right.applies:
            holds = self.speech.claim(self._condition(line.condition)).yes
            yield self._cite(f"it applies when {holds}", line, "applies")
        if self.right.overrides:
            others = english.listed([f"the decision {name}" for name in self.right.overrides])
            yield Statement(f"It takes the place of {others}.", self.right.citation, (), "overrides")

    def _condition(self, node: n.Condition) -> Expr:
        return lower_conditions.condition(Lowering(self.words.agreement, self.right), node)

    # ------------------------------------------------------------ what it requires

    def requirements(self) -> Iterator[Statement]:
        """The tree, without what every right requires, and how its votes are counted."""
        tree = self._asked(self.rule.tree)
        if tree == Every(()):
            yield Statement("Nothing more is required.", self.right.citation, (), "requirements")
            return
        common = trees.shared(self.words, tree)
        twice = {body: found for body, found in trees.quorums(self.speech, tree).items() if found[2] > 1}
        texts = {each.text for each in common} | {text for text, _, _ in twice.values()}
        said = trees.requirement(self.words, tree, frozenset(texts))
        yield Statement(*self._led(said), "requirements")
        common = (*(self._quorum(body, text, cite) for body, (text, cite, _) in twice.items()), *common)
        if common:
            yield Statement("How votes are counted:", self.right.citation, common, "counting")

    def _led(self, said: Statement) -> tuple[str, Citation, tuple[Statement, ...]]:
        """What a decision requires, without a list in the list."""
        if said.kind == "every" and said.items:
            return "It requires all of the following:", self.right.citation, said.items
        if said.kind == "any of" and said.items:
            return "It requires any one of the following:", said.citation, said.items
        return "It requires:", self.right.citation, (said,)

    def _quorum(self, body: str, text: str, citation: Citation) -> Statement:
        """A quorum that every vote of a body needs."""
        where = f" of {self.words.names(body)}" if body else ""
        return Statement(f"No vote{where} passes without a quorum: {text[:1].lower()}{text[1:]}", citation, (), "quorum")

    def _asked(self, tree: Tree) -> Tree:
        """A tree without the leaves that every right has."""
        if not isinstance(tree, Every):
            return tree
        kept = tuple(self._asked(item) for item in tree.items if not (isinstance(item, Leaf) and item.kind in _ALWAYS))
        kept = tuple(item for item in kept if item != Every(()))
        return kept[0] if len(kept) == 1 else Every(kept, tree.label, tree.citation)

    def always(self) -> Iterator[Statement]:
        """What every right requires: terse, and last."""
        found = [item for item in trees.flat(self.rule.tree) if isinstance(item, Leaf) and item.kind in _ALWAYS] \
            if isinstance(self.rule.tree, Every) else []  # fmt: skip
        if found:
            claims = [trees.leaf_claim(self.speech, leaf).yes for leaf in found]
            several = any(" or " in claim for claim in claims)
            text = "; and ".join(claims) if several else english.listed(claims)
            yield Statement(english.sentence(text), found[0].citation, (), "always", tuple(leaf.citation for leaf in found[1:]))

    # ------------------------------------------------------------ what follows

    def after(self) -> Iterator[Statement]:
        """What is counted from the decision itself."""
        if self.rule.after == Every(()):
            return
        said = trees.requirement(self.words, self.rule.after)
        items = said.items if said.kind == "every" else (said,)
        yield Statement("Once it is taken:", self.right.citation, items, "after")

    def informed(self) -> Iterator[Statement]:
        """Who must be told by the proposer, by when: a duty, and no condition."""
        for note in self.rule.notifications:
            if note.line is None:
                continue
            who = self.speech.voice.groups.who(note.line.group, each=True)
            text = Who("the proposer").must(f"inform {who.text} of the decision{self._until(note)}")
            if note.when != TRUE:
                text = f"if {self.speech.claim(note.when).yes}, {text}"
            yield Statement(english.sentence(text), note.citation, (), "informed")

    def _until(self, note: Notification) -> str:
        if isinstance(note.until, Fact) and isinstance(note.until.key, Deadline):
            return f" within {english.duration(note.until.key.duration)} after it is taken"
        return ""

    def effects(self) -> Iterator[Statement]:
        """What it does when it is carried out."""
        for line in self.right.block.statements:
            if isinstance(line, n.Effect):
                on = f" on {self.speech.voice.fact(line.on)}" if line.on else ""
                yield self._cite(f"when it is carried out, {self._effect(line)}{on}", line, "effect")

    def _effect(self, line: n.Effect) -> str:
        who = self._named(line.who)
        match line.kind:
            case "ends":
                return "the agreement ends"
            case "extends" if line.duration is not None:
                return f"the term is extended by {english.duration(line.duration)}"
            case "extends":
                return f"the term is extended until {self.speech.voice.fact(line.word)}"
            case "appoints":
                party = f" for {self._named(line.party)}" if line.party is not None else ""
                return f"{who} becomes {self._office(line)}{party}"
            case "removes":
                return f"{who} is no longer {self._office(line)}"
            case "admits":
                return f"{who} becomes a party"
            case "excludes":
                return f"{who} ceases to be a party"
            case "default":
                return f"{who} is in default"
            case "no default":
                return f"{who} is no longer in default"
            case _:
                value = literal(line.value.value) if line.value is not None else self.speech.voice.fact(line.fact)
                return f"the {plain(line.word)} of {who} becomes {value}"

    def _office(self, line: n.Effect) -> str:
        """An office as what somebody is: Chair, a Director."""
        name = line.role.text if line.role is not None else ""
        role = self.words.agreement.roles.get(name)
        return name if role is not None and role.seats == "one" else english.a(name)

    def _named(self, who: n.Named | None) -> str:
        if who is None:
            return ""
        if who.name is not None:
            return self.words.names(who.name.text)
        return "the proposer" if who.fact == "proposer" else self.speech.voice.fact(who.fact)
