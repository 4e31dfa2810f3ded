"""`who`: who may propose, approve, vote, veto, who is consulted and informed, at each tier of a decision.

In: a loaded agreement, the name of a decision, facts and a record where there are any. Out: `Rights`: the decision's blocks
with each line that gives somebody a say, its clause, and the names of those who have it on the day asked. The lines are shown
as written; what they mean is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from govlang.core import lower_conditions
from govlang.core.lower import Lowering
from govlang.core.verdict import evaluate
from govlang.diagnostics import did_you_mean
from govlang.frozen import dataclass
from govlang.model.nodes import Agreement, Block, Decision, Kind
from govlang.pipeline import Loaded
from govlang.record import calendar, json_values
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.strict_json import BadJson
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools import books
from govlang.tools.books import Book
from govlang.tools.questions import NoAnswer, day, readable, sound

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Holders:
    """A group as written, and who belongs to it on the day asked."""

    group: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """A line that gives somebody a say, or says when and how. `kind` is a word for readers: proposes, approves, votes ..."""

    kind: str
    rule: str
    citation: Citation
    holders: tuple[Holders, ...] = ()
    rights: tuple[Right, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A block of a decision: the whole of it, a tier or a reading. `applies` is yes, no or unknown."""

    label: str
    applies: str
    citation: Citation
    rights: tuple[Right, ...]
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Rights:
    """Who has a say in a decision. `on` is None when neither a day nor a record was given."""

    agreement: str
    decision: str
    text: str
    on: datetime | None
    facts: tuple[tuple[str, str], ...]
    level: Level


def who(
    loaded: Loaded, decision: str, facts: Mapping[str, str] | None = None, book: Book | None = None, on: str = ""
) -> Rights:  # fmt: skip
    """Who has a say in a decision. Raises NoAnswer for a decision or fact that the agreement does not have."""
    sound(loaded)
    book = book or Book()
    readable(book)
    asked = day(on) if on else book.last(loaded.agreement)
    moment = calendar.localise(asked, loaded.agreement.header) if asked else None
    at = moment or n.Moment(first_day(loaded))
    history = books.history(book, loaded.agreement)
    found = _decision(history.in_force(at.end), decision)
    given = tuple(_fact(found, word, text) for word, text in (facts or {}).items())
    return _Walker(loaded, found, history, at, given).rights(moment, facts or {})


def _decision(agreement: Agreement, name: str) -> Decision:
    decisions = agreement.decisions
    folded = {each.casefold(): each for each in decisions}
    if name.casefold() in folded:
        return decisions[folded[name.casefold()]]
    covering = [each for each in decisions.values() if name in each.acts]
    if len(covering) == 1:
        return covering[0]
    hint = did_you_mean(name, decisions) or f"the decisions are {', '.join(decisions) or 'none'}"
    raise NoAnswer(f"the agreement has no decision called '{name}'", hint)


def _fact(decision: Decision, word: str, text: str) -> tuple[str, n.Literal]:
    declared = decision.facts.get(word)
    if declared is None:
        hint = did_you_mean(word, decision.facts) or f"the facts are {', '.join(decision.facts) or 'none'}"
        raise NoAnswer(f"{decision.name} is not given a fact called '{word}'", hint)
    value: str | bool | list[str] = text
    if declared.type.kind == "yesno":
        value = _YES_NO.get(text.casefold(), text)
    elif declared.type.kind in ("parties", "persons"):
        value = [part.strip() for part in text.split(",")]
    try:
        return word, json_values.literal(value, word, declared.type)  # type: ignore[arg-type]
    except BadJson as error:
        raise NoAnswer(error.message, error.hint) from None


def first_day(loaded: Loaded) -> datetime:
    """A day on which everyone whom the text names takes part, as far as there is one."""
    header = loaded.agreement.header
    starts = [member.since for member in loaded.agreement.members.values() if member.since is not None]
    if header.effective is not None:
        starts.append(header.effective.day)
    return datetime.combine(max(starts), datetime.min.time()) if starts else datetime(2000, 1, 1)


