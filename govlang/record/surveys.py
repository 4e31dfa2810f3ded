"""Surveys on a record: answers taken in, and put to the turn of the survey that they count for.

In: answers as events. Out: `Rating`s by their survey, or the reason why an answer has no effect; and for each turn of a survey
whether every question has its answers. What the answers come to is counted in `record.trust`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from govlang.diagnostics import did_you_mean
from govlang.frozen import dataclass
from govlang.model.trust import Survey
from govlang.record.performances import Performances
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.core.norms import NormRule
    from govlang.record.history import History
    from govlang.record.norm_entries import Slot, Stray
    from govlang.record.norms import Norms


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer: of whom, to which question, about which party (empty: about all together), for which turn if it says so."""

    event: n.Deed
    by: str
    question: str
    about: str
    value: Fraction
    turn: str = ""


class SurveyBook(Performances):
    """Takes answers in."""

    def _surveys_ready(self) -> None:
        self.ratings: dict[str, list[Rating]] = {}
        self.rating_of: dict[int, Rating] = {}

    def _rate(self, event: n.Deed) -> None:
        survey = self._asking(event)
        if survey is None:
            return
        value = next(literal.value for word, literal in event.facts if word == "answer")
        assert isinstance(value, Fraction)
        by = next(iter(stands_as(self, event, asked(self, survey, event.at.start))), "")
        reason = self._not_asked(survey, event, by, value)
        if reason:
            self.refuse(event, reason)
            return
        about = event.other.text if event.other is not None else by if _about(survey) == "own" else ""
        if _about(survey) == "own":
            about = party_of(self, by, event.at.start)
        turn = next((names[0].text for key, names in event.names if key == "for"), "")
        rating = Rating(event, by, event.word, about, value, turn)
        self.ratings.setdefault(survey.name, []).append(rating)
        self.rating_of[id(event)] = rating

    def _asking(self, event: n.Deed) -> Survey | None:
        """The survey that asks a question; reported where there is none, or several and the event does not say which."""
        surveys = self.agreement.surveys
        if event.target is not None:
            if event.target.text not in surveys:
                hint = did_you_mean(event.target.text, surveys) or f"the surveys are: {', '.join(surveys) or 'none'}"
                self.report("GL403", f"the agreement has no survey called '{event.target.text}'", event, hint)
                return None
            surveys = {event.target.text: surveys[event.target.text]}
        asking = [survey for survey in surveys.values() if event.word in survey.words]
        if not asking:
            known = [word for survey in surveys.values() for word in survey.words]
            hint = did_you_mean(event.word, known) or f"the questions are: {', '.join(known) or 'none'}"
            self.report("GL403", f"no survey asks a question '{event.word}'", event, hint)
        elif len(asking) > 1:
            names = " or ".join(survey.name for survey in asking)
            hint = f"say which one, at the end: `in {asking[0].name}` ({names})"
            self.report("GL403", f"two surveys ask '{event.word}'", event, hint)
            return None
        return asking[0] if asking else None

    def _not_asked(self, survey: Survey, event: n.Deed, by: str, value: Fraction) -> str:
        """Why an answer does not count; empty if it does."""
        actor = event.actors[0].text if event.actors else ""
        if survey.asks is None:
            return f"{survey.name} does not say whom it asks"
        if not by:
            return f"{survey.name} does not ask {actor} ({self.agreement.cite(survey.asks).label()})"
        if survey.scale is not None and not survey.scale.low <= value <= survey.scale.high:
            return f"{value} is not on the scale of {survey.name}, which runs from {survey.scale.low} to {survey.scale.high}"
        own, about = party_of(self, by, event.at.start), event.other.text if event.other is not None else ""
        match survey.asks.about:
            case "all":
                return f"{survey.name} asks about all parties together, not about {about}" if about else ""
            case "own":
                return f"{survey.name} asks each party about itself, not about {about}" if about not in ("", own) else ""
            case _ if not about:
                return f"{survey.name} asks about each party: say about which, as in `about {self._some_party(own)}`"
            case "others" if about == own:
                return f"{survey.name} asks about the other parties, not about oneself"
            case _:
                parties = {party.name for party in self.text(event.at.start).parties() if self.active(party.name, event.at.start)}
                return "" if about in parties else f"{about} is no party on that day"

    def _some_party(self, own: str) -> str:
        return next((party.name for party in self.agreement.parties() if party.name != own), "Norwind")


def _about(survey: Survey) -> str:
    return survey.asks.about if survey.asks is not None else ""


def survey_called(history: History | SurveyBook, name: str) -> Survey:
    """A survey by name, of the text in force or of the one that had it."""
    return history.text_with("surveys", name).surveys[name]


def asked(history: History | SurveyBook, survey: Survey, at: datetime) -> list[str]:
    """Whom a survey asks at an instant."""
    return history.electors(survey.asks.group, at, None) if survey.asks is not None else []


def stands_as(history: SurveyBook, event: n.Deed, electors: Iterable[str]) -> list[str]:
    """Which of those who are asked somebody answers for: themselves, a role they hold, the party they speak for or belong to."""
    at, allowed = event.at.start, set(electors)
    found: list[str] = []
    for actor in event.actors:
        mine = [actor.text, *history.hats(actor.text, at), history.party_of(actor.text)]
        holders = [name for hat in mine for name in history.named(hat, at)]
        found.extend(name for name in (*mine, *holders) if name in allowed)
    return list(dict.fromkeys(found))


