"""`may`: whether somebody may do something with an asset, answered with the grant that says so, or with its absence; or take
a dispute further (`tools.dispute_questions`), veto a proposal or object to it (`tools.block_questions`).

In: a loaded agreement, a history, a question (a deed that has not been done) and an instant. Out: an `Answer`. Every right that
could carry the act is judged by the same rules as decisions: ownership, licences, decisions that cover the act; duties of secrecy
and rules of assignment are judged beside them and must not stand in the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from govlang.backends import why
from govlang.backends.answers import Answer, Item, Missing, ReadingAnswer
from govlang.core.verdict import State, Verdict
from govlang.diagnostics import did_you_mean, ordered
from govlang.frozen import dataclass, replace
from govlang.model.ip import find
from govlang.model.nodes import Kind
from govlang.pipeline import Loaded, load
from govlang.record import calendar, ip, ip_facts, minutes
from govlang.record.entries import Proposal
from govlang.record.history import History
from govlang.record.judge import Judge, Judged
from govlang.source import Citation, Source
from govlang.syntax import nodes as n
from govlang.syntax.nodes import Moment
from govlang.syntax.parse import parse_question
from govlang.tools import block_questions, books, decide as decisions, dispute_questions, questions
from govlang.tools.books import Book
from govlang.tools.questions import NoAnswer, Reply

EXAMPLE = 'ask as in "Norwind use Cell Model for commercial in field Storage"'
LONGEST = 2_000

# How far a right is from carrying the act, by what it falls short of: the nearest is shown.
_FAR = {"asset": 1000, "owner": 1000, "grantor": 100, "licensee": 20, "act": 10, "no sublicence": 5}
_BESIDE = ("exception", "consent")  # ways out that nobody took; what they are ways out of is the reason
CONSENT = "it takes the consent of "  # how a note begins that says how an owner among several may do it all the same
_ABOUT = ("user", "grantor", "act", "asset", "recipient", "purpose", "field", "territory", "manner")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One right, judged: a grant that could carry the act, or a rule that could stand in its way."""

    right: str
    verdict: Verdict
    item: Item
    because: tuple[Item, ...]
    missing: tuple[Missing, ...]
    citation: Citation
    readings: tuple[ReadingAnswer, ...] = ()


def answer(loaded: Loaded, history: History, question: n.Deed, on: Moment | datetime) -> Answer:
    """The answer to a question, such as `Norwind uses Cell Model for commercial`, at an instant."""
    now = on.end if isinstance(on, Moment) else on
    day = on if isinstance(on, Moment) else Moment(on, whole_day=False)
    if question.kind in dispute_questions.KINDS:
        try:
            return dispute_questions.answer(loaded, history, replace(question, at=day))
        except dispute_questions.Unanswerable as unknown:
            raise NoAnswer(unknown.message, unknown.hint) from None
    if question.kind in block_questions.KINDS:
        found = block_questions.answer(loaded, history, replace(question, at=day))
        if isinstance(found, tuple):
            raise NoAnswer(*found)
        return found
    return _Question(loaded, history, replace(question, at=day), now).answer()


def about(loaded: Loaded, history: History, matter: Proposal, on: Moment | datetime) -> Answer:
    """The answer about a request, or another matter, that is on record."""
    now = on.end if isinstance(on, Moment) else on
    found = _Question(loaded, history, matter.deed, now, matter).answer()
    return replace(found, proposal=matter.id, by=matter.by, notes=(f"it asks: {found.proposal}", *found.notes))


def may(
    agreement: Loaded | str | Path, question: str, *, record: str | Path | Iterable[str | Path] = (), on: str = ""
) -> Answer:
    """The answer to a question in words, such as `Norwind use Cell Model for research`. Raises NoAnswer."""
    loaded = agreement if isinstance(agreement, Loaded) else load(agreement)
    paths = [record] if isinstance(record, str | Path) else list(record)
    return ask(loaded, books.read_books(paths, loaded.agreement), question, on).answer


