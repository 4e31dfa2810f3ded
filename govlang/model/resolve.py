"""Syntax to model: names become known terms, values get the type of their fact, decisions get their scopes.

In: a parsed `File`. Out: an `Agreement` and diagnostics. A statement that does not resolve is left out and reported; the
rest goes on. Afterwards every name in a group, requirement or condition is a key of the agreement's tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from govlang.diagnostics import Diagnostic, did_you_mean, ordered
from govlang.frozen import replace
from govlang.later import Later
from govlang.model import blocks, ip, lifecycle, resolve_notices, values
from govlang.model.nodes import Agreement, Body, Dated, Decision, Kind, Member, Role
from govlang.source import Citation, Span
from govlang.syntax import literals, nodes as n
from govlang.syntax.parse import File

if TYPE_CHECKING:
    from govlang.model import disputes, resolve_norms, resolve_trust
else:
    disputes = Later("govlang.model.disputes")
    resolve_norms = Later("govlang.model.resolve_norms")
    resolve_trust = Later("govlang.model.resolve_trust")

# The words with which a clause begins that defines a name.
_DEFINING = frozenset(
    "party parties person persons role body decision dispute asset licence confidentiality duty power review communication "
    "objective survey trust amendment".split()
)


def resolve(file: File) -> Agreement:
    """The model of a parsed file, with every diagnostic of text, names and types in `Agreement.diagnostics`."""
    return Resolver(file).agreement()


def holds_name(line: str, name: str) -> bool:
    """Whether the first line of a clause would define a name."""
    word, _, rest = line.partition(" ")
    if word == "use":
        return True
    if word not in _DEFINING:
        return False
    before, found, after = rest.partition(name)
    return bool(found) and not before[-1:].isalnum() and not after[:1].isalnum()


class Resolver:
    """Collects terms first, so that clauses may stand in any order, and then looks inside them."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.source = file.layout.source
        self.found: list[Diagnostic] = list(file.diagnostics)
        self.places: dict[str, Span] = {}
        self.kinds: dict[str, Kind] = {}
        self.members: dict[str, Member] = {}
        self.roles: dict[str, Role] = {}
        self.bodies: dict[str, Body] = {}
        self.decisions: dict[str, n.Decision] = {}
        self.attributes: dict[str, list[n.Attribute]] = {"party": [], "person": []}
        self.values: dict[tuple[str, str], list[Dated]] = {}
        self.rights: dict[str, Decision] = {}
        self.disputes: dict[str, n.Dispute] = {}
        self.norms: dict[str, n.NormClause] = {}
        self.surveys: dict[str, n.Survey] = {}
        self.trust: dict[str, n.Trust] = {}
        self.ip: dict[str, Any] = {}
        self.amendments: dict[str, n.Amendment] = {}
        self.scenarios: list[n.Scenario] = []
        self.header: n.Header | None = None
        self.notices: n.Notices | None = None

    # ------------------------------------------------------------ reporting

    def report(self, code: str, message: str, span: Span, hint: str = "", notes: Iterable[str] = ()) -> None:
        self.found.append(Diagnostic(code, message, self.source, span, hint, tuple(notes)))

    def unknown(self, name: n.Name, wanted: str = "a party, person, role or body", among: Iterable[str] = ()) -> None:
        """GL101 with the nearest names; nothing for a name that a clause defines which could not be read."""
        if self.file.incomplete or any(holds_name(line, name.text) for line in self.file.spoiled):
            return  # a file or a clause that could not be read may define it
        known = list(among) or [*self.members, *self.roles, *self.bodies]
        hint = did_you_mean(name.text, known) or f"define {wanted} of that name, or correct it"
        self.report("GL101", f"'{name.text}' is not defined anywhere in this agreement", name.span, hint)

    def kind_of(self, name: str) -> Kind | None:
        return self.kinds.get(name)

    # ------------------------------------------------------------ the whole

    def agreement(self) -> Agreement:
        for clause in self.file.clauses:
            self.declare(clause)
        for clause in self.file.clauses:
            self.look_into(clause)
        decisions = {name: self.decision(node) for name, node in self.decisions.items()}
        ladders = disputes.ladders(self) if self.disputes else {}
        norms = {name: resolve_norms.norm(self, node) for name, node in self.norms.items()}
        header = self.header or n.Header(n.Name(self.source.name))
        if self.header is None and any(line.split(" ")[0] == "agreement" for line in self.file.spoiled):
            pass  # it is there, and was reported as unreadable
        elif self.header is None:
            self.report(
                "GL008",
                "this file has no agreement clause",
                Span(0, 1),
                "begin with `agreement` and the agreement's name",
            )
        else:
            values.check_header(self, header)
            lifecycle.check_renewal(self, header)
        self.check_values()
        agreement = Agreement(
            header.name.text, header, self.file.layout, self.members, self.roles, self.bodies, decisions,
            {key: tuple(items) for key, items in self.attributes.items()},
            {key: tuple(items) for key, items in self.values.items()},
            tuple(self.scenarios), kinds=self.kinds, rights=self.rights, disputes=ladders, norms=norms, notices=self.notices,
            ip=ip.resolve(self), surveys={name: resolve_trust.survey(self, node) for name, node in self.surveys.items()},
            trust={name: resolve_trust.trust(self, node) for name, node in self.trust.items()},
            amendments=self.amendments, file=self.file,
        )  # fmt: skip
        return replace(agreement, diagnostics=tuple(ordered(self.found)))

    def declare(self, clause: n.Clause) -> None:
        match clause:
            case n.Header():
                if self.header is not None:
                    self.report(
                        "GL008", "a file holds one agreement; this is a second", clause.span, "keep one of the two"
                    )
                else:
                    self.header = clause
            case n.Each():
                self.declare_attributes(clause)
            case n.Members(kind, names, of):
                for name in names:
                    self.add_member(n.Member(kind, name, of=of, span=name.span))
            case n.Member():
                self.add_member(clause)
            case n.Role():
                self.add_role(clause)
            case n.Body():
                self.add_body(clause)
            case n.Decision(name):
                if self.claim(name, Kind.DECISION):
                    self.decisions[name.text] = clause
            case n.Dispute(name):
                if self.claim(name, Kind.DISPUTE):
                    self.disputes[name.text] = clause
            case n.Survey(name):
                if self.claim(name, Kind.SURVEY):
                    self.surveys[name.text], self.norms[name.text] = clause, resolve_trust.as_norm(clause)
            case n.Trust(name):
                if self.claim(name, Kind.TRUST):
                    self.trust[name.text] = clause
            case n.NormClause(kind, name):
                if self.claim(name, resolve_norms.KINDS[kind]):
                    self.norms[name.text] = clause
            case n.Asset() | n.Ownership() | n.Licence() | n.Confidentiality() | n.Assignment():
                ip.declare(self, clause)
            case n.Amendment(name):
                if self.claim(name, Kind.AMENDMENT):
                    self.amendments[name.text] = clause
            case n.Notices():
                resolve_notices.declare(self, clause)
            case n.Use():
                pass  # its file has joined this one before (`pipeline`)
            case n.Scenario():
                self.scenarios.append(clause)
            case n.Table():
                pass

    def claim(self, name: n.Name, kind: Kind) -> bool:
        """Whether a name is free, to name something of a kind; otherwise GL102 with the first place."""
        if not name.text:
            return False
        if name.text in self.places:
            first = self.places[name.text].start
            line, (begins, file) = self.source.place(first)[0], self.source.home(first)
            where = f" of {file.name}" if begins != self.source.home(name.span.start)[0] else ""
            self.report(
                "GL102",
                f"'{name.text}' is already defined on line {line}{where}",
                name.span,
                "give one of the two another name",
            )
            return False
        self.places[name.text] = name.span
        self.kinds[name.text] = kind
        return True

    def declare_attributes(self, clause: n.Each) -> None:
        if clause.role is not None:
            self.attributes.setdefault("person", []).extend(clause.attributes)
        else:
            self.attributes.setdefault(clause.bearer, []).extend(clause.attributes)

    def add_member(self, node: n.Member) -> None:
        kind = Kind.PARTY if node.kind == "party" else Kind.PERSON
        if not self.claim(node.name, kind):
            return
        since, until = (moment.day if moment else None for moment in (node.since, node.until))
        if since and until and until < since:
            self.report("GL205", f"{node.name.text} leaves before it joins", node.span, "swap the two dates")
        self.members[node.name.text] = Member(
            kind, node.name.text, node.full_name, node.seat,
            node.of.text if node.of else "", since, until, node.text, node.name.span,
        )  # fmt: skip

    def add_role(self, node: n.Role) -> None:
        if self.claim(node.name, Kind.ROLE):
            holders = tuple((holder.name.text, holder.party.text if holder.party else "") for holder in node.holders)
            self.roles[node.name.text] = Role(
                node.name.text, node.seats or "any", node.limit, node.appointed_by, node.term, node.speaks, holders,
                node.delegable, node.text, node.name.span,
            )  # fmt: skip

    def add_body(self, node: n.Body) -> None:
        if self.claim(node.name, Kind.BODY):
            self.bodies[node.name.text] = Body(
                node.name.text, node.members, node.seats, node.quorums, node.chair.text if node.chair else "", node.caps,
                node.proxies, node.text, node.name.span,
            )  # fmt: skip

    # ------------------------------------------------------------ inside the clauses

    def look_into(self, clause: n.Clause) -> None:
        match clause:
            case n.Member():
                if clause.of is not None:
                    self.expect_kind(clause.of, {Kind.PARTY, Kind.BODY}, "a party")
                for item in clause.values:
                    self.add_value(clause.name.text, clause.kind, item.name, item.value, item.since, None, item.span)
            case n.Members(_, _, of) if of is not None:
                self.expect_kind(of, {Kind.PARTY, Kind.BODY}, "a party")
            case n.Role():
                self.look_into_role(clause)
            case n.Body():
                self.look_into_body(clause)
            case n.Table():
                self.add_table(clause)
            case n.Notices():
                resolve_notices.look_into(self, clause)
            case _:
                pass

    def look_into_role(self, clause: n.Role) -> None:
        for holder in clause.holders:
            self.expect_kind(holder.name, {Kind.PARTY, Kind.PERSON}, "a party or a person", may_be_new=True)
            if holder.party is not None:
                self.expect_kind(holder.party, {Kind.PARTY}, "a party")
        if clause.appointed_by is not None:
            self.check_group(n.Group((clause.appointed_by,), span=clause.appointed_by.span), None)
        if clause.delegable is not None and clause.delegable.to is not None:
            self.check_group(n.Group((clause.delegable.to,), span=clause.delegable.span), None)

    def look_into_body(self, clause: n.Body) -> None:
        for group in clause.members:
            self.check_group(group, None)
        if clause.chair is not None:
            self.expect_kind(clause.chair, {Kind.ROLE, Kind.PERSON, Kind.PARTY}, "a role or a person")
        for cap in clause.caps:
            self.check_attribute(cap.attribute, cap.span)
        for quorum in clause.quorums:
            for name in values.quantity_facts(quorum.size):
                self.check_fact(name, quorum.span, None)
        for proxy in clause.proxies:
            if proxy.to is not None:
                self.check_group(proxy.to, None)

    def expect_kind(self, name: n.Name, kinds: set[Kind], wanted: str, may_be_new: bool = False) -> bool:
        """Whether a name is known and of one of the kinds; otherwise GL101 or GL103."""
        kind = self.kind_of(name.text)
        if kind is None and may_be_new:
            self.add_member(n.Member("person", name, span=name.span))  # a role's named holder is thereby a person
            return True
        if kind is None:
            among = [known for known in self.places if self.kind_of(known) in kinds]
            self.unknown(name, wanted, among)
            return False
        if kind not in kinds:
            self.report("GL103", f"'{name.text}' is a {kind.value}, and {wanted} belongs here", name.span,
                        f"name {wanted}")  # fmt: skip
            return False
        return True

    def check_group(self, group: n.Group, facts: dict[str, n.Given] | None) -> bool:
        """Whether every name, fact and attribute of a group is known; outside a decision (None) there are no facts."""
        sound = True
        for item in group.items:
            for base in (item.base, item.excluded):
                if base is not None:
                    sound = self.check_base(base, facts) and sound
            if item.attribute:
                sound = self.check_attribute(item.attribute, item.span) and self.check_with(item) and sound
        return sound

    def check_with(self, item: n.GroupItem) -> bool:
        """Whether `with` compares an attribute with a value of its own type; otherwise GL201."""
        types = [each.type for items in self.attributes.values() for each in items if each.name == item.attribute]
        if item.value is None or not types:
            return True
        if item.op and all(kind.kind not in values.ORDERED for kind in types):
            self.report("GL201", f"{item.attribute} is {values.describe(types[0])}, and no more or less than another",
                        item.span, f"write `with {item.attribute}` and the value")  # fmt: skip
            return False
        problems = [values.mismatch(item.value, kind, self.header) for kind in types]
        problem = problems[0]
        if problem is None or None in problems:
            return True
        self.report(problem[0], problem[1].format(name=item.attribute), item.value.span, problem[2])
        return False

    def check_base(self, base: n.GroupBase, facts: dict[str, n.Given] | None) -> bool:
        people = {Kind.PARTY, Kind.PERSON, Kind.ROLE, Kind.BODY}
        if base.kind == "concerned":
            hint = "write it in a line such as `owed by the party concerned`; here name a party, a role or a body"
            self.report("GL103", "nothing says which party is concerned here", base.span, hint)
            return False
        if base.kind == "name" and base.name is not None:
            return self.expect_kind(base.name, people, "a party, person, role or body")
        if base.kind == "of" and base.name is not None:
            return self.expect_kind(base.name, {Kind.ROLE, Kind.BODY}, "a role or body") and self.check_fact(
                base.fact, base.span, facts
            )
        return self.check_fact(base.fact, base.span, facts) if base.kind == "fact" else True

    def check_fact(self, name: str, span: Span, facts: dict[str, n.Given] | None) -> bool:
        """Whether a decision is given a fact, or it is built in; otherwise GL105."""
        if facts is not None and (name in facts or name in values.BUILT_IN):
            return True
        if facts is None:
            message = f"'{name}' is read as a fact, and only decisions are given facts"
            hint = did_you_mean(name, values.SHARES)
            hint = hint or f"put this line into a decision that is given `{name}`, or write the number or name itself"
        else:
            message = f"the decision is not given a fact called '{name}'"
            hint = did_you_mean(name, [*facts, *values.BUILT_IN]) or f"add `given {name}: ...` to the decision"
        if name in literals.TAKEN:
            hint = f"'{name}' is a word of the language; a requirement that begins with it has a line of its own"
        terms = [term for term in self.places if term.casefold() == name.replace("-", " ")]
        if terms:
            hint = f"did you mean '{terms[0]}'? defined terms start with a capital letter"
        self.report("GL105", message, span, hint)
        return False

    def check_attribute(self, name: str, span: Span) -> bool:
        """Whether some party or person has an attribute; otherwise GL109."""
        known = {attribute.name for items in self.attributes.values() for attribute in items} | {"party", "in-default"}
        if name in known:
            return True
        if any(line.startswith("each ") for line in self.file.spoiled):
            return False
        hint = did_you_mean(name, known) or f"declare it: `each party has {name}: ...`"
        self.report("GL109", f"no party or person has an attribute called '{name}'", span, hint)
        return False

    # ------------------------------------------------------------ attributes and tables

    def add_table(self, clause: n.Table) -> None:
        for period in clause.periods:
            until = period.until
            if until and until.day < period.since.day:
                self.report("GL205", "this period ends before it starts", period.span, "swap the two dates")
            for name, literal in period.rows:
                if self.expect_kind(name, {Kind.PARTY, Kind.PERSON}, "a party or a person"):
                    self.add_value(
                        name.text, clause.bearer, clause.attribute, literal, period.since, until, name.span
                    )  # fmt: skip

    def add_value(
        self, bearer: str, kind: str, name: str, literal: n.Literal, since: n.Moment | None, until: n.Moment | None,
        span: Span,
    ) -> None:  # fmt: skip
        declared = {attribute.name: attribute for attribute in self.attributes.get(kind, [])}
        if name not in declared:
            every = {attribute.name for items in self.attributes.values() for attribute in items}
            if any(line.startswith("each ") for line in self.file.spoiled):
                return
            hint = did_you_mean(name, every) or f"declare it: `each {kind} has {name}: ...`"
            self.report("GL109", f"no {kind} has an attribute called '{name}'", span, hint)
            return
        value = values.typed(self, literal, declared[name].type, name)
        if value is not values.BAD:
            dated = Dated(value, since.day if since else None, until.day if until else None)
            self.values.setdefault((bearer, name), []).append(dated)

    def check_values(self) -> None:
        """GL205 for periods of one attribute that overlap; a value without a date is the one before all dated ones."""
        for (bearer, name), items in self.values.items():
            items.sort(key=lambda item: item.since or date.min)
            for earlier, later in pairwise(items):
                clash = earlier.since == later.since or (
                    earlier.until is not None and later.since is not None and later.since <= earlier.until
                )
                if clash:
                    place = self.places.get(bearer, Span(0, 1))
                    message = f"two values of {name} for {bearer} hold on the same day ({later.since or 'always'})"
                    self.report("GL205", message, place, "end one period before the other begins")

    # ------------------------------------------------------------ decisions

    def decision(self, node: n.Decision) -> Decision:
        builder = blocks.BlockBuilder(self, node)
        block = builder.block(node.statements, None)
        citation = self.file.layout.citation(node.span, f"decision {node.name.text}")
        return Decision(
            node.name.text, block, builder.facts, builder.text, tuple(builder.acts), tuple(builder.applies),
            tuple(builder.overrides), citation, node.span,
        )  # fmt: skip


__all__ = ["Citation", "Resolver", "resolve"]
