"""Any record and any question: an answer, the same one each time, and no requirement that is met and failed at once."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, strategies as st

from govlang.core.rules import leaves, whole
from govlang.core.verdict import evaluate
from govlang.pipeline import load
from govlang.record import ip
from govlang.record.entries import Proposal
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse_entries, parse_question
from govlang.tools import may
from govlang.tools.questions import day

LOADED = load(Path(__file__).with_name("constructs") / "assets.gov")

PARTIES = st.sampled_from(["Helios", "Norwind", "Cetra", "Jonas Frei", "Board Member", "Fjord"])
ASSETS = st.sampled_from(["Cell Model", "Coating Patent", "Furnace Design", "New Recipe", "Lost Thing"])
NAMES = st.sampled_from(["Q-1", "Q-2", "Q-3"])
SCOPES = st.builds(
    lambda purpose, field, territory: f"{purpose}{field}{territory}",
    st.sampled_from(["", " for research", " for commercial", " for pilot", " for military"]),
    st.sampled_from(["", " in field Storage", " in field Mobility"]), st.sampled_from(["", " in territory Europe"]),
)  # fmt: skip
FACTS = st.sampled_from(["", " with affiliates yes", " with public yes", " with required-by-law yes and notice-unlawful no"])
ACTS = st.one_of(
    st.builds(lambda a, s, f: f"use {a}{s}{f}", ASSETS, SCOPES, FACTS),
    st.builds(lambda a, s: f"request {a}{s}", ASSETS, SCOPES),
    st.builds(lambda a, to, s, f: f"sublicense {a} to {to}{s}{f}", ASSETS, PARTIES, SCOPES, FACTS),
    st.builds(lambda a, to, how, s: f"license {a} to {to}{how}{s}", ASSETS, PARTIES, st.sampled_from(["", " exclusively"]), SCOPES),
    st.builds(lambda a, to: f"assign {a} to {to}", ASSETS, PARTIES),
    st.builds(lambda a, f: f"publish {a}{f}", ASSETS, FACTS),
    st.builds(lambda a, to, f: f"disclose {a} to {to}{f}", ASSETS, PARTIES, FACTS),
)  # fmt: skip
DEEDS = st.one_of(
    ACTS.filter(lambda act: not act.startswith("assign")),
    st.builds(lambda act, name: f"asks to {act} as {name}", ACTS, NAMES),
    st.builds(lambda a, to: f"assigns {a} to {to}", ASSETS, PARTIES),
    st.builds(lambda a: f"makes {a}", ASSETS), st.builds(lambda a: f"marks {a} confidential", ASSETS),
    st.builds(lambda a: f"delists {a}", ASSETS), st.builds(lambda a: f"lists {a} as sideground", ASSETS),
    st.builds(lambda name: f"approves {name}", NAMES), st.builds(lambda name: f"gives notice of {name}", NAMES),
    st.builds(lambda name: f"records terms-agreed on {name}", NAMES), st.just("terminates Storage Licence"),
    st.just("is in default"), st.just("leaves the agreement"), st.just("ends the agreement"),
)  # fmt: skip
BOOKS = st.lists(st.tuples(st.integers(0, 11), PARTIES, DEEDS), max_size=8).map(
    lambda lines: "".join(f"2026-{month + 1:02}-10  {who} {what}\n" for month, who, what in sorted(lines))
)


def asked(words: str) -> n.Deed:
    question, problems = parse_question(Source("question", words))
    assert question is not None, problems
    return question


@given(BOOKS, PARTIES, ACTS, st.sampled_from(["2026-02-10", "2026-07-10", "2027-06-30", "2030-01-01", "2034-06-01"]))
def test_any_question_has_one_answer(book: str, who: str, act: str, on: str) -> None:
    deeds, problems = parse_entries(Source("x.minutes", book))
    assert not problems, problems
    history = LOADED.history(deeds)
    question = asked(f"{who} {act}")
    first, again = (may.answer(LOADED, history, question, day(on)) for _ in range(2))
    assert first == again
    assert bool(first.because) == (first.verdict.value == "denied")
    assert first.citations or first.verdict.value == "silent"
    if first.verdict.value == "pending":
        assert first.missing
    _never_both(history, question, day(on))


def _never_both(history: History, question: n.Deed, on: n.Moment) -> None:
    facts = ip.facts_of(history, n.Deed(question.kind, on, question.actors, question.target, question.other, question.word,
                                        facts=question.facts, names=question.names), question.kind)  # fmt: skip
    if facts["asset"] not in history.assets:
        return
    judge = Judge(LOADED.rules, history)
    for name in LOADED.agreement.rights:
        proposal = Proposal("?", name, (question.actors[0].text,), on, facts, question)
        judged = judge.judge_by(name, proposal, on.end)
        assert judged.rule is not None
        for leaf in leaves(whole(judged.rule)):
            assert not (evaluate(leaf.met, judged.row) is True and evaluate(leaf.failed, judged.row) is True), leaf.label


@given(BOOKS, PARTIES, ACTS)
def test_a_fact_that_nobody_looks_at_changes_nothing(book: str, who: str, act: str) -> None:
    history = LOADED.history(parse_entries(Source("x.minutes", book))[0])
    joined = " and" if " with " in act else " with"
    plain, more = (may.answer(LOADED, history, asked(words), day("2026-08-01"))
                   for words in (f"{who} {act}", f"{who} {act}{joined} from-backup yes"))  # fmt: skip
    assert plain.verdict is more.verdict
