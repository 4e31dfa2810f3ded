"""What each clause kind means: from the model of a decision to requirements as (met, failed) pairs.

In: a `model.Decision`. Out: a `core.Rule`. This is the only place that says what a clause means; how the facts and tallies
it speaks of are counted stands beside it in `record.facts`. Ballots not yet cast may fall either way until voting closes,
so `met` looks at the worst way left and `failed` at the best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.core import (
    keys as k,
    lower_blocks,
    lower_conditions,
    lower_dates,
    lower_rights,
    lower_votes,
)
from govlang.core.expr import (
    FALSE,
    TRUE,
    Compare,
    Expr,
    Fact,
    Sharing,
    all_of,
    any_of,
    at_least,
    fold,
    minus,
    negate,
)
from govlang.core.lower_conditions import deadline, now
from govlang.core.rules import (
    AnyOf,
    Branch,
    Every,
    Leaf,
    Notification,
    Pick,
    Readings,
    Rule,
    Tree,
    Want,
    not_left_aside,
)
from govlang.frozen import replace
from govlang.later import Later
from govlang.model.nodes import Agreement, Block, Decision, Kind, Scope
from govlang.source import Citation
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core import lower_disputes
else:
    lower_disputes = Later("govlang.core.lower_disputes")


def lower(agreement: Agreement, decision: Decision) -> Rule:
    """The meaning of a decision right."""
    return Lowering(agreement, decision).rule()


class Lowering:
    """Lowers one decision; leaves are numbered in the order of the text so that answers and coverage can name them."""

    def __init__(self, agreement: Agreement, decision: Decision) -> None:
        self.agreement = agreement
        self.decision = decision
        self.count = 0
        self.after: list[Tree] = []
        self.guard: Expr = TRUE
        self.notifications: list[Notification] = []
        self.sharing = Sharing()
        self.slots: tuple[k.Electorate, ...] = ()  # the approvals asked for around the block being lowered

    # ------------------------------------------------------------ making nodes

    def leaf(self, node: n.Node, kind: str, met: Expr, failed: Expr, **more: object) -> Leaf:
        """A numbered leaf that cites the line it was made from."""
        self.count += 1
        label = str(more.pop("label", "")) or self.agreement.wording(node)
        citation = self.agreement.cite(node, label)
        by = self.decision.citation.amendment  # an amended decision has other requirements than the one before it
        id_ = f"{self.decision.name}{f' ({by})' if by else ''}#{self.count}"
        who = more.get("electorate")
        also = self.rests_on(who) if isinstance(who, k.Electorate) else ()
        also += tuple(self.agreement.cite(line) for line in getattr(node, "also", ()))
        met, failed = fold(met, self.sharing), fold(failed, self.sharing)
        return Leaf(id_, kind, label, met, failed, citation, also=also, **more)  # type: ignore[arg-type]

    def rests_on(self, who: k.Electorate) -> tuple[Citation, ...]:
        """The clauses named beside the rules by which ballots are taken and counted."""
        scope = who.scope
        proxies = scope.proxies or (self.agreement.bodies[who.body].proxies if who.body else ())
        settings = (
            scope.abstention, scope.absence, scope.silence, scope.conflicts, scope.casting, scope.votes_may_change,
            scope.open_for, scope.open_at_least, *scope.recused, *proxies,
        )  # fmt: skip
        return tuple(self.agreement.cite(node) for node in settings if node is not None and node.cite)

    def rule(self) -> Rule:
        """The whole decision: its block, then the conditions every decision has (term, not withdrawn)."""
        node = n.Node(span=self.decision.span)
        survives, term, words = lower_dates.term(self)
        common: list[Tree] = [
            self.leaf(survives or node, "term", Fact(term), negate(Fact(term)), label=words, evidence=(term,)),
            self.leaf(
                node, "withdrawn", negate(Fact(k.Withdrawn())), Fact(k.Withdrawn()), label="the proposal still stands"
            ),
        ]  # fmt: skip
        if lower_rights.has_its_own_term(self):
            common = common[1:]
        if lower_rights.outlives_all(self):
            common = []
        common += lower_rights.common(self)
        body = lower_rights.around(self, self.block(self.decision.block))
        applies = [lower_conditions.condition(self, item.condition) for item in self.decision.applies]
        citation = self.decision.citation
        return Rule(
            self.decision.name, Every((*common, body), citation=citation), Every(tuple(self.after), citation=citation),
            all_of(*applies), tuple(self.notifications), citation,
        )  # fmt: skip

    # ------------------------------------------------------------ blocks

    def block(self, block: Block) -> Tree:
        """Everything that stands in one block, joined."""
        items: list[Tree] = []
        around = self.slots
        for statement in block.statements:
            items.extend(self.statement(statement, block.scope))
        distinct = block.scope.distinct
        if distinct is not None:
            items.extend(lower_votes.distinct(self, distinct, block))
        first = block.readings and (
            not block.tiers or block.readings[0].node.span.start < block.tiers[0].node.span.start
        )
        if first:
            items.append(self.readings(block))
        if block.tiers:
            items.append(self.tiers(block))
        if block.readings and not first:
            items.append(self.readings(block))
        self.slots = around
        return items[0] if len(items) == 1 else Every(tuple(items))

    def tiers(self, block: Block) -> Tree:
        """The first tier that fits, both for the decision and for what is counted from it (standstill, lapse ...)."""
        branches: list[Branch] = []
        afters: list[Branch] = []
        outer, before = self.after, self.guard
        for tier in block.tiers:
            if tier.condition is None:
                condition: Expr = TRUE
                label = "otherwise"
            else:
                condition = lower_conditions.condition(self, tier.condition)
                label = f"when {self.agreement.wording(tier.condition)}"
            citation = self.agreement.cite(tier.node, label)
            earlier = tuple(negate(branch.condition) for branch in branches)
            self.after, self.guard = [], all_of(before, *earlier, condition)
            wants: tuple[Want, ...] = ()
            evidence: tuple[k.Key, ...] = ()
            if tier.condition is not None:
                wants = tuple(lower_conditions.missing_facts(self, tier.condition))
                evidence = tuple(dict.fromkeys(lower_conditions.counted(tier.condition)))
            branches.append(Branch(condition, label, self.block(tier.block), citation, wants, evidence))
            afters.append(Branch(condition, label, Every(tuple(self.after)), citation))
        self.after, self.guard = outer, before
        if any(branch.tree != Every(()) for branch in afters):
            self.after.append(Pick(tuple(afters), branches[0].citation))
        return Pick(tuple(branches), branches[0].citation)

    def readings(self, block: Block) -> Tree:
        """Each reading by itself, both for the decision and for what is counted from it; whom to inform is said of a reading for as
        long as no ruling has left it aside."""
        names = tuple(reading.name for reading in block.readings)
        branches: list[Branch] = []
        afters: list[Branch] = []
        outer, before = self.after, self.guard
        for reading in block.readings:
            ruled = Fact(k.Ruled(reading.name, names))
            self.after, self.guard = [], all_of(before, not_left_aside(ruled))
            citation = self.agreement.cite(reading.node, f"reading {reading.name}")
            branches.append(Branch(ruled, reading.name, self.block(reading.block), citation))
            afters.append(Branch(ruled, reading.name, Every(tuple(self.after)), citation))
        self.after, self.guard = outer, before
        if any(branch.tree != Every(()) for branch in afters):
            self.after.append(Readings(tuple(afters), branches[0].citation))
        return Readings(tuple(branches), branches[0].citation)

    def statement(self, statement: n.Statement, scope: Scope) -> list[Tree]:
        """The requirements that a statement adds; settings add none here, they are read with the votes they govern."""
        match statement:
            case n.Requires(requirement):
                tree = self.requirement(requirement, scope)
                if not lower_dates.follows(requirement):
                    return [tree]
                self.after.append(tree)
            case n.ProposedBy():
                return [self.proposed_by(statement, scope)]
            case n.SecondedBy(group, within):
                window = n.Window("within", within, span=statement.span) if within else None
                others = replace(group, items=tuple(self.not_proposer(item) for item in group.items))
                act = n.Act("second", 1, others, window=window, cite=statement.cite, span=statement.span)
                return [lower_blocks.act(self, act, scope)]
            case n.Notice():
                return [lower_blocks.notice(self, statement, scope)]
            case n.OpenFor(at_least=True):
                return [lower_blocks.open_at_least(self, statement, scope)]
            case n.Consult():
                return [lower_blocks.consult(self, statement, scope)]
            case n.Inform():
                self.notifications.append(replace(lower_blocks.inform(self, statement, scope), when=self.guard))
            case n.EffectiveAfter() | n.Lapses() | n.RatifiedBy():
                self.after.append(lower_blocks.after(self, statement, scope))
            case _:
                pass
        return []

    def not_proposer(self, item: n.GroupItem) -> n.GroupItem:
        return item if item.excluded else replace(item, excluded=n.GroupBase("proposer", span=item.span))

    def proposed_by(self, statement: n.ProposedBy, scope: Scope) -> Tree:
        """Somebody of the group proposed it. Where an item asks for several, as many of them, or of another item; of each, where
        `and` joins them."""
        group = statement.group
        fact = Fact(k.ProposerIn(group, scope))
        if not any(item.quantifier in lower_votes.SEVERAL for item in group.items):
            want = Want("record", f"a proposal by {self.agreement.wording(group)}")
            return self.leaf(statement, "proposer", fact, negate(fact), wants=(want,))
        enough: list[Expr] = []
        wants: list[Want] = []
        for item in group.items:
            one = replace(group, items=(item,), joiner="", span=item.span)
            if item.quantifier in lower_votes.SEVERAL:
                have, need = Fact(k.Proposers(one)), lower_votes.needed(one)
                enough.append(all_of(Fact(k.ProposerIn(one, scope)), at_least(have, need)))
                wants.append(Want("record", f"to propose it, of {self.agreement.wording(one)}", minus(need, have)))
            else:
                enough.append(Fact(k.ProposerIn(one, scope)))
                wants.append(Want("record", f"a proposal by {self.agreement.wording(one)}"))
        met = all_of(*enough) if group.joiner == "and" else any_of(*enough)
        return self.leaf(statement, "proposer", met, negate(fact), wants=tuple(wants))

    # ------------------------------------------------------------ requirements

    def requirement(self, item: n.Requirement, scope: Scope) -> Tree:
        """One requirement, by its kind."""
        match item:
            case n.Threshold() | n.MoreFor() | n.NoVoteAgainst() | n.Approval():
                return lower_votes.votes(self, item, scope)
            case n.NoBlock():
                return lower_blocks.no_block(self, item, scope)
            case n.Act():
                return lower_blocks.act(self, item, scope)
            case n.Wait():
                return lower_blocks.wait(self, item, scope)
            case n.Nothing():
                return self.leaf(item, "nothing", TRUE, FALSE)
            case n.NeedsDecision(decision, same):
                fact = Fact(k.Adopted(decision.text, same))
                want = Want("record", f"decision {decision.text}")
                return self.leaf(
                    item, "decision", fact, FALSE, wants=(want,), evidence=(k.Adopted(decision.text, same),)
                )
            case n.NoDecision():
                return lower_blocks.no_decision(self, item, scope)
            case n.NotUnderWay(decision, same):
                fact = Fact(k.UnderWay(decision.text, same))
                return self.leaf(item, "decision", negate(fact), fact, evidence=(k.UnderWay(decision.text, same),))
            case n.Where(n.AtStep() as condition):
                return lower_disputes.at_step(self, item, condition)
            case n.Where(n.Compare("=", n.FactRef(fact), n.Literal("word", str() as word))) if self.an_end(fact, word):
                return lower_disputes.ended_as(self, item, fact, word)
            case n.Where(condition):
                return self.where(item, condition)
            case n.OpenLong():
                return lower_blocks.open_at_least(self, item, scope)
            case n.Sharing():
                return lower_votes.sharing(self, item, scope)
            case n.AnyOf(items):
                return AnyOf(
                    tuple(self.requirement(each, scope) for each in items), "any of", self.agreement.cite(item)
                )
            case n.AllOf(items):
                trees = [self.requirement(each, scope) for each in items]
                trees += lower_votes.distinct_together(self, item, scope)
                return Every(tuple(trees), "all of", self.agreement.cite(item))

    def an_end(self, fact: str, word: str) -> bool:
        """Whether a fact names a dispute and a word says how disputes end."""
        given = self.decision.facts.get(fact)
        return given is not None and given.type.kind == "dispute" and word != "open"

    def where(self, item: n.Where, condition: n.Condition) -> Tree:
        holds = lower_conditions.condition(self, condition)
        wants = tuple(lower_conditions.missing_facts(self, condition))
        wants += (*lower_conditions.unnamed(self, condition), *lower_dates.wants(self, condition))
        evidence = (*lower_conditions.keys_of(self, condition), *lower_conditions.counted(condition))
        evidence = tuple(dict.fromkeys((*evidence, *lower_dates.evidence(self, condition))))
        return self.leaf(item, "condition", holds, negate(holds), wants=wants, evidence=evidence)

    # ------------------------------------------------------------ shared with the other lowering modules

    def kind_of(self, item: n.GroupItem) -> Kind | None:
        """What the name of a group item names; None for facts, all parties and the proposer."""
        return self.agreement.kind_of(item.base.name.text) if item.base.kind == "name" and item.base.name else None

    def windowed(self, window: n.Window | None, scope: Scope) -> tuple[Expr, Expr | None]:
        """Whether a window is over, and its last instant; no window is always over."""
        if window is None:
            return TRUE, None
        end = deadline(window.anchor or n.Anchor("proposal"), window.duration, scope, window.kind == "within")
        return Compare(">=", now(), end), end
