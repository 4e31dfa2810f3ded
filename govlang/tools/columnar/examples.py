"""The first row of each kind: what it is called, and what it says where it cannot be judged; and for which party somebody acts.

In: an audited log. Out: the names (`id`) of the rows that a summary names, and for each reason the value of its first row. A
summary of ten million rows that says only how many were bad leaves everybody to search for the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from govlang.record import logged
from govlang.record.logged import BadRow, Reference
from govlang.tools.columnar.logs import ROW
from govlang.tools.columnar.meanings import Meaning

if TYPE_CHECKING:
    from govlang.tools.columnar.auditing import Group, Session

MOST, _LONGEST = 200, 60
_REMEDIES = {
    logged.NO_DATE: "write a day as 2026-03-31, an instant as 2026-03-31 14:30",
    logged.NO_YES: "write yes or no",
    logged.UNKNOWN_NAME: "is it spelt as in the agreement? Who took office later is known from --record",
    logged.UNKNOWN_DECISION: "--columns lists the decisions",
    logged.UNKNOWN_CHOICE: "write for, against or abstain",
    f"ballots is {logged.NO_LIST}": 'write [{"voter": "...", "choice": "for"}], or name a table of votes with --ballots',
    logged.NO_LIST: "--columns says what it holds",
    "is in another currency": "audit amounts in another currency by themselves, or convert them first",
    "should be an amount": "write 40000.50 or 40,000.50 EUR, with a point before the decimals and with two of them",
}


def first_rows(session: Session, groups: Sequence[Group]) -> tuple[dict[int, str], dict[str, str]]:
    """The names of the first rows that are to be looked at, by number; and what the first bad row says, by reason."""
    reasons: dict[str, int] = {}
    firsts: dict[tuple[str, Meaning], int] = {}
    for group in groups:
        if group.findings:
            key = (group.decision, group.meaning)
            firsts[key] = min(group.first, firsts.get(key, group.first))
            if group.meaning.verdict is None:
                reasons[group.meaning.reason] = min(group.first, reasons.get(group.meaning.reason, group.first))
    wanted = [*list(reasons.values())[:MOST], *list(firsts.values())[:MOST]]
    if not wanted:
        return {}, {}
    columns = list(session.log.columns)
    listed = ", ".join(map(session.dialect.identifier, columns))
    numbers = ", ".join(map(str, dict.fromkeys(wanted)))
    found = session.query(f"SELECT {ROW}, {listed} FROM ({session.log.rows}) WHERE {ROW} IN ({numbers})", "reading")
    rows = {int(number): dict(zip(columns, cells, strict=True)) for number, *cells in found}
    names = {number: _short(cells["id"]) for number, cells in rows.items() if cells.get("id") is not None}
    reference = Reference(session.loaded.rules, session.history)
    return names, {reason: value for reason, number in reasons.items()
                   if number in rows and (value := said(rows[number], reason, reference if session.raw else None))}  # fmt: skip


def said(cells: Mapping[str, object], reason: str, reference: Reference | None = None) -> str:
    """What a bad row says in the cell that its reason is about; empty where no cell is to blame."""
    if reason == logged.UNKNOWN_DECISION:
        return _short(cells.get("decision"))
    plain = reason.replace("-", "_").lower()
    column = max((name for name in cells if plain.startswith(f"{name.replace('-', '_')} ")), key=len, default="")
    if column:
        return _short(cells[column])
    if reference is not None:
        try:
            reference.told(cells)
        except BadRow as bad:
            return _short(bad.detail) if bad.kind == reason and bad.detail else ""
    return ""


def remedy(reason: str) -> str:
    """What to write instead."""
    return next((words for part, words in _REMEDIES.items() if part in reason), "")


def people(session: Session, parties: Sequence[str]) -> dict[str, str]:
    """The party of everybody who belongs to one, or has only ever held office for one."""
    history = session.history
    members = [member.name for text in session.plans.texts for member in text.members.values() if member.of]
    found = {name: {history.party_of(name)} & set(parties) for name in (*members, *history.persons)}
    belongs = {name for name, own in found.items() if own}
    for tenure in history.tenures:
        if tenure.party in parties and tenure.who not in belongs:
            found.setdefault(tenure.who, set()).add(tenure.party)
    return {name: min(each) for name, each in found.items() if len(each) == 1}


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
