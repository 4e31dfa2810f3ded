"""What a requirement means, stripped of everything that words need not say: for the tests of injectivity.

In: leaves and rules of the core. Out: plain tuples that are equal exactly where the meaning is. Where a line stands, and which
clause it names, is no meaning; of the settings of a block only those count that the expression rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govlang.core import keys as k
from govlang.core.expr import All, Arithmetic, Compare, Expr, Fact, Literal, Not, all_of
from govlang.core.rules import AnyOf, Every, Leaf, Pick, Readings, Rule, Tree
from govlang.frozen import parts, replace
from govlang.model.nodes import Agreement, Scope
from govlang.syntax import nodes as n

TIMES = ("open_for", "open_until", "extension", "restart")
VOTES = (
    "recused",
    "conflicts",
    "abstention",
    "absence",
    "silence",
    "votes_may_change",
    "as_of",
    "carry_over",
    "not_delegable",
    *TIMES,
)
FLIPPED = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}
_NO_MEANING = (
    "span",
    "cite",
    "citation",
    "also",
    "scope",
    "unless",
    "except_when",
)  # what overrides a veto is said by itself


def of_leaf(agreement: Agreement, leaf: Leaf) -> object:
    """What a leaf means. That a meeting without a quorum loses no vote is what the quorum means, which is a leaf of its own."""
    failed = leaf.failed
    if leaf.kind == "threshold" and isinstance(failed, All):
        failed = all_of(*(item for item in failed.items if not _of_a_quorum(item)))
    return leaf.kind == "quorum", _expr(agreement, leaf.met), _expr(agreement, failed)


def _of_a_quorum(expr: Expr) -> bool:
    return any(isinstance(part, k.Attendance) for part in parts(expr))


def of_rule(agreement: Agreement, rule: Rule) -> object:
    """What a whole right means."""
    notes = tuple((_plain(agreement, note.line), _expr(agreement, note.when)) for note in rule.notifications)
    return (
        _tree(agreement, rule.tree),
        _tree(agreement, rule.after),
        _expr(agreement, rule.applies),
        notes,
    )


def _tree(agreement: Agreement, tree: Tree) -> object:
    match tree:
        case Leaf():
            return of_leaf(agreement, tree)
        case Every(items):
            found = tuple(part for item in items for part in _flat(agreement, item))
            return found[0] if len(found) == 1 else ("every", found)
        case AnyOf(items):
            return "any", tree.override, tuple(_tree(agreement, item) for item in items)
        case Pick(branches):
            return "pick", tuple((_expr(agreement, each.condition), _tree(agreement, each.tree)) for each in branches)
        case Readings(readings):
            return "readings", tuple((each.label, _tree(agreement, each.tree)) for each in readings)


def _flat(agreement: Agreement, tree: Tree) -> Iterator[object]:
    if isinstance(tree, Every):
        for item in tree.items:
            yield from _flat(agreement, item)
    else:
        yield _tree(agreement, tree)


def _expr(agreement: Agreement, expr: Expr) -> object:
    match expr:
        case Fact(key):
            return _key(agreement, key)
        case Not(Compare(op, left, right)):
            return _expr(agreement, Compare(FLIPPED[op], left, right))
        case Arithmetic("+", items):
            kept = [item for item in items if not _is(item, 0)]
            return (
                _expr(agreement, kept[0]) if len(kept) == 1 else ("+", tuple(_expr(agreement, item) for item in kept))
            )
        case Arithmetic("*", (factor, of)) if _is(factor, 1):
            return _expr(agreement, of)
        case Literal(value):
            return type(value).__name__, value
        case All(items):
            return "all", *(part for item in items for part in _flat_all(agreement, item))
        case _:
            parts = (getattr(expr, name) for name in _fields(expr))
            return type(expr).__name__, *(_part(agreement, part) for part in parts)


def _flat_all(agreement: Agreement, item: Expr) -> Iterator[object]:
    if isinstance(item, All):
        for each in item.items:
            yield from _flat_all(agreement, each)
    else:
        yield _expr(agreement, item)


def _part(agreement: Agreement, part: object) -> object:
    if isinstance(part, tuple):
        return tuple(_part(agreement, each) for each in part)
    return _expr(agreement, part) if isinstance(part, Expr) else _plain(agreement, part)


def _fields(value: object) -> tuple[str, ...]:
    return tuple(getattr(type(value), "__record_fields__", ()))


def _is(expr: Expr, value: int) -> bool:
    return isinstance(expr, Literal) and isinstance(expr.value, Fraction) and expr.value == value


def _key(agreement: Agreement, key: k.Key) -> object:
    if isinstance(key, k.Ip):
        return _ip(agreement, key)
    scope = getattr(key, "scope", None)
    return (
        type(key).__name__,
        _plain(agreement, key),
        _kept(agreement, scope, _asked(key)) if isinstance(scope, Scope) else None,
    )


def _ip(agreement: Agreement, key: k.Ip) -> object:
    """A fact about an asset: of its line, and of the clause it stands in, as much as it rests on."""
    line = _plain(agreement, key.line)
    match key.what:
        case "sole owner" | "joint owner" | "consented" | "asked":
            return key.what
        case "licensee":
            licence = agreement.ip.licences[key.right]
            return key.what, line, any(isinstance(each, n.SurvivesLeaving) for each in licence.lines)
        case "over" if isinstance(key.line, n.EndsOn) and key.line.what in ("suspended", "leaving"):
            return key.what, line
        case "covered" | "grantor" | "requested" | "window" | "noticed":
            return key.what, line
        case "excluded" if isinstance(key.line, n.Licence):
            return (
                key.what,
                key.right,
                next((each.kind for each in key.line.lines if isinstance(each, n.Exclusivity)), ""),
            )
        case _:
            return key.what, key.right, line


def _asked(key: k.Key) -> tuple[str, ...]:
    """Which settings of a block a key rests on."""
    match key:
        case k.Closed() | k.ClosedAt():
            return TIMES
        case k.Instant(anchor):
            return (
                TIMES
                if anchor.kind in ("opening", "closing")
                else ("restart",)
                if anchor.kind in ("proposal", "notice")
                else ()
            )
        case k.NoticeGiven():
            return ("notice",)
        case k.Acts(rule) | k.Actors(rule) | k.Blocks(rule):
            kind = rule.window.anchor.kind if rule.window is not None and rule.window.anchor is not None else ""
            return TIMES if kind in ("opening", "closing") else ()
        case _:
            return ()


def _kept(agreement: Agreement, scope: Scope, names: tuple[str, ...]) -> object:
    found = []
    for name in names:
        value = getattr(scope, name)
        if name == "open_for" and value is not None and value.at_least:
            value = None
        if name == "notice" and value is not None:
            value = value.waived_until
        found.append(_plain(agreement, value))
    return tuple(found)


def _plain(agreement: Agreement, value: object) -> object:
    """A value without its place, its clause and the settings around it."""
    if isinstance(value, k.Electorate):
        body = agreement.bodies.get(value.body)
        proxies = value.scope.proxies or (body.proxies if body is not None else ())
        rest = (value.item, value.body, value.without_proposer, value.cap, value.cap_attribute, value.votes, proxies)
        return tuple(_plain(agreement, each) for each in rest), _kept(agreement, value.scope, VOTES)
    if isinstance(value, tuple):
        return tuple(_plain(agreement, each) for each in value)
    if isinstance(value, n.GroupItem) and value.quantifier in (
        "any",
        "every",
    ):  # how many it takes stands in the expression
        return _plain(agreement, replace(value, quantifier=""))
    if isinstance(value, n.Group) and value.joiner in ("and", ","):
        return _plain(agreement, replace(value, joiner="or"))
    if _fields(value):
        kept = [name for name in _fields(value) if name not in _NO_MEANING]
        return type(value).__name__, *(
            (_key if name == "since" and isinstance(value, k.Deadline) else _plain)(agreement, getattr(value, name))
            for name in kept
        )
    return value
