"""A long record: what is kept from one question to the next gives the answers that each question gets by itself."""

from __future__ import annotations

import json
import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from govlang.core.verdict import Verdict
from govlang.pipeline import Loaded, load_text
from govlang.record import jsonl
from govlang.record.entries import Tenure, Tenures
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.record.spans import Spans
from govlang.source import Source
from govlang.syntax import nodes as n

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

import replay


def history(loaded: Loaded, count: int, seed: int = 7) -> History:
    text = "".join(json.dumps(event) + "\n" for event in replay.events(count, seed))
    deeds, found = jsonl.parse(Source("x.jsonl", text), loaded.agreement)
    assert not found
    taken = History(loaded.agreement, deeds)
    assert not taken.diagnostics
    return taken


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = load_text(replay.TEXT)
    assert found.sound
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_one_judge_for_all_questions_answers_like_a_new_one_for_each(loaded: Loaded, seed: int) -> None:
    taken = history(loaded, 260, seed)
    chance = random.Random(seed)
    kept = Judge(loaded.rules, taken)
    proposals = list(taken.proposals.values())
    for _ in range(120):
        proposal = chance.choice(proposals)
        now = proposal.at.start + timedelta(hours=chance.choice((0, 23, 30, 71, 73, 24 * 20, 24 * 89, 24 * 91, 24 * 200)))
        fresh = Judge(loaded.rules, taken)
        assert kept.verdict(proposal, now) == fresh.verdict(proposal, now), (proposal.id, now)
        assert kept.taken(proposal, now) == fresh.taken(proposal, now), (proposal.id, now)


def test_more_on_record_is_seen(loaded: Loaded) -> None:
    taken = history(loaded, 40)
    judge = Judge(loaded.rules, taken)
    proposal = next(item for item in taken.proposals.values() if item.decision == "Publish")
    last = proposal.events[-1].at.end + timedelta(days=30)
    judge.verdict(proposal, last)
    at = n.Moment(last - timedelta(days=1))
    taken.take(n.Deed("withdraw", at, proposal.deed.actors, n.Name(proposal.id), word="proposal"))
    assert judge.verdict(proposal, last + timedelta(seconds=1)) == Judge(loaded.rules, taken).verdict(proposal, last)


def test_the_work_grows_with_the_record(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Judgements made, not seconds: twice the record asks for little more than twice as many."""
    counts = []
    for size in (600, 1200):
        taken, made = history(loaded, size), [0]
        judge = Judge(loaded.rules, taken)
        plain = Judge.judge

        def counted(self: Judge, *rest: object, made: list[int] = made, plain: object = plain) -> object:
            made[0] += 1
            return plain(self, *rest)  # type: ignore[operator]

        monkeypatch.setattr(Judge, "judge", counted)
        for proposal in taken.proposals.values():
            judge.verdict(proposal, (proposal.events[-1].at if proposal.events else proposal.at).end)
        monkeypatch.setattr(Judge, "judge", plain)
        counts.append(made[0] / len(taken.proposals))
    assert counts[1] < 2 * counts[0]


@pytest.mark.parametrize("seed", [3, 4])
def test_what_is_left_out_turns_no_verdict(loaded: Loaded, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A glance, and the whole judgement with nobody remembered and nothing known to be over, say the same at any instant."""
    taken = history(loaded, 320, seed)
    chance = random.Random(seed)
    kept = Judge(loaded.rules, taken)
    asked = [(item, item.at.start + timedelta(hours=chance.choice((0, 23, 47, 121, 24 * 7, 24 * 95))))
             for item in chance.choices(list(taken.proposals.values()), k=40)]  # fmt: skip
    found = [kept.verdict(proposal, now) for proposal, now in asked]
    assert any(kept.spans.not_over("Approve Plan", now, now) not in (None, taken.index.about("Approve Plan")) for _, now in asked)
    taken.steady = False
    monkeypatch.setattr(Spans, "not_over", lambda *_: None)
    assert [Judge(loaded.rules, taken).judge(proposal, now).verdict for proposal, now in asked] == found


def test_a_proposal_that_is_over_is_not_looked_at_again_and_one_that_was_not_yet_is(loaded: Loaded) -> None:
    taken = history(loaded, 3)
    name = "Helios Director 1"
    for number, day in enumerate((10, 12, 30), 1):
        at = n.Moment(datetime(2000, 1, day))
        taken.take(n.Deed("propose", at, (n.Name(name),), n.Name(f"A-{number}"), n.Name("Approve Plan")))
        for who in (f"{party} Director 1" for party in replay.PARTIES if number > 1):
            taken.take(n.Deed("ballot", at, (n.Name(who),), n.Name(f"A-{number}"), choice="for"))
    judge = Judge(loaded.rules, taken)
    first, second, third = taken.proposals.values()
    for _ in range(2):  # the second time, more is known
        assert judge.verdict(third, datetime(2000, 1, 31)) is Verdict.PERMITTED
        assert judge.verdict(second, datetime(2000, 1, 14)) is Verdict.DENIED  # the first is under way
        assert judge.verdict(first, datetime(2000, 2, 1)) is Verdict.DENIED
        assert judge.verdict(second, datetime(2000, 1, 31)) is Verdict.PERMITTED
    assert judge.spans.not_over("Approve Plan", datetime(2000, 1, 30), datetime(2000, 1, 31)) == [third]
    assert judge.spans.not_over("Approve Plan", datetime(2000, 1, 12), datetime(2000, 1, 14)) == [first, second, third]


def test_who_holds_what_is_looked_up_as_it_would_be_searched_for() -> None:
    chance = random.Random(3)
    tenures, day = Tenures(), datetime(2026, 1, 1)
    for step in range(120):
        since = day + timedelta(days=chance.randrange(60))
        until = since + timedelta(days=chance.randrange(0, 30)) if chance.random() < 0.4 else None
        tenures.append(Tenure(f"P{chance.randrange(6)}", "Chair", "Helios", n.Moment(since), until))
        if step % 3 == 0:
            one = chance.choice(tenures)
            at = one.since.start + timedelta(days=chance.randrange(40))
            if one.until is None or at < one.until:
                tenures.finish(one, at)
        at = day + timedelta(days=chance.randrange(-5, 120))
        assert list(tenures.now("what", "Chair", at)) == [item for item in tenures if item.holds(at)]
        assert list(tenures.now("who", "P1", at)) == [item for item in tenures if item.who == "P1" and item.holds(at)]


def test_the_benchmark_prints_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert replay.main(["60"]) == 0
    said = capsys.readouterr().out
    for words in ("reading JSON lines", "taking in", "judging each proposal", "memory", "minute book"):
        assert words in said
