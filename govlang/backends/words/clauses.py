"""Any clause in words: which module says it.

In: a defined term, or a clause of the syntax. Out: `Statement`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, assert_never

from govlang.backends.words import amending, header, ladders, licences, norms, offices, ownership, scorecards
from govlang.backends.words.statement import Statement
from govlang.model.locking import Used
from govlang.model.nodes import Kind
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words


def term(words: Words, name: str) -> Statement | None:
    """What a defined term means, said of its clause; None where the clause did not resolve."""
    agreement = words.agreement
    kind = agreement.kind_of(name)
    match kind:
        case None:
            return None
        case Kind.PARTY | Kind.PERSON:
            return offices.member(words, name) if name in agreement.members else None
        case Kind.ROLE:
            return offices.role(words, name) if name in agreement.roles else None
        case Kind.BODY:
            return offices.body(words, name) if name in agreement.bodies else None
        case Kind.DECISION:
            return words.decision(name) if name in agreement.decisions else None
        case Kind.DUTY | Kind.POWER | Kind.REVIEW | Kind.COMMUNICATION | Kind.OBJECTIVE | Kind.SURVEY:
            return norms.clause(words, name) if name in agreement.norms else None
        case Kind.TRUST:
            rule = next((rule for rule in words.trust if rule.name == name), None)
            return scorecards.trust(words, rule) if rule is not None else None
        case Kind.ASSET:
            return ownership.asset(words, name) if name in agreement.ip.assets else None
        case Kind.LICENCE:
            return licences.licence(words, name) if name in agreement.rights else None
        case Kind.CONFIDENTIALITY:
            return ownership.secrecy(words, name) if name in agreement.rights else None
        case Kind.DISPUTE:
            return ladders.ladder(words, name) if name in agreement.disputes else None
        case Kind.AMENDMENT:
            return amending.amendment(words, name) if name in agreement.amendments else None
        case _:
            assert_never(kind)


def untitled(words: Words, used: Iterable[Used] = ()) -> Iterator[Statement]:
    """What the agreement says that is no defined term: its own clause, notices, ownership, assignment, secrecy without a name, the
    files it uses."""
    agreement = words.agreement
    yield from header.header(words, agreement.header)
    if agreement.notices is not None:
        yield from header.notices(words, agreement.notices)
    yield from ownership.ownership(words)
    for name, clause in agreement.ip.secrecies.items():
        if clause.name is None:
            yield ownership.secrecy(words, name)
    for name in agreement.ip.assignments:
        yield ownership.assignment(words, name)
    yield from header.files(words, used)


def clause(words: Words, node: n.Clause, used: Iterable[Used] = ()) -> tuple[Statement, ...]:
    """What one clause of the text says; nothing for a scenario, which tests what other clauses say."""
    agreement = words.agreement
    match node:
        case n.Header():
            return tuple(header.header(words, node))
        case n.Each():
            return (offices.each(words, node),)
        case n.Table():
            return (offices.table(words, node),)
        case n.Members(_, names):
            return tuple(said for name in names if (said := term(words, name.text)) is not None)
        case n.Notices():
            return tuple(header.notices(words, node))
        case n.Ownership():
            return tuple(ownership.ownership(words))
        case n.Assignment():
            found = next((name for name, each in agreement.ip.assignments.items() if each.span == node.span), None)
            return (ownership.assignment(words, found),) if found is not None else ()
        case n.Confidentiality(None):
            return (ownership.secrecy(words, "confidentiality"),) if "confidentiality" in agreement.rights else ()
        case n.Use():
            return (header.use(words, node, used),)
        case n.Scenario():
            return ()
        case (
            n.Member() | n.Role() | n.Body() | n.Decision() | n.Dispute() | n.NormClause() | n.Amendment() | n.Asset() | n.Licence()
            | n.Confidentiality() | n.Survey() | n.Trust()
        ):  # fmt: skip
            assert node.name is not None
            said = term(words, node.name.text)
            return (said,) if said is not None else ()
        case _:
            assert_never(node)