def ask(loaded: Loaded, book: Book, text: str, on: str = "") -> Reply:
    """The answer to a question in words. Raises NoAnswer."""
    questions.sound(loaded)
    questions.readable(book)
    question = read_question(text)
    moment = questions.day(on) if on else book.last(loaded.agreement)
    if moment is None:
        raise NoAnswer("say as of which day to answer", "give --on with a date, such as --on 2026-03-31")
    asked = calendar.localise(moment, loaded.agreement.header)
    history = books.history(books.until(book, loaded.agreement, asked.end), loaded.agreement)
    found = answer(loaded, history, question, asked)
    return Reply(found, tuple(ordered([*book.diagnostics, *history.diagnostics])))


def read_question(text: str) -> n.Deed:
    """A question in words. Raises NoAnswer."""
    words = " ".join(text.split()).rstrip("?. ")
    if not words:
        raise NoAnswer("there is no question", EXAMPLE)
    if len(words) > LONGEST:
        raise NoAnswer("the question is too long", EXAMPLE)
    words = words[0].lower() + words[1:] if words.startswith("May ") else words
    question, problems = parse_question(Source("question", words))
    if question is None:
        raise NoAnswer("the question cannot be read", EXAMPLE, problems)
    return question


class _Question:
    def __init__(
        self, loaded: Loaded, history: History, deed: n.Deed, now: datetime, matter: Proposal | None = None
    ) -> None:  # fmt: skip
        self.loaded, self.history, self.now = loaded, history.on(now), now
        self.judge = Judge(loaded.rules, history)
        self.deed = deed
        act = ip.ASKED.get(deed.kind, deed.kind) if deed.kind.startswith("ask to") else deed.kind
        if matter is not None:
            act = str(matter.facts["act"])  # a request for access asks whether the use is permitted
        self.asset = deed.target.text if deed.target is not None else ""
        self.facts = ip.facts_of(self.history, self.deed, act)
        self.user, self.owners = str(self.facts["user"]), ip.owners_of(self.history, self.asset, now)
        if act == "license" and self.user not in self.owners:
            self.facts["act"] = act = "sublicense"  # who does not own it can but sublicense
        self.act = act
        self.matter = matter or self._matter()
        if self.matter is not None:
            self.facts = {**self.matter.facts, **self.facts}
        self.notes: list[str] = []

    # ------------------------------------------------------------ the whole

    def answer(self) -> Answer:
        silent = self.silence()
        if silent:
            return self._answer(Verdict.SILENT, self.act, notes=(silent,))
        self.notes.extend(self._remarks())
        grants = self.grants()
        bars = self.bars()
        if not grants and not bars:
            return self._absent()
        grant = _best(grants)
        if grant is None:
            grant = self._unowned()
        standing = [bar for bar in bars if bar.verdict is not Verdict.PERMITTED]
        if grant is not None and (grant.verdict is Verdict.DENIED or not standing):
            return self._by(grant, grants, bars)
        if standing:
            worst = min(standing, key=lambda bar: bar.verdict is not Verdict.DENIED)
            return self._by(worst, grants, bars)
        return self._by(bars[0], grants, bars)

    def silence(self) -> str:
        """Why the agreement has nothing to say about this; empty when it has."""
        if self.asset not in self.history.assets:
            hint = did_you_mean(self.asset, self.history.assets)
            return f"the agreement knows no asset called '{self.asset}'" + (f"; {hint}" if hint else "")
        if self.history.agreement.kind_of(self.user) not in (Kind.PARTY, Kind.PERSON, Kind.BODY) and (
            self.user not in self.history.persons
        ):
            parties = [party.name for party in self.history.agreement.parties()]
            hint = did_you_mean(self.user, [*parties, *self.history.agreement.members])
            return f"the agreement knows nobody called '{self.user}'" + (f"; {hint}" if hint else "")
        state = self.history.assets[self.asset]
        if state.since > self.now:
            return f"{self.asset} was not there yet: it is of {state.since.date()}"
        if not self.owners:
            return f"no clause says to whom {self.asset} belongs"
        return ""

    def _matter(self) -> Proposal | None:
        """What is on record about the same: a request, or a matter with a name, the latest."""
        acts = {"use": ("use", "request"), "request": ("request",)}.get(self.act, (self.act,))
        found = ip_facts.matching(self.history.requests, self.facts, acts, self.now)
        named = [matter for matter in found if matter.id]
        return next(reversed(named or found), None)

    # ------------------------------------------------------------ rights

    def grants(self) -> list[Judgement]:
        """Every right that could carry the act, without those that are about other assets."""
        covering = [] if self.act in ("request",) else self.history.covering(self.act)
        if covering:
            return self._decided()
        names: list[str] = []
        if self.user in self.owners and self.act != "request":
            names += self._rights(n.JointOwning) if len(self.owners) > 1 else []
        if self.act in ("use", "request", "sublicense"):
            names += [name for name in self._rights(n.Licence) if self._licensed(name)]
        if self.user in self.owners and self.act != "request":
            own = f"ownership of {self.asset}"
            own = own if own in self.history.agreement.rights else "ownership"
            names.insert(0 if len(self.owners) == 1 else len(names), own)  # the consent of others is the last resort
        judged = [self._judged(name) for name in names]
        return [each for each in judged if not any(item.kind == "asset" for item in each.because)]

    def bars(self) -> list[Judgement]:
        """What could stand in the way: secrecy when something is told, the rules of assignment when something changes hands."""
        if self.act in ("publish", "disclose"):
            found = [name for name in self._rights(n.Confidentiality) if self._secret_about(name)]
        elif self.act == "assign":
            found = [name for name in self._rights(n.Assignment) if self._assigned_by(name)]
        else:
            found = []
        return [self._judged(name) for name in found]

    def _rights(self, kind: type) -> list[str]:
        return [name for name, right in self.history.agreement.rights.items() if isinstance(right.clause, kind)]

    def _licensed(self, name: str) -> bool:
        """Whether a licence is about this asset: one that is not would be judged in vain."""
        of = find(self.history.agreement.ip.licences[name], n.GrantedOf)
        return not isinstance(of, n.GrantedOf) or ip.covers(self.history, of.assets, self.asset)

    def _secret_about(self, name: str) -> bool:
        lines = self.history.agreement.ip.secrecies[name].lines
        return any(isinstance(line, n.SecretOf) and ip.covers(self.history, line.assets, self.asset) for line in lines)

    def _assigned_by(self, name: str) -> bool:
        lines = self.history.agreement.ip.assignments[name].of
        return not lines or any(ip.covers(self.history, line.assets, self.asset) for line in lines)

    def _judged(self, name: str) -> Judgement:
        return self._judgement(name, self.judge.judge_by(name, self._proposal(name), self.now))

    def _proposal(self, decision: str) -> Proposal:
        """The question as a proposal of one right, with what is on record about it."""
        matter = self.matter
        if matter is None:
            return Proposal(self.phrase(), decision, (self.deed.actors[0].text,), self.deed.at, self.facts, self.deed,
                            sequence=len(self.history.proposals))  # fmt: skip
        return Proposal(matter.id or self.phrase(), decision, matter.by, matter.at, self.facts, matter.deed, matter.events,
                        matter.sequence, matter.joined)  # fmt: skip

    def _decided(self) -> list[Judgement]:
        """The decision that covers the act, as proposed on record for this asset, or as if it were proposed now."""
        names = {*self.history.covering(self.act), self.act}
        found = [
            proposal for proposal in self.history.proposals.values()
            if proposal.decision in names and proposal.at.start <= self.now and self._fits(proposal)
        ]  # fmt: skip
        judged = self.judge.judge(found[-1] if found else self._proposal(self.act), self.now)
        name = judged.rule.decision if judged.rule is not None else self.act
        return [self._judgement(name, judged)] if judged.tree is not None else []

    def _fits(self, proposal: Proposal) -> bool:
        by = {ip.party_of(self.history, name, self.now) for name in proposal.by} | set(proposal.by)
        named = [value for value in proposal.facts.values() if isinstance(value, str) and value in self.history.assets]
        return self.user in by and (not named or self.asset in named)

    def _judgement(self, name: str, judged: Judged) -> Judgement:
        assert judged.tree is not None and judged.rule is not None
        item = why.explain(judged.tree, judged.row)
        failed = [leaf for leaf in why.flatten(item, State.FAILED) if leaf.kind not in _BESIDE]
        because = tuple(replace(leaf, decisive=True) for leaf in failed)
        missing = decisions.missing_of(item, judged.verdict)
        readings = tuple(decisions.readings_of(judged.tree, judged.row))
        if judged.verdict is not Verdict.PENDING or len({reading.verdict for reading in readings}) < 2:
            readings = ()
        if readings:
            names = " or ".join(f'"{reading.name}"' for reading in readings)
            missing = (Missing(f"a ruling on which reading holds: {names}", "record"), *missing)
        return Judgement(name, judged.verdict, item, because if judged.verdict is Verdict.DENIED else (), missing,
                         judged.rule.citation, readings)  # fmt: skip

    # ------------------------------------------------------------ answers

    def _unowned(self) -> Judgement | None:
        """No right carries the act, and the asset is somebody else's; telling is free unless a duty of secrecy forbids it."""
        if self.act == "disclose":
            return None
        label = f"no grant of this agreement lets {self.user} {self.act} {self.asset}: it belongs to {self._owned_by()}"
        item = Item(State.FAILED, "grant", label, self._owning(), decisive=True)
        return Judgement("", Verdict.DENIED, item, (item,), (), item.citation)

    def _absent(self) -> Answer:
        missing = self._unowned()
        if missing is None:
            note = f"no clause forbids or allows {self.user} to {self.act} {self.asset}"
            return self._answer(Verdict.SILENT, self.act, notes=tuple(dict.fromkeys((note, *self.notes))))
        return self._by(missing, [], [])

    def _by(self, chosen: Judgement, grants: list[Judgement], bars: list[Judgement]) -> Answer:
        notes = [*self.notes, *self._terms(chosen), *_others(chosen, [*grants, *bars])]
        if chosen.verdict is Verdict.PENDING and self.matter is None:
            notes.append("nothing is on record about this: every period is counted as if it were put forward now")
        citations = [each for item in chosen.because for each in (item.citation, *item.also)]
        citations = citations or list(decisions.citations_of(chosen.item, chosen.citation))
        if chosen.verdict is Verdict.DENIED:
            if chosen.because and self.user not in self.owners:
                notes.append(f"{self.asset} belongs to {self._owned_by()} ({self._owning().label()})")
            citations += [chosen.citation, self._owning()]
            notes.extend(self._by_consent())
        return self._answer(
            chosen.verdict, chosen.right or self.act, requirement=chosen.item, because=chosen.because,
            missing=chosen.missing, readings=chosen.readings, notes=tuple(dict.fromkeys(notes)), citations=tuple(_once(citations)),
        )  # fmt: skip

    def _answer(self, verdict: Verdict, right: str, **more: object) -> Answer:
        header = self.history.agreement.header
        shown = [(name, decisions.show(value)) for name, value in self.facts.items() if name not in _ABOUT and value]
        base = Answer(
            verdict, self.phrase(), right, (), self.now, self.loaded.agreement.name, header.version, self.loaded.text_hash,
            facts=tuple((name, value) for name, value in shown if name != "owner"),
        )  # fmt: skip
        return replace(base, **more)

    def phrase(self) -> str:
        """The question in words."""
        return minutes.deed_words(replace(self.deed, names=tuple(each for each in self.deed.names if each[0] != "as"), reason=""))

    def _owned_by(self) -> str:
        return " and ".join(self.owners) if len(self.owners) < 3 else ", ".join(self.owners)

    def _owning(self) -> Citation:
        """Where it is said to whom the asset belongs."""
        agreement = self.history.agreement
        state = self.history.assets[self.asset]
        if state.node is not None:
            return agreement.cite(state.node.kinds[0] if state.node.kinds else state.node, self.asset)
        rule = agreement.ip.ownership
        return agreement.cite(rule.belongs[0] if rule and rule.belongs else n.Node(), self.asset)

    def _remarks(self) -> Iterator[str]:
        to = self.facts.get("recipient")
        if isinstance(to, str) and not self.history.known(to):
            hint = did_you_mean(to, [party.name for party in self.history.agreement.parties()])
            yield f"{to} is nobody in this agreement, and is taken for an outsider" + (f"; {hint}" if hint else "")
        for deed in self.history.uses:
            given = deed.other is not None and deed.other.text == self.user and deed.at.start <= self.now
            if deed.kind == "license" and given and deed.target is not None and deed.target.text == self.asset:
                yield f"on record: {minutes.deed_words(deed)} on {deed.at}; it is no licence of this text, and is not judged here"
        known = {name for right in self.history.agreement.rights.values() for name in right.facts}
        known |= {name for decision in self.history.agreement.decisions.values() for name in decision.facts}
        for _, _, message, _ in ip.wrong_facts(self.history.agreement, self.deed):
            yield f"{message}: it is left out"
        for word, _ in self.deed.facts:
            if word not in known:
                yield f"no clause looks at '{word}'"
        yield from self._claimed()

    def _by_consent(self) -> Iterator[str]:
        """How an owner among several comes by the consent of the others, where nobody asked for it on record."""
        others = [owner for owner in self.owners if owner != self.user]
        kind = f"ask to {self.deed.kind}"
        if self.user not in self.owners or not others or kind not in ip.ASKED or (self.matter is not None and self.matter.id):
            return
        names = (*(each for each in self.deed.names if each[0] != "as"), ("as", (n.Name("Q-1"),)))
        asking = minutes.deed_words(replace(self.deed, kind=kind, names=names, reason=""))
        yield f"{CONSENT}{' and '.join(others)}, put on record: `{asking}`, and their approval of Q-1"

    def _claimed(self) -> Iterator[str]:
        """What the question says of facts that only a finding makes known."""
        agreement = self.history.agreement
        for word, _ in self.deed.facts:
            kinds = [right.facts[word].determined_by for right in agreement.rights.values() if word in right.facts]
            whose = next((item for item in kinds if item is not None), None)
            if whose is not None and None not in kinds:
                yield f"'{word}' is what {agreement.wording(whose)} finds: what the question says of it is left out"

    def _terms(self, chosen: Judgement) -> Iterator[str]:
        """What the use costs, where the licence says so."""
        licence = self.history.agreement.ip.licences.get(chosen.right)
        terms = find(licence, n.Terms) if licence is not None else None
        if chosen.verdict is Verdict.PERMITTED and isinstance(terms, n.Terms) and terms.kind == "fee":
            yield f"{chosen.right} asks for a {self.history.agreement.wording(terms)}"


