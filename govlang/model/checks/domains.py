"""What values a fact can have, cut into as few cases as the conditions can tell apart.

In: the conditions that are looked at together. Out: a `Variable` for each thing they compare, with its `Case`s: for an amount,
each limit that is named and one value from each stretch between them; for a choice, its words. What is not understood (a
comparison of two facts, membership of a group) is a variable that is simply true or false and may be either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from govlang.frozen import dataclass
from govlang.model import values
from govlang.model.checks.view import View
from govlang.model.nodes import Decision
from govlang.syntax import nodes as n

Key = tuple[str, object]
Value = Fraction | str | bool

ORDERED = ("money", "number", "percent", "date")
NAMES = ("party", "person", "role", "body", "name", "text")
OTHER = "\x00other"

# ISO 4217: currencies whose smallest unit is not a hundredth.
WHOLE_UNITS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
THOUSANDTHS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())

_OPPOSITE = {"<": ">=", ">": "<=", "!=": "="}


@dataclass(frozen=True, slots=True)
class Case:
    """One value. `certain` says that it surely occurs; others only may (a negative amount, a share above 100%)."""

    value: Value
    words: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that conditions look at. `opaque` ones may be true or false, together with anything else or not."""

    key: Key
    cases: tuple[Case, ...]
    opaque: bool = False


