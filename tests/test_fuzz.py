"""What the grammar allows, what it does not, and whatever may stand in a record: never a traceback, always a place and a remedy.

The same examples on every run (see `conftest.py`). A seed in a failure says what to look at: `Speaker(seed)` says it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

from fuzzing import GIVEN, WORLD, Speaker, spoil
from hypothesis import given, settings, strategies as st

from govlang.backends.answers import Answer, Item
from govlang.codes import CODES
from govlang.core.rules import failed, leaves, met
from govlang.core.verdict import Verdict, evaluate
from govlang.diagnostics import Diagnostic
from govlang.pipeline import Loaded, load, load_text
from govlang.record import jsonl, minutes
from govlang.record.history import History
from govlang.record.judge import Judge, Judged
from govlang.source import Source
from govlang.syntax import literals, nodes as n
from govlang.syntax.literals import moment
from govlang.syntax.parse import parse, parse_entries
from govlang.tools.check import check
from govlang.tools.decide import decide

ROOT = Path(__file__).parents[1]
SEEDS = st.integers(0, 2**32)
DAYS = ("2026-01-06", "2026-02-09", "2026-02-20", "2026-03-31", "2031-01-01")
PROPOSED = """2026-01-05 Ana proposes Spend as P-1
  amount 50 EUR
  year 2026
  flag yes
  day 2026-03-03
  payee "X"
  related Norwind
  level low
