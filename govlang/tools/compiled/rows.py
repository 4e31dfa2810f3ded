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
    """The values of a proposal. Where it is not the decision of that name that is asked about, those of each right stand under the
    right's name, unless one of them is named. Raises NoAnswer."""
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
    if view.agreement.header.version != compiled.about.version:
        raise NoAnswer(f"'{proposal}' is governed by version {view.agreement.header.version} on {on}, and this is version "
                       f"{compiled.about.version}", "compile the text of that day")  # fmt: skip
    about = {rule.decision: (rule, facts) for rule, facts in judge.about(found, now)}
    if decision and decision not in about:
        raise NoAnswer(f"'{decision}' is not about '{proposal}'", f"what is: {', '.join(about) or 'nothing'}")
    if decision or list(about) == [found.decision] or len(about) == 1:
        return values(view, *about[decision or next(iter(about))])
    return {name: values(view, rule, facts) for name, (rule, facts) in about.items()}


def values(view: History, rule: Rule, facts: Row) -> dict[str, Any]:
    """The values of one right by column; what is not known is left out."""
    decision = view.agreement.right(rule.decision)
    assert decision is not None
    planned = plan(rule, decision)
    found = {name: facts.value(key) for name, key in planned.keys.items()}
    return {name: value for name, value in found.items() if value is not None}
