"""govlang's reference interpreter, asked the same: the specification, which is meant to be read and not to be fast.

In: a number of rights, facts by column. Out: an engine. The rights are written in the language, lowered and planned; one is judged
by `core.verdict` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peers import rule
from peers.facts import unknown_columns, values
from peers.rule import Engine, NotReady, Request, Told

from govlang.backends.plan import Right, Values, plan
from govlang.core.rules import Every, Leaf, Pick, Tree
from govlang.core.verdict import State, Verdict, evaluate, state, verdict
from govlang.pipeline import load_text

NAMES = {"term": "term", "withdrawn": "standing", "proposer": "proposer", "quorum": "quorum", "threshold": "majority",
         "veto": "veto", "approval of Programme Manager": "approval", "approval of every party": "parties"}  # fmt: skip

Asked = tuple[str, dict[str, Any]]
Answer = tuple[Verdict, list[tuple[Leaf | None, State]]]


def prepare(count: int) -> dict[str, Right]:
    """The rights, from the text."""
    loaded = load_text(rule.text(count))
    decisions = loaded.agreement.decisions
    found = {name: plan(loaded.rules.rule(name), decision).right for name, decision in decisions.items()}
    some = rule.requests(1, 1, lambda _: "permitted")[0]
    unknown = unknown_columns(found[rule.name(0)].columns, some)
    if unknown:
        raise NotReady(f"facts.py has no value for {', '.join(unknown)}")
    return found


def shape(prepared: Any, request: Request) -> Asked:
    """The right and the facts."""
    return request["right"], values(request)


def yes_no(prepared: dict[str, Right], asked: Asked) -> bool:
    """Whether it is permitted."""
    return verdict(prepared[asked[0]].tree, Values(asked[1])) is Verdict.PERMITTED


def with_reasons(prepared: dict[str, Right], asked: Asked) -> Answer:
    """The verdict, and each requirement of the tier that applies with its state; None where it is not known which applies."""
    tree, row = prepared[asked[0]].tree, Values(asked[1])
    return verdict(tree, row), list(_states(tree, row))


def _states(tree: Tree, row: Values) -> Iterator[tuple[Leaf | None, State]]:
    match tree:
        case Leaf():
            yield tree, state(tree, row)
        case Every(items):
            for item in items:
                yield from _states(item, row)
        case Pick(branches):
            for branch in branches:
                fits = evaluate(branch.condition, row)
                if fits is None:
                    yield None, State.OPEN
                    return
                if fits:
                    yield from _states(branch.tree, row)
                    return


def named(kind: str, label: str) -> str:
    """A requirement in the words common to all engines."""
    return NAMES.get(kind) or NAMES[label]


def told(answer: Answer) -> Told:
    """The answer in common words."""
    found, states = answer
    unmet = (named(leaf.kind, leaf.label) if leaf else "amount" for leaf, reached in states if reached is not State.MET)
    return Told(found.value, frozenset(unmet))


CAN = {"pending": "yes", "missing": "yes", "reasons": "all, with states", "money": "exact, with currency"}
ENGINE = Engine("govlang, reference", prepare, yes_no, with_reasons, told, CAN, shape)
