"""The holiday table: the public holidays of the places that an agreement names, in a file that stands beside it.

In: the path of an agreement and the places it names. Out: `Holidays`: the days that are not worked, the hash by which an
answer says what it rests on, and what is wrong with the file. The file is read once, when it is first asked for, and it is
the only thing that is read: no calendar library takes part in an answer. `govlang calendar lock` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass
from govlang.later import Later
from govlang.source import NOWHERE, Source, Span, read_bytes, sha256

if TYPE_CHECKING:
    import json
else:
    json = Later("json")  # most agreements have no table

ENDING = ".holidays.json"
FORMAT = 1
LARGEST = 5_000_000
KEYS = ("holiday_table", "sha256", "made_with", "years", "places", "days")
RENEW = "write it again: govlang calendar lock {agreement}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the agreement names it, and what of the calendar library stands for it."""

    place: str
    taken: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds: its places, its first and last year, and each holiday with its name in each place."""

    made_with: str
    first: int
    last: int
    places: tuple[Place, ...]
    days: tuple[tuple[date, tuple[tuple[str, str], ...]], ...]

    @property
    def sha256(self) -> str:
        """The hash of all that the table says, whatever its spacing."""
        return sha256(json.dumps(_plain(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False))

    def text(self) -> str:
        """The file: sorted, one line a place and one line a day."""
        plain = {**_plain(self), "sha256": self.sha256}
        lines = [f"  {_show(key)}: {_block(plain[key]) if key in ('places', 'days') else _show(plain[key])}" for key in KEYS]
        return "{\n" + ",\n".join(lines) + "\n}\n"


def _plain(table: Table) -> dict[str, Any]:
    return {
        "holiday_table": FORMAT, "made_with": table.made_with, "years": [table.first, table.last],
        "places": [{"place": item.place, "taken": item.taken} for item in table.places],
        "days": [{"day": day.isoformat(), "holidays": dict(names)} for day, names in table.days],
    }  # fmt: skip


def _show(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _block(items: list[object]) -> str:
    return "[\n" + ",\n".join(f"    {_show(item)}" for item in items) + "\n  ]" if items else "[]"


class Unreadable(ValueError):
    """A text that is no holiday table: in one sentence, why."""


class Changed(ValueError):
    """A table whose hash is not that of its content."""


def read_table(text: str) -> Table:
    """A table from the text of its file. Raises Unreadable or Changed."""
    try:
        value = json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        raise Unreadable("it is nested too deep") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is not JSON: line {error.lineno} cannot be read") from None
    except ValueError as error:  # a number of thousands of digits
        raise error if isinstance(error, Unreadable) else Unreadable("it holds a number that is too long") from None
    try:
        table = _table(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(str(error) if isinstance(error, Unreadable) else "it is not of the form of a holiday table") from None
    if value["sha256"] != table.sha256:
        raise Changed
    return table


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise Unreadable(f"it says '{twice[:40]}' twice, as where two tables were put into one file")
    return found


def _table(value: Any) -> Table:
    if set(value) != set(KEYS):
        raise Unreadable("it is not of the form of a holiday table")
    if value["holiday_table"] != FORMAT:
        raise Unreadable("it was written for another version of govlang")
    first, last = value["years"]
    if not all(type(year) is int and 1 <= year <= 9999 for year in (first, last)):
        raise Unreadable("its years are no years")
    places = tuple(Place(str(item["place"]), str(item["taken"])) for item in value["places"])
    days = tuple(
        (date.fromisoformat(item["day"]), tuple((str(place), str(name)) for place, name in item["holidays"].items()))
        for item in value["days"]
    )
    return Table(str(value["made_with"]), first, last, places, days)


# ---------------------------------------------------------------- beside an agreement


def path_beside(agreement: str) -> str:
    """Where the table of an agreement stands: `alliance.gov.md` has `alliance.holidays.json` beside it."""
    return stem(agreement) + ENDING


def stem(agreement: str) -> str:
    """An agreement's path without the ending of its name."""
    for ending in (".gov.md", ".gov", ".md"):
        if agreement.endswith(ending):
            return agreement.removesuffix(ending)
    return agreement


