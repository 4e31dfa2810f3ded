"""Random records of a random agreement: what happened, as lines of a minute book.

In: choices and a world. Out: the text of a minute book, in order of time, and the names of what was proposed. Much of it has no
effect on purpose: ballots too early, too late, twice, or by people who have none.
"""

from __future__ import annotations

from govlang.frozen import dataclass
from tests.differential.choices import Choices
from tests.differential.worlds import EMPLOYERS, STRANGER, Given, Right, World

DAYS = tuple(f"2026-03-{day:02d}" for day in range(1, 16))
REASONS = ("", ' because "no"')
HOURS = ("", "", "", " 09:30", " 17:00", " 00:00", " 23:59")


@dataclass(frozen=True, slots=True)
class Record:
    """A minute book and what was proposed in it, each with its decision."""

    text: str
    proposals: tuple[tuple[str, Right], ...]


def record(choices: Choices, world: World) -> Record:
    """A random record."""
    return Writer(choices, world).record()


class Writer:
    """Writes one record."""

    def __init__(self, choices: Choices, world: World) -> None:
        self.c = choices
        self.world = world
        self.entries: list[tuple[str, str]] = []  # by instant; in the order in which they were made

    def record(self) -> Record:
        c = self.c
        proposals: list[tuple[str, Right]] = []
        for _ in range(c.number(0, 3)):
            self.change()
        for place in range(c.number(1, 3)):
            right = c.pick(self.world.rights[::-1])
            name = f"P-{place + 1}"
            day = self.proposal(name, right, proposals)
            proposals.append((name, right))
            for _ in range(c.number(0, 12)):
                self.event(name, right, day + c.pick((0, 1, 1, 2, 3, 4, 6, 9, -1)))
        self.entries.sort(key=lambda entry: entry[0])
        return Record("".join(f"{line}\n" for _, line in self.entries), tuple(proposals))

    def add(self, day: int, words: str, hours: tuple[str, ...] = HOURS) -> None:
        at = DAYS[max(0, min(day, len(DAYS) - 1))] + self.c.pick(hours)
        self.entries.append((at, f"{at}  {words}"))

    def person(self) -> str:
        """Somebody, mostly somebody with an office."""
        world = self.world
        offices = [name for held in world.holders.values() for name in held]
        return self.c.pick([*offices, *world.persons, *world.parties, "Chair", STRANGER])

    def change(self) -> None:
        """A change of who is who."""
        c, world = self.c, self.world
        day, who, party = c.number(0, 10), c.pick(world.persons), c.pick(world.parties)
        role = c.pick(world.delegable or ["Director"])
        self.add(day, c.pick((
            f"{party} appoints {who} as Director", f"{who} joins Board", f"{who} leaves Board", f"{who} resigns as Member",
            f"Board appoints {who} as Chair", f"{world.parties[0]} appoints {who} as Member", f"{who} resigns as Director",
            f"{who} has weight {c.pick((1, 4, 0))}", f'{who} has employer "{c.pick(EMPLOYERS)}"', f"{party} is in default",
            f"{who} delegates {role} to {c.pick(world.persons)}", f"{who} gives proxy to {c.pick(world.persons)}",
            f"{who} resigns as Chair", f"{party} appoints {who} as Director until 2026-03-08",
        )))  # fmt: skip

    def proposal(self, name: str, right: Right, earlier: list[tuple[str, Right]]) -> int:
        c, day = self.c, self.c.number(0, 5)
        held = self.world.holders
        likely = [*held["Director"], *held["Member"]]
        by = c.pick(likely if not c.chance(20) else [*self.world.persons, *self.world.parties, STRANGER])
        facts = [f"\n  {given.name} {value}" for given in right.facts
                 if (value := self.value(given, earlier)) and not given.more.startswith(" determined")
                 and not c.chance(25 if "optional" in given.type else 8)]  # fmt: skip
        if c.chance(15):
            facts.append(f"\n  mode {c.pick(('written', 'circulation'))}")
        about = f"`{right.covers[0]}`" if right.covers and c.chance(50) else right.name
        self.add(day, f"{by} proposes {about} as {name}{''.join(facts)}", ("", "", "", " 09:30"))
        return day

    def value(self, given: Given, earlier: list[tuple[str, Right]]) -> str:
        """A value of a fact, often one on which something turns."""
        c = self.c
        kind = given.type.removesuffix(" optional")
        match kind.split()[0]:
            case "money":
                amounts = ("10,000", "50,000", "50,000.01", "999.99", "20,000", "0", "25,000", "120,000", "1")
                return f"{c.pick(amounts)} {self.world.currency or c.pick(('EUR', 'USD'))}"
            case "number":
                return c.pick(("3", "10", "2.5", "0", "7", "100", "4"))
            case "percent":
                return c.pick(("50%", "33.3%", "100%", "0%", "66.7%"))
            case "yes":
                return c.pick(("yes", "no"))
            case "one":
                return c.pick(("low", "mid", "high"))
            case "date":
                return c.pick(("2026-03-06", "2026-03-04", "2026-03-01", "2026-03-12", "2026-04-02"))
            case "party":
                return c.pick(self.world.parties)
            case "person":
                return c.pick(self.world.persons)
            case "text":
                return c.pick(('"Bolt"', '"Acme"', '"Crux"'))
            case "duration":
                return c.pick(("30 days", "1 month", "5 working days", "1 week", "31 days", "7 days"))
            case "decision":
                return c.pick([name for name, _ in earlier] or [""])
            case _:
                raise AssertionError(given)

    def event(self, name: str, right: Right, day: int) -> None:
        """Something that happens to a proposal; ballots most often."""
        c, who = self.c, self.person()
        match c.below(27):
            case 24 | 25 | 26:
                self.together(name, day)
            case 0 | 1 | 2 | 3 | 4 | 5 | 6:
                self.add(day, self.ballot(name, who))
            case 7 | 8:
                self.add(day, f"{who} approves {name}")
            case 9:
                self.add(day, f"{who} refuses {name}")
            case 10 | 11 | 12:
                self.meeting(name, day)
            case 13:
                self.add(day, f"{who} gives notice of {name}")
            case 14:
                self.add(day, f"{who} vetoes {name}{c.pick(REASONS)}")
            case 15:
                self.add(day, f"{who} objects to {name}{c.pick(REASONS)}")
            case 16 | 17:
                act = c.pick([*right.acts, "checked"])
                self.add(day, f"{who} records {act}{c.pick(('', ' 2 times'))} on {name}")
            case 18:
                self.finding(name, right, day)
            case 19:
                self.add(day, c.pick((f"{who} closes {name}", f"{who} opens {name}", f"{who} opens {name} in written")))
            case 20:
                self.add(day, c.pick((f"{who} withdraws vote on {name}", f"{who} withdraws veto on {name}",
                                      f"{who} withdraws objection on {name}", f"{who} withdraws {name}")))  # fmt: skip
            case 21:
                self.add(day, c.pick((f"{who} seconds {name}", f"{who} advises on {name}", f"{who} waives notice of {name}",
                                      f"{who} was absent from {name}", f"{who} declares conflict on {name}",
                                      f"Chair finds conflict of {who} on {name}")))  # fmt: skip
            case 22:
                self.add(day, c.pick((f"{who} carries out {name}", f"Chair extends {name} until {DAYS[min(14, day + 3)]}",
                                      f"Chair restarts {name}", f"{who} proposes {right.name} as {name}")))  # fmt: skip
            case _:
                ruled = c.pick(right.readings) if right.readings else ""
                self.add(day, f'Chair rules "{ruled}" for {name}' if ruled else self.ballot(name, who))

    def together(self, name: str, day: int) -> None:
        """Several of one office or kind, or a body's members, vote alike."""
        c, held = self.c, self.world.holders
        who = c.pick((held["Member"], self.world.persons, held["Director"], self.world.parties))
        voters = ", ".join(c.some(who, max(1, len(who) - 2), len(who)))
        self.add(day, f"{voters} {c.pick(('vote for', 'vote for', 'vote against', 'abstain on', 'approve'))} {name}")

    def ballot(self, name: str, who: str) -> str:
        c = self.c
        words = c.pick((f"votes for {name}", f"votes for {name}", f"votes against {name}", f"abstains on {name}"))
        if c.chance(8):
            words += f" on behalf of {c.pick([*self.world.persons, *self.world.parties])}"
        return f"{who} {words}{f' in {c.pick(self.world.bodies)}' if c.chance(8) else ''}"

    def finding(self, name: str, right: Right, day: int) -> None:
        c = self.c
        found = [given for given in right.facts if given.more.startswith(" determined")]
        if not found:
            return self.add(day, f"{self.person()} votes for {name}")
        given = c.pick(found)
        who = c.pick(["Chair", *self.world.holders["Auditor"], *self.world.persons])
        if given.type == "number":
            return self.add(day, f"{who} finds {given.name} is {self.value(given, [])} on {name}")
        ground = f" of {self.person()}" if given.name == "ground" else ""
        return self.add(day, f"{who} finds {c.pick(('', 'not '))}{given.name}{ground} on {name}")

    def meeting(self, name: str, day: int) -> None:
        c, body = self.c, self.c.pick(self.world.bodies)
        number = sum("meeting of" in line for _, line in self.entries) + 1
        again = f" reconvening M-{number - 1}" if number > 1 and c.chance(40) else ""
        people = [*self.world.persons, *(self.world.parties if body == "Assembly" else [])]
        present = c.some(people, 1, len(people))
        absent = [who for who in people if who not in present][: c.number(0, 2)]
        lines = [f"meeting of {body} as M-{number}{again}", f"  agenda {name}"]
        if not c.chance(15):
            lines.append(f"  present {', '.join(present)}")
        if absent:
            lines.append(f"  absent {', '.join(absent)}")
        if c.chance(30):
            lines.append("  closed")
        self.add(day, "\n".join(lines))
