"""What each figure of trust is counted from: the duties, findings, acts and answers of a record, each as a sample.

In: a measure, a party (empty: all parties together), the norms of a record, an instant. Out: `Sample`s, each with the instant from
which it counts. What low trust itself has opened is not among them, so that no figure rests on itself. Windows are cut, and samples
added up, in `record.trust`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction

from govlang.core.norms import Standing
from govlang.core.trust import MeasureRule
from govlang.frozen import dataclass
from govlang.model.nodes import Kind
from govlang.model.trust import Survey
from govlang.record import surveys
from govlang.record.happenings import reached
from govlang.record.norm_entries import Instance
from govlang.record.norms import Norms
from govlang.syntax import nodes as n

# What a figure counts, as kinds of norms.
NORMS = {"duties": "duty", "communication": "communication", "reviews": "review", "attended": "review", "objectives": "objective",
         "answered": "survey"}  # fmt: skip
YES, NO = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing that counts from `at` on, until it leaves the window or has `ended` (a finding is retracted, an answer replaced).

    One that `stays` never leaves the window: it says only that there is something to count. `group` are the samples that must be
    enough together; `by` is the party whose answer it is.
    """

    at: datetime
    value: Fraction
    text: str = ""
    group: tuple[str, ...] = ()
    by: str = ""
    ended: datetime | None = None
    stays: bool = False


