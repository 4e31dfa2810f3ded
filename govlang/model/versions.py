"""The versions of an agreement: the text in force on any day.

In: a resolved agreement with amendments. Out: its `Version`s in order of effect, each a whole agreement of its own, and
what is wrong with the amendments (GL120 to GL123, GL125). The text in force on a day is the base with every amendment that
takes effect on or before it, in order of effect. Built once, when first asked for; an agreement without amendments has no
versions and pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from govlang.diagnostics import Diagnostic, did_you_mean, ordered
from govlang.frozen import dataclass, field, once, replace
from govlang.model.amending import Amending, changed_names
from govlang.model.nodes import Agreement, Dated, Kind
from govlang.model.resolve import resolve
from govlang.source import Span
from govlang.syntax import nodes as n
from govlang.syntax.parse import File

Values = dict[tuple[str, str], list[Dated]]


@dataclass(frozen=True, slots=True)
class Version:
    """The text from one day to another (both included; None: from the beginning, to the end). `amendment` made it; the base has
    none.

    `gone` are the names that amendments up to here have removed, `changes` the names that this one touched.
    """

    number: str
    agreement: Agreement
    since: date | None = None
    until: date | None = None
    amendment: n.Amendment | None = None
    gone: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()

    @property
    def start(self) -> datetime:
        """The first instant at which it is in force."""
        return datetime.combine(self.since or date.min, datetime.min.time())

    @property
    def name(self) -> str:
        """The amendment that made it; empty for the text as first agreed."""
        return self.amendment.name.text if self.amendment is not None else ""


@dataclass(slots=True)
class _Built:
    versions: list[Version] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)


def versions(agreement: Agreement) -> tuple[Version, ...]:
    """Every version in order of effect, the base first; none for an agreement that is never amended."""
    return tuple(_built(agreement).versions) if agreement.amendments else ()


def problems(agreement: Agreement) -> tuple[Diagnostic, ...]:
    """What is wrong with the amendments, and with each version as a whole, that is not wrong with the base."""
    return tuple(ordered(_built(agreement).problems)) if agreement.amendments else ()


def stale(agreement: Agreement) -> tuple[str, ...]:
    """The amendments that were written against another version than the one they meet."""
    return tuple(_built(agreement).stale) if agreement.amendments else ()


def in_force(agreement: Agreement, at: datetime | None) -> Agreement:
    """The text in force at an instant (the base, where none is given)."""
    texts = versions(agreement) if at is not None else ()
    return texts[place(texts, at)].agreement if texts and at is not None else agreement


def place(texts: tuple[Version, ...], at: datetime) -> int:
    """Which version is in force at an instant."""
    return max(index for index, version in enumerate(texts) if index == 0 or version.start <= at)


def ordered_amendments(agreement: Agreement) -> list[n.Amendment]:
    """The amendments in order of effect; those without a day come last."""
    return sorted(agreement.amendments.values(), key=lambda item: (item.since.start if item.since else datetime.max,
                                                                   item.span.start))  # fmt: skip


@once
def _built(agreement: Agreement) -> _Built:
    return _Builder(agreement).build()


class _Builder:
    def __init__(self, agreement: Agreement) -> None:
        self.base = agreement
        self.source = agreement.layout.source
        self.built = _Built([Version(agreement.header.version, agreement)])
        assert agreement.file is not None
        # what was set from outside the text (a table of holidays) stands in the agreement's header
        self.clauses: list[n.Clause] = [
            agreement.header if isinstance(clause, n.Header) else clause for clause in agreement.file.clauses
            if not isinstance(clause, n.Amendment | n.Use)
        ]  # fmt: skip

    def report(self, code: str, message: str, span: Span, hint: str) -> None:
        newline = self.source.text.find("\n", span.start, span.end)
        line = Span(span.start, newline) if newline > span.start else span
        self.built.problems.append(Diagnostic(code, message, self.source, line, hint))

    def build(self) -> _Built:
        if not self.base.header.version:
            self.report("GL125", "this agreement is amended and does not say which version it is",
                        self.base.header.span, "add `version 1` to the agreement clause")  # fmt: skip
        for amendment in ordered_amendments(self.base):
            lacking = list(_lacking(amendment))
            if lacking:
                self.report("GL125", f"{amendment.name.text} does not say {_listed([what for what, _ in lacking])}",
                            amendment.span, f"add {_listed([f'`{line}`' for _, line in lacking])}")  # fmt: skip
            elif self._fits(amendment):
                self._apply(amendment)
        return self.built

    # ------------------------------------------------------------ whether an amendment fits where it falls

    def _fits(self, amendment: n.Amendment) -> bool:
        assert amendment.since is not None and amendment.base is not None and amendment.makes is not None
        name, last, day = amendment.name.text, self.built.versions[-1], amendment.since.day
        if not self._in_term(amendment, day):
            return False
        if last.since == day:
            self.report("GL121", f"{name} and {last.name} both take effect on {day}: two versions would be in force at once",
                        amendment.span, "make one amendment of the two, or let one take effect on a later day")  # fmt: skip
            return False
        if amendment.base.value != last.number and self.base.header.version:
            self.built.stale.append(name)
            since = f" since {last.since}" if last.since else ""
            self.report("GL120", f"{name} is written against version {amendment.base.value}, and version {last.number} is in "
                        f"force{since} when it takes effect on {day}", amendment.base.span,
                        f"read it against version {last.number} and write `to version {last.number}`, or let it take effect "
                        "while its own version is in force")  # fmt: skip
            return False
        made = {version.number: version.name or self.base.name for version in self.built.versions}
        if amendment.makes.value in made:
            self.report("GL121", f"{name} makes version {amendment.makes.value}, and {made[str(amendment.makes.value)]} is "
                        "that version already", amendment.makes.span, "give the new text a version of its own")  # fmt: skip
            return False
        return self._adoptable(amendment, last.agreement)

    def _in_term(self, amendment: n.Amendment, day: date) -> bool:
        header, name = self.built.versions[-1].agreement.header, amendment.name.text
        begins = self.base.header.effective
        if begins is not None and day <= begins.day:
            self.report("GL123", f"{name} takes effect on {day}, and the agreement itself on {begins.day}", amendment.span,
                        "let it take effect on a later day, or write what it says into the agreement")  # fmt: skip
            return False
        if header.until is not None and day > header.until.day:
            self.report("GL123", f"{name} takes effect on {day}, and the agreement ends on {header.until.day}",
                        amendment.span, "let it take effect before the end; what has ended cannot be amended")  # fmt: skip
            return False
        return True

    def _adoptable(self, amendment: n.Amendment, text: Agreement) -> bool:
        """Whether the decision that adopts it is one of the text that it changes."""
        assert amendment.decision is not None
        decision = amendment.decision
        if decision.text in text.decisions:
            return True
        kind = text.kind_of(decision.text)
        if kind is not None and kind is not Kind.DECISION:
            self.report("GL103", f"'{decision.text}' is a {kind.value}, and an amendment is adopted by a decision",
                        decision.span, "name the decision by which the agreement may be amended")  # fmt: skip
        else:
            hint = did_you_mean(decision.text, text.decisions)
            self.report("GL101", f"'{decision.text}' is no decision of version {self.built.versions[-1].number}, the text "
                        "that is amended", decision.span,
                        hint or "an amendment is adopted by a decision of the text before it: define one")  # fmt: skip
        return False

    # ------------------------------------------------------------ the text as amended

    def _apply(self, amendment: n.Amendment) -> None:
        assert amendment.since is not None and amendment.makes is not None and self.base.file is not None
        amending = Amending(self.clauses, self.source)
        amending.apply(amendment)
        self.built.problems.extend(amending.found)
        last = self.built.versions[-1]
        number = str(amendment.makes.value)
        self.clauses = [self._header(clause, number, last) for clause in amending.clauses]  # type: ignore[misc]
        ranges = (*last.agreement.layout.amended, *((change.span.start, change.span.end, amendment.name.text)
                                                    for change in amendment.changes))  # fmt: skip
        layout = replace(self.base.layout, amended=ranges)
        text = resolve(File(layout, tuple(self.clauses), (), self.base.file.spoiled, self.base.file.incomplete))
        known = {(d.place(), d.code, d.message) for d in self.base.diagnostics}
        known |= {(d.place(), d.code, d.message) for version in self.built.versions for d in version.agreement.diagnostics}
        note = f"in version {number}, as {amendment.name.text} makes it"
        self.built.problems.extend(
            replace(found, notes=(*found.notes, note)) for found in text.diagnostics
            if (found.place(), found.code, found.message) not in known
        )  # fmt: skip
        gone = (last.gone | amending.removed) - amending.added
        self.built.versions[-1] = replace(last, until=amendment.since.day - timedelta(days=1))
        self.built.versions.append(
            Version(number, text, amendment.since.day, None, amendment, frozenset(gone), frozenset(changed_names(amendment)))
        )

    def _header(self, clause: n.Node, number: str, last: Version) -> n.Node:
        if not isinstance(clause, n.Header):
            return clause
        before = last.agreement.header
        if clause.version not in ("", before.version, number):
            self.report("GL121", f"the agreement clause says version {clause.version}, and the amendment makes version {number}",
                        clause.span, "say the same version in both, or leave it out of the clause")  # fmt: skip
        changes = {"version": number}
        if getattr(clause, "holidays", None) is None and getattr(before, "holidays", None) is not None:
            return replace(clause, holidays=before.holidays, **changes)
        return replace(clause, **changes)


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _lacking(amendment: n.Amendment) -> Iterator[tuple[str, str]]:
    if amendment.base is None:
        yield "which version it changes", "to version 1"
    if amendment.makes is None:
        yield "which version it makes", "makes version 2"
    if amendment.decision is None:
        yield "what adopted it", "adopted by Amend Agreement as Y-1"
    if amendment.since is None:
        yield "from which day on it has effect", "effective 2027-01-01"
    if not amendment.changes:
        yield "what it changes", "replaces decision ..."


# ------------------------------------------------------------ what holds from when to when


def stated_values(texts: tuple[Version, ...]) -> Values:
    """The attributes that the texts state, each from the day on which a text says it: what an amendment says without a
    date holds from its effect, and what it changes ends the day before."""
    found: Values = {}
    before: dict[tuple[str, str], tuple[Dated, ...]] = {}
    for version in texts:
        stated = dict(version.agreement.values)
        if version.since is None:
            found = {key: list(items) for key, items in stated.items()}
        else:
            for key in sorted({*stated, *before}):
                if stated.get(key, ()) != before.get(key, ()):
                    found[key] = [*_until(found.get(key, ()), version.since), *_from(stated.get(key, ()), version.since)]
        before = stated
    return found


def _until(items: list[Dated] | tuple[Dated, ...], day: date) -> Iterator[Dated]:
    last = day - timedelta(days=1)
    for item in items:
        if item.since is None or item.since < day:
            yield Dated(item.value, item.since, min(item.until, last) if item.until is not None else last)


def _from(items: tuple[Dated, ...], day: date) -> Iterator[Dated]:
    holding = [item for item in items if item.since is None or item.since <= day]
    latest = max(holding, key=lambda item: item.since or date.min, default=None)
    for item in items:
        if (item is latest or item not in holding) and (item.until is None or item.until >= day):
            yield Dated(item.value, max(item.since or date.min, day), item.until)


def stated_holders(texts: tuple[Version, ...]) -> list[tuple[str, str, str, date | None, date | None]]:
    """Who holds which role by the texts: person, role, party, the first day and the day after the last."""
    found: dict[tuple[str, str, str], list[tuple[date | None, date | None]]] = {}
    before: set[tuple[str, str, str]] = set()
    for version in texts:
        now = [(who, role.name, party) for role in version.agreement.roles.values() for who, party in role.holders]
        for key in now:
            if key not in before:
                found.setdefault(key, []).append((version.since, None))
        for key in before - set(now):
            found[key][-1] = (found[key][-1][0], version.since)
        before = set(now)
    return [(*key, since, until) for key, periods in found.items() for since, until in periods]
