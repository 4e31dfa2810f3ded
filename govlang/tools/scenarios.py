"""Scenarios: an agreement tests itself.

In: a loaded agreement. Out: one `Outcome` a scenario: what it expected, what the agreement answers, and which clauses and
requirements it touched. A scenario's lines are the same event lines as a minute book's, with `expect` lines between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from govlang.backends.answers import Answer, Item
from govlang.core.verdict import Verdict
from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass, field
from govlang.later import Later
from govlang.pipeline import Loaded
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.source import Source, Span
from govlang.syntax import nodes as n
from govlang.tools.decide import decide, in_brief
from govlang.tools.phrases import contains

if TYPE_CHECKING:
    from govlang.record.norms import Norms
    from govlang.tools import dispute_questions, expect_disputes, expect_notices
else:
    dispute_questions = Later("govlang.tools.dispute_questions")
    expect_disputes = Later("govlang.tools.expect_disputes")
    expect_notices = Later("govlang.tools.expect_notices")

# What is said of an event that has no effect.
WITHOUT_EFFECT = ("GL403", "GL404", "GL405", "GL408", "GL409", "GL413", "GL414", "GL415", "GL416", "GL417")


@dataclass(slots=True)
class Outcome:
    """What came of one scenario. `touched` holds ids of requirements, `decisions` names of decisions."""

    title: str
    span: Span
    failures: list[Diagnostic] = field(default_factory=list)
    expectations: int = 0
    touched: set[str] = field(default_factory=set)
    decisions: set[str] = field(default_factory=set)

    @property
    def passed(self) -> bool:
        return not any(failure.severity == "error" for failure in self.failures)


def run_all(loaded: Loaded) -> list[Outcome]:
    """Every scenario of an agreement, in order."""
    return [run(loaded, scenario) for scenario in loaded.agreement.scenarios]


def run(loaded: Loaded, scenario: n.Scenario, source: Source | None = None) -> Outcome:
    """One scenario, line by line. `source` is the file it stands in, if not the agreement's own."""
    return _Runner(loaded, scenario, source or loaded.source).run()