class Domains:
    """Collects what conditions look at, then cuts it into cases."""

    def __init__(self, view: View, facts: dict[str, n.Given]) -> None:
        self.view = view
        self.facts = facts
        self.points: dict[Key, set[Value]] = {}
        self.kinds: dict[Key, n.TypeRef] = {}
        self._atoms: dict[int, tuple[Key, tuple[Value, ...]]] = {}
        self.money = view.agreement.header.currency.text if view.agreement.header.currency else ""

    # ------------------------------------------------------------ collecting

    def add(self, condition: n.Condition | None) -> None:
        """Takes note of everything that a condition looks at."""
        match condition:
            case None:
                return
            case n.And(items) | n.Or(items):
                for item in items:
                    self.add(item)
            case n.Not(item):
                self.add(item)
            case _:
                key, points = self.atom(condition)
                self.points.setdefault(key, set()).update(points)

    def atom(self, node: n.Condition) -> tuple[Key, tuple[Value, ...]]:
        """The variable of a single condition, and the values that it compares with."""
        if id(node) not in self._atoms:
            self._atoms[id(node)] = self._atom(node)
        return self._atoms[id(node)]

    def _atom(self, node: n.Condition) -> tuple[Key, tuple[Value, ...]]:
        match node:
            case n.Holds(fact):
                key: Key = ("fact", fact)
                self.kinds[key] = n.TypeRef("yesno")
                return key, ()
            case n.Compare(op, left, n.Literal() as right):
                found = self.operand(left)
                value = self.scalar(right)
                if found is not None and value is not None and self._fits(found, op, value):
                    return found, (value,)
            case n.OneOf(left, literals):
                found = self.operand(left)
                scalars = [self.scalar(literal) for literal in literals]
                if found is not None and all(self._fits(found, "=", value) for value in scalars):
                    return found, tuple(value for value in scalars if value is not None)
            case _:
                pass
        return self.opaque(node)[0], ()

    def opaque(self, node: n.Condition) -> tuple[Key, bool]:
        """The variable of a condition that is not understood, and whether the condition is its opposite."""
        if isinstance(node, n.Compare) and node.op in _OPPOSITE:
            return ("opaque", n.Compare(_OPPOSITE[node.op], node.left, node.right)), True
        return ("opaque", node), False

    def operand(self, node: n.Operand) -> Key | None:
        """The variable of an operand, if it is one with a domain."""
        match node:
            case n.FactRef(name):
                given = self.facts.get(name)
                kind = given.type if given is not None else values.BUILT_IN.get(name)
                key: Key = ("fact", name)
            case n.Total(fact, _, _):
                given = self.facts.get(fact)
                kind = given.type if given is not None else None
                key = ("total", node)
            case n.NumberOf():
                kind, key = n.TypeRef("number"), ("number", node)
            case _:
                return None
        if kind is None or kind.kind not in (*ORDERED, *NAMES, "choice", "yesno"):
            return None
        self.kinds[key] = kind
        return key

    def scalar(self, literal: n.Literal) -> Value | None:
        """A literal's value as cases hold it; None for what is not understood."""
        match literal.value:
            case n.Money(amount, _):
                return Fraction(amount)
            case n.Name(text):
                return text
            case n.Moment(start):
                return Fraction(start.toordinal()) + Fraction(start.hour * 60 + start.minute, 1440)
            case bool() | Fraction():
                return literal.value
            case str():
                return None if literal.kind == "word" and literal.value in self.facts else literal.value
            case _:
                return None

    def _fits(self, key: Key, op: str, value: Value | None) -> bool:
        if value is None:
            return False
        if self.kinds[key].kind in ORDERED:
            return isinstance(value, Fraction)
        return op in ("=", "!=") and not isinstance(value, Fraction)

    # ------------------------------------------------------------ cutting

    def variables(self) -> list[Variable]:
        """Every variable with its cases."""
        return [self._variable(key, points) for key, points in self.points.items()]

    def _variable(self, key: Key, points: set[Value]) -> Variable:
        if key[0] == "opaque":
            return Variable(key, (Case(False), Case(True)), opaque=True)
        kind = self.kinds[key]
        if kind.kind in ORDERED:
            numbers = sorted(point for point in points if isinstance(point, Fraction) and not isinstance(point, bool))
            return Variable(key, tuple(self._stretches(key, kind, numbers)), opaque=key[0] == "number")
        if kind.kind == "yesno":
            name = str(key[1])
            return Variable(key, (Case(True, f"{name} yes"), Case(False, f"{name} no")))
        names = [str(point) for point in points]
        return Variable(key, tuple(self._words(str(key[1]), kind, names)), opaque=key[1] == "proposer")

    def _stretches(self, key: Key, kind: n.TypeRef, points: list[Fraction]) -> Iterator[Case]:
        unit = self._unit(kind, points)
        candidates: list[Fraction] = []
        for index, point in enumerate(points):
            if index == 0:
                candidates.append(point - unit)
            candidates.append(point)
            if index + 1 == len(points) or point + unit < points[index + 1]:
                candidates.append(point + unit)
        for value in candidates:
            yield Case(value, self._say(key, kind, value), self._occurs(key, kind, value, points))

    def _unit(self, kind: n.TypeRef, points: list[Fraction]) -> Fraction:
        """The smallest step: a cent (or what the currency has), a day, a hundredth of a percent, a whole number."""
        if kind.kind == "date":
            return Fraction(1) if all(point.denominator == 1 for point in points) else Fraction(1, 1440)
        least = {"money": 0 if self.money in WHOLE_UNITS else 3 if self.money in THOUSANDTHS else 2, "percent": 4}
        digits = least.get(kind.kind, 0)
        while digits < 12 and any((point * 10**digits).denominator != 1 for point in points):
            digits += 1
        return Fraction(1, 10**digits)

    def _occurs(self, key: Key, kind: n.TypeRef, value: Fraction, points: list[Fraction]) -> bool:
        if kind.kind == "date":
            header = self.view.agreement.header
            if key[1] != "proposed-on":
                return 1 <= value <= date.max.toordinal()
            first = header.effective.start.toordinal() if header.effective else 0
            last = header.until.start.toordinal() + 1 if header.until else date.max.toordinal()
            return first <= value < last
        if kind.kind == "percent" and value > 1 and all(point <= 1 for point in points):
            return False
        return value >= 0

    def _say(self, key: Key, kind: n.TypeRef, value: Fraction) -> str:
        name = str(key[1]) if key[0] == "fact" else self.view.wording(key[1])  # type: ignore[arg-type]
        if kind.kind == "date":
            day = date.min + timedelta(days=int(value) - 1) if 1 <= value <= date.max.toordinal() else date.min
            return f"{name} {day.isoformat()}"
        if kind.kind == "percent":
            return f"{_article(name)} of {_decimal(value * 100)}%"
        return f"{_article(name)} of {_decimal(value)} {self.money if kind.kind == 'money' else ''}".rstrip()

    def _words(self, name: str, kind: n.TypeRef, named: list[str]) -> Iterator[Case]:
        if kind.kind == "choice":
            for word in kind.choices:
                yield Case(word, f"{name} {word}")
            if name in values.BUILT_IN:
                yield Case(OTHER, f"another {name}", certain=False)
        else:
            named.sort()
            for word in named:
                yield Case(word, f"{name} {word}")
            others = [party for party in self.view.parties if party not in named]
            example = (
                others[0]
                if kind.kind == "party" and others
                else "anyone else"
                if kind.kind != "text"
                else "anything else"
            )
            yield Case(OTHER, f"{name} {example}", certain=kind.kind != "party" or bool(others))
        given = self.facts.get(name)
        if given is not None and given.optional:
            yield Case("", f"no {name}")


def _article(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def _decimal(value: Fraction) -> str:
    """A number with its decimals, thousands divided by commas."""
    for digits in range(13):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            whole, rest = divmod(abs(int(scaled)), 10**digits)
            sign = "-" if value < 0 else ""
            return f"{sign}{whole:,}" + (f".{rest:0{digits}d}" if digits else "")
    return f"{float(value):,}"


def facts_of(*decisions: Decision) -> dict[str, n.Given]:
    """The facts of decisions by name, those of the first one first."""
    found: dict[str, n.Given] = {}
    for decision in reversed(decisions):
        found.update(decision.facts)
    return found


__all__ = ["OTHER", "Case", "Domains", "Key", "Value", "Variable", "facts_of"]