class Holidays:
    """The holiday table of an agreement, read when it is first asked for. Two of them are never equal: each is one file."""

    def __init__(self, agreement: str, places: Iterable[str]) -> None:
        self.agreement = agreement
        self.path = path_beside(agreement)
        self.places = tuple(places)
        self._read: tuple[Table | None, tuple[Diagnostic, ...]] | None = None
        self._days: frozenset[date] | None = None

    @property
    def table(self) -> Table | None:
        """The table; None without a file, and where the file cannot be trusted."""
        return self._content()[0]

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the file (GL132 to GL135); nothing when there is none."""
        return self._content()[1]

    @property
    def days(self) -> frozenset[date]:
        """The days that are no working days by the table."""
        if self._days is None:
            self._days = frozenset(day for day, _ in self.table.days) if self.table is not None else frozenset()
        return self._days

    def lacks(self, years: Iterable[int]) -> tuple[int, ...]:
        """The years that the table does not hold; all of them without a table."""
        table = self.table
        return tuple(year for year in sorted(set(years)) if table is None or not table.first <= year <= table.last)

    def _content(self) -> tuple[Table | None, tuple[Diagnostic, ...]]:
        if self._read is None:
            self._read = self._from_file()
        return self._read

    def _from_file(self) -> tuple[Table | None, tuple[Diagnostic, ...]]:
        others = [path for path in self._others() if _exists(path)]
        try:
            data = read_bytes(self.path)
        except FileNotFoundError:
            return (None, (self._two(others),)) if len(others) > 1 else (None, self._misnamed(others))
        except (OSError, ValueError) as error:
            return None, (self._found("GL134", f"{self._says}: {getattr(error, 'strerror', '') or 'its name is not valid'}"),)
        if others:
            return None, (self._two([self.path, *others]),)
        try:
            if len(data) > LARGEST:
                raise Unreadable("it is too large")
            text = data.decode("utf-8-sig")
            table = read_table(text)
        except UnicodeDecodeError:
            return None, (self._found("GL134", f"{self._says}: it is not UTF-8 text"),)
        except Unreadable as error:
            return None, (self._found("GL134", f"{self._says}: {error}"),)
        except Changed:
            message = f"the holiday table '{self.path}' was changed after it was written: its hash does not match"
            return None, (self._found("GL132", message, text, hint="take the file as it was, or " + self.renew),)
        return self._of_these_places(table, text)

    def _of_these_places(self, table: Table, text: str) -> tuple[Table | None, tuple[Diagnostic, ...]]:
        held = {item.place for item in table.places}
        lacking = [place for place in self.places if place not in held]
        beyond = sorted(held - set(self.places))
        if not lacking and not beyond:
            return table, ()
        parts = [f"it lacks {', '.join(lacking)}"] if lacking else []
        parts += [f"it holds {', '.join(beyond)}, which the agreement does not name"] if beyond else []
        message = f"the holiday table '{self.path}' is of other places than the agreement: {'; '.join(parts)}"
        return None, (self._found("GL133", message, text),)

    @property
    def renew(self) -> str:
        """The remedy for most of it."""
        return RENEW.format(agreement=self.agreement)

    @property
    def _says(self) -> str:
        return f"the holiday table '{self.path}' cannot be read"

    def _others(self) -> list[str]:
        """Names under which a second table of the same agreement may stand."""
        base = stem(self.agreement)
        return [f"{base}.gov{ENDING}", f"{base}.gov.md{ENDING}"]

    def _two(self, paths: list[str]) -> Diagnostic:
        message = f"two holiday tables stand beside the agreement: {' and '.join(sorted(paths))}"
        return self._found("GL135", message, hint=f"keep {self.path} alone")

    def _misnamed(self, paths: list[str]) -> tuple[Diagnostic, ...]:
        if not paths:
            return ()
        message = f"the holiday table '{paths[0]}' does not have the name that is looked for"
        return (self._found("GL134", message, hint=f"rename it to {self.path}"),)

    def _found(self, code: str, message: str, text: str = "", hint: str = "") -> Diagnostic:
        place = Source(self.path, text)
        at = text.find('"sha256"' if code == "GL132" else '"places"') if text else -1
        span = place.line_span(place.place(at)[0]) if at >= 0 else (Span(0, 1) if text else NOWHERE)
        return Diagnostic(code, message, place, span, hint or self.renew)


def _exists(path: str) -> bool:
    try:
        read_bytes(path)
    except (OSError, ValueError):
        return False
    return True
