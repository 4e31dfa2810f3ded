"""A compiled agreement: verdicts and answers by action.

In: plans (made from the text, or kept in a file). Out: `Compiled`. It never changes what it answers. What it makes on the way (a
plan, functions) is made when it is first asked for and would come out the same again, so threads share one without a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from govlang.backends.plan import Right
from govlang.backends.python import CompiledRight, Reasoned, compile_right
from govlang.backends.python.reasoned import Together
from govlang.core.expr import FALSE, Value
from govlang.core.governing import joined, left_standing
from govlang.core.keys import Column
from govlang.core.rules import Every
from govlang.core.verdict import Verdict
from govlang.diagnostics import did_you_mean
from govlang.tools.compiled.planned import About, Entry, Rights
from govlang.tools.questions import NoAnswer

Row = Mapping[str, Any]
T = TypeVar("T")
WRONG = (TypeError, AttributeError, ValueError)


class Compiled:
    """Ask `verdict`, `permits` or `answer` about an action and a row: its facts by column. What a row does not hold is not known.

    An action is the name of a decision, of an act that decisions cover, or of another right. Where several rights cover an act, a
    row may hold a mapping by the name of a right: values that are of that right alone.
    """

    def __init__(self, rights: Rights, records: tuple[str | Path, ...] = ()) -> None:
        self._rights = rights
        self.records = records
        self._made: dict[str, CompiledRight] = {}
        self._verdicts: dict[str, Callable[[Row], Verdict]] = {}
        self._permits: dict[str, Callable[[Row], bool]] = {}
        self._answers: dict[str, Callable[[Row], Reasoned]] = {}

    def __repr__(self) -> str:
        return f"Compiled({self.about.name!r}, {len(self.entries)} rights)"

    @property
    def about(self) -> About:
        """What agreement it is."""
        return self._rights.about

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The rights by name, in the order of the text; none of them is compiled for this."""
        return self._rights.entries

    @property
    def source(self) -> Rights:
        """Where its plans come from."""
        return self._rights

    # ------------------------------------------------------------ questions

    def verdict(self, action: str, row: Row) -> Verdict:
        """The verdict: silent where no right is about the action."""
        ask = self._verdicts.get(action)
        try:
            return ask(row) if ask is not None else self._verdict_of(action)(row)
        except WRONG as error:
            raise self._wrong(action, row, error) from error

    def permits(self, action: str, row: Row) -> bool:
        """Whether the action is permitted."""
        ask = self._permits.get(action)
        try:
            return ask(row) if ask is not None else self._permits_of(action)(row)
        except WRONG as error:
            raise self._wrong(action, row, error) from error

    def answer(self, action: str, row: Row) -> Reasoned:
        """The verdict with its reasons."""
        ask = self._answers.get(action)
        try:
            return ask(row) if ask is not None else self._answer_of(action)(row)
        except WRONG as error:
            raise self._wrong(action, row, error) from error

    def read(self, action: str, values: Row) -> dict[str, Any]:
        """A row from what JSON can say; see `reading`. Raises NoAnswer, naming the column and what it is for."""
        from govlang.tools.compiled.reading import read

        return read(self, action, values)

    def row(self, proposal: str, on: str, *, decision: str = "") -> dict[str, Any]:
        """The row of a proposal on record on a day; see `rows`. Raises NoAnswer."""
        from govlang.tools.compiled.rows import row

        return row(self, proposal, on, decision)

    # ------------------------------------------------------------ rights

    def right(self, name: str) -> CompiledRight:
        """A right by its own name. Raises NoAnswer for one that is not there."""
        found = self._made.get(name)
        if found is None:
            if name not in self.entries:
                raise NoAnswer(f"there is no right called '{name}'", did_you_mean(name, self.entries))
            found = self._made.setdefault(name, compile_right(self._rights.right(name)))
        return found

    def covering(self, action: str) -> tuple[str, ...]:
        """The rights that are about an action: the one of that name, or the decisions that cover it."""
        if action in self.entries:
            return (action,)
        return tuple(entry.name for entry in self.entries.values() if action in entry.acts)

    def columns(self, action: str) -> tuple[Column, ...]:
        """What an answer about an action looks at. Raises NoAnswer for an action that no right is about."""
        names = self.covering(action)
        if not names:
            known = {*self.entries, *(act for entry in self.entries.values() for act in entry.acts)}
            raise NoAnswer(f"no right is about '{action}'", did_you_mean(action, known))
        return tuple(dict.fromkeys(column for name in names for column in self._columns(name)))

    def _columns(self, name: str) -> tuple[Column, ...]:
        right = self.right(name).right
        return (*right.columns, *right.further)

    def prepare(self, *actions: str) -> Compiled:
        """Compiles some actions (all of them, if none is named) before they are asked for: in a parent, before it forks."""
        for name in actions or tuple(self.entries):
            for made in (self._verdict_of, self._permits_of, self._answer_of):
                made(name)({})
            for right in map(self.right, self.covering(name)):
                _ = right.reading
        return self

    # ------------------------------------------------------------ one function an action

    def _verdict_of(self, action: str) -> Callable[[Row], Verdict]:
        names = self.covering(action)
        if len(names) == 1:
            return self._verdicts.setdefault(action, self.right(names[0]).verdict)
        if not names:  # not kept: there is no end of actions that no right is about
            return lambda row: Verdict.SILENT
        return self._verdicts.setdefault(
            action, lambda row: joined([each.verdict(own) for each, own in self._governing(names, row)])
        )

    def _permits_of(self, action: str) -> Callable[[Row], bool]:
        names = self.covering(action)
        if len(names) == 1:
            return self._permits.setdefault(action, self.right(names[0]).permits)
        ask = self._verdict_of(action)
        return lambda row: ask(row) is Verdict.PERMITTED

    def _answer_of(self, action: str) -> Callable[[Row], Reasoned]:
        names = self.covering(action)
        if len(names) == 1:
            return self._answers.setdefault(action, self.right(names[0]).answer)
        nothing = compile_right(Right(action, Every(()), FALSE, (), ""))

        def answer(row: Row) -> Reasoned:
            answers = [each.answer(own) for each, own in self._governing(names, row)]
            if not answers:
                return nothing.answer(row)
            return Together(joined([each.verdict for each in answers]), answers) if len(answers) > 1 else answers[0]

        return self._answers.setdefault(action, answer) if names else answer

    def _governing(self, names: tuple[str, ...], row: Row) -> list[tuple[CompiledRight, Row]]:
        """The rights that apply to a row and that no other one overrides, each with the row as it sees it."""
        asked = []
        for name in names:
            each, own = self.right(name), row.get(name)
            seen: Mapping[str, Value] = {**row, **own} if isinstance(own, Mapping) else row
            if not each.silent(seen.get):
                asked.append((name, self.entries[name].overrides, (each, seen)))
        return left_standing(asked)

    def _wrong(self, action: str, row: object, error: Exception) -> Exception:
        """Why a row cannot be answered about: a value of another type than its column's; else the error itself."""
        from govlang.tools.compiled.reading import wrong_in

        return wrong_in(self, action, row) or error
