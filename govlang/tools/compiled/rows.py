"""Rows of proposals on record: what the facts of a proposal are on a day, by column.

In: a compiled agreement with a record, the name of a proposal, a day. Out: the row that the interpreter would judge, so that what
is compiled can be asked about what is on record, and compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govlang.backends.plan import plan
from govlang.core.rules import Rule
from govlang.diagnostics import did_you_mean
from govlang.record import calendar
from govlang.record.facts import Row
from govlang.record.history import History
from govlang.record.judge import Judge
from govlang.tools import books
from govlang.tools.questions import NoAnswer, day, readable

if TYPE_CHECKING:
    from govlang.tools.compiled.compiled import Compiled


def row(compiled: Compiled, proposal: str, on: str, decision: str = "") -> dict[str, Any]:
    """The values of a proposal. Where several rights cover what is proposed, those of each stand under its name, unless one of them
    is named. Raises NoAnswer."""
    loaded = compiled.source.loaded
    book = books.read_books(compiled.records, loaded.agreement)
    readable(book)
    history = books.history(book, loaded.agreement)
    if proposal not in history.proposals:
        raise NoAnswer(f"nothing called '{proposal}' was proposed", did_you_mean(proposal, history.proposals))
    now = calendar.localise(day(on), loaded.agreement.header).end
    judge = Judge(loaded.rules, history)
    found = history.proposals[proposal]
    view = judge.view(found, now)
    governing = {rule.decision: (rule, facts) for rule, facts in judge.governing(found, now)}
    if decision:
        if decision not in governing:
            raise NoAnswer(f"'{decision}' does not govern '{proposal}'", f"what does: {', '.join(governing) or 'nothing'}")
        return values(view, *governing[decision])
    rows = {name: values(view, rule, facts) for name, (rule, facts) in governing.items()}
    return next(iter(rows.values())) if list(rows) == [found.decision] else rows


def values(view: History, rule: Rule, facts: Row) -> dict[str, Any]:
    """The values of one right by column; what is not known is left out."""
    decision = view.agreement.right(rule.decision)
    assert decision is not None
    planned = plan(rule, decision)
    found = {name: facts.value(key) for name, key in planned.keys.items()}
    return {name: value for name, value in found.items() if value is not None}