class _Walker:
    def __init__(
        self, loaded: Loaded, decision: Decision, history: History, at: n.Moment, facts: tuple[tuple[str, n.Literal], ...]
    ) -> None:
        self.loaded, self.agreement, self.decision = loaded, history.in_force(at.end), decision
        self.now = at.end
        name = "who"
        while name in history.proposals:
            name += "?"
        before = len(history.diagnostics)
        history.take(n.Deed("propose", at, (), n.Name(name), n.Name(decision.name), facts=facts))
        wrong = [found for found in history.diagnostics[before:] if found.code == "GL408"]
        if wrong:
            raise NoAnswer(wrong[0].message, wrong[0].hint)
        self.proposal = history.proposals[name]
        self.history = history.on(self.now)  # the roles, bodies and weights of the text in force on that day
        self.row = Row(self.history, self.proposal, self.now, Judge(loaded.rules, history).verdict)
        self.lowering = Lowering(self.agreement, decision)

    def rights(self, on: n.Moment | None, facts: Mapping[str, str]) -> Rights:
        decision = self.decision
        conditions = [self.holds(item.condition) for item in decision.applies]
        applies = False if False in conditions else None if None in conditions else True
        first = [Right("applies when", self.agreement.wording(item.condition), self.agreement.cite(item))
                 for item in decision.applies]  # fmt: skip
        first += [Right("overrides", name, decision.citation) for name in decision.overrides]
        first += [self.finding(given) for given in decision.facts.values() if given.determined_by is not None]
        level = self.level("always", applies, decision.citation, decision.block)
        whole = Level(level.label, level.applies, level.citation, (*first, *level.rights), level.levels)
        return Rights(
            self.agreement.name, decision.name, decision.text, on.end if on else None, tuple(facts.items()), whole
        )

    def holds(self, condition: n.Condition) -> bool | None:
        value = evaluate(lower_conditions.condition(self.lowering, condition), self.row)
        return value if isinstance(value, bool) else None

    # ------------------------------------------------------------ blocks

    def level(self, label: str, applies: bool | None, citation: Citation, block: Block) -> Level:
        rights = tuple(right for statement in block.statements for right in self.statement(statement, block))
        return Level(label, _WORDS[applies], citation, rights, tuple(self.levels(block)))

    def levels(self, block: Block) -> Iterator[Level]:
        earlier: bool | None = False
        for tier in block.tiers:
            holds = True if tier.condition is None else self.holds(tier.condition)
            applies = False if earlier is True or holds is False else True if earlier is False and holds else None
            label = "otherwise" if tier.condition is None else f"when {self.agreement.wording(tier.condition)}"
            yield self.level(label, applies, self.agreement.cite(tier.node, label), tier.block)
            earlier = True if holds is True and earlier is False else None if holds is not False else earlier
        for reading in block.readings:
            label = f'under the reading "{reading.name}"'
            yield self.level(label, None, self.agreement.cite(reading.node, label), reading.block)

    def statement(self, statement: n.Statement, block: Block) -> Iterator[Right]:
        match statement:
            case n.Requires(requirement):
                yield self.requirement(requirement, block)
            case (
                n.ProposedBy(group=group) | n.SecondedBy(group=group) | n.Recused(group=group) | n.Casting(group=group)
                | n.Extension(group=group) | n.Restart(group=group) | n.Consult(group=group) | n.Inform(group=group)
            ):  # fmt: skip
                yield self.right(_KINDS[type(statement)], statement, group)
            case n.RatifiedBy():
                yield self.right("ratifies", statement)
            case n.Describe() | n.Givens() | n.Covers() | n.Applies() | n.Overrides() | n.When() | n.Reading():
                return
            case _:
                yield self.right("rule", statement)

    def requirement(self, item: n.Requirement, block: Block) -> Right:
        match item:
            case n.AnyOf(items) | n.AllOf(items):
                kind = "one of these" if isinstance(item, n.AnyOf) else "all of these"
                inner = tuple(self.requirement(each, block) for each in items)
                return Right(kind, kind, self.agreement.cite(item), rights=inner)
            case n.NoBlock(kind, group, unless=unless):
                verb = "may veto" if kind == "veto" else "may object"
                right = self.right(verb, item, group)
                inner = tuple(self.requirement(each, block) for each in unless)
                overrides = (Right("unless", "unless", right.citation, rights=inner),) if inner else ()
                return Right(right.kind, right.rule.split(" unless ")[0], right.citation, right.holders, overrides)
            case n.Approval(group):
                return self.right("approves", item, group)
            case n.Threshold(group=group) | n.MoreFor(group=group) | n.NoVoteAgainst(group=group):
                return self.right("votes", item, group, tuple(self.quorums(group, block)))
            case n.Act(by=by) if by is not None:
                return self.right("must not record" if item.forbidden else "records", item, by)
            case n.NeedsDecision() | n.NotUnderWay():
                return self.right("decision", item)
            case _:
                return self.right("condition", item)

    def quorums(self, group: n.Group, block: Block) -> Iterator[Right]:
        """The quorums that a body's own clause asks for, unless the decision says otherwise."""
        for item in group.items:
            body = self.agreement.bodies.get(item.base.name.text) if item.base.name is not None else None
            if body is not None and not block.scope.quorums:
                for quorum in body.quorums:
                    yield self.right("quorum", quorum)

    def finding(self, given: n.Given) -> Right:
        assert given.determined_by is not None
        group = n.Group((given.determined_by,), span=given.determined_by.span)
        rule = f"{given.name} is determined by {self.agreement.wording(group)}"
        return Right("determines", rule, self.agreement.cite(given), self.holders(group))

    def right(self, kind: str, node: n.Node, group: n.Group | None = None, inner: tuple[Right, ...] = ()) -> Right:
        rule = self.agreement.wording(node)
        holders = self.holders(group) if group is not None else ()
        return Right(kind, rule, self.agreement.cite(node, rule), holders, inner)

    # ------------------------------------------------------------ names

    def holders(self, group: n.Group) -> tuple[Holders, ...]:
        return tuple(self.holder(item) for item in group.items)

    def holder(self, item: n.GroupItem) -> Holders:
        at = self.now
        names = self.history.electors(n.Group((item,)), at, self.proposal)
        shown = []
        for name in names:
            if self.agreement.kind_of(name) is Kind.PARTY:
                speakers = list(dict.fromkeys(self.history.speakers_for(name, at)))
                shown.append(f"{name} (by {' or '.join(speakers)})" if speakers else name)
            else:
                shown.append(name)
        return Holders(self.agreement.wording(item), tuple(shown))


_WORDS = {True: "yes", False: "no", None: "unknown"}
_KINDS: dict[type, str] = {
    n.ProposedBy: "proposes", n.SecondedBy: "seconds", n.Recused: "is recused", n.Casting: "has the casting vote",
    n.Extension: "may extend", n.Restart: "may restart", n.Consult: "is consulted", n.Inform: "is informed",
}  # fmt: skip
