"""Names and facts that nothing refers to, and facts used as people that name nobody.

GL104 unused-name, GL106 unused-fact, GL201 wrong-type (of a fact that should name a party or a person).
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.diagnostics import Diagnostic
from govlang.model import values
from govlang.model.checks.view import View, walk
from govlang.syntax import nodes as n

# Facts that name or describe something stand on the record for its readers; only facts that a rule could weigh must be used.
WEIGHED = ("money", "number", "percent", "date", "duration", "yesno", "choice")
NAMES_SOMEBODY = ("party", "person", "role", "body", "parties", "persons", "text", "name")


def unused_name(view: View) -> Iterator[Diagnostic]:
    """GL104: a party, person, role or body that no decision, role, body or scenario refers to."""
    agreement = view.agreement
    if not view.whole or not agreement.decisions:
        return
    used, reached = _uses(view)
    for member in agreement.members.values():
        if member.name not in used and member.kind.value not in reached:
            hint = f"name it in a decision, a role or a body, or remove the {member.kind.value}"
            yield view.report("GL104", f"{member.name} is named and has no part in anything", member.span, hint)
    for role in agreement.roles.values():
        speaks = role.speaks and ("party" in reached or any(name in used for name in view.parties))
        if role.name not in used and "role" not in reached and not speaks:
            hint = "say in a decision what its holder may do, or remove the role"
            yield view.report("GL104", f"no decision and no body refers to the role {role.name}", role.span, hint)
    for body in agreement.bodies.values():
        if body.name not in used and "body" not in reached:
            hint = "say in a decision what it decides, or remove the body"
            yield view.report("GL104", f"no decision refers to the body {body.name}", body.span, hint)


def _uses(view: View) -> tuple[set[str], set[str]]:
    """Every name that something refers to, and the kinds that are reached as a whole (`every party`)."""
    agreement = view.agreement
    nodes: list[object] = []
    for decision in agreement.decisions.values():
        nodes.extend(view.contents(decision))
    nodes.extend(walk(_clauses(view)))
    used: set[str] = set()
    for role in agreement.roles.values():
        own = list(walk((role.appointed_by, role.delegable)))
        nodes.extend(node for node in own if not (isinstance(node, n.Name) and node.text == role.name))
        for who, party in role.holders:
            used |= {who, party}
        if role.seats == "one each":
            nodes.append(n.GroupBase("party"))
    for body in agreement.bodies.values():
        own = list(walk((body.members, body.proxies)))
        nodes.extend(node for node in own if not (isinstance(node, n.Name) and node.text == body.name))
        used.add(body.chair)
    used |= {member.of for member in agreement.members.values()}
    reached: set[str] = set()
    for node in nodes:
        match node:
            case n.Name(text):
                used.add(text)
            case n.GroupBase("party" | "person" as kind):
                reached.add(kind)
            case n.TypeRef(kind):
                reached.add(kind.removesuffix("ies") + "y" if kind == "parties" else kind.removesuffix("s"))
            case _:
                pass
    return used | _in_scenarios(view), reached


def _clauses(view: View) -> tuple[object, ...]:
    """What the clauses say that are no decisions."""
    agreement = view.agreement
    return (*agreement.norms.values(), *agreement.rights.values())


def _in_scenarios(view: View) -> set[str]:
    """Names that do something in a scenario, and the roles of those who do; being appointed to a role does not make the role
    useful."""
    found: set[str] = set()
    holding: dict[str, set[str]] = {}
    for role in view.agreement.roles.values():
        for who, _ in role.holders:
            holding.setdefault(who, set()).add(role.name)
    for scenario in view.agreement.scenarios:
        appointed: dict[str, set[str]] = {}
        for line in scenario.lines:
            if isinstance(line, n.Expect):
                found |= {name.text for name in (line.subject, line.group) if name is not None}
                continue
            for actor in line.actors:
                found |= {actor.text} | holding.get(actor.text, set()) | appointed.get(actor.text, set())
            if line.kind == "appoint" and line.other is not None and line.target is not None:
                appointed.setdefault(line.other.text, set()).add(line.target.text)
            found |= {name.text for _, names in line.names for name in names}
            if line.other is not None and line.kind != "meeting":
                found.add(line.other.text)
            if line.target is not None and line.kind == "delegate":
                found.add(line.target.text)
            found |= {node.text for _, literal in line.facts for node in walk(literal) if isinstance(node, n.Name)}
    return found


def unused_fact(view: View) -> Iterator[Diagnostic]:
    """GL106: an amount, number, date, choice or yes-or-no fact that no rule looks at."""
    if not view.whole:
        return
    elsewhere: dict[str, set[str]] = {}
    looked_at: dict[str, set[str]] = {}
    for decision in view.decisions:
        found = looked_at.setdefault(decision.name, set())
        for node in view.contents(decision):
            if not isinstance(node, n.Given | n.TypeRef):
                found.update(_words(node))
            if isinstance(node, n.NeedsDecision | n.NotUnderWay):
                elsewhere.setdefault(node.decision.text, set()).update(node.same)
    for norm in view.agreement.norms.values():  # a duty looks at the facts of the decision that brings it about
        elsewhere.setdefault(norm.about, set()).update(word for node in walk(norm) for word in _words(node))
    for decision in view.decisions:
        used = looked_at[decision.name] | elsewhere.get(decision.name, set())
        for given in decision.facts.values():
            if given.type.kind in WEIGHED and given.name not in used:
                hint = "compare it in a `when` or `requires` line, or take it out of `given`"
                yield view.report("GL106", f"no rule of {decision.name} looks at {given.name}", given.span, hint)
    clauses: list[n.Licence | n.Assignment] = [*view.agreement.ip.licences.values(), *view.agreement.ip.assignments.values()]
    for clause in clauses:
        yield from _unused_in(view, clause)


def _unused_in(view: View, clause: n.Licence | n.Assignment) -> Iterator[Diagnostic]:
    """The same in a licence or a rule of assignment."""
    nodes = list(walk((getattr(clause, "lines", ()), clause.statements)))
    used = {word for node in nodes if not isinstance(node, n.Given | n.TypeRef) for word in _words(node)}
    name = clause.name.text if isinstance(clause, n.Licence) else "the assignment clause"
    for given in nodes:
        if isinstance(given, n.Given) and given.type.kind in WEIGHED and given.name not in used:
            hint = "compare it in a `when`, `requires` or `ends when` line, or take it out of `given`"
            yield view.report("GL106", f"no rule of {name} looks at {given.name}", given.span, hint)


def _words(node: object) -> Iterator[str]:
    """Every word in a node: a fact is used wherever its name stands, whatever the line is about."""
    for name in getattr(type(node), "__match_args__", ()):
        value = getattr(node, name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, str))


def fact_names_nobody(view: View) -> Iterator[Diagnostic]:
    """GL201: a group made of a fact that names neither a party nor a person, such as `Director of amount`."""
    for decision in view.decisions:
        for node in view.contents(decision):
            if not isinstance(node, n.GroupBase) or node.kind not in ("fact", "of"):
                continue
            given = decision.facts.get(node.fact)
            kind = given.type if given is not None else values.BUILT_IN.get(node.fact)
            if kind is not None and kind.kind not in NAMES_SOMEBODY:
                message = f"{node.fact} is {values.describe(kind)}, and names nobody"
                hint = "use a fact that names a party or a person, given as `party` or `person`"
                yield view.report("GL201", message, node.span, hint)


__all__ = ["fact_names_nobody", "unused_fact", "unused_name"]