def party_of(history: History | SurveyBook, who: str, at: datetime) -> str:
    """The party that somebody who is asked stands for; the name itself where that is a party, or stands for none."""
    parties = {party.name for party in history.agreement.parties()}
    for name in (who, *history.hats(who, at), history.party_of(who)):
        if name in parties:
            return name
    held = [tenure.party for tenure in history.tenures.held_by(who) if tenure.holds(at) and tenure.party in parties]
    return held[0] if held else who


# ---------------------------------------------------------------- the turns of a survey


def fill(norms: Norms, rule: NormRule, slots: list[Slot], now: datetime) -> list[Stray]:
    """Puts every answer to its turn. A turn is held once every question has enough answers, about each party it is about."""
    from govlang.record.norm_entries import Stray

    survey = survey_called(norms.history, rule.name)
    strays: list[Stray] = []
    found: dict[int, list[Rating]] = {}
    for rating in norms.history.ratings.get(rule.name, ()):
        if rating.event.at.start > now:
            continue
        place, reason = _turn(slots, rating)
        if reason:
            strays.append(Stray(rating.event, rule, reason))
        else:
            found.setdefault(place, []).append(rating)
            slots[place].events.append(rating.event)
    for place, slot in enumerate(slots):
        _held(norms, survey, slot, found.get(place, []), now)
    return strays


def _turn(slots: list[Slot], rating: Rating) -> tuple[int, str]:
    """The turn that an answer counts for: the one it names, or the latest that runs on its day."""
    at = rating.event.at
    if rating.turn:
        named = [place for place, slot in enumerate(slots) if slot.occurrence.key == rating.turn]
        if not named:
            return 0, f"the survey has no turn {rating.turn}"
        late = slots[named[0]].late
        return (0, f"the time of {rating.turn} was over") if late is not None and at.start >= late else (named[0], "")
    running = [place for place, slot in enumerate(slots)
               if slot.since <= at.end and (slot.late is None or at.start < slot.late)]  # fmt: skip
    return (running[-1], "") if running else (0, "no turn of the survey was running")


def _held(norms: Norms, survey: Survey, slot: Slot, ratings: list[Rating], now: datetime) -> None:
    """When the last question got the last answer it needs; what is still missing becomes a note."""
    answered: dict[tuple[str, str], dict[str, datetime]] = {}
    for rating in ratings:
        answered.setdefault((rating.question, rating.about), {}).setdefault(rating.by, rating.event.at.start)
    complete: list[datetime] = []
    until = min(now, slot.late) if slot.late is not None else now
    for pair in pairs(norms.history, survey, slot.since):
        instants = sorted(answered.get(pair, {}).values())
        if len(instants) >= survey.enough:
            complete.append(instants[survey.enough - 1])
            continue
        if (left := parted(norms.history, pair[1], slot.since, until)) is not None:
            complete.append(left)  # nobody can be asked about a party that is gone
            continue
        about = f" about {pair[1]}" if pair[1] else ""
        slot.notes.append(f"{pair[0]}{about} has {len(instants)} of {survey.enough} answers")
    if complete and not slot.notes:
        slot.done = max(complete)


def parted(history: History | SurveyBook, party: str, since: datetime, until: datetime) -> datetime | None:
    """When a party that a turn asks about left in the course of it."""
    from govlang.record import surroundings

    return next((at for at in surroundings.departures(history, party, until) if at > since), None) if party else None


def waiting(history: History, name: str, since: datetime, events: Iterable[n.Deed], now: datetime) -> list[str]:
    """Those who are asked in a turn of a survey and have not yet answered everything, in the order of the text."""
    survey = survey_called(history, name)
    given = {(rating.by, rating.question, rating.about) for event in events if (rating := history.rating_of.get(id(event)))}
    everything = [pair for pair in pairs(history, survey, since) if parted(history, pair[1], since, now) is None]
    return [
        who for who in asked(history, survey, since)
        if parted(history, party_of(history, who, since), since, now) is None
        and any((who, *pair) not in given for pair in asked_of(history, survey, who, everything, since))
    ]  # fmt: skip


def asked_of(
    history: History, survey: Survey, who: str, everything: list[tuple[str, str]], at: datetime
) -> list[tuple[str, str]]:  # fmt: skip
    """What one of those who are asked has to answer: not about its own party, or about it alone, as the survey says."""
    kind, own = _about(survey), party_of(history, who, at)
    return [pair for pair in everything if not (kind == "others" and pair[1] == own) and (kind != "own" or pair[1] == own)]


def pairs(history: History | SurveyBook, survey: Survey, at: datetime) -> list[tuple[str, str]]:
    """Every question with each party that it is asked about (empty: about all together)."""
    if survey.asks is None:
        return []
    who = asked(history, survey, at)
    own = list(dict.fromkeys(party_of(history, name, at) for name in who))
    match survey.asks.about:
        case "all":
            about = [""]
        case "own":
            about = own
        case kind:
            parties = [party.name for party in history.text(at).parties() if history.active(party.name, at)]
            about = [name for name in parties if kind == "every" or any(other != name for other in own)]
    return [(word, name) for word in survey.words for name in about]
