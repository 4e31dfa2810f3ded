"""The page `ip`: who may do what with which asset, and what the clauses on it say.

In: a `Subject`. Out: one page: the matrix of assets, uses and parties (as `govlang may` answers), the conditions it speaks of, the
assets with their owners, and each licence, each rule of ownership, secrecy and assignment in sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from govlang.backends.words import english
from govlang.core.rules import leaves
from govlang.frozen import dataclass
from govlang.model.ip import find
from govlang.record import ip
from govlang.record.history import History
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.document import cells, ip_matrix, sentences
from govlang.tools.document.blocks import (
    Block,
    Cell,
    Code,
    Column,
    Heading,
    Item,
    Listing,
    Page,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from govlang.tools.document.ip_matrix import Matrix, Standing, matrix
from govlang.tools.document.subject import Subject

TITLE = "Intellectual property"
WORDS = {
    "owned": "owned", "joint": "joint owner", "licensed": "licensed", "request": "on request", "pending": "on conditions",
    "allowed": "allowed", "none": "no", "silent": "not said",
}  # fmt: skip
_MEANINGS = {
    "owned": "the party owns it, and no clause stands in its way.",
    "joint": "the party owns it together with others; the conditions, if there are any, stand below.",
    "licensed": "a licence allows it now.",
    "request": "a licence allows it once the party has asked for access and the conditions below are met.",
    "pending": "a clause allows it once the conditions below are met.",
    "allowed": "no clause forbids it, or a decision has allowed it.",
    "none": "no clause of this agreement allows it.",
    "silent": "no clause is about it.",
}


def pages(subject: Subject) -> Iterator[Page]:
    """The page; none where the agreement has no clause of the kind."""
    if not subject.agreement.ip.any():
        return
    summary = "What each party owns, what it may use and on which conditions, and what stays secret."
    yield Page("ip", TITLE, "Rules", tuple(_blocks(subject)), summary)


def _blocks(subject: Subject) -> Iterator[Block]:
    found = matrix(subject)
    if found is not None and found.things and found.parties:
        yield Paragraph((Text(f"{_as_of(subject, found)} Each answer is the one that "), Code("govlang may"), Text(" gives.")))
        yield Heading(2, (Text("Who may do what"),), "matrix")
        yield _table(subject, found)
        yield _legend(found)
        yield from _conditions(subject, found)
    if found is not None and found.history.assets:
        yield Heading(2, (Text("Assets"),), "assets")
        yield _assets(subject, found.history, found.on.end)
    yield from _clauses(subject, found)


def _as_of(subject: Subject, found: Matrix) -> str:
    if subject.record is not None:
        return f"As of {english.day(found.on.day)}."
    effective = subject.agreement.header.effective
    if effective is not None and effective.day == found.on.day:
        return f"As of {english.day(found.on.day)}, the first day of the agreement."
    return f"As of {english.day(found.on.day)}, when everything that the text lists is there."


# ---------------------------------------------------------------- the matrix


def _table(subject: Subject, found: Matrix) -> Table:
    columns = (Column("Use", "use"), *(Column(party, f"party-{place}") for place, party in enumerate(found.parties, 1)))
    rows = tuple(
        Row((cells.said(subject, line.use.label()), *(_cell(subject, each) for each in line.standings)), group=thing.title)
        for thing in found.things for line in thing.lines
    )  # fmt: skip
    note = (Text("There are more combinations of purposes, fields and territories than stand here: ask about the others with "),
            Code("govlang may"), Text("."))  # fmt: skip
    return Table("ip-matrix", "IP matrix: assets, uses and parties", columns, rows, note if found.cut else ())


def _cell(subject: Subject, standing: Standing) -> Cell:
    """A word for the standing, the clause that gives it by its name, and where that clause stands."""
    runs = [Strong(WORDS[standing.kind])]
    named = subject.links.term(standing.right) if _has_name(subject, standing.right) else None
    words = (Text(": "), named) if named is not None else ()
    cited = cells.briefly(subject, standing.citations)
    behind = (Text(" ("), *cited, Text(")")) if cited else ()
    mark = "*" if standing.kind == "joint" and standing.conditions else ""
    return Cell((*runs, *((Text(mark),) if mark else ()), *words, *behind), None, standing.kind)


def _has_name(subject: Subject, right: str) -> bool:
    """Whether a right is a clause with a name of its own, such as a licence; ownership has none."""
    return right in subject.agreement.kinds


def _legend(found: Matrix) -> Listing:
    every = [standing for thing in found.things for line in thing.lines for standing in line.standings]
    kinds = {standing.kind for standing in every}
    starred = any(each.kind == "joint" and each.conditions for each in every)
    items = [Item((Strong(WORDS[kind]), Text(f": {words}"))) for kind, words in _MEANINGS.items() if kind in kinds]
    items += [Item((Strong("*"), Text(": on the conditions below.")))] if starred else []
    return Listing(tuple(items))


def _conditions(subject: Subject, found: Matrix) -> Iterator[Block]:
    """What has to be there first: one row for each right, and what it waits for."""
    seen: dict[tuple[str, str, tuple[str, ...]], _Condition] = {}
    for thing in found.things:
        for line in thing.lines:
            for party, standing in zip(found.parties, line.standings, strict=True):
                if standing.conditions:
                    key = standing.kind, standing.right, standing.conditions
                    condition = seen.setdefault(key, _Condition({}, {}, []))
                    condition.uses.setdefault(thing.title, {})[line.use.label()] = None
                    condition.parties[party] = None
                    condition.cited.extend(standing.citations)
    if not seen:
        return
    columns = (Column("Under", "under"), Column("Standing", "standing"), Column("What it is about", "about"),
               Column("Who", "who"), Column("Conditions", "conditions"), Column("Clause", "clause"))  # fmt: skip
    rows = tuple(
        Row((
            cells.said(subject, _called(subject, right)), cells.plain(WORDS[kind], kind=kind),
            cells.said(subject, "; ".join(f"{title}: {', '.join(uses)}" for title, uses in each.uses.items())),
            cells.names(subject, tuple(each.parties)), cells.told(subject, "; ".join(plainly(subject, right, conditions))),
            cells.clause(subject, *each.cited),
        ))
        for (kind, right, conditions), each in seen.items()
    )  # fmt: skip
    yield Heading(2, (Text("On which conditions"),), "conditions")
    yield Table("ip-conditions", "What has to be there first", columns, rows)


@dataclass(slots=True)
class _Condition:
    """What a condition is about, and for whom."""

    uses: dict[str, dict[str, None]]
    parties: dict[str, None]
    cited: list[Citation]


def plainly(subject: Subject, right: str, conditions: tuple[str, ...]) -> Iterator[str]:
    """Conditions in words: single requirements of the right, and those inside tiers and alternatives."""
    found = leaves(subject.rules.rule(right).tree) if right else ()
    known = {ip_matrix.shortly(leaf.label, right): leaf for leaf in found}
    said = {label: words for label, leaf in known.items() if (words := subject.words.brief(leaf)) != leaf.label}
    longest = sorted(said, key=lambda label: (-len(label), label))
    for condition in conditions:
        yield said.get(condition, condition) if condition in known else _replaced(condition, longest, said)


def _replaced(condition: str, longest: list[str], said: dict[str, str]) -> str:
    """A condition of several requirements, each in words."""
    if not longest:
        return condition
    return re.sub("|".join(map(re.escape, longest)), lambda match: said[match.group()], condition)


def _called(subject: Subject, right: str) -> str:
    """A right as readers call it."""
    if not right:
        return "joint ownership"
    if _has_name(subject, right):
        return right
    clause = subject.agreement.rights[right].clause if right in subject.agreement.rights else None
    match clause:
        case n.JointOwning():
            return "joint ownership"
        case n.Owning():
            return "ownership"
        case n.Assignment():
            return "the rules on handing over"
        case _:
            return right


# ---------------------------------------------------------------- the assets


def _assets(subject: Subject, history: History, now: datetime) -> Table:
    columns = (Column("Asset", "asset"), Column("Class", "class"), Column("Owner", "owner"), Column("Made by", "makers"),
               Column("Since", "since", "date"), Column("Confidential", "confidential"), Column("Clause", "clause"))  # fmt: skip
    return Table("assets", "Assets, and to whom they belong", columns, tuple(
        _asset(subject, history, state, now) for state in history.assets.values()
    ))  # fmt: skip


def _asset(subject: Subject, history: History, state: ip.AssetState, now: datetime) -> Row:
    agreement = subject.agreement
    gone = state.gone is not None and state.gone <= now
    owners = _shares(ip.owners_of(history, state.name, now)) if not gone else "taken off the list"
    marked = state.marked(now)
    secret = "yes" if marked is not None else "no"
    if marked is not None and marked > max(state.since, datetime.min + timedelta(days=1)):
        secret += f", since {english.day(marked.date())}"
    cited = [agreement.cite(state.node, state.name)] if state.node is not None else []
    anchor = subject.links.terms[state.name][1] if state.name in subject.links.terms else ""
    text = state.node.text if state.node is not None else ""
    first = Cell((Strong(state.name), *subject.links.runs(f": {text}" if text else "")), state.name)
    return Row((
        first, cells.plain(state.kind), cells.said(subject, owners), cells.names(subject, state.makers),
        cells.day(state.since if state.since > datetime.min else None, "from the beginning"), cells.plain(secret),
        cells.clause(subject, *cited) if cited else cells.plain("on record"),
    ), anchor)  # fmt: skip


def _shares(owners: Mapping[str, Fraction]) -> str:
    if len(owners) < 2:
        return next(iter(owners), "not said")
    equal = len(set(owners.values())) == 1
    return english.listed([name if equal else f"{name} {english.share(share)}" for name, share in owners.items()]) + (
        " together" if equal else ""
    )  # fmt: skip


# ---------------------------------------------------------------- the clauses


def _clauses(subject: Subject, found: Matrix | None) -> Iterator[Block]:
    clauses = subject.agreement.ip
    if clauses.licences:
        yield Heading(2, (Text("Licences"),), "licences")
        if found is not None:
            yield _licences(subject, found)
        for name in clauses.licences:
            yield from sentences.headed(subject, name)
    if clauses.ownership is not None:
        yield Heading(2, (Text("Ownership of results"),), "ownership")
        yield from sentences.of(subject, clauses.ownership)
    if clauses.secrecies:
        yield Heading(2, (Text("Confidentiality"),), "confidentiality")
        for name, secrecy in clauses.secrecies.items():
            yield from sentences.headed(subject, name) if secrecy.name is not None else sentences.of(subject, secrecy)
    if clauses.assignments:
        yield Heading(2, (Text("Handing assets over"),), "assignment")
        for assignment in clauses.assignments.values():
            yield from sentences.of(subject, assignment)


def _licences(subject: Subject, found: Matrix) -> Table:
    """The licences as they stand on the day: who grants what to whom, and until when."""
    columns = (Column("Licence", "licence"), Column("From", "from"), Column("To", "to"), Column("Of", "of"),
               Column("Exclusive", "exclusive"), Column("Terms", "terms"), Column("State", "state"),
               Column("Ends", "ends", "date"), Column("Clause", "clause"))  # fmt: skip
    rows = []
    for grant in ip.grants(found.history, found.on.end):
        licence = found.history.agreement.ip.licences[grant.name]
        state = "runs" if grant.running else "ended" if grant.ends is not None and grant.ends <= found.on.end else "not begun"
        if state == "not begun" and grant.since is not None:
            state = f"runs from {english.day(grant.since.date())}"
        of, terms = _written(subject, licence, n.GrantedOf, "of "), _written(subject, licence, n.Terms, "") or "not said"
        rows.append(Row((
            Cell((subject.links.term(grant.name),)), cells.names(subject, grant.grantors, "nobody"),
            cells.names(subject, grant.licensees, "nobody"), cells.said(subject, of),
            cells.plain(grant.exclusivity or "not said"), cells.said(subject, terms),
            cells.plain(state, kind="licensed" if grant.running else "ended"), cells.last_day(grant.ends, "no end is set"),
            cells.clause(subject, grant.citation),
        )))  # fmt: skip
    return Table("licences", "Licences", columns, tuple(rows))


def _written(subject: Subject, licence: n.Licence, kind: type, before: str) -> str:
    line = find(licence, kind)
    return subject.agreement.wording(line).removeprefix(before) if line is not None else ""
