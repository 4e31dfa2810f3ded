"""A row of a log of decisions, judged by the reference interpreter: what its columns mean, one by one.

In: a row as a mapping of column names to plain values (dates, texts, numbers, lists of mappings), and the history of the record.
Out: the verdict and what it rests on, or `BadRow` with the reason why the row cannot be judged. The row becomes a proposal and
events about it, judged beside the record as if it stood there. What a log cannot say (a delegation, a notice by a certain way) is
on record or did not happen. Other rows of the log are not looked at.

decision     the decision (or an act that one covers)
decided      the day on which it was taken, or the instant: the row is judged at the end of that day, or at that instant
id           its name
proposed     when it was proposed; `decided`, if left out
proposed_by  by whom: one name or several
<facts>      by name; `-` may be written as `_`. An amount may be a number (also in text, as 40,000.50), in the agreement's
             currency (or `<fact>_currency`)
ballots      who voted how, in the order in which it was done: voter, choice (for, against, abstain), cast. A ballot without
             `cast` is one cast in time: at the instant whose members count. One with it counts as the agreement says
closed       when somebody closed voting; or yes: the meeting was closed, or voting was, on `decided`
mode         meeting, written or circulation, where no meeting is named
meeting      the body that met, on the day of `decided`; `present` and `absent`: who was there, and who was not
noticed      when everybody entitled had been given notice, by a way that counts
withdrawn    whether it was withdrawn
acts         what else was done: act, by, on; `vetoes` and `objections`: by, on, ground (the reason that was given)
taken        whether it was acted upon; says nothing of what is permitted

An instant at midnight is read as that day. Missing values of lists are empty lists; other missing values are not known. A text
without a letter in one of these columns is a missing value, except in a fact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from govlang.core import keys as k
from govlang.core.expr import Value
from govlang.core.reasons import Point, failing, waiting
from govlang.core.rules import Rule, Tree
from govlang.core.verdict import Verdict, evaluate
from govlang.frozen import dataclass, field
from govlang.model import values
from govlang.model.nodes import Agreement, Kind
from govlang.record import calendar, json_values
from govlang.record.entries import Meeting, Proposal
from govlang.record.facts import Row
from govlang.record.history import MODES, History
from govlang.record.judge import Judge, Judged, Rules
from govlang.record.logged_rows import LoggedRow, Told, undated
from govlang.record.strict_json import BadJson
from govlang.syntax import literals, nodes as n
from govlang.syntax.literals import BadLiteral

COLUMNS = (
    "decision", "decided", "id", "proposed", "proposed_by", "ballots", "closed", "mode", "meeting", "present", "absent", "noticed",
    "withdrawn", "acts", "vetoes", "objections", "taken",
)  # fmt: skip
CHOICES = ("for", "against", "abstain")
YES, NO = frozenset({"yes", "true"}), frozenset({"no", "false"})
NUMBER = r"[+-]?(\d{1,27}|\d{1,3}(,\d{3}){1,8})(\.\d{1,9})?"  # of a text, as SQL has it too
GROUPED = r"[1-9]\d{0,2}\.\d{3}"  # 40.000: forty, or forty thousand in another country
_AMOUNT = re.compile(rf"({NUMBER})( ?([A-Z]{{3}}))?")


class BadRow(Exception):
    """A row that cannot be judged, and why: `kind` is the reason without names, the same for all rows of its kind."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind, self.detail = kind, detail