class _Runner:
    def __init__(self, loaded: Loaded, scenario: n.Scenario, source: Source) -> None:
        self.loaded = loaded
        self.source = source
        self.scenario = scenario
        self.outcome = Outcome(scenario.title, scenario.span)
        self.history = History(loaded.agreement, (), source)
        self.last: n.Deed | None = None
        self.expected_refusals: set[Span] = set()

    def run(self) -> Outcome:
        for line in self.scenario.lines:
            if isinstance(line, n.Expect):
                self.outcome.expectations += 1
                self.expect(line)
            else:
                self.last = line
                self.history.take(line)
        if not self.outcome.expectations:
            self.fail("GL503", "this scenario expects nothing", self.scenario.span, "add a line with `expect`")
        for found in self.history.diagnostics:
            if found.code == "GL407":
                continue
            if found.code in WITHOUT_EFFECT and self._forgiven(found):
                continue
            code = "GL504" if found.code in ("GL405", "GL409", "GL413", "GL414") else found.code
            self.outcome.failures.append(Diagnostic(code, found.message, found.source, found.span, found.hint))
        return self.outcome

    def _forgiven(self, found: Diagnostic) -> bool:
        return any(span.start <= found.span.start < span.end for span in self.expected_refusals)

    def fail(self, code: str, message: str, span: Span, hint: str = "", notes: tuple[str, ...] = ()) -> None:
        self.outcome.failures.append(Diagnostic(code, message, self.source, span, hint, notes))

    # ------------------------------------------------------------ expectations

    def expect(self, line: n.Expect) -> None:
        match line.kind:
            case "verdict":
                self.expect_verdict(line)
            case "in":
                self.expect_member(line)
            case "notice":
                for message, span, hint in expect_notices.failures(self.history, line):
                    self.fail("GL501", message, span, hint)
            case "act":
                self.expect_act(line)
            case "take" | "raise" | "relief":
                self.expect_step(line)
            case "at step" | "dispute":
                for message, span, hint in expect_disputes.faults(self.loaded, self.history, line):
                    self.fail("GL501", message, span, hint)
            case "norm":
                self.expect_norm(line)
            case "version":
                self.expect_version(line)
            case "trust":
                self.expect_trust(line)
            case "due" | "nothing due":
                self.expect_due(line)
            case _:
                self.expect_refused(line)

    def expect_act(self, line: n.Expect) -> None:
        from govlang.tools import may
        from govlang.tools.questions import NoAnswer

        assert line.asked is not None
        try:
            answer = may.answer(self.loaded, self.history, line.asked, line.at)
        except NoAnswer as unknown:
            self.fail("GL501", str(unknown), line.span, unknown.hint)
            return
        self.outcome.decisions.add(answer.decision)
        if answer.requirement is not None:
            self.outcome.touched.update(item.id for item in leaves(answer.requirement))
        found = "ambiguous" if answer.ambiguous else answer.verdict.value
        if line.verdict != found:
            self.fail("GL501", f"{answer.proposal}: expected to be {line.verdict}, and it is {found}", line.span,
                      explain_briefly(answer), tuple(_notes(answer)))  # fmt: skip
            return
        for detail in line.details:
            self.expect_detail(detail, answer)

    def expect_step(self, line: n.Expect) -> None:
        try:
            answer = dispute_questions.answer(self.loaded, self.history, expect_disputes.asked(line))
        except dispute_questions.Unanswerable as unknown:
            self.fail("GL501", unknown.message, unknown.span, unknown.hint)
            return
        self.compare(line, self.touch(answer), answer.decision)

    def expect_norm(self, line: n.Expect) -> None:
        from govlang.tools import expect_norms

        norms = self.norms()
        self.outcome.touched.update(expect_norms.touched(norms, line))
        self.fail_by(expect_norms.faults(norms, line))

    def expect_due(self, line: n.Expect) -> None:
        from govlang.tools import expect_due

        judge = Judge(self.loaded.rules, self.history)
        self.outcome.touched.update(expect_due.touched(judge, line))
        self.fail_by(expect_due.faults(self.loaded, judge, line))

    def expect_trust(self, line: n.Expect) -> None:
        from govlang.tools import expect_trust

        norms = self.norms()
        self.outcome.touched.update(expect_trust.touched(norms, line))
        self.fail_by(expect_trust.faults(norms, line))

    def norms(self) -> Norms:
        """The norms of the record so far."""
        from govlang.record.norms import Norms

        return Norms(Judge(self.loaded.rules, self.history))

    def fail_by(self, faults: Iterable[tuple[str, Span, str]]) -> None:
        """Fails by everything that was found wrong with an expectation."""
        for message, span, hint in faults:
            self.fail("GL501", message, span, hint)

    def expect_version(self, line: n.Expect) -> None:
        from govlang.tools import expect_versions

        judge = Judge(self.loaded.rules, self.history)
        said = expect_versions.details(judge, line.at.end)
        for failure in expect_versions.failures(line, judge, said):
            self.fail("GL501", failure.message, failure.span, failure.hint)
            return
        for detail in line.details:
            texts = said.get(detail.kind, [])
            if any(contains(text, detail.phrase) for text in texts) is (detail.kind == "not because"):
                self.fail("GL501", f"nothing says {detail.kind} {detail.phrase}", detail.span,
                          f"{detail.kind}: {'; '.join(texts) or 'nothing'}")  # fmt: skip

    def expect_member(self, line: n.Expect) -> None:
        assert line.subject is not None and line.group is not None
        if not self.history.known(line.group.text):
            self.fail("GL101", f"'{line.group.text}' is not defined", line.group.span, "name a role or a body")
            return
        members = self.history.named(line.group.text, line.at.end)
        inside = line.subject.text in members
        if inside is line.negated:
            found = ", ".join(members) or "nobody"
            state = "belongs" if inside else "does not belong"
            self.fail("GL501", f"{line.subject.text} {state} to {line.group.text}", line.span,
                      f"{line.group.text} is: {found}")  # fmt: skip

    def expect_refused(self, line: n.Expect) -> None:
        if self.last is None:
            self.fail("GL501", "no event stands before this line", line.span, "put it under the event it speaks of")
            return
        reasons = list(self.reasons(self.last, line.at))
        self.expected_refusals.add(self.last.span)
        if not reasons:
            self.fail("GL501", "the event above is accepted", line.span, "remove this line, or correct the event")
            return
        for detail in line.details:
            if not any(contains(reason, detail.phrase) for reason in reasons):
                self.fail("GL501", f"the event above is refused, but because {reasons[0]}", detail.span,
                          f"write: because {reasons[0]}")  # fmt: skip

    def reasons(self, event: n.Deed, at: n.Moment) -> Iterator[str]:
        """Why an event has no effect: refused at once, or not counted where it should have counted."""
        for found in self.history.diagnostics:
            inside = event.span.start <= found.span.start < event.span.end
            if inside and found.code in WITHOUT_EFFECT:
                yield found.message.removeprefix("this has no effect: ")
        name = event.target.text if event.target else ""
        if name in self.loaded.agreement.norms or name in self.history.agreement.norms:
            strays = self.norms().strays(at.end)
            yield from (stray.reason for stray in strays if stray.event.span == event.span)
        if name in self.history.proposals and event.kind in ("ballot", "veto", "objection", "withdraw", "act"):
            answer = self.answer(name, at)
            if answer.requirement is not None:
                unheard = tuple(note for note in answer.notes if " does not count: " in note)
                for ignored in (*(item.ignored for item in leaves(answer.requirement)), unheard):
                    for text in ignored:
                        if any(
                            f"of {actor.text} on" in text or f"by {actor.text} on" in text for actor in event.actors
                        ) or (event.other is not None and event.other.text in text):
                            yield text.partition(": ")[2]

    def answer(self, name: str, at: n.Moment) -> Answer:
        return self.touch(decide(self.loaded, self.history, name, at, ways=False))

    def touch(self, answer: Answer) -> Answer:
        """Keeps in mind which requirements an answer looked at."""
        self.outcome.decisions.add(answer.decision)
        if answer.requirement is not None:
            self.outcome.touched.update(item.id for item in leaves(answer.requirement))
        return answer

    def expect_verdict(self, line: n.Expect) -> None:
        assert line.subject is not None
        name = line.subject.text
        if name not in self.history.proposals:
            self.fail("GL501", f"nothing called '{name}' was proposed", line.subject.span, "propose it above")
            return
        brief = in_brief(self.loaded, self.history, name, line.at) if not line.details else None
        if brief is not None and brief[0].value == line.verdict:  # as it should be: nothing else of the answer is asked for
            self.outcome.decisions.add(self.history.proposals[name].decision)
            self.outcome.touched |= brief[1]
            return
        self.compare(line, self.answer(name, line.at), name)

    def compare(self, line: n.Expect, answer: Answer, name: str) -> None:
        """An answer beside what a line expects of it."""
        found = "ambiguous" if answer.ambiguous else answer.verdict.value
        if line.verdict != found:
            self.fail("GL501", f"{name} is expected to be {line.verdict}, and it is {found}", line.span,
                      explain_briefly(answer), tuple(_notes(answer)))  # fmt: skip
            return
        for detail in line.details:
            self.expect_detail(detail, answer)

    def expect_detail(self, detail: n.Detail, answer: Answer) -> None:
        if detail.kind == "under":
            found = {reading.name.casefold(): reading.verdict.value for reading in answer.readings}
            if found.get(detail.phrase.casefold()) != detail.verdict:
                says = ", ".join(f"{name}: {verdict}" for name, verdict in found.items()) or "the readings agree"
                self.fail("GL501", f'under "{detail.phrase}" the answer is not {detail.verdict}', detail.span, says)
            return
        texts = list(_texts(detail.kind, answer))
        hit = any(contains(text, detail.phrase) for text in texts)
        if hit is (detail.kind == "not because"):
            says = "; ".join(texts) or "nothing"
            self.fail("GL501", f"the answer is not {detail.kind} {detail.phrase}", detail.span,
                      f"{detail.kind}: {says}")  # fmt: skip