"""


def world(statements: list[str]) -> str:
    """An agreement with these statements in one of its decisions."""
    lines = [f"  {line}" for statement in statements for line in statement.splitlines()]
    decisions = f"decision Spend\n{GIVEN}{chr(10).join(lines)}\n\ndecision Adopt\n{GIVEN}  requires nothing\n"
    return f"# 4.1 Payments\n\n```gov\n{WORLD}\n{decisions}```\n"


def sound_world(speaker: Speaker) -> Loaded:
    """An agreement with up to four statements, each of which resolves."""
    kept: list[str] = []
    for _ in range(4):
        said = speaker.say("statement")
        if load_text(world([*kept, said]), "x.gov.md").sound:
            kept.append(said)
    return load_text(world(kept), "x.gov.md")


def well_placed(found: tuple[Diagnostic, ...], source: Source) -> None:
    """Every message has a known code, words, a remedy and a place inside its file."""
    for diagnostic in found:
        assert diagnostic.code in CODES, diagnostic
        assert diagnostic.message, diagnostic.code
        assert diagnostic.hint, diagnostic
        assert diagnostic.source is not None, diagnostic
        if diagnostic.source == source:
            assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(source.text) + 1, diagnostic
        _, line, column = diagnostic.place()
        assert line >= 1, diagnostic
        assert column >= 1, diagnostic


def items(item: Item | None) -> Iterator[Item]:
    """An item and everything under it."""
    if item is not None:
        yield item
        for child in item.items:
            yield from items(child)


def answers(loaded: Loaded, history: History) -> Iterator[Answer]:
    """The answers about everything proposed, on several days."""
    for name in history.proposals:
        for day in DAYS:
            yield decide(loaded, history, name, moment(day))


def holds_together(answer: Answer) -> None:
    """What must be true of every answer."""
    assert answer.verdict in Verdict
    if answer.verdict is Verdict.PENDING:
        assert answer.missing, "a pending answer says what is missing"
    if answer.verdict is Verdict.DENIED and not answer.ambiguous:
        assert answer.because, "a denial cites what failed"
    for item in answer.because:
        assert item.citation.document
    for path in answer.paths:
        # a way to yes asks for approvals, or that nobody refuses where silence counts for
        assert path.approvals or any("silence counts for" in step for step in path.steps)
    assert len({item.id for item in items(answer.requirement) if item.id}) > 0 or answer.requirement is None


def never_both(judged: Judged) -> None:
    """No requirement, and no rule as a whole, is met and failed at once."""
    if judged.tree is not None:
        for tree in (judged.tree, *leaves(judged.tree)):
            assert (evaluate(met(tree), judged.row), evaluate(failed(tree), judged.row)) != (True, True), tree


# ---------------------------------------------------------------- the grammar, from itself


@settings(max_examples=400)
@given(SEEDS)
def test_whatever_the_grammar_allows_is_read(seed: int) -> None:
    speaker = Speaker(seed)
    said = speaker.say("clause", 14)
    source = Source("said.gov", said)
    file = parse(source)
    assert len(file.clauses) + len(file.diagnostics) == 1, said
    for found in file.diagnostics:  # only values can be wrong: 1/0, 101%, two `seats`, no weekday
        assert found.code in ("GL009", "GL201", "GL206", "GL314", "GL005"), (found, said)
    well_placed(load_text(said, "said.gov").diagnostics, source)


@settings(max_examples=150)
@given(SEEDS)
def test_whatever_the_grammar_allows_can_be_checked_and_asked(seed: int) -> None:
    speaker = Speaker(seed)
    loaded = sound_world(speaker)
    checked = check(loaded)
    well_placed(checked.diagnostics, loaded.source)
    book = Source("said.minutes", PROPOSED + "".join(speaker.deed() for _ in range(12)))
    events, _ = parse_entries(book)
    history = loaded.history(events, book)
    well_placed(tuple(history.diagnostics), book)
    for answer in answers(loaded, history):
        holds_together(answer)
    for proposal in history.proposals.values():
        never_both(Judge(loaded.rules, history).judge(proposal, moment(DAYS[1]).end))


# ---------------------------------------------------------------- what the grammar does not allow


def texts() -> list[tuple[str, str]]:
    """Agreements, templates, constructs and documentation, with the names they are read under."""
    places = [
        *ROOT.glob("agreements/*.gov.md"), *ROOT.glob("govlang/templates/*.md"), *ROOT.glob("tests/constructs/*.gov"),
        *ROOT.glob("docs/**/*.md"),
    ]  # fmt: skip
    named = [(path.name.replace(".md", ".gov.md") if ".gov" not in path.name else path.name, path) for path in sorted(places)]
    return [(name, path.read_text(encoding="utf-8")) for name, path in named]


TEXTS = texts()


def part_of(text: str, random: Random) -> str:
    """The first sections of a long text and a few of the others, so that an example is read quickly."""
    sections = text.split("\n#")
    kept = [section for index, section in enumerate(sections) if index < 6 or random.random() < 0.15]
    return "\n#".join(kept)


@settings(max_examples=400)
@given(st.integers(0, len(TEXTS) - 1), SEEDS)
def test_a_spoilt_text_gets_messages_with_a_place_and_a_remedy(index: int, seed: int) -> None:
    name, text = TEXTS[index]
    random = Random(seed)
    loaded = load_text(spoil(part_of(text, random), random), name)
    well_placed(check(loaded).diagnostics, loaded.source)


@settings(max_examples=400)
@given(SEEDS)
def test_a_spoilt_minute_book_gets_messages_with_a_place_and_a_remedy(seed: int) -> None:
    speaker = Speaker(seed)
    text = spoil(PROPOSED + "".join(speaker.deed() for _ in range(8)), speaker.random)
    source = Source("spoilt.minutes", text)
    events, found = parse_entries(source)
    history = FUZZED.history(events, source)
    well_placed((*found, *history.diagnostics), source)


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_at_all_is_answered_with_messages(text: str) -> None:
    loaded = load_text(text, "any.gov")
    well_placed(loaded.diagnostics, loaded.source)
    assert not loaded.sound


# ---------------------------------------------------------------- written and read back


@settings(max_examples=400)
@given(SEEDS)
def test_what_is_written_is_read_back(seed: int) -> None:
    """Dates, amounts, shares, names and texts survive both forms of a record."""
    events, found = parse_entries(Source("said.minutes", Speaker(seed).deed()))
    if found:  # 1.5 times
        return
    again, found = parse_entries(Source("again.minutes", minutes.write(events)))
    assert not found
    assert again == events
    lines = "".join(jsonl.line(event) for event in events)
    back, found = jsonl.parse(Source("said.jsonl", lines), FUZZED.agreement)
    if not found:  # a fact of another type than the agreement says is refused there
        assert "".join(jsonl.line(event) for event in back) == lines


@given(st.fractions(min_value=0, max_value=10**12, max_denominator=100))
def test_numbers_and_amounts_are_exact(value: Fraction) -> None:
    hundredths = value.limit_denominator(1) + Fraction(value.numerator % 100, 100)
    written = f"{Decimal(hundredths.numerator) / Decimal(hundredths.denominator):,.2f}"
    assert literals.number(written) == hundredths
    assert literals.percent(f"{written}%") == hundredths / 100
    amount = literals.money(f"{written} EUR")
    assert literals.money(str(amount)) == amount
    assert Fraction(amount.amount) == hundredths


@given(st.datetimes(min_value=datetime(literals.FIRST_YEAR, 1, 1), max_value=datetime(literals.LAST_YEAR, 1, 1)), st.booleans())
def test_dates_are_read_back(at: datetime, whole_day: bool) -> None:
    start = at.replace(hour=0, minute=0) if whole_day else at
    written = n.Moment(start.replace(second=0, microsecond=0), whole_day=whole_day)
    assert moment(str(written)) == written


# ---------------------------------------------------------------- whatever may stand in a record

FUZZED = load_text(world(["proposed by any person", "requires at least 2 of Board", "open for 20 days"]), "x.gov.md")
ALLIANCE = load(ROOT / "agreements" / "alliance.gov.md")
BOARDROOM = ["Ana Ruiz", "Ben Okafor", "Kadri Tamm", "Lea Berg", "Tom Brandt", "Helios", "Norwind", "Tallinn Cells", "Director",
             "Chair", "Programme Manager", "Technical Lead", "Jonas Frei", "Ingrid Dahl", "Marta Nowak", "Nobody"]  # fmt: skip


def alliance_book(random: Random) -> str:
    """Lines of a minute book about decisions of the alliance: in any order, by anyone, twice, too early, too late."""
    lines = []
    for number, decision in enumerate(random.sample(sorted(ALLIANCE.agreement.decisions), 4), start=1):
        who = random.choice(BOARDROOM)
        lines.append(f"2026-02-0{number} {who} proposes {decision} as P-{number}\n  amount {random.randint(1, 300)},000 EUR\n")
    deeds = ["votes for {p}", "votes against {p}", "abstains on {p}", "approves {p}", "refuses {p}", "vetoes {p} because \"no\"",
             "objects to {p}", "withdraws {p}", "withdraws vote on {p}", "withdraws veto on {p}", "seconds {p}", "opens {p}",
             "closes {p}", "extends {p} until 2026-04-01", "restarts {p}", "advises on {p}", "gives notice of {p}",
             "waives notice of {p}", "gives proxy to Ana Ruiz on {p}", "declares conflict on {p}", "finds imminent-harm on {p}",
             "records minutes-sent on {p}", "is absent from {p}", "is present at M-1", "votes for {p} on behalf of Helios",
             "removes Ana Ruiz as Director", "appoints Ana Ruiz as Chair", "delegates Chair to Tom Brandt", "resigns as Chair",
             "joins Technical Board", "leaves Technical Board", "revokes Chair from Tom Brandt"]  # fmt: skip
    for _ in range(25):
        line = random.choice(deeds).format(p=f"P-{random.randint(1, 5)}")
        lines.append(f"2026-0{random.randint(1, 4)}-{random.randint(1, 28):02} {random.choice(BOARDROOM)} {line}\n")
    lines.append("2026-02-20 meeting of Steering Committee as M-1\n  present Ana Ruiz, Ben Okafor\n  agenda P-1, P-2\n")
    if random.random() < 0.5:
        lines.sort()
    else:
        random.shuffle(lines)
    return "".join(lines)


@settings(max_examples=60)
@given(SEEDS)
def test_any_record_of_the_alliance_can_be_asked_about(seed: int) -> None:
    source = Source("any.minutes", alliance_book(Random(seed)))
    events, found = parse_entries(source)
    assert not found
    history = ALLIANCE.history(events, source)
    well_placed(tuple(history.diagnostics), source)
    again = ALLIANCE.history(events, source)
    for name, proposal in history.proposals.items():
        now = moment("2026-03-01").end
        never_both(Judge(ALLIANCE.rules, history).judge(proposal, now))
        answer = decide(ALLIANCE, history, name, moment("2026-03-01"))
        holds_together(answer)
        assert decide(ALLIANCE, history, name, moment("2026-03-01")) == answer, "asked twice, the same"
        assert decide(ALLIANCE, again, name, moment("2026-03-01")) == answer, "read twice, the same"


COUNCIL = "".join(f"\nperson E{number}\n" for number in range(7))
SIMPLE = """agreement Simple
  version 1
{people}
body Council
  members {names}

