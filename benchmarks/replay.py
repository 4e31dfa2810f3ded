"""A record that grows for years: reading it, taking it in, judging every proposal of it once.

`python benchmarks/replay.py [EVENTS ...]` (10,000 and 100,000 unless said otherwise). In: a made-up record, the same for the
same number of events. Out: events a second and memory an event for each step, beside a bare loop of `json.loads` over
the same lines.
"""

from __future__ import annotations

import json
import random
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from govlang.pipeline import Loaded, load_text  # noqa: E402 - the folder above comes first
from govlang.record import jsonl  # noqa: E402
from govlang.record.history import History  # noqa: E402
from govlang.record.judge import Judge  # noqa: E402
from govlang.source import Source  # noqa: E402
from govlang.syntax import nodes as n  # noqa: E402
from govlang.syntax.parse import parse_entries  # noqa: E402

TEXT = """agreement Long Alliance
  version 1
  effective 2000-01-01
  currency EUR

parties Helios, Norwind, Fjord

role Director
  any number
  appointed by party
  speaks for its party

role Chair
  one, held by Dee Wu

body Board
  members every Director
  quorum half of all members

decision Commit Spend
  given amount: money, supplier: text, urgent: yes or no determined by Chair
  proposed by any Director
  open for 5 days
  requires total amount per supplier in 30 days at most 5,000,000 EUR
  when amount at most 50,000 EUR
    requires approval of Chair
  otherwise
    requires more than half of votes cast in Board
    requires no veto by Chair within 2 days
  lapses after 90 days

decision Publish
  given title: text
  proposed by any Director
  open for 5 days
  requires majority of votes cast in Board
  requires checked recorded by Chair

decision Approve Plan
  given year: number
  proposed by any Director
  open for 5 days
  requires no Approve Plan under way
  requires at least two thirds of all members in Board
"""
PARTIES = ("Helios", "Norwind", "Fjord")


def events(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """A made-up record: appointments, meetings, proposals with ballots, approvals, findings, acts."""
    chance = random.Random(seed)
    now = datetime(2000, 1, 3)
    holders = {party: f"{party} Director 1" for party in PARTIES}
    for party, who in holders.items():
        yield {"at": f"{now:%Y-%m-%d}", "event": "appoint", "by": party, "who": who, "as": "Director"}
    made, number = len(PARTIES), 0
    while made < count:
        number += 1
        if number % 10 == 0:
            now += timedelta(days=1)
        if number % 400 == 0:
            party = chance.choice(PARTIES)
            day = f"{now:%Y-%m-%d}"
            yield {"at": day, "event": "remove", "by": party, "who": holders[party], "as": "Director"}
            holders[party] = f"{party} Director {number}"
            yield {"at": day, "event": "appoint", "by": party, "who": holders[party], "as": "Director"}
            made += 2
        for event in _matter(chance, f"{now:%Y-%m-%d}", number, list(holders.values())):
            yield event
            made += 1


def _matter(chance: random.Random, day: str, number: int, people: list[str]) -> Iterator[dict[str, Any]]:
    name = f"S-{number}"
    kind = number % 20
    proposal: dict[str, Any] = {"at": day, "event": "propose", "by": people[0], "as": name}
    if kind == 19:
        yield {**proposal, "decision": "Approve Plan", "facts": {"year": number}}
    elif kind % 4 == 3:
        yield {**proposal, "decision": "Publish", "facts": {"title": f"Paper {number}"}}
    else:
        amount = f"{chance.choice((900, 20_000, 75_000))} EUR"
        facts = {"amount": amount, "supplier": f"Supplier {chance.randrange(200)}"}
        yield {**proposal, "decision": "Commit Spend", "facts": facts}
    if kind % 5 == 4:
        yield {"at": day, "event": "meeting", "body": "Board", "as": f"M-{number}", "present": people, "agenda": [name]}
    for who in people:
        yield {"at": day, "event": "vote", "by": who, "on": name, "choice": chance.choice(("for", "for", "against"))}
    if kind % 4 == 3:
        yield {"at": day, "event": "record", "by": "Dee Wu", "act": "checked", "on": name}
    elif kind % 2:
        yield {"at": day, "event": "find", "by": "Dee Wu", "fact": "urgent", "on": name}
    else:
        yield {"at": day, "event": "vote", "by": "Dee Wu", "on": name, "choice": "for"}


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of this process alone, since other work on the computer is no measure of ours; and what came of it."""
    before = time.process_time()
    result = action()
    return max(time.process_time() - before, 1e-6), result


def memory_of(action: Callable[[], Any]) -> int:
    """Bytes that what an action gives back takes up."""
    tracemalloc.start()
    kept = action()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size


def judged_once(loaded: Loaded, history: History) -> int:
    """Judges every proposal at its last event, in the order of the record."""
    judge = Judge(loaded.rules, history)
    for proposal in history.proposals.values():
        last = proposal.events[-1].at if proposal.events else proposal.at
        judge.verdict(proposal, last.end)
    return len(history.proposals)


def rows(count: int, watch: bool) -> Iterator[tuple[str, str]]:
    """The measures for one record."""
    loaded = load_text(TEXT)
    assert loaded.sound, loaded.diagnostics
    lines = [json.dumps(event) for event in events(count)]
    count = len(lines)
    source = Source("replay.jsonl", "\n".join(lines) + "\n")
    bare, _ = timed(lambda: [json.loads(line) for line in lines])
    reading, (deeds, found) = timed(lambda: jsonl.parse(source, loaded.agreement))
    assert not found, found[:3]
    taking, history = timed(lambda: History(loaded.agreement, deeds))
    assert not history.diagnostics, history.diagnostics[:3]
    judging, proposals = timed(lambda: judged_once(loaded, history))
    yield "bare `json.loads`", f"{count / bare:,.0f} events/s"
    yield "reading JSON lines", f"{count / reading:,.0f} events/s, {reading / bare:.1f} times `json.loads`"
    yield "taking in", f"{count / taking:,.0f} events/s, {taking / bare:.1f} times `json.loads`"
    yield "judging each proposal", f"{judging / proposals * 1e3:.2f} ms each, {count / judging:,.0f} events/s"
    yield "all of it", f"{reading + taking + judging:.1f} s"
    if watch:
        yield "memory, read", f"{memory_of(lambda: jsonl.parse(source, loaded.agreement)) / count:,.0f} bytes/event"
        beside = memory_of(lambda: History(loaded.agreement, deeds))
        yield "memory, taken in (beside what was read)", f"{beside / count:,.0f} bytes/event"


def minute_book(count: int) -> tuple[str, str]:
    """Reading the same as a minute book: every line goes through the grammar."""
    from govlang.record import minutes

    loaded = load_text(TEXT)
    text = "\n".join(json.dumps(event) for event in events(count)) + "\n"
    deeds: tuple[n.Deed, ...] = jsonl.parse(Source("replay.jsonl", text), loaded.agreement)[0]
    book = Source("replay.minutes", minutes.write(deeds))
    taken, (read, _) = timed(lambda: parse_entries(book))
    assert len(read) == len(deeds)
    return f"reading a minute book of {len(deeds):,} events", f"{len(deeds) / taken:,.0f} events/s"


def main(arguments: list[str]) -> int:
    """Prints a table for each size."""
    for count in [int(each.replace(",", "")) for each in arguments] or [10_000, 100_000]:
        print(f"{count:,} events")
        for name, value in rows(count, count <= 100_000):
            print(f"  {name:44}{value}")
    print("  {:44}{}".format(*minute_book(3_000)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