def _texts(kind: str, answer: Answer) -> Iterator[str]:
    items = list(leaves(answer.requirement)) if answer.requirement is not None else []
    match kind:
        case "missing":
            yield from (missing.text for missing in answer.missing)
        case "citing":
            for citation in answer.citations:
                yield f"{citation.number} {citation.title} {' '.join(citation.path)} {citation.amendment} {citation.rule}"
        case "counting":
            for item in every_item(answer.requirement) if answer.requirement is not None else ():
                yield from item.evidence
        case "note":
            yield from answer.notes
            yield from (text for item in items for text in item.ignored)
        case "because":
            if answer.verdict is Verdict.DENIED:
                yield from (f"{item.label} {item.citation.label()}" for item in answer.because)
            yield from (text for item in items for text in item.ignored)
            yield from (note for note in answer.notes if " does not count: " in note)
        case _:
            yield from (f"{item.label} {item.citation.label()}" for item in answer.because if item.decisive)


def _notes(answer: Answer) -> Iterator[str]:
    for item in leaves(answer.requirement) if answer.requirement is not None else ():
        if item.kind not in ("term", "withdrawn"):
            yield f"{item.state.value}: {item.label}" + (f" ({'; '.join(item.evidence)})" if item.evidence else "")
            yield from item.ignored
    yield from (note for note in answer.notes if " does not count" in note or "cannot be" in note)


def every_item(item: Item) -> Iterator[Item]:
    """An item and all under it."""
    yield item
    for child in item.items:
        yield from every_item(child)


def leaves(item: Item) -> Iterator[Item]:
    """The leaves of an item."""
    if not item.items and item.kind not in ("every", "any of"):
        yield item
    for child in item.items:
        yield from leaves(child)


def explain_briefly(answer: Answer) -> str:
    """One line on why an answer is what it is."""
    if answer.because:
        return "because " + "; ".join(item.label for item in answer.because)
    if answer.missing:
        return "missing " + "; ".join(missing.text for missing in answer.missing)
    return answer.notes[0] if answer.notes and answer.requirement is None else "every requirement is met"
