"""Which of the two kinds a log is, and what it lacks: in the words of that kind, and as few as will do.

In: the columns of a log, the plans of the decisions in it. Out: whether it holds votes or counts; one message for each column of
votes that is missing (with the decisions that need it), or for each decision whose counts are missing (with the columns).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from govlang.backends.plan import Planned
from govlang.core import keys as k
from govlang.diagnostics import Diagnostic
from govlang.model.nodes import Agreement
from govlang.record import logged
from govlang.tools.columnar.plans import Plans, governing

RAW = ("ballots", "closed", "noticed", "present", "absent", "acts", "vetoes", "objections")  # what only a log of votes has
TEXTS = ("VARCHAR", "STRING")
TYPES = {
    "count": "a whole number", "number": "a number", "money": "an amount", "yesno": "yes or no", "text": "a text",
    "instant": "a date", "duration": "a length of time", "names": "names",
}  # fmt: skip
PLAIN = (k.InTerm, k.Now, k.Withdrawn, k.Given)  # what needs no counting
_ELSEWHERE = (k.Total, k.Adopted, k.UnderWay, k.Ratified, k.Reference)  # what other rows say: a log of votes may give it itself
_VOTES = (k.Tally, k.Attendance, k.Voted, k.Distinct, k.Matching)
_SAME = ("members", "other members", "fixed seats")
MOST = 5


def of_votes(columns: Mapping[str, str], plans: Plans, present: Collection[str]) -> bool:
    """Whether a log holds votes: it has a column that says what was done, or none that was counted, where something is counted."""
    if any(name in columns for name in RAW):
        return True
    found = [(column.name, planned.keys[column.name]) for text in plans.texts for name in sorted(present)
             for right in governing(text, name, True) for planned in (plans.of(text, right),)
             for column in planned.right.columns]  # fmt: skip
    counted = [name for name, key in found if not isinstance(key, PLAIN)]
    own = [name for name, key in found if not isinstance(key, (*PLAIN, *_ELSEWHERE)) and name not in logged.COLUMNS]
    if any(name.lower() in columns for name in own):
        return False
    decisions = any(name in text.decisions or name in each.acts for name in present for text in plans.texts
                    for each in text.decisions.values())  # fmt: skip
    return columns.get("meeting", "") in TEXTS or (bool(counted) and decisions)


def counts_votes(keys: Iterable[k.Key]) -> bool:
    """Whether it makes a difference who voted how."""
    return any(isinstance(key, _VOTES) and not (isinstance(key, k.Tally) and key.measure in _SAME) for key in keys)


def asks_proposer(keys: Iterable[k.Key]) -> bool:
    """Whether it makes a difference who proposed it."""
    return any(isinstance(key, k.ProposerIn | k.Proposers) for key in keys)


class Lacks:
    """What a log lacks, collected."""

    def __init__(self, plans: Plans, columns: Mapping[str, str]) -> None:
        self.plans, self.columns = plans, columns
        self._votes: dict[str, tuple[str, dict[str, None], dict[str, None]]] = {}
        self._counts: dict[str, dict[str, k.Column]] = {}
        self._undated: set[str] = set()

    def of_votes(self, decision: str, planned: Planned, text: Agreement, facts: Iterable[str], own: Collection[str]) -> bool:
        """Notes what a log of votes lacks for a right: facts, who proposed it, who voted. Says whether there is anything."""
        columns = {column.name: column for column in planned.right.columns}
        missing = False
        for name in facts:
            key = planned.keys[name]
            column = key.name.replace("-", "_") if isinstance(key, k.Given) else name
            self._vote(column, f"{columns[name].about}: {TYPES[columns[name].type]}", decision)
            missing = True
        counted = [key for name, key in planned.keys.items() if name in columns and name not in own]
        if "proposed_by" not in self.columns and asks_proposer(counted):
            self._vote("proposed_by", "who proposed it", decision)
            missing = True
        if "ballots" not in self.columns and counts_votes(counted):
            self._vote("ballots", "who voted how", decision, self.plans.electors(text, planned))
            missing = True
        return missing

    def _vote(self, column: str, what: str, decision: str, of: Iterable[str] = ()) -> None:
        _, decisions, electors = self._votes.setdefault(column, (what, {}, {}))
        decisions[decision] = None
        electors.update(dict.fromkeys(of))

    def of_counts(self, decision: str, columns: Iterable[k.Column], undated: bool) -> None:
        """Notes what a log of counts lacks for a right."""
        self._counts.setdefault(decision, {}).update((column.name, column) for column in columns)
        if undated:
            self._undated.add(decision)

    def diagnostics(self) -> list[Diagnostic]:
        """The messages."""
        return [*map(self._of_column, self._votes), *map(self._of_decision, self._counts)]

    def _of_column(self, name: str) -> Diagnostic:
        what, decisions, electors = self._votes[name]
        need = "needs" if len(decisions) == 1 else "need"
        message = f"the log has no column '{name}' ({what}), which {some(list(decisions))} {need}"
        hint = "give it, with empty cells where it is not known"
        if name == "ballots":
            hint = (f"it counts votes of {some(list(electors))}; give an empty one if nobody voted, or name a table of votes with "
                    "--ballots")  # fmt: skip
        return Diagnostic("GL702", message, None, hint=hint)

    def _of_decision(self, name: str) -> Diagnostic:
        columns = list(self._counts[name].values())
        listed = some([f"'{column.name}' ({TYPES[column.type]})" for column in columns])
        message = f"the log has no {'column' if len(columns) == 1 else 'columns'} {listed}, which {name} needs"
        if len(columns) <= 2:
            hint = "; ".join(f"{column.name} says: {column.about}" for column in columns)
        else:
            hint = f'--columns "{name}" says what each is for; or give votes instead (a column \'ballots\'), and they are counted'
        hint += "; or add the column 'decided', from which it follows" if name in self._undated else ""
        return Diagnostic("GL702", message, None, hint=hint)


def some(items: list[str]) -> str:
    """The first few of a list, in words."""
    if len(items) > MOST + 1:
        return f"{', '.join(items[:MOST])} and {len(items) - MOST} more"
    return " and ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)
