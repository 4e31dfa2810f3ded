"""A decision's lines into blocks: scopes that inherit, tiers in order, readings side by side, facts by name.

In: the statements of one decision. Out: `Block`s for `model.nodes.Decision`. Settings of an inner block replace those of the
outer one; what is required adds up. Reports GL011, GL102, GL105, GL107, GL110, GL201, GL202, GL312, GL314.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govlang.diagnostics import did_you_mean
from govlang.frozen import replace
from govlang.later import pattern
from govlang.model import lifecycle, resolve_notices, steps, values
from govlang.model.nodes import Block, Kind, ReadingBlock, Scope, Tier
from govlang.source import Span
from govlang.syntax import literals, nodes as n

if TYPE_CHECKING:
    from govlang.model.resolve import Resolver

_SETTINGS: dict[type, str] = {
    n.Conflicts: "conflicts", n.Casting: "casting", n.VotesMayChange: "votes_may_change", n.AsOf: "as_of",
    n.CarryOver: "carry_over", n.Distinct: "distinct",
    n.NotDelegable: "not_delegable", n.Notice: "notice", n.OpenUntil: "open_until", n.Extension: "extension", n.Restart: "restart",
}  # fmt: skip
MOST_TIERS = 60  # one after another, and one in another: each rests on those before it

# What follows a decision may stand below its tiers, where readers look for it.
_FOLLOWS = (n.Consult, n.Inform, n.EffectiveAfter, n.Lapses, n.RatifiedBy, n.Effect, n.SurvivesEnd)

# What can be more or less than another of its kind, and what a share can be taken of.
_SHARED = frozenset({"money", "number", "percent"})
_NAMED = frozenset({"name", "party", "person", "role", "body"})
_FITS = {values.ORDERED: "a number, an amount, a date or a period", _SHARED: "a number or an amount", _NAMED: "a party or person"}


# The last part of a clause number: `.11` of 4.7.11, `(a)` of 4.7(a), ` letter b` of 4.7 letter b.
_LAST_PART = pattern(r"[ ,]*(?:\.(?:\d+|[A-Za-z]+)|\(\w+\)|[ ,]\w+\.? ?\w*)\Z|(?<=\d)[a-z]\Z")


class BlockBuilder:
    """Builds the blocks of one decision and checks every name, fact and value in them."""

    def __init__(self, resolver: Resolver, node: n.Decision) -> None:
        self.resolver = resolver
        self.node = node
        self.facts: dict[str, n.Given] = {}
        self.before = 0  # tiers that are tried before what is read now
        self.text = ""
        self.acts: list[str] = []
        self.applies: list[n.Applies] = []
        self.overrides: list[str] = []
        self.collect_facts(node.statements)

    def collect_facts(self, statements: tuple[n.Statement, ...]) -> None:
        for statement in statements:
            match statement:
                case n.Givens(items):
                    for given in items:
                        self.add_fact(given)
                case n.When(_, body) | n.Reading(_, body):
                    self.collect_facts(body)
                case _:
                    pass

    def add_fact(self, given: n.Given) -> None:
        if given.name in self.facts:
            self.resolver.report(
                "GL102", f"the fact '{given.name}' is given twice", given.span, "remove one of the two"
            )  # fmt: skip
            return
        if given.name in values.BUILT_IN:
            self.resolver.report("GL102", f"'{given.name}' is a fact that every proposal has", given.span,
                                 "give it another name")  # fmt: skip
            return
        if given.name in literals.TAKEN:
            message, hint = literals.taken(given.name)
            self.resolver.report("GL110", message, given.span, hint)
        self.facts[given.name] = given
        target = given.type.target
        if target is not None:
            kind = Kind.DISPUTE if given.type.kind == "dispute" else Kind.DECISION
            self.resolver.expect_kind(target, {kind}, f"a {kind.value}")

    # ------------------------------------------------------------ blocks

    def block(self, statements: tuple[n.Statement, ...], outer: Scope | None) -> Block:
        scope = self.scope(statements, outer or Scope())
        plain: list[n.Statement] = []
        tiers: list[Tier] = []
        readings: list[ReadingBlock] = []
        opened: list[n.When] = []
        for statement in statements:
            self.check_cite(statement)
            match statement:
                case n.When(condition, body):
                    self.check_order(statement, opened)
                    opened.append(statement)
                    self.before += 1
                    if self.before > MOST_TIERS:
                        self.too_many_tiers(statement)
                    elif condition is None or self.check_condition(condition):
                        tiers.append(Tier(condition, self.block(body, scope), statement))
                case n.Reading(name, body):
                    if any(name == other.name for other in readings):
                        self.resolver.report("GL102", f"two readings are called '{name}'", statement.span, "rename one")
                    readings.append(ReadingBlock(name, self.block(body, scope), statement))
                case _:
                    if (opened or readings) and not isinstance(statement, _FOLLOWS):
                        self.resolver.report(
                            "GL011", "this line stands after the tiers or readings", statement.span,
                            "move it above the first `when` or `reading`: what always holds comes first",
                        )  # fmt: skip
                    if isinstance(statement, n.Effect | n.SurvivesEnd) and outer is not None:
                        self.resolver.report(
                            "GL340", "this line holds for the whole decision, and stands in a tier or reading", statement.span,
                            "move it to the lines that always hold; where the effects differ, make two decisions of it",
                        )  # fmt: skip
                    if self.check(statement):
                        plain.append(statement)
        self.before -= len(opened)
        if len(readings) == 1:
            self.resolver.report("GL312", f"the reading '{readings[0].name}' stands alone", readings[0].node.span,
                                 "record the other reading of the text as well")  # fmt: skip
        return Block(scope, tuple(plain), tuple(tiers), tuple(readings))

    def too_many_tiers(self, statement: n.When) -> None:
        if self.before == MOST_TIERS + 1:
            message = f"more than {MOST_TIERS} tiers are tried before this one's requirements are known"
            hint = "put the steps into fewer tiers, or make a decision of each class"
            self.resolver.report("GL005", message, statement.span, hint)

    def check_order(self, statement: n.When, opened: list[n.When]) -> None:
        if not opened and statement.condition is None:
            self.resolver.report(
                "GL011", "`otherwise` stands before any `when`", statement.span, "put a `when` above it"
            )
        if opened and opened[-1].condition is None:
            self.resolver.report(
                "GL011", "this tier stands after `otherwise`", statement.span, "move it above `otherwise`"
            )

    def scope(self, statements: tuple[n.Statement, ...], outer: Scope) -> Scope:
        """The settings of a block: the outer ones, with those said here in their place."""
        changes: dict[str, object] = {}
        lists: dict[str, list[n.Node]] = {}
        for statement in statements:
            match statement:
                case n.Counts(what, _):
                    self.set(changes, what, statement)
                case n.OpenFor(_, at_least):
                    self.set(changes, "open_at_least" if at_least else "open_for", statement)
                case n.Recused():
                    lists.setdefault("recused", []).append(statement)
                case n.Quorum():
                    lists.setdefault("quorums", []).append(statement)
                case n.Proxies():
                    lists.setdefault("proxies", []).append(statement)
                case _ if type(statement) in _SETTINGS:
                    self.set(changes, _SETTINGS[type(statement)], statement)
                case _:
                    pass
        for name, items in lists.items():
            changes[name] = tuple(items) if name != "recused" else (*outer.recused, *items)
        return replace(outer, **changes) if changes else outer

    def set(self, changes: dict[str, object], name: str, statement: n.Node) -> None:
        if name in changes:
            self.resolver.report("GL314", f"{name.replace('_', ' ')} is said twice in one block", statement.span,
                                 "keep one of the two lines, or put them into tiers")  # fmt: skip
        changes[name] = statement

    def check_cite(self, statement: n.Statement | n.Requirement) -> None:
        for node in _cited(statement):
            if node.cite and self.resolver.file.layout.find_section(node.cite) is None:
                hint = self.nearest_heading(node.cite) or "name a heading of this file by its number or title"
                self.resolver.report("GL107", f"no heading of this file is '{node.cite}'", node.span, hint)

    def nearest_heading(self, cite: str) -> str:
        """What to cite instead: the clause that a missing one would be part of, or else the nearest headings."""
        layout = self.resolver.file.layout
        part = _LAST_PART.search(cite)
        while part is not None:
            above = layout.find_section(cite[: part.start()])
            if above is not None:
                return f"cite [{above.number or above.title}], or add a heading {cite}"
            part = _LAST_PART.search(cite[: part.start()])
        return did_you_mean(cite, [section.number or section.title for section in layout.sections])

    # ------------------------------------------------------------ statements

    def check(self, statement: n.Statement) -> bool:
        """Whether a statement resolves; collects what belongs to the decision as a whole."""
        match statement:
            case n.Describe(text):
                self.text = text
            case n.Covers(acts):
                self.acts.extend(acts)
            case n.Applies(condition):
                if self.check_condition(condition):
                    self.applies.append(statement)
            case n.Overrides(name):
                if self.resolver.expect_kind(name, {Kind.DECISION}, "a decision"):
                    self.overrides.append(name.text)
            case n.RatifiedBy(name, _):
                return self.resolver.expect_kind(name, {Kind.DECISION}, "a decision")
            case n.Requires(requirement):
                return self.check_requirement(requirement)
            case n.Givens(items):
                for given in items:
                    if given.determined_by is not None:
                        self.resolver.check_group(n.Group((given.determined_by,), span=given.span), self.facts)
            case n.CarryOver(fact):
                return self.check_carried(statement, fact)
            case n.OpenUntil(fact):
                return self.check_end(statement, fact)
            case n.Quorum(size):
                return self.check_shares(size, statement.span)
            case n.Effect():
                return lifecycle.check_effect(self, statement)
            case n.AsOf(anchor):
                return lifecycle.check_anchor(self, anchor)
            case n.Notice():
                return resolve_notices.check_waiver(self, statement)
            case n.Distinct(by) if by != "persons":
                return self.resolver.check_attribute(by, statement.span)
            case _:
                group = getattr(statement, "group", None) or getattr(statement, "to", None)
                if isinstance(group, n.Group):
                    return self.resolver.check_group(group, self.facts)
        return True

    def check_end(self, statement: n.Statement, fact: str) -> bool:
        if not self.resolver.check_fact(fact, statement.span, self.facts):
            return False
        kind = self.type_of(fact)
        if kind is not None and kind.kind != "date":
            self.resolver.report("GL201", f"{fact} is {values.describe(kind)}, not a date", statement.span,
                                 "name a fact that is a `date`: voting closes at the end of that day")  # fmt: skip
            return False
        return True

    def check_carried(self, statement: n.Statement, fact: str) -> bool:
        if not self.resolver.check_fact(fact, statement.span, self.facts):
            return False
        kind = self.type_of(fact)
        if kind is not None and kind.kind != "decision":
            self.resolver.report("GL201", f"{fact} is {values.describe(kind)}, not a proposal", statement.span,
                                 "name a fact that is a `decision`: votes carry over from a proposal")  # fmt: skip
            return False
        return True

    def check_requirement(self, item: n.Requirement) -> bool:
        match item:
            case n.AnyOf(items) | n.AllOf(items):
                return all([self.check_requirement(each) for each in items])
            case n.Where(condition):
                return self.check_condition(condition)
            case n.NeedsDecision(name, same) | n.NotUnderWay(name, same) | n.NoDecision(name, same):
                known = self.resolver.expect_kind(name, {Kind.DECISION}, "a decision") and self.check_times(item)
                return known and all([self.resolver.check_fact(fact, item.span, self.facts) for fact in same])
            case n.NoBlock():
                return self.check_block(item)
            case n.Wait():
                return self.check_times(item)
            case n.Act(_, _, by, spread):
                sound = (by is None or self.resolver.check_group(by, self.facts)) and self.check_times(item)
                return sound and (spread is None or self.resolver.check_attribute(spread.attribute, spread.span))
            case n.Approval(group, spread):
                sound = self.resolver.check_group(group, self.facts)
                return sound and (spread is None or self.resolver.check_attribute(spread.attribute, spread.span))
            case n.Threshold() | n.MoreFor():
                sound = self.resolver.check_group(item.group, self.facts)
                sound = self.check_shares(getattr(item, "quantity", None), item.span) and sound
                for attribute in (item.weight, item.cap_attribute):
                    sound = (not attribute or self.resolver.check_attribute(attribute, item.span)) and sound
                return sound
            case n.Sharing(_, attribute, group):
                return self.resolver.check_attribute(attribute, item.span) and self.resolver.check_group(group, self.facts)
            case n.NoVoteAgainst(group):
                return self.resolver.check_group(group, self.facts)
            case _:
                return True

    def check_shares(self, quantity: n.Quantity | None, span: Span) -> bool:
        """Whether the facts that a quantity takes its share from are given, as percentages."""
        sound = True
        for name in values.quantity_facts(quantity):
            if not self.resolver.check_fact(name, span, self.facts):
                sound = False
            elif name not in self.facts or self.facts[name].type.kind != "percent":
                self.resolver.report(
                    "GL201", f"{name} is no percentage, and no share can be taken from it", span,
                    f"give it as one: `given {name}: percent`",
                )  # fmt: skip
                sound = False
        return sound

    def check_times(self, item: n.Requirement) -> bool:
        """Whether the period of a requirement runs from something that can be an instant."""
        window = getattr(item, "window", None)
        return lifecycle.check_anchor(self, window.anchor if window is not None else getattr(item, "anchor", None))

    def check_block(self, item: n.NoBlock) -> bool:
        sound = self.resolver.check_group(item.group, self.facts) and self.check_times(item)
        for ground in (item.ground, *item.further):
            sound = (not ground or self.resolver.check_fact(ground, item.span, self.facts)) and sound
        for group in item.not_by:
            sound = self.resolver.check_group(group, self.facts) and sound
        for condition in item.except_when:
            sound = self.check_condition(condition) and sound
        return all([self.check_requirement(each) for each in item.unless]) and sound

    # ------------------------------------------------------------ conditions

    def check_condition(self, node: n.Condition) -> bool:
        """Whether every fact of a condition is given, and is compared with values of its own type."""
        match node:
            case n.And(items) | n.Or(items):
                return all([self.check_condition(item) for item in items])
            case n.Not(item):
                return self.check_condition(item)
            case n.Holds(fact):
                return self.check_holds(node, fact)
            case n.Compare(op, left, right):
                sound = self.check_operand(left) and (op in ("=", "!=") or self.check_measured(left, values.ORDERED, left.span))
                return sound and self.check_right(left, right)
            case n.OneOf(left, literals):
                return self.check_operand(left) and all([self.check_right(left, value) for value in literals])
            case n.Known(left):
                return self.check_operand(left)
            case n.AtStep():
                return steps.check_at_step(self, node)
            case n.Apart():
                return lifecycle.check_apart(self, node)
            case n.IsIn(left, group):
                whole = n.Group((group,), span=group.span)
                sound = self.check_operand(left) and self.check_measured(left, _NAMED, node.span)
                return sound and self.resolver.check_group(whole, self.facts)

    def check_holds(self, node: n.Holds, fact: str) -> bool:
        if not self.resolver.check_fact(fact, node.span, self.facts):
            return False
        kind = self.type_of(fact)
        if kind is not None and kind.kind not in ("yesno", "decision"):
            self.resolver.report(
                "GL201", f"{fact} is {values.describe(kind)}, not yes or no", node.span,
                f"compare it, as in `{fact} is ...` or `{fact} at most ...`",
            )  # fmt: skip
            return False
        return True

    def type_of(self, fact: str) -> n.TypeRef | None:
        given = self.facts.get(fact)
        return given.type if given is not None else values.BUILT_IN.get(fact)

    def check_operand(self, node: n.Operand) -> bool:
        match node:
            case n.ShareOfFact(_, of):
                return self.check_operand(of) and self.check_measured(of, _SHARED, node.span)
            case n.FactRef(name):
                return name == "proposer" or self.resolver.check_fact(name, node.span, self.facts)
            case n.Total(name, per, _):
                sound = self.resolver.check_fact(name, node.span, self.facts)
                sound = sound and self.check_measured(node, _SHARED, node.span)
                return sound and (not per or self.resolver.check_fact(per, node.span, self.facts))
            case n.NumberOf(group):
                return self.resolver.check_group(group, self.facts)
            case _:
                return True

    def check_measured(self, node: n.Operand, kinds: frozenset[str], span: Span) -> bool:
        """Whether an operand can be more or less than another, have a share taken of it, or belong to a group; else GL201."""
        kind = self.operand_type(node)
        if kind is None or kind.kind in kinds:
            return True
        self.resolver.report("GL201", f"{_name_of(node)} is {values.describe(kind)}, and {_FITS[kinds]} belongs here", span,
                             "compare it with `is`, or name another fact")  # fmt: skip
        return False

    def check_right(self, left: n.Operand, right: n.Operand) -> bool:
        kind = self.operand_type(left)
        if not isinstance(right, n.Literal):
            other = self.operand_type(right)
            if self.check_operand(right) and kind is not None and other is not None and kind.kind != other.kind:
                message = f"{_name_of(right)} is {values.describe(other)}, and {_name_of(left)} {values.describe(kind)}"
                self.resolver.report("GL201", message, right.span, "compare two facts of one type")
                return False
            return self.check_operand(right)
        if right.kind == "word" and right.value in self.facts:
            other = self.facts[str(right.value)].type
            if kind is not None and other.kind != kind.kind:
                self.resolver.report(
                    "GL201", f"{right.value} is {values.describe(other)}, and cannot be compared with "
                    f"{values.describe(kind)}", right.span, "compare two facts of one type",
                )  # fmt: skip
                return False
            return True
        if kind is None or steps.is_state(kind, right):
            return True
        return values.typed(self.resolver, right, kind, _name_of(left)) is not values.BAD

    def operand_type(self, node: n.Operand) -> n.TypeRef | None:
        match node:
            case n.FactRef(name) | n.Total(name, _, _):
                return self.type_of(name)
            case n.ShareOfFact(_, of):
                return self.operand_type(of)
            case n.NumberOf():
                return n.TypeRef("number")
            case n.At():
                return n.TypeRef("date")
            case _:
                return None


def _name_of(node: n.Operand) -> str:
    match node:
        case n.FactRef(name):
            return name
        case n.ShareOfFact(_, of):
            return _name_of(of)
        case n.Total(name, _, _):
            return f"total {name}"
        case n.At(anchor):
            return anchor.kind
        case _:
            return "this number"


def _cited(statement: n.Statement | n.Requirement) -> Iterator[n.Cited]:
    yield statement
    match statement:
        case n.Requires(requirement):
            if requirement.cite != statement.cite:
                yield requirement
            yield from getattr(requirement, "also", ())
            for inner in getattr(requirement, "items", ()):
                if isinstance(inner, n.Cited):
                    yield from _cited(inner)  # type: ignore[arg-type]
        case n.AnyOf(items) | n.AllOf(items):
            for item in items:
                yield from _cited(item)
        case n.NoBlock(also=lines):
            yield from lines
        case _:
            return
