"""What the codes of an audit mean: one whole number a row, as long as rows are counted and sorted.

In: planned rights, reasons. Out: numbers and what they say. Those from zero on are verdicts, right by right, as `backends.sql`
codes them; those below are bad rows; those from `UNSURE` down are rows to be judged by themselves.
"""

from __future__ import annotations

from govlang.backends.plan import Planned
from govlang.backends.sql import VERDICTS, endings
from govlang.core.reasons import Point
from govlang.core.verdict import Verdict
from govlang.frozen import dataclass

UNSURE = -1_000_000
CODE = "govlang_code"  # its column: names that begin so are none of a log
DISAGREE = "two clauses apply and disagree"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says: a verdict by a right and what it rests on, or (no verdict) why a row is a bad one."""

    verdict: Verdict | None
    right: str = ""
    requirement: str = ""
    clause: str = ""
    reason: str = ""


class Meanings:
    """The codes of one audit."""

    def __init__(self) -> None:
        self.listed: list[Meaning] = []
        self._places: dict[Meaning, int] = {}
        self._kinds: dict[int, dict[str, int]] = {-1: {}, UNSURE: {}}

    def of_right(self, planned: Planned) -> int:
        """The code from which on those of a right are counted."""
        base = len(self.listed)
        for point in (None, *endings(planned.right)):
            self.listed.extend(
                meaning(planned.right.name, planned.right.clause, verdict, point) for verdict in VERDICTS
            )
        return base

    def one(self, found: Meaning) -> int:
        """The code of one meaning."""
        if found not in self._places:
            self._places[found] = len(self.listed)
            self.listed.append(found)
        return self._places[found]

    def bad(self, reason: str) -> int:
        """The code of a bad row."""
        return -1 - self._kinds[-1].setdefault(reason, len(self._kinds[-1]))

    def unsure(self, reason: str) -> int:
        """The code of a row to be judged by itself."""
        return UNSURE - self._kinds[UNSURE].setdefault(reason, len(self._kinds[UNSURE]))

    @property
    def reasons(self) -> int:
        """How many reasons there are why a row is a bad one."""
        return len(self._kinds[-1])

    def said(self, code: int) -> Meaning:
        """What a code says."""
        if code >= 0:
            return self.listed[code]
        start = UNSURE if code <= UNSURE else -1
        return Meaning(None, reason=list(self._kinds[start])[start - code])

    def all(self) -> list[tuple[int, Meaning]]:
        """Every code."""
        below = [start - place for start, kinds in self._kinds.items() for place in range(len(kinds))]
        return [*((code, self.said(code)) for code in below), *enumerate(self.listed)]


def meaning(right: str, clause: str, verdict: Verdict, point: Point | None) -> Meaning:
    """A verdict in words."""
    if point is None:
        return Meaning(verdict, right, "", clause)
    return Meaning(verdict, right, point.label, point.citation.label() if point.citation.document else clause)