decision Act
  {settings}
  requires {requirement}
"""


@settings(max_examples=120)
@given(
    st.sampled_from(["at least 4 of Council", "more than half of all members in Council", "approval of every Council"]),
    st.sampled_from(["silence counts for", "silence counts against", "abstention counts nothing"]),
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["for", "against", "abstain"])), max_size=7),
    st.integers(0, 6),
)
def test_one_more_vote_for_never_makes_it_worse(
    requirement: str, setting: str, cast: list[tuple[int, str]], more: int
) -> None:
    names = [f"E{number}" for number in range(7)]
    joined = ", ".join(names[:-1]) + f" and {names[-1]}"
    loaded = load_text(SIMPLE.format(people=COUNCIL, names=joined, settings=setting, requirement=requirement))
    rank = {Verdict.DENIED: 0, Verdict.PENDING: 1, Verdict.PERMITTED: 2}
    target = n.Name("P")
    deeds = [n.Deed("propose", moment("2026-01-01"), (n.Name("E0"),), target, n.Name("Act"))]
    first = dict(reversed(cast))
    deeds += [n.Deed("ballot", moment("2026-01-02"), (n.Name(f"E{who}"),), target, choice=what) for who, what in first.items()]
    before = decide(loaded, loaded.history(deeds), "P", moment("2026-01-05"))
    if more not in first:
        deeds.append(n.Deed("ballot", moment("2026-01-03"), (n.Name(f"E{more}"),), target, choice="for"))
    after = decide(loaded, loaded.history(deeds), "P", moment("2026-01-05"))
    assert rank[after.verdict] >= rank[before.verdict]
    holds_together(before)
    for path in before.paths:
        approving = [n.Deed("ballot", moment("2026-01-04"), (n.Name(name),), target, choice="for") for name in path.approvals]
        if not path.approvals:  # a way by silence leads to yes once voting is closed and nobody refused
            approving = [n.Deed("close", moment("2026-01-04"), (n.Name("E0"),), target)]
        settled = decide(loaded, loaded.history([*deeds[: len(first) + 1], *approving]), "P", moment("2026-01-05"))
        assert settled.verdict is Verdict.PERMITTED, "a path to yes leads to yes"


# ---------------------------------------------------------------- the same bytes on every run

SCRIPT = """
import sys
from random import Random
from govlang.source import Source
from govlang.syntax.parse import parse_entries
from fuzzing import Speaker, spoil
from test_fuzz import ALLIANCE, TEXTS, alliance_book, answers, part_of, sound_world
from govlang.pipeline import load_text
from govlang.tools.check import check
for seed in range(3):
    random = Random(seed)
    name, text = TEXTS[seed]
    print(*check(load_text(spoil(part_of(text, random), random), name)).diagnostics, sep="\\n")
    events, _ = parse_entries(Source("any.minutes", alliance_book(Random(seed))))
    print(*answers(ALLIANCE, ALLIANCE.history(events)), sep="\\n")
    print(check(sound_world(Speaker(seed))).diagnostics)
"""


def test_the_same_bytes_come_out_under_any_hash_seed() -> None:
    outputs = set()
    for seed in ("0", "1", "4711"):
        environment = {
            **os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
        }  # fmt: skip
        done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=False, cwd=ROOT, env=environment)
        assert done.returncode == 0, done.stderr.decode()
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000