def _best(grants: list[Judgement]) -> Judgement | None:
    """The grant that carries the act; else one that would do once something happens; else the nearest."""
    for verdict in (Verdict.PERMITTED, Verdict.PENDING):
        found = [each for each in grants if each.verdict is verdict]
        if found:
            return min(found, key=lambda each: len(each.missing))
    return min(grants, key=lambda each: (sum(_FAR.get(item.kind, 1) for item in each.because), len(each.missing)), default=None)


def _others(chosen: Judgement, judged: list[Judgement]) -> Iterator[str]:
    """What the other rights come to, in a line each."""
    for each in judged:
        if each.right == chosen.right:
            continue
        if each.verdict is Verdict.PENDING:
            wants = "; ".join(missing.text for missing in each.missing)
            yield f"{each.right} ({each.citation.label()}) is open: missing {wants}"
        elif each.verdict is Verdict.DENIED:
            yield f"{each.right} ({each.citation.label()}) does not help: {'; '.join(item.label for item in each.because)}"


def _once(citations: list[Citation]) -> Iterator[Citation]:
    seen: set[tuple[str, str, int]] = set()
    for citation in citations:
        key = (citation.number, citation.title, 0 if citation.number or citation.title else citation.line)
        if key not in seen and citation.document:
            seen.add(key)
            yield citation
