"""An audit of a record that grows for years: every event taken in, every matter looked at once, every departure found.

`python benchmarks/audit.py [EVENTS ...]` (10,000 and 100,000 unless said otherwise). In: the made-up record of `replay.py`, in
which decisions are carried out too, and one in a hundred of them too early. Out: events a second, beside a bare loop of
`json.loads` over the same lines, and the memory that the audit keeps beside the events themselves.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import replay
from replay import memory_of, timed

from govlang.pipeline import load_text
from govlang.record import jsonl
from govlang.source import Source
from govlang.tools import audit, books
from govlang.tools.audit.context import Context


def events(count: int) -> Iterator[dict[str, Any]]:
    """The record of `replay.py`; small sums that the Chair approved are carried out, and one in a hundred before that."""
    small, number = "", 0
    for event in replay.events(count):
        if event["event"] == "propose":
            amount = event.get("facts", {}).get("amount", "")
            small = event["as"] if amount in ("900 EUR", "20000 EUR") else ""
            number += bool(small)
            if small and number % 100 == 0:
                yield event
                yield {"at": event["at"], "event": "carry-out", "by": "Dee Wu", "on": small}
                small = ""
                continue
        yield event
        if small and event["event"] == "vote" and event["by"] == "Dee Wu":
            yield {"at": event["at"], "event": "carry-out", "by": "Dee Wu", "on": small}


def rows(count: int, watch: bool) -> Iterator[tuple[str, str]]:
    """The measures for one record."""
    loaded = load_text(replay.TEXT)
    lines = [json.dumps(event) for event in events(count)]
    count = len(lines)
    source = Source("audit.jsonl", "\n".join(lines) + "\n")
    bare, *_ = timed(lambda: [json.loads(line) for line in lines])
    reading, *_, (deeds, _) = timed(lambda: jsonl.parse(source, loaded.agreement))
    book = books.Book(tuple(books.Entry(deed, source) for deed in deeds))
    taking, *_ = timed(lambda: Context(loaded, book, deeds[-1].at.end))
    auditing, *_, found = timed(lambda: audit.audit_book(loaded, book))
    yield "bare `json.loads`", f"{count / bare:,.0f} events/s"
    yield "reading JSON lines", f"{count / reading:,.0f} events/s"
    yield "taking in", f"{count / taking:,.0f} events/s"
    yield "audit, taking in included", f"{count / auditing:,.0f} events/s, {auditing / bare:.1f} times `json.loads`"
    yield "departures found", f"{len(found.departures):,}"
    yield "all of it", f"{reading + auditing:.1f} s"
    if watch:
        kept = memory_of(lambda: Context(loaded, book, deeds[-1].at.end))
        yield "memory, beside what was read", f"{kept / count:,.0f} bytes/event"


def main(arguments: list[str]) -> int:
    """Prints a table for each size."""
    for count in [int(each.replace(",", "")) for each in arguments] or [10_000, 100_000]:
        print(f"{count:,} events")
        for name, value in rows(count, count <= 100_000):
            print(f"  {name:44}{value}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
