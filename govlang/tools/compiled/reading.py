"""Values at the border: what JSON can say, as the values of columns.

In: a mapping by column. Out: a row of exact values (whole numbers, `Fraction`, `Money`, instants in the agreement's zone). Every
name has to be a column of the action and every value of its type; what is wrong is said by name, with what the column is for.
Values that are of the type already are taken as they are; null says that something is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from sys import intern
from typing import TYPE_CHECKING, Any

from govlang.core.keys import Column
from govlang.core.numbers import Surd
from govlang.diagnostics import did_you_mean
from govlang.model.values import CURRENCIES, zone
from govlang.record import json_values
from govlang.record.strict_json import BadJson
from govlang.syntax import nodes as n
from govlang.tools.questions import NoAnswer

if TYPE_CHECKING:
    from govlang.tools.compiled.compiled import Compiled

_KINDS = {
    "count": "number", "number": "number", "money": "money", "yesno": "yesno", "text": "text", "instant": "date",
    "duration": "duration", "names": "parties",
}  # fmt: skip
_SHOULD_BE = {
    "count": "a whole number", "number": 'a number such as 3, "2.5" or "55%"', "money": 'an amount such as "50,000 EUR"',
    "yesno": "true or false", "text": "a text", "instant": 'a date such as "2026-03-31"', "duration": 'a period such as "30 days"',
    "names": "a list of names",
}  # fmt: skip
_TYPES: dict[str, tuple[type, ...]] = {
    "count": (int, Fraction), "number": (int, Fraction, Surd), "money": (n.Money,), "yesno": (bool,), "text": (str,),
    "instant": (datetime,), "duration": (n.Duration,), "names": (tuple,),
}  # fmt: skip


def read(compiled: Compiled, action: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A row of values. Raises NoAnswer."""
    if not isinstance(values, Mapping):
        raise NoAnswer("a row is a mapping by the names of columns", f"see them: govlang compile AGREEMENT --columns ({action})")
    columns = {column.name: column for column in compiled.columns(action)}
    rivals = compiled.covering(action)
    row: dict[str, Any] = {}
    for name, value in values.items():
        if name in columns:
            row[intern(name)] = _value(compiled, columns[name], value)
        elif name in rivals and len(rivals) > 1:
            row[name] = read(compiled, name, value)
        else:
            hint = did_you_mean(str(name), columns) or f"its columns are: {', '.join(columns)}"
            raise NoAnswer(f"'{action}' has no column '{name}'", hint)
    return row


def _value(compiled: Compiled, column: Column, value: Any) -> Any:
    if value is None or _of_type(column, value):
        return value if not isinstance(value, datetime) else _local(compiled, value)
    if isinstance(value, date) and column.type == "instant":
        return datetime(value.year, value.month, value.day)
    if isinstance(value, list | tuple) and column.type == "names":
        value = list(value)
    if isinstance(value, Fraction):
        raise _wrong(column, f"{value} is not {_SHOULD_BE[column.type]}", "numbers are zero or more")
    if isinstance(value, float):
        raise _wrong(column, f"{value!r} is not exact", 'write it as text, such as "0.1"')
    try:
        literal = json_values.literal(value, column.name, n.TypeRef(_kind(column, value)))
    except BadJson as error:
        raise NoAnswer(f"{error.message}, for {_for(column)}", error.hint) from None
    return _literal(compiled, column, literal)


def _kind(column: Column, value: object) -> str:
    return "percent" if column.type == "number" and isinstance(value, str) and value.strip().endswith("%") else _KINDS[column.type]


def _literal(compiled: Compiled, column: Column, literal: n.Literal) -> Any:
    value = literal.value
    match column.type, value:
        case "count", Fraction() if value.denominator == 1:
            return int(value)
        case "number", Fraction():
            return value
        case "money", n.Money(_, currency):
            own = compiled.about.currency
            if currency not in CURRENCIES or (own and currency != own):
                raise _wrong(column, f"{value} is in another currency" if own else f"'{currency}' is not a currency code",
                             f"state it in {own}" if own else "use the three letters of ISO 4217")  # fmt: skip
            return value
        case "yesno", bool():
            return value
        case "text", str() if literal.kind == "text":
            return value
        case "instant", n.Moment(start=start, zone_minutes=minutes):
            return start if minutes is None else _local(compiled, start.replace(tzinfo=timezone(timedelta(minutes=minutes))))
        case "duration", n.Duration():
            return value
        case "names", tuple():
            return tuple(name.text for name in value)
        case _:
            raise _wrong(column, f"it should be {_SHOULD_BE[column.type]}", f"write {_SHOULD_BE[column.type]}")


def _local(compiled: Compiled, moment: datetime) -> datetime:
    """An instant that says its zone, in the agreement's (UTC where it names none)."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(zone(compiled.about.zone or "UTC") or timezone(timedelta(hours=-12))).replace(tzinfo=None)


def _of_type(column: Column, value: object) -> bool:
    """Whether a value is one of a column as it stands."""
    if isinstance(value, int | Fraction) and (value < 0 or (column.type == "count" and value.denominator != 1)):
        return False
    if column.type == "names" and not (isinstance(value, tuple) and all(isinstance(each, str) for each in value)):
        return False
    return isinstance(value, _TYPES[column.type]) and (column.type == "yesno" or not isinstance(value, bool))


def _for(column: Column) -> str:
    return f"{column.name} ({column.about})" if column.about else column.name


def _wrong(column: Column, message: str, hint: str) -> NoAnswer:
    return NoAnswer(f"{_for(column)}: {message}", hint)


def wrong_in(compiled: Compiled, action: str, row: object) -> NoAnswer | None:
    """What is wrong with a row of values that could not be answered about; None where every value is of its type."""
    if not isinstance(row, Mapping):
        return NoAnswer("a row is a mapping by the names of columns", "give a dict")
    for column in compiled.columns(action) if compiled.covering(action) else ():
        value = row.get(column.name)
        if value is not None and not _of_type(column, value):
            should = _SHOULD_BE[column.type]
            return _wrong(column, f"{value!r} is not {should}", f"`read` makes values of what JSON can say: {should}")
    return None


