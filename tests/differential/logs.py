"""Random logs of raw votes: rows as an auditor holds them, and a record of who was who beside them.

In: choices and a world. Out: a `Log`: rows as mappings (all with the same columns), the type of each column, and the text of a
minute book. Most rows are plain, since these are what SQL counts; some have what makes a row seldom or bad.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from govlang.frozen import dataclass
from tests.differential.choices import Choices
from tests.differential.records import Writer as RecordWriter
from tests.differential.worlds import STRANGER, Given, Right, World

LogRow = dict[str, Any]
START = datetime(2026, 2, 27)
NAMES, INSTANT, TEXT, YESNO, DATE = "VARCHAR[]", "TIMESTAMP", "VARCHAR", "BOOLEAN", "DATE"
BALLOTS = 'STRUCT(voter VARCHAR, choice VARCHAR, "cast" TIMESTAMP)[]'
DEEDS = 'STRUCT("by" VARCHAR, "on" TIMESTAMP, ground VARCHAR)[]'
ACTS = 'STRUCT(act VARCHAR, "by" VARCHAR, "on" TIMESTAMP)[]'


@dataclass(frozen=True, slots=True)
class Log:
    """A log: the rows, the types of the columns, the record beside it."""

    rows: tuple[LogRow, ...]
    types: dict[str, str]
    record: str


def log(choices: Choices, world: World, count: int) -> Log:
    """A random log of so many rows."""
    return Writer(choices, world).log(count)


class Writer:
    """Writes one log. What columns it has is the same for all rows, and so is how seldom what is seldom is."""

    def __init__(self, choices: Choices, world: World) -> None:
        self.c = choices
        self.world = world
        self.people = [*world.persons, *world.parties]
        self.voters = choices.pick((world.persons, world.persons, world.parties, self.people))
        self.odd = choices.pick((0, 0, 3, 15))  # so many in a hundred have something odd
        self.dated = choices.chance(20)
        self.every = 50  # so many in a hundred columns that may be left out are there

    def log(self, count: int) -> Log:
        c = self.c
        changes = RecordWriter(c, self.world)
        for _ in range(c.number(0, 4)):
            changes.change()
        record = "".join(f"{line}\n" for _, line in sorted(changes.entries, key=lambda entry: entry[0])
                         if "proxy" not in line)  # fmt: skip
        types = {"decision": TEXT, "decided": c.pick((DATE, INSTANT)), "id": TEXT}
        optional = {
            "proposed": INSTANT, "proposed_by": c.pick((NAMES, TEXT)), "ballots": BALLOTS, "closed": c.pick((YESNO, INSTANT)),
            "meeting": TEXT, "present": NAMES, "absent": NAMES, "noticed": INSTANT, "mode": TEXT, "withdrawn": YESNO,
            "acts": ACTS, "vetoes": DEEDS, "objections": DEEDS,
        }  # fmt: skip
        always = ("proposed_by", "ballots")
        types |= {name: kind for name, kind in optional.items() if name in always or c.chance(self.every)}
        if "meeting" not in types:
            types.pop("present", None)
        for given in (given for right in self.world.rights for given in right.facts):
            types.setdefault(given.name.replace("-", "_"), self.type(given))
        rows = tuple(self.row(place, types) for place in range(count))
        return Log(rows, types, record)

    def type(self, given: Given) -> str:
        kind = given.type.removesuffix(" optional").split()[0]
        return {"money": "DECIMAL(18,2)" if self.world.currency else TEXT, "number": "DECIMAL(10,2)", "percent": "DECIMAL(9,6)",
                "yes": YESNO, "date": DATE}.get(kind, TEXT)  # fmt: skip

    def rare(self) -> bool:
        return self.c.chance(self.odd)

    def row(self, place: int, types: dict[str, str]) -> LogRow:
        c, right = self.c, self.c.pick(self.world.rights)
        day = START + timedelta(days=c.number(1, 16))
        decided: Any = day if types["decided"] == INSTANT else day.date()
        if types["decided"] == INSTANT and c.chance(30):
            decided = day + timedelta(hours=c.pick((9, 12, 23)))
        about = right.covers[0] if right.covers and c.chance(50) else right.name
        row: LogRow = {"decision": about, "decided": decided, "id": f"R-{place}"}
        if self.rare():
            row[c.pick(("decision", "decided"))] = None
        for name, kind in types.items():
            if name not in row:
                row[name] = self.cell(name, kind, day, right)
        return row

    def cell(self, name: str, kind: str, day: datetime, right: Right) -> Any:
        """One value of a raw column, or of a fact."""
        c = self.c
        match name:
            case "proposed":
                earlier = timedelta(days=c.pick((0, 1, 2, 5, -1 if self.rare() else 3)), hours=c.pick((0, 0, -9)))
                return None if c.chance(20) else day - earlier
            case "proposed_by":
                by = c.some(self.people, 1, 2 if self.rare() else 1)
                return (None if self.rare() else by) if kind == NAMES else by[0]
            case "ballots":
                return self.ballots(day)
            case "closed":
                instants = (None, day, day - timedelta(days=1), day + timedelta(hours=12))
                return c.pick((None, True, False) if kind == YESNO else instants)
            case "meeting":
                return c.pick((None, *self.world.bodies, "Nowhere" if self.rare() else None))
            case "present" | "absent":
                few = name == "absent" or c.chance(20)
                return None if c.chance(40 if few else 10) else c.some(self.people, 0, 2 if few else len(self.people))
            case "noticed":
                return None if c.chance(20) else day - timedelta(days=c.pick((4, 0, 1, 8)))
            case "mode":
                return c.pick((None, "written", "circulation", "by shouting" if self.rare() else "written"))
            case "withdrawn":
                return c.pick((False, False, None, True)) if c.chance(30) else False
            case "acts":
                return self.acts(day, right)
            case "vetoes" | "objections":
                by = [] if c.chance(80) else c.some(self.people, 1, 2)
                return [{"by": who, "on": None, "ground": c.pick((None, "no"))} for who in by]
            case _:
                return self.fact(name, right)

    def ballots(self, day: datetime) -> list[dict[str, Any]] | None:
        c = self.c
        if self.rare():
            return c.pick((None, []))
        found = []
        for voter in c.some(self.voters, 0, len(self.voters)):
            cast = day - timedelta(days=c.pick((0, 1, 3))) if self.dated and c.chance(60) else None
            found.append({"voter": voter, "choice": c.pick(("for", "for", "against", "abstain")), "cast": cast})
        if self.rare():
            found.append({"voter": c.pick((STRANGER, "Nobody's", None)), "choice": "for", "cast": None})
        if self.rare():
            found.append({"voter": self.voters[0], "choice": c.pick(("aye", None, "for")), "cast": None})
        return found

    def acts(self, day: datetime, right: Right) -> list[dict[str, Any]] | None:
        c = self.c
        if c.chance(70):
            return c.pick(([], None))
        names = [*right.acts, "checked", "second"]
        return [{"act": c.pick(names), "by": c.pick((None, *self.people)), "on": c.pick((None, day - timedelta(days=1)))}
                for _ in range(c.number(1, 2))]  # fmt: skip

    def fact(self, name: str, right: Right) -> Any:
        c = self.c
        given = next((given for other in self.world.rights for given in other.facts if given.name.replace("-", "_") == name), None)
        assert given is not None
        if c.chance(30 if "optional" in given.type else 5):
            return None
        kind = given.type.removesuffix(" optional")
        match kind.split()[0]:
            case "money":
                amount = c.pick(("10000", "50000", "50000.01", "999.99", "20000", "0", "25000", "120000"))
                return Decimal(amount) if self.world.currency else f"{amount} {c.pick(('EUR', 'USD'))}"
            case "number":
                return Decimal(c.pick(("3", "10", "2.5", "0", "7", "100")))
            case "percent":
                return Decimal(c.pick(("0.5", "0.333", "1", "0", "0.667")))
            case "yes":
                return c.pick((True, False))
            case "one":
                return c.pick(("low", "mid", "high", "none of them" if self.rare() else "low"))
            case "date":
                return date(2026, 3, c.pick((6, 4, 1, 12)))
            case "party":
                return c.pick((*self.world.parties, "Ada" if self.rare() else self.world.parties[0]))
            case "person":
                return c.pick((*self.world.persons, STRANGER if self.rare() else self.world.persons[0]))
            case "text":
                return c.pick(("Bolt", "Acme", "x'); DROP TABLE log; --"))
            case "duration":
                return c.pick(("30 days", "1 month", "5 working days", "1 week", "soon" if self.rare() else "7 days"))
            case _:
                return None  # the name of another proposal