NO_DECISION, UNKNOWN_DECISION = "no decision is named", "the agreement has no such decision"
NO_DAY, NO_DATE, LATER = "it is not said when it was decided", "not a date", "it was proposed after it was decided"
UNKNOWN_NAME, UNKNOWN_CHOICE = "a name that nobody knows", "a choice that is none of for, against, abstain"
NO_BODY, NO_MODE, NO_LIST = "no body of the agreement", "no way of voting", "not a list of what it should be"
NO_YES = "neither yes nor no"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reference says of a row. `right` is the decision that governs it, `point` what the verdict rests on (None for a
    permitted one, and where several decisions govern it and disagree)."""

    verdict: Verdict
    right: str = ""
    point: Point | None = None
    judged: Judged | None = field(default=None, compare=False, repr=False)


class Reference:
    """Judges rows beside a record. `own` gives the values of plan columns that a row holds itself, by key, for a right of a text;
    they win over counting."""

    def __init__(
        self, rules: Rules, history: History,
        own: Callable[[Agreement, str, Mapping[str, object]], Mapping[k.Key, Value]] = lambda *_: {},
    ) -> None:
        self.rules = rules
        self.history = history
        self.own = own
        self._number = 0

    def answer(self, row: Mapping[str, object]) -> Answer:
        """The verdict about a row, and what it rests on. Raises BadRow."""
        told = self.told(row)
        judge = LoggedJudge(self.rules, self.history, told)
        judged = judge.judge(told.proposal, told.now)
        if judged.tree is None or judged.rule is None:
            return Answer(Verdict.SILENT, judged=judged)
        if len({verdict for _, verdict in judged.rivals} | {judged.verdict}) > 1 or judged.verdict is Verdict.PERMITTED:
            return Answer(judged.verdict, judged.rule.decision, judged=judged)
        return Answer(judged.verdict, judged.rule.decision, resting(judged.tree, judged.row, judged.verdict), judged)

    def told(self, row: Mapping[str, object]) -> Told:
        """A row as a proposal with events. Raises BadRow."""
        self._number += 1
        for each in (self.history, *self.history._views.values()):
            each.remembered.clear()  # another row may have the same name
        return Reading(self, row, f"row {self._number}").told()


def resting(tree: Tree, row: Row, verdict: Verdict) -> Point | None:
    """The one requirement that a verdict rests on; see `core.reasons`."""
    choice = failing(tree) if verdict is Verdict.DENIED else waiting(tree) if verdict is Verdict.PENDING else None
    while choice is not None and not isinstance(choice, Point):
        choice = choice.then if evaluate(choice.condition, row) is True else choice.otherwise
    return choice


class LoggedJudge(Judge):
    """Judges one row beside the record."""

    def __init__(self, rules: Rules, history: History, told: Told) -> None:
        super().__init__(rules, history)
        self.told = told

    def new_row(
        self, view: History, proposal: Proposal, now: datetime, rule: Rule | None, decided: Callable[[], datetime | None]
    ) -> Row:
        if proposal is not self.told.proposal:
            return super().new_row(view, proposal, now, rule, decided)
        own = self.told.own(view.agreement, rule.decision) if rule is not None else {}
        return LoggedRow(self.told, own, view, proposal, now, self.verdict, decided, self.taken)


class Reading:
    """Reads one row."""

    def __init__(self, reference: Reference, row: Mapping[str, object], name: str) -> None:
        self.reference = reference
        self.row = {name: raw for name, raw in row.items() if name not in COLUMNS or not isinstance(raw, str) or raw.strip()}
        self.history = reference.history
        self.name = str(row["id"]) if row.get("id") is not None else name

    # ------------------------------------------------------------ the whole row

    def told(self) -> Told:
        decision = self.row.get("decision")
        if decision is None or decision == "":
            raise BadRow(NO_DECISION)
        decided = self.moment("decided")
        if decided is None:
            raise BadRow(NO_DAY)
        text, now = self.history.in_force(decided.start), decided.end
        if str(decision) not in text.decisions and not any(decision in each.acts for each in text.decisions.values()):
            raise BadRow(UNKNOWN_DECISION, str(decision))
        proposed = self.moment("proposed") or decided
        if proposed.start > now:
            raise BadRow(LATER)
        by = tuple(self.history.sole(name, proposed.start) for name in self.names("proposed_by"))
        actors = tuple(n.Name(name) for name in self.names("proposed_by"))
        deed = n.Deed("propose", proposed, actors, n.Name(self.name), n.Name(str(decision)))
        facts = self.facts(text, str(decision))
        proposal = Proposal(self.name, str(decision), by, proposed, facts, deed, sequence=len(self.history.proposals),
                            hypothetical=True)  # fmt: skip
        meeting = self.meeting(decided)
        proposal.events.extend(event for event in self.events(decided, meeting) if event.at.start <= now)
        withdrawn = self.yesno("withdrawn") if "withdrawn" in self.row else None
        row, reference = self.row, self.reference
        return Told(proposal, now, meeting, withdrawn, facts, lambda text, right: reference.own(text, right, row))

    def facts(self, text: Agreement, decision: str) -> dict[str, object]:
        """The facts that the row holds, by name."""
        names = [decision] if decision in text.decisions else [
            name for name, each in text.decisions.items() if decision in each.acts
        ]  # fmt: skip
        found: dict[str, object] = {}
        for given in (given for name in names for given in text.decisions[name].facts.values()):
            column = next((each for each in (given.name, given.name.replace("-", "_")) if each in self.row), None)
            raw = self.row[column] if column is not None else None
            if raw is not None:
                currency = self.row.get(f"{column}_currency")
                found[given.name] = self.fact(given, raw, text.header, str(currency) if currency is not None else "")
        mode = self.row.get("mode")
        if mode is not None:
            if mode not in MODES:
                raise BadRow(NO_MODE, str(mode))
            found["mode"] = str(mode)
        return found

    def fact(self, given: n.Given, raw: object, header: n.Header, currency: str = "") -> object:
        """The value of a fact, of its type."""
        literal = self.literal(given, raw, header, currency)
        if isinstance(literal.value, n.Money) and header.currency is not None and literal.value.currency != header.currency.text:
            raise BadRow(f"{given.name} is in another currency than {header.currency.text}", str(literal.value))
        problem = values.mismatch(literal, given.type, header)
        if problem is not None:
            raise BadRow(f"{given.name} should be {values.describe(given.type)}", str(raw))
        known = {"party": Kind.PARTY, "parties": Kind.PARTY, "role": Kind.ROLE, "body": Kind.BODY}.get(given.type.kind)
        if known is not None or given.type.kind in ("person", "persons"):
            value = literal.value
            for name in value if isinstance(value, tuple) else (value,):
                if isinstance(name, n.Name) and (not self.history.known(name.text) or (
                    known is not None and self.history.kind_in_any(name.text) is not known
                )):  # fmt: skip
                    raise BadRow(f"{given.name} should be {values.describe(given.type)}", name.text)
        return values.plain(literal)

    def literal(self, given: n.Given, raw: object, header: n.Header, currency: str) -> n.Literal:
        kind = given.type.kind
        if isinstance(raw, bool) or kind == "yesno":
            return n.Literal("yesno", raw if isinstance(raw, bool) else _yes(raw, given.name))
        if isinstance(raw, datetime | date):
            return n.Literal("date", self.at(raw, given.name))
        if isinstance(raw, int | Decimal | Fraction) and kind == "money":
            own = currency or (header.currency.text if header.currency is not None else "")
            if not own:
                raise BadRow(f"{given.name} has no currency")
            return n.Literal("money", n.Money(Decimal(raw.numerator) / raw.denominator if isinstance(raw, Fraction)
                                              else Decimal(raw), own))  # fmt: skip
        if isinstance(raw, int | Decimal | Fraction):
            return n.Literal("percent" if kind == "percent" else "number", Fraction(raw))
        if isinstance(raw, n.Money):
            return n.Literal("money", raw)
        if isinstance(raw, str) and kind == "money":
            return self.amount(given, raw.strip(), header, currency)
        if isinstance(raw, n.Duration):
            return n.Literal("duration", raw)
        if isinstance(raw, float):
            raise BadRow(f"{given.name} is not an exact number", repr(raw))
        try:
            listed = list(raw) if isinstance(raw, tuple | list) else raw
            return json_values.literal(listed, given.name, given.type)  # type: ignore[arg-type]
        except BadJson as error:
            raise BadRow(f"{given.name} should be {values.describe(given.type)}", error.message) from None

    def amount(self, given: n.Given, text: str, header: n.Header, currency: str) -> n.Literal:
        """An amount in a text: in the currency that stands after it, or as a number is read."""
        found = _AMOUNT.fullmatch(text)
        if found is None or re.fullmatch(GROUPED, found[1]):
            raise BadRow(f"{given.name} should be {values.describe(given.type)}", text)
        value = Decimal(found[1].replace(",", ""))
        return n.Literal("money", n.Money(value, found[6])) if found[6] else self.literal(given, value, header, currency)

    # ------------------------------------------------------------ what happened

    def meeting(self, decided: n.Moment) -> Meeting | None:
        body = self.row.get("meeting")
        if body is None or body == "":
            return None
        if self.history.kind_in_any(str(body)) not in (Kind.BODY, Kind.REVIEW):
            raise BadRow(NO_BODY, str(body))
        day = n.Moment(datetime.combine(decided.day, time()))
        return Meeting(
            f"{body} on {day}", str(body), day, set(self.names("present")), set(self.names("absent")), {self.name},
            self.closed() is True, attendance=self.row.get("present") is not None,
        )  # fmt: skip

    def events(self, decided: n.Moment, meeting: Meeting | None) -> Iterable[n.Deed]:
        target = n.Name(self.name)
        noticed = self.moment("noticed")
        if noticed is not None:
            yield n.Deed("notice", noticed, (), target)
        if meeting is not None:
            yield n.Deed("meeting", meeting.at, (), target)
        absent = self.names("absent")
        if absent and meeting is None:
            yield n.Deed("absent", decided, tuple(n.Name(name) for name in absent), target)
        for each in self.listed("ballots"):
            yield self.ballot(each, decided, target)
        for kind, column in (("veto", "vetoes"), ("objection", "objections")):
            for each in self.listed(column):
                on = self.at(each["on"], column) if each.get("on") is not None else decided
                ground = str(each["ground"]) if each.get("ground") is not None else ""
                yield n.Deed(kind, on, (n.Name(self.name_of(each.get("by"))),), target, reason=ground)
        for each in self.listed("acts"):
            on = self.at(each["on"], "acts") if each.get("on") is not None else decided
            if each.get("act") is None:
                raise BadRow(f"acts is {NO_LIST}", "an act without a name")
            by = (n.Name(self.name_of(each.get("by"))),) if each.get("by") is not None else ()
            yield n.Deed("act", on, by, target, word=str(each["act"]))
        closed = self.closed()
        if isinstance(closed, n.Moment) or (closed and meeting is None):
            yield n.Deed("close", closed if isinstance(closed, n.Moment) else decided, (), target)

    def ballot(self, each: Mapping[str, object], decided: n.Moment, target: n.Name) -> n.Deed:
        choice = each.get("choice")
        if choice not in CHOICES:
            raise BadRow(UNKNOWN_CHOICE, str(choice))
        cast = self.at(each["cast"], "cast") if each.get("cast") is not None else None
        deed = n.Deed("ballot", cast or decided, (n.Name(self.name_of(each.get("voter"))),), target, choice=str(choice))
        return deed if cast is not None else undated(deed)

    def closed(self) -> n.Moment | bool | None:
        raw = self.row.get("closed")
        if raw is None or isinstance(raw, bool):
            return raw
        if isinstance(raw, str) and raw.strip().lower() in YES | NO:
            return raw.strip().lower() in YES
        return self.at(raw, "closed")

    # ------------------------------------------------------------ single values

    def names(self, column: str) -> tuple[str, ...]:
        """The names in a column: one, or a list."""
        raw = self.row.get(column)
        if raw is None:
            return ()
        if isinstance(raw, str):
            raw = [raw] if not raw.lstrip().startswith("[") else _from_json(raw, column)
        if not isinstance(raw, list | tuple):
            raise BadRow(f"{column} is {NO_LIST}")
        return tuple(self.name_of(name) for name in raw)

    def name_of(self, raw: object) -> str:
        if not isinstance(raw, str) or not self.history.known(raw):
            raise BadRow(UNKNOWN_NAME, str(raw))
        return raw

    def listed(self, column: str) -> list[Mapping[str, object]]:
        """The entries of a column of lists."""
        raw = self.row.get(column)
        if isinstance(raw, str):
            raw = _from_json(raw, column)
        if raw is None:
            return []
        if not isinstance(raw, list | tuple) or not all(isinstance(each, Mapping) for each in raw):
            raise BadRow(f"{column} is {NO_LIST}")
        return list(raw)

    def yesno(self, column: str) -> bool | None:
        raw = self.row.get(column)
        return raw if raw is None or isinstance(raw, bool) else _yes(raw, column)

    def moment(self, column: str) -> n.Moment | None:
        raw = self.row.get(column)
        return self.at(raw, column) if raw is not None and raw != "" else None

    def at(self, raw: object, column: str) -> n.Moment:
        """A day or an instant, in the agreement's zone; an instant at midnight is that day."""
        header = self.history.agreement.header
        if isinstance(raw, str):
            try:
                return _day_if_midnight(calendar.localise(literals.moment(raw.strip()), header))
            except BadLiteral:
                raise BadRow(f"{column} is {NO_DATE}", raw) from None
        if isinstance(raw, datetime):
            offset = raw.utcoffset()
            minutes = int(offset.total_seconds()) // 60 if offset is not None else None
            if minutes is not None:
                return _day_if_midnight(calendar.localise(n.Moment(raw.replace(tzinfo=None), False, minutes), header))
            return _day_if_midnight(n.Moment(raw, whole_day=False))
        if isinstance(raw, date):
            return n.Moment(datetime.combine(raw, time()))
        raise BadRow(f"{column} is {NO_DATE}", str(raw))


def _day_if_midnight(at: n.Moment) -> n.Moment:
    return n.Moment(at.start, at.start.time() == time())


def _yes(raw: object, column: str) -> bool:
    word = str(raw).strip().lower()
    if word not in YES | NO:
        raise BadRow(f"{column} is {NO_YES}", str(raw))
    return word in YES


def _from_json(text: str, column: str) -> object:
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError:
        raise BadRow(f"{column} is {NO_LIST}", "it cannot be read") from None


__all__ = ["COLUMNS", "Answer", "BadRow", "Reference", "Told"]
