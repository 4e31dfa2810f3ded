"""Norms into the model: their lines sorted, their names, facts and words checked.

In: a `NormClause` and the resolver that knows every name. Out: a `model.norms.Norm`. Reports GL101, GL103, GL105, GL109,
GL314 and GL350 (a word that says nothing of its subject).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlang.diagnostics import did_you_mean
from govlang.frozen import replace
from govlang.model import values
from govlang.model.blocks import BlockBuilder
from govlang.model.nodes import Decision, Kind
from govlang.model.norms import Norm
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.model.resolve import Resolver

KINDS = {
    "duty": Kind.DUTY, "power": Kind.POWER, "review": Kind.REVIEW, "objective": Kind.OBJECTIVE,
    "communication": Kind.COMMUNICATION, "decision": Kind.DECISION, "dispute": Kind.DISPUTE, "trust": Kind.TRUST,
    "survey": Kind.SURVEY, "meeting": Kind.BODY, "party": Kind.PARTY,
}  # fmt: skip

# What can be said to happen to each kind of subject, in the words of a `when` line.
STATES: dict[str, tuple[str, ...]] = {
    "decision": ("taken", "denied", "proposed", "carried out"),
    "duty": ("fulfilled", "violated", "overdue", "discharged", "expired"),
    "power": ("exercised", "expired"),
    "review": ("held", "missed"),
    "objective": ("met", "missed"),
    "dispute": ("raised", "settled", "ended", "withdrawn", "decided", "lapsed"),
    "trust": ("low",),
    "survey": ("missed", "held"),
    "meeting": ("held",),
    "party": ("joins", "leaves", "defaults"),
    "agreement": ("starts", "ends"),
}
# When a norm of each kind is missed, in the words of its `if` line.
MISSED = {"duty": ("violated", "overdue"), "power": ("exercised", "expired"), "review": ("missed",),
          "objective": ("missed",), "communication": ("violated",), "survey": ("missed",)}  # fmt: skip

_FIELDS: dict[type, str] = {
    n.Recurs: "recurs", n.Due: "due", n.Continuing: "continuing", n.Grace: "grace", n.Owed: "owed", n.Cured: "cured",
    n.SurvivesEnd: "survives", n.AttendedBy: "attended", n.Quorum: "quorum", n.ReviewNotice: "notice",
    n.MinutesWithin: "minutes", n.Measure: "measure", n.Contact: "contact", n.Channels: "channels", n.AnswerWithin: "answer",
}  # fmt: skip
_LISTS: dict[type, str] = {
    n.Arises: "arises", n.Applies: "applies", n.DoneWhen: "done", n.DischargedWhen: "discharged", n.WaivedBy: "waived",
    n.BreachFoundBy: "finders",
    n.Suspended: "suspended", n.SuspendedWhile: "suspended", n.Transferable: "transferable", n.OpensIf: "opens",
    n.Target: "targets", n.PassOn: "shares",
}  # fmt: skip


def norm(resolver: Resolver, clause: n.NormClause) -> Norm:
    """One clause of the model, and the right of a power (see `Agreement.rights`)."""
    return _NormBuilder(resolver, clause).built()


def can_happen(resolver: Resolver, item: n.Happening, facts: dict[str, n.Given]) -> bool:
    """Whether what is said to happen can happen to its subject."""
    if item.name is not None and not resolver.expect_kind(item.name, {KINDS[item.kind]}, _a(item.kind)):
        return False
    if item.by is not None and not resolver.check_group(item.by, facts):
        return False
    if item.kind in STATES and item.state not in STATES[item.kind]:
        known = STATES[item.kind]
        hint = did_you_mean(item.state, known) or f"write one of: {', '.join(known)}"
        anybody = "any party" if item.kind == "party" and item.name is None else _a(item.kind)
        subject = "the agreement" if item.kind == "agreement" else anybody
        resolver.report("GL350", f"'{item.state}' is nothing that happens to {subject}", item.span, hint)
        return False
    return True


class _NormBuilder:
    def __init__(self, resolver: Resolver, clause: n.NormClause) -> None:
        self.resolver = resolver
        self.clause = clause
        self.about = _decision_of(resolver, clause)
        decision = resolver.decisions.get(self.about)
        self.blocks = BlockBuilder(resolver, n.Decision(clause.name, (), span=clause.span))
        self.blocks.facts = facts_of(decision.statements) if decision is not None else {}
        self.fields: dict[str, object] = {}
        self.lists: dict[str, list[n.Node]] = {}

    def built(self) -> Norm:
        for line in self.clause.lines:
            self.blocks.check_cite(line)  # type: ignore[arg-type]
            self.line(line)
        clause = self.clause
        citation = self.resolver.file.layout.citation(clause.span, f"{clause.kind} {clause.name.text}")
        lists = {name: tuple(items) for name, items in self.lists.items()}
        if clause.kind == "power":
            self.right(citation)
        return Norm(clause.kind, clause.name.text, citation=citation, span=clause.span, about=self.about,
                    tagged=tuple(line for line in clause.lines if getattr(line, "cite", "")),
                    **self.fields, **lists)  # type: ignore[arg-type]  # fmt: skip

    def right(self, citation: object) -> None:
        """What exercising a power requires, lowered as decisions are."""
        statements = tuple(line for line in self.clause.lines if isinstance(line, n.Requires))
        block = self.blocks.block(statements, None)
        self.resolver.rights[self.clause.name.text] = Decision(
            self.clause.name.text, block, self.blocks.facts, citation=citation, span=self.clause.span, clause=self.clause,  # type: ignore[arg-type]
        )  # fmt: skip

    def line(self, line: n.NormLine) -> None:
        match line:
            case n.Describe(text):
                self.set("text", line, text)
            case n.Covers(words):
                self.set("covers", line, words)
            case n.OwedBy(group, to):
                self.bearer(group, line)
                if to is not None and self.resolver.check_group(to, self.blocks.facts):
                    self.set("to", line, to)
            case n.HeldBy(group) | n.LedBy(group):
                self.bearer(group, line)
            case n.Between(group):
                if self.resolver.check_group(group, None):
                    self.set("between", line, group)
            case n.Requires():
                pass
            case _ if type(line) in _FIELDS:
                if self.sound(line):
                    self.set(_FIELDS[type(line)], line, line)
            case _:
                if self.sound(line):
                    self.lists.setdefault(_LISTS[type(line)], []).append(line)

    def set(self, name: str, line: n.Node, value: object) -> None:
        if name in self.fields:
            words = {"recurs": "how often it comes round", "due": "by when"}.get(name, name)
            self.resolver.report("GL314", f"{words} is said twice in one clause", line.span, "keep one of the two lines")
        self.fields[name] = value

    def bearer(self, group: n.Group, line: n.Node) -> None:
        concerned = all(item.base.kind == "concerned" and item.excluded is None and not item.attribute for item in group.items)
        others = n.Group(tuple(_without_concerned(item) for item in group.items))
        if concerned or self.resolver.check_group(others, self.blocks.facts):
            self.set("bearer", line, group)

    # ------------------------------------------------------------ checks of one line

    def sound(self, line: n.NormLine) -> bool:
        """Whether every name, fact and word of a line is known."""
        match line:
            case n.Arises(happening, _) if happening is not None:
                return self.happening(happening)
            case n.DoneWhen(happening) | n.DischargedWhen(happening):
                return self.happening(happening)
            case n.Suspended(since, until):
                return all([self.happening(since), self.happening(until)])
            case n.SuspendedWhile(dispute):
                return self.resolver.expect_kind(dispute, {Kind.DISPUTE}, "a dispute ladder")
            case n.Applies(condition):
                return self.blocks.check_condition(condition)
            case n.OpensIf():
                return self.opens(line)
            case n.WaivedBy(group) | n.BreachFoundBy(group) | n.AttendedBy(group) | n.PassOn(_, group, _) \
                    | n.MinutesWithin(_, group):
                return self.resolver.check_group(group, self.blocks.facts)
            case n.Transferable(_, approval) if approval is not None:
                return self.resolver.check_group(approval, self.blocks.facts)
            case n.Contact(role):
                return self.resolver.expect_kind(role, {Kind.ROLE}, "a role")
            case n.Due(_, after, _) if after not in ("", "its start", "its end"):
                return self.dated(line, after)
            case n.Owed(whole, share, other, _):
                return self.owed(whole, share, line) and (other is None or self.alike(whole, other, line))
            case n.Measure(_, _, by) if by is not None:
                return self.resolver.check_group(by, None)
            case _:
                return True

    def dated(self, line: n.Due, fact: str) -> bool:
        if not self.resolver.check_fact(fact, line.span, self.blocks.facts):
            return False
        given = self.blocks.facts.get(fact)
        if given is not None and given.type.kind != "date" and not (given.type.kind == "decision" and line.within is not None):
            self.resolver.report("GL201", f"{fact} is {values.describe(given.type)}, not a date", line.span,
                                 "name a fact that is a `date`, or write `within 30 days after ...` a proposal")  # fmt: skip
            return False
        return True

    def owed(self, whole: n.Literal, share: str, line: n.Node) -> bool:
        sound = not share or (self.resolver.check_attribute(share, line.span) and self.is_a_share(share, line))
        name = str(whole.value)
        if whole.kind == "word" and not (name not in self.blocks.facts and self.types_of(name)):
            sound = self.resolver.check_fact(name, line.span, self.blocks.facts) and sound
        return sound

    def types_of(self, attribute: str) -> list[n.TypeRef]:
        """The types that an attribute has, of parties or persons."""
        return [each.type for items in self.resolver.attributes.values() for each in items if each.name == attribute]

    def is_a_share(self, attribute: str, line: n.Node) -> bool:
        """Whether an attribute can be the share of an amount."""
        types = self.types_of(attribute)
        if any(each.kind in ("percent", "number") for each in types):
            return True
        own = n.TypeRef("party" if attribute == "party" else "yesno")  # `party` and `in-default` are declared nowhere
        words = values.describe(types[0] if types else own)
        self.resolver.report("GL201", f"{attribute} is {words}, and no share of an amount", line.span,
                             f"write `amount {attribute}` if that is what each of them owes, or name a percentage")  # fmt: skip
        return False

    def alike(self, one: n.Literal, other: n.Literal, line: n.Node) -> bool:
        """Whether of two amounts one can be the larger."""
        if not self.owed(other, "", line):
            return False
        facts = self.blocks.facts or {}
        given = [facts.get(str(item.value)) if item.kind == "word" else None for item in (one, other)]
        kinds = [fact.type.kind if fact is not None else item.kind for fact, item in zip(given, (one, other), strict=True)]
        if kinds[0] == kinds[1] and kinds[0] in ("money", "number"):
            return True
        words = [values.WORDS.get(kind, "no amount") for kind in kinds]
        self.resolver.report("GL201", f"{words[0]} and {words[1]} cannot be compared", line.span,
                             "name two amounts of money, or two numbers")  # fmt: skip
        return False

    def happening(self, item: n.Happening) -> bool:
        """Whether what is said to happen can happen to its subject."""
        return can_happen(self.resolver, item, self.blocks.facts)

    def opens(self, line: n.OpensIf) -> bool:
        known = MISSED[self.clause.kind]
        sound = True
        if line.state not in known:
            hint = did_you_mean(line.state, known) or f"write `if {known[0]}, ...`"
            self.resolver.report("GL350", f"'{line.state}' is nothing that happens to {_a(self.clause.kind)}", line.span, hint)
            sound = False
        for item in line.openings:
            sound = self.resolver.expect_kind(item.name, {KINDS[item.kind]}, _a(item.kind)) and sound
        return sound


def facts_of(statements: tuple[n.Statement, ...]) -> dict[str, n.Given]:
    """The facts that a decision is given, in whatever block."""
    found: dict[str, n.Given] = {}
    for statement in statements:
        match statement:
            case n.Givens(items):
                found |= {given.name: given for given in items}
            case n.When(_, body) | n.Reading(_, body):
                found |= facts_of(body)
            case _:
                pass
    return found


def _decision_of(resolver: Resolver, clause: n.NormClause, seen: frozenset[str] = frozenset()) -> str:
    """The decision that brings a norm about, itself or by way of another norm; its lines may look at the facts of that decision."""
    for line in clause.lines:
        happening = line.happening if isinstance(line, n.Arises) else None
        if happening is None or happening.name is None:
            continue
        name = happening.name.text
        if happening.kind == "decision":
            return name
        if name in resolver.norms and name not in seen:
            return _decision_of(resolver, resolver.norms[name], seen | {name})
    return ""


def _a(kind: str) -> str:
    noun = {"dispute": "dispute ladder", "trust": "trust measure", "meeting": "body"}.get(kind, kind)
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _without_concerned(item: n.GroupItem) -> n.GroupItem:
    """`every party except the party concerned` gives each of the others one of its own, and it is known whom it leaves out."""
    left_out = item.excluded is not None and item.excluded.kind == "concerned" and item.quantifier in ("", "every")
    return replace(item, excluded=None) if left_out else item
