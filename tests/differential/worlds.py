"""Who and what a random agreement is about: parties, persons, roles, bodies, weights.

In: choices. Out: a `World` and the clauses at the head of its text. Everything is named from small pools, so that names meet.
"""

from __future__ import annotations

from govlang.frozen import dataclass, field
from tests.differential.choices import Choices

PARTIES = ("Helios", "Norwind", "Cetra", "Dorado")
PERSONS = ("Ada", "Bea", "Cem", "Dov", "Eli", "Fay", "Gus", "Hal")
EMPLOYERS = ("Acme", "Bolt", "Crux")
STRANGER = "Zed"


@dataclass(frozen=True, slots=True)
class Given:
    """A fact that a decision is given: its name, its type as written, and what follows the type."""

    name: str
    type: str
    more: str = ""


@dataclass(slots=True)
class Right:
    """A decision of the agreement, as far as a record has to know of it."""

    name: str
    facts: tuple[Given, ...] = ()
    acts: tuple[str, ...] = ()  # what may be recorded on it
    readings: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(slots=True)
class World:
    """An agreement's text and the names in it."""

    parties: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    holders: dict[str, list[str]] = field(default_factory=dict)  # by role
    bodies: list[str] = field(default_factory=list)
    rights: list[Right] = field(default_factory=list)
    currency: str = "EUR"
    delegable: list[str] = field(default_factory=list)
    text: str = ""


def head(choices: Choices) -> tuple[World, list[str]]:
    """A world without decisions, and its clauses."""
    world = World()
    world.parties = list(PARTIES[: choices.number(2, 4)])
    world.persons = list(PERSONS[: choices.number(4, 8)])
    world.currency = "" if choices.chance(15) else "EUR"
    lines = _header(choices, world) + _people(choices, world) + _roles(choices, world) + _bodies(choices, world)
    return world, lines


def _header(choices: Choices, world: World) -> list[str]:
    lines = ["agreement Trial", "  version 1"]
    if choices.chance(40):
        last = choices.pick(("2026-12-31", "2026-03-10", "2026-03-31"))
        lines.append(f"  effective 2026-01-0{choices.number(1, 5)} until {last}")
    if choices.chance(15):
        lines.append("  time zone Europe/Zurich")
    if world.currency:
        lines.append(f"  currency {world.currency}")
    if choices.chance(25):
        lines += ["  weekend Saturday and Sunday", "  not working 2026-03-05, 2026-03-10"]
    return [*lines, ""]


def _people(choices: Choices, world: World) -> list[str]:
    lines = ["each party has share: percent", "", "each person has weight: number, employer: text, trained: yes or no", ""]
    lines += [f"parties {', '.join(world.parties)}", ""]
    periods = [("from 2026-01-01", "")]
    if choices.chance(40):
        periods = [("from 2026-01-01 until 2026-03-04", ""), ("from 2026-03-05", "")]
    elif choices.chance(15):
        periods = [("from 2026-03-04", "")]  # before that day nobody has a share
    lines.append("table share for each party")
    for period, _ in periods:
        lines.append(f"  {period}")
        lines += [f"    {name}: {choices.pick((25, 40, 10, 33.5, 50))}%" for name in world.parties]
    lines.append("")
    for place, name in enumerate(world.persons):
        of = f" of {world.parties[place % len(world.parties)]}" if choices.chance(70) else ""
        lines += [f"person {name}{of}", f"  weight {choices.pick((1, 2, 3, 5, 2.5))}"]
        if choices.chance(80):
            lines.append(f'  employer "{choices.pick(EMPLOYERS)}"')
        lines += [f"  trained {choices.pick(('yes', 'no'))}", ""]
    return lines


def _roles(choices: Choices, world: World) -> list[str]:
    directors = [world.persons[place % len(world.persons)] for place in range(len(world.parties))]
    world.holders = {
        "Director": directors,
        "Chair": [world.persons[-1]] if not choices.chance(10) else [],
        "Auditor": world.persons[1 : choices.number(2, 4)],
        "Member": choices.some(world.persons, 3, 7),
    }
    held = ", ".join(f"{who} for {party}" for who, party in zip(directors, world.parties, strict=True))
    lines = ["role Director", "  one for each party, appointed by party", "  speaks for its party", f"  held by {held}"]
    lines += _delegation(choices, world, "Director")
    lines += ["", "role Chair", "  one"]
    lines += [f"  held by {world.holders['Chair'][0]}"] if world.holders["Chair"] else []
    lines += _delegation(choices, world, "Chair")
    lines += ["", "role Auditor", "  any number", f"  held by {', '.join(world.holders['Auditor'])}"]
    lines += ["", "role Member", "  any number", f"  held by {', '.join(world.holders['Member'])}", ""]
    return lines


def _delegation(choices: Choices, world: World, role: str) -> list[str]:
    if not choices.chance(30):
        return []
    world.delegable.append(role)
    return [f"  may delegate{' up to 20,000 EUR' if world.currency and choices.chance(40) else ''}"]


def _bodies(choices: Choices, world: World) -> list[str]:
    lines: list[str] = []
    members = {
        "Board": ("every Member", "every Member, Chair"),
        "Council": ("every Director", "every Director, every Auditor"),
        "Assembly": ("every party",),
    }
    for name, options in members.items():
        world.bodies.append(name)
        lines += [f"body {name}", f"  members {choices.pick(options)}"]
        if choices.chance(30):
            lines.append(f"  seats {choices.number(3, 8)}")
        if choices.chance(40):
            lines.append("  chair Chair")
        if choices.chance(40):
            lines += quorums(choices)
        lines += [f"  {proxies(choices)}"] if choices.chance(40) else []
        lines.append("")
    return lines


QUORUMS = ("half of all members", "2", "two thirds of all members", "majority of all members", "more than half of all members",
           "1", "at least 3", "one third of fixed seats", "none")  # fmt: skip


def quorums(choices: Choices) -> list[str]:
    """The lines of a quorum, sometimes with one for a meeting that was called again."""
    size = choices.pick(QUORUMS)
    kind = "" if size == "none" else choices.pick(("", " present", " taking part"))
    rounding = choices.pick(("", " rounded up", " rounded down")) if "of" in size else ""
    lines = [f"  quorum {size}{kind}{rounding}"]
    if choices.chance(25):
        again = choices.pick(("1", "one third of all members", "none"))
        lines.append(f"  quorum {again} when reconvened{choices.pick(('', ' 2 times'))}")
    return lines


def proxies(choices: Choices) -> str:
    """A line on proxies."""
    return choices.pick(("proxies at most 1 each", "no proxies", "proxies at most 2 each to any Director", "substitutes allowed"))