class Counting:
    """The samples of every measure at one instant. Everything on record is looked at once."""

    def __init__(self, norms: Norms, now: datetime) -> None:
        self.norms = norms
        self.history = norms.history
        self.now = now
        self.parties = [party.name for party in self.history.agreement.parties()]
        self._borne: dict[str, dict[str, list[Instance]]] | None = None
        self._kept: dict[tuple[n.Figure, str], list[Sample]] = {}

    def samples(self, measure: MeasureRule, party: str) -> list[Sample]:
        """What a figure about a party (or about all together) rests on, up to now."""
        figure = measure.figure
        if (figure, party) not in self._kept:
            self._kept[figure, party] = sorted(self._counted(figure, party), key=lambda item: (item.at, item.text))
        return self._kept[figure, party]

    def _counted(self, figure: n.Figure, party: str) -> Iterator[Sample]:
        match figure.kind:
            case "share" if figure.what == "attended":
                yield from self._attended(figure, party)
            case "share" if figure.what == "answered":
                yield from self._answered(figure, party)
            case "share":
                yield from self._in_time(figure, party)
            case "number":
                yield from self._missed(figure, party)
            case "findings":
                yield from self._findings(figure, party)
            case "acts":
                yield from self._acts(figure, party)
            case _:
                yield from self._answers(figure, party)

    # ------------------------------------------------------------ duties, reviews, objectives

    def borne(self, figure: n.Figure, party: str) -> list[Instance]:
        """The instances that a figure looks at: of its kind, of the clauses it is confined to, borne by the party."""
        if self._borne is None:
            self._borne = {}
            for item in self.norms.at(self.now):
                kept = self._borne.setdefault(item.rule.kind, {})
                for name in ("", self.bearer(item)) if self.bearer(item) else ("",):
                    kept.setdefault(name, []).append(item)
        names = {name.text for name in figure.names}
        found = self._borne.get(NORMS[figure.what], {}).get(party, [])
        return [item for item in found if not names or item.rule.name in names]

    def bearer(self, item: Instance) -> str:
        """The party that answers for an instance; empty where none does, or more than one."""
        at = min(item.late - timedelta(seconds=1) if item.late is not None else item.since, self.now)
        if item.bearer in self.parties:
            return item.bearer
        if not item.bearer or item.bearer.startswith("any "):
            return ""
        role = self.history.agreement.kind_of(item.bearer) is Kind.ROLE
        holders = self.history.holders_of(item.bearer, at) if role else [item.bearer]
        found = {surveys.party_of(self.history, holder, at) for holder in holders} & set(self.parties)
        return found.pop() if len(found) == 1 else ""

    def _in_time(self, figure: n.Figure, party: str) -> Iterator[Sample]:
        """What ran out of time: done by then (days of grace included, a later cure not), or not."""
        for item in self.borne(figure, party):
            if item.late is None or item.late > self.now or _excused(item):
                continue
            in_time = item.done is not None and item.done < item.late
            yield Sample(item.late, YES if in_time else NO, _told(item, in_time))

    def _missed(self, figure: n.Figure, party: str) -> Iterator[Sample]:
        for item in self.borne(figure, party):
            at = reached(item, "violated")
            if at is not None and at <= self.now:
                yield Sample(at, YES, f"{_named(item)}: {item.word} on {_day(at)}")
            elif item.rule.continuing and item.since <= self.now:
                yield Sample(item.since, NO, stays=True)
            elif item.late is not None and item.late <= self.now and item.standing is Standing.FULFILLED:
                yield Sample(item.late, NO)

    def _attended(self, figure: n.Figure, party: str) -> Iterator[Sample]:
        """The meetings of reviews whose attendance is on record: whether those of the party who attend them were there."""
        names = {name.text for name in figure.names}
        for rule in self.norms.rules:
            if rule.kind != "review" or rule.key or (names and rule.name not in names):
                continue
            for meeting in self.history.meetings_of.get(rule.doing.word, ()):
                at = meeting.at.start
                if at > self.now or not meeting.attendance:
                    continue
                wanted = self.history.electors(rule.attended, at, None) if rule.attended is not None else self.parties
                there = {surveys.party_of(self.history, person, at) for person in meeting.present}
                for each in dict.fromkeys(surveys.party_of(self.history, name, at) for name in wanted):
                    if each in self.parties and party in ("", each):
                        text = f"{meeting.id} of {meeting.at}: {each} was {'' if each in there else 'not '}there"
                        yield Sample(at, YES if each in there else NO, text)

    # ------------------------------------------------------------ findings and acts

    def _begun(self) -> Iterator[Sample]:
        """Whatever is merely counted is known to be none from the agreement's first day on."""
        begins = self.norms.begins()
        if begins is not None and begins <= self.now:
            yield Sample(begins, NO, stays=True)

    def _findings(self, figure: n.Figure, party: str) -> Iterator[Sample]:
        """Findings of these words about the party or one of its people, until they are retracted."""
        yield from self._begun()
        for word in figure.words:
            events = [event for event, _ in self.history.findings.get(word, ())]
            events += [event for found in self.history.of_norm.values() for event in found
                       if event.kind == "find" and event.word == word]  # fmt: skip
            about = [event for event in events if event.at.start <= self.now and self._is_about(event, party)]
            about = [event for event in about if self.norms.by_one_of(event, figure.by, None)]
            taken_back: dict[tuple[str, str], list[int]] = {}  # by subject: where in the order of the record
            for place, event in enumerate(about):
                if event.negated:
                    taken_back.setdefault(_subject(event), []).append(place)
            for place, event in enumerate(about):
                if not event.negated:
                    back = taken_back.get(_subject(event), [])
                    after = bisect_left(back, place)
                    who = ", ".join(actor.text for actor in event.actors)
                    of = event.other.text if event.other is not None else ""
                    on = f" on {event.target.text}" if event.target is not None else ""
                    yield Sample(event.at.start, YES, f"{word} of {of}{on}, found by {who} on {event.at}",
                                 ended=about[back[after]].at.start if after < len(back) else None)  # fmt: skip

    def _is_about(self, event: n.Deed, party: str) -> bool:
        if event.other is None:
            return False
        return party in ("", surveys.party_of(self.history, event.other.text, event.at.start))

    def _acts(self, figure: n.Figure, party: str) -> Iterator[Sample]:
        yield from self._begun()
        for event, proposal in self.history.acts.get(figure.words[0], ()):
            if event.at.start > self.now or not self.norms.by_one_of(event, figure.by, proposal):
                continue
            for actor in event.actors:
                if party in ("", surveys.party_of(self.history, actor.text, event.at.start)):
                    yield Sample(event.at.start, Fraction(event.times), f"{event.word} by {actor.text} on {event.at}")

    # ------------------------------------------------------------ surveys

    def _turns(self, name: str) -> Iterator[tuple[Instance, list[surveys.Rating]]]:
        """Each turn of a survey with the answers that count for it."""
        for item in self.norms.of(name, self.now):
            if item.rule.kind == "survey":
                yield item, [self.history.rating_of[id(event)] for event in item.events]

    def _answers(self, figure: n.Figure, party: str) -> Iterator[Sample]:
        """The answers about the party, without its own unless it is asked about itself; a later answer replaces an earlier one."""
        survey = surveys.survey_called(self.history, figure.names[0].text)
        own = survey.asks is not None and survey.asks.about == "own"
        for item, ratings in self._turns(survey.name):
            latest: dict[tuple[str, str, str], datetime] = {}
            for rating in reversed(ratings):
                at, place = rating.event.at.start, (rating.question, rating.about, rating.by)
                by = surveys.party_of(self.history, rating.by, at)
                ended, latest[place] = latest.get(place), at
                wanted = not figure.words or rating.question in figure.words
                if not wanted or party not in ("", rating.about) or (figure.kind == "mean" and by == rating.about and not own):
                    continue
                yield Sample(at, rating.value, rating.by, (item.key, rating.question, rating.about), by, ended)

    def _answered(self, figure: n.Figure, party: str) -> Iterator[Sample]:
        """The turns of surveys whose time is over: whether everything that those of the party were asked was answered."""
        names = {name.text for name in figure.names}
        for survey in self.history.agreement.surveys.values():
            for item, ratings in self._turns(survey.name) if not names or survey.name in names else ():
                if item.late is None or item.late > self.now or _excused(item):
                    continue
                given = {(rating.by, rating.question, rating.about) for rating in ratings}
                yield from self._of_those_asked(survey, item, given, party)

    def _of_those_asked(
        self, survey: Survey, item: Instance, given: set[tuple[str, str, str]], party: str
    ) -> Iterator[Sample]:  # fmt: skip
        assert item.late is not None
        everything = [pair for pair in surveys.pairs(self.history, survey, item.since)
                      if surveys.parted(self.history, pair[1], item.since, item.late) is None]  # fmt: skip
        for who in surveys.asked(self.history, survey, item.since):
            own = surveys.party_of(self.history, who, item.since)
            if party not in ("", own):
                continue
            mine = surveys.asked_of(self.history, survey, who, everything, item.since)
            left = [pair for pair in mine if (who, *pair) not in given]
            said = "answered" if not left else "not answered" if len(left) == len(mine) else "answered in part"
            yield Sample(item.late, NO if left else YES, f"{_named(item)}: {said} by {who}")


# ---------------------------------------------------------------- words


def _subject(event: n.Deed) -> tuple[str, str]:
    """Of whom, and on what, something is found: a later finding of the same that it is not so takes it back."""
    return (event.other.text if event.other is not None else "", event.target.text if event.target is not None else "")


def _excused(item: Instance) -> bool:
    """Whether it was waived, or ended, before its time ran out; what happened later does not make it timely."""
    assert item.late is not None
    over = item.standing in (Standing.DISCHARGED, Standing.EXPIRED)
    return over and any(at is not None and at <= item.late for at in (item.released, item.ended))


def _named(item: Instance) -> str:
    return f"{item.rule.title} for {item.key}" if item.key else item.rule.title


def _told(item: Instance, in_time: bool) -> str:
    due = f"last day {_day((item.late or item.since) - timedelta(seconds=1))}"
    if in_time:
        return f"{_named(item)}: in time, {due}"
    return f"{_named(item)}: late, {due}, " + (f"done {_day(item.done)}" if item.done is not None else "not done")


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"
