"""Random decision rights: lines of the language that are well-formed and, nearly always, sound.

In: choices and a world. Out: the text of decisions, added to the world. Every kind of requirement and setting that votes,
approvals, vetoes, acts, periods and tiers have is drawn from here.
"""

from __future__ import annotations

from tests.differential.choices import Choices
from tests.differential.worlds import Given, Right, World, head, proxies, quorums

FACTS = (
    Given("amount", "money"), Given("cost", "money"), Given("units", "number"), Given("pct", "percent"),
    Given("urgent", "yes or no"), Given("class", "one of low or mid or high"), Given("day", "date"),
    Given("related", "party optional"), Given("who", "person"), Given("supplier", "text optional"),
    Given("material", "yes or no", " determined by Chair"), Given("ground", "yes or no", " determined by any Auditor"),
    Given("span", "duration"), Given("level", "number", " determined by Chair"), Given("backed", "yes or no optional"),
)  # fmt: skip
ACTS = ("checked", "filed", "minutes-accepted")
BASES = ("all members", "votes cast", "votes cast without abstentions", "members present", "other members", "fixed seats")
SHARES = ("half", "two thirds", "one third", "55%", "3/4", "60%", "one quarter", "100%", "12.5%")
PERIODS = ("3 days", "5 days", "1 week", "48 hours", "1 month", "1 day", "30 hours", "10 days")
ANCHORS = ("proposal", "notice", "opening", "closing", "meeting", "checked", "2026-03-03", "1 day after proposal")


def agreement(choices: Choices) -> World:
    """A random agreement."""
    world, lines = head(choices)
    count = choices.number(1, 3)
    for place in range(count):
        right = Right(("Alpha", "Beta", "Gamma")[place], tuple(choices.some(FACTS, 1, 6)))
        world.rights.append(right)
    for place, right in enumerate(world.rights):
        lines += [*Writer(choices, world, right, world.rights[:place]).decision(), ""]
    world.text = "\n".join(lines)
    return world


class Writer:
    """Writes one decision. `earlier` are the decisions that it may speak of, so that none speak of each other in a circle."""

    def __init__(self, choices: Choices, world: World, right: Right, earlier: list[Right]) -> None:
        self.c = choices
        self.world = world
        self.right = right
        self.earlier = earlier
        self.facts = {given.name: given for given in right.facts}
        self.acts: list[str] = []
        self.casting = False
        self.nested = 0

    def decision(self) -> list[str]:
        c, right = self.c, self.right
        if self.earlier and c.chance(15):
            given = Given("plan", f"decision {self.earlier[-1].name}{c.pick(('', ' optional'))}")
            self.facts["plan"] = given
            right.facts = (*right.facts, given)
        lines = [f"decision {right.name}"]
        lines += [f"  given {', '.join(f'{given.name}: {given.type}{given.more}' for given in right.facts)}"]
        if c.chance(15):
            right.covers = (c.pick((f"do-{right.name.lower()}", "do-it")),)
            lines.append(f"  covers {right.covers[0]}")
            if self.earlier and c.chance(40):
                lines.append(f"  overrides {self.earlier[0].name}")
        if c.chance(12):
            lines.append(f"  applies when {self.condition()}")
        if c.chance(75):
            lines.append(f"  proposed by {self.proposers()}")
        if c.chance(8):
            seconder = self.pick("any Director", "any Member", "at least 2 of Member")
            lines.append(f"  seconded by {seconder}{self.pick('', ' within 3 days')}")
        lines += self.settings(2, 40)
        lines += self.block(2, c.number(1, 3))
        if c.chance(30):
            lines += self.tiers(2)
        elif c.chance(8):
            lines += self.readings()
        right.acts = tuple(dict.fromkeys(self.acts))
        return lines

    def pick(self, *items: str) -> str:
        return self.c.pick(items)

    def proposers(self) -> str:
        return self.pick("any Director", "any Member", "any person", "Chair or any Director", "at least 2 of Member", "any party",
                         "any Member except Chair", "Board or at least one third of party")  # fmt: skip

    # ------------------------------------------------------------ settings

    def settings(self, indent: int, percent: int) -> list[str]:
        """Lines on how votes are taken and when; each kind once a block."""
        c, pad = self.c, " " * indent
        found: list[str] = []
        for line in (self.abstention, self.absence, self.silence, self.change, self.recused, self.conflict, self.window,
                     self.as_of, self.quorum, self.proxies, self.delegable, self.distinct, self.casting_vote):  # fmt: skip
            if c.chance(percent // 2):
                found += [f"{pad}{each.strip()}" for each in line()]
        for line in (self.notice, self.consult, self.standstill, self.lapse):
            if c.chance(percent // 4):
                found += [f"{pad}{each.strip()}" for each in line()]
        return found

    def abstention(self) -> list[str]:
        return [f"abstention counts {self.pick('against', 'for', 'nothing')}"]

    def absence(self) -> list[str]:
        return [f"absence counts {self.pick('against', 'for', 'nothing')}"]

    def silence(self) -> list[str]:
        return [f"silence counts {self.pick('for', 'against', 'nothing')}"]

    def change(self) -> list[str]:
        return ["votes may change"]

    def recused(self) -> list[str]:
        group = "every Director of related" if "related" in self.facts and self.c.chance(50) else self.pick(
            "proposer", "Chair", "every Auditor")  # fmt: skip
        return [f"recused {group}{self.pick('', ' still counted')}"]

    def conflict(self) -> list[str]:
        return [f"conflict of interest {self.pick('recuses', 'abstains')}"]

    def window(self) -> list[str]:
        if "day" in self.facts and self.c.chance(20):
            return ["open until day"]
        found = [f"open for {self.pick('', 'at least ')}{self.c.pick(PERIODS)}"]
        if self.c.chance(20):
            found.append(f"extension by Chair{self.pick('', ' up to 3 days')}{self.pick('', ' once')}")
        if self.c.chance(10):
            found.append("restart by Chair")
        return found

    def as_of(self) -> list[str]:
        return [f"members as of {self.pick('proposal', 'opening', 'notice', 'meeting')}"]

    def quorum(self) -> list[str]:
        return quorums(self.c)

    def proxies(self) -> list[str]:
        return [proxies(self.c)]

    def delegable(self) -> list[str]:
        return ["not delegable"]

    def distinct(self) -> list[str]:
        return [f"distinct {self.pick('persons', 'employer')}"]

    def casting_vote(self) -> list[str]:
        return ["casting vote by Chair"]

    def notice(self) -> list[str]:
        return [f"notice {self.c.pick(PERIODS)}{self.pick('', ' waivable', ' waivable within 4 days after meeting')}"]

    def consult(self) -> list[str]:
        return [f"consult {self.pick('Chair', 'every party', 'any Auditor')} for {self.c.pick(PERIODS)}"]

    def standstill(self) -> list[str]:
        return [f"effective after {self.c.pick(PERIODS)}"]

    def lapse(self) -> list[str]:
        if self.earlier and self.c.chance(40):
            return [f"ratified by {self.earlier[0].name} within {self.c.pick(PERIODS)}"]
        return [f"lapses after {self.c.pick(PERIODS)}"]

    # ------------------------------------------------------------ blocks, tiers, readings

    def block(self, indent: int, count: int) -> list[str]:
        """So many `requires` lines."""
        found: list[str] = []
        for _ in range(count):
            first, *rest = self.requirement()
            found += [f"{' ' * indent}requires {first}", *(f"{' ' * indent}{line}" for line in rest)]
        return found

    def tiers(self, indent: int) -> list[str]:
        c = self.c
        found: list[str] = []
        for _ in range(c.number(1, 3)):
            found += [f"{' ' * indent}when {self.condition()}", *self.settings(indent + 2, 15)]
            found += self.block(indent + 2, c.number(1, 2))
            if indent == 2 and c.chance(10):
                found += self.tiers(indent + 2)
        if c.chance(80):
            found += [f"{' ' * indent}otherwise", *self.block(indent + 2, c.number(1, 2))]
        return found

    def readings(self) -> list[str]:
        names = ("strict", "mild")
        self.right.readings = names
        found: list[str] = []
        for name in names:
            found += [f'  reading "{name}"', *self.block(4, self.c.number(1, 2))]
        return found

    # ------------------------------------------------------------ requirements

    def requirement(self) -> list[str]:
        """One requirement: its first line, and the lines indented under it."""
        kinds = [self.threshold, self.threshold, self.approval, self.condition_required, self.block_of, self.act, self.more_for,
                 self.no_vote_against, self.waiting, self.other_decision, self.any_or_all, self.small, self.sharing]  # fmt: skip
        return self.c.pick(kinds)()

    def any_or_all(self) -> list[str]:
        if self.nested >= 2:
            return self.threshold()
        self.nested += 1
        found = [self.pick("any of", "all of")]
        for _ in range(self.c.number(2, 3)):
            found += [f"  {line}" for line in self.requirement()]
        self.nested -= 1
        return found

    def electorate(self) -> str:
        return self.pick("Board", "Council", "Assembly", "every Member", "any Director", "every party",
                         "every Member except proposer")  # fmt: skip

    def quantity(self) -> str:
        c = self.c
        match c.below(10):
            case 0 | 1:
                return str(c.number(1, 4))
            case 2:
                return self.base()
            case 3:
                return f"square root of {c.pick(BASES[:2])}"
            case 4:
                return f"{c.pick(SHARES)} of {self.base()} {self.pick('plus', 'minus')} {c.number(1, 2)}"
            case 5:
                return f"the {self.pick('larger', 'smaller')} of {c.number(1, 4)} and {c.pick(SHARES)} of {self.base()}"
            case 6:
                return f"{c.number(2, 3)} times {c.pick(SHARES)} of {self.pick('', 'square root of ')}{self.base()}"
            case 7 if "pct" in self.facts:
                return f"pct of {self.base()}"
            case _:
                return f"{c.pick(SHARES)} of {self.base()}"

    def base(self) -> str:
        return self.c.pick(BASES)

    def threshold(self) -> list[str]:
        c, group = self.c, self.electorate()
        measure = c.pick(("", "", " for", " against", " abstaining", " present", " taking part", " outstanding",
                          " for or abstaining"))  # fmt: skip
        form = c.below(6)
        if form == 0:
            line = f"{self.pick('majority', 'unanimity')} of {self.base()} in {group}"
        elif form == 1:
            line = f"at least {c.number(1, 4)} of {group}"
        elif measure and c.chance(35):
            line = f"{self.pick('at most', 'fewer than')} {self.quantity()}{measure} in {group}"
        else:
            line = f"{self.pick('at least', 'more than')} {self.quantity()}{measure} in {group}"
        return [line + self.tail(group)]

    def tail(self, group: str) -> str:
        c, found = self.c, ""
        if c.chance(25):
            found += f" weighted by {'share' if group in ('Assembly', 'every party') else 'weight'}"
        if c.chance(20):
            found += f" rounded {self.pick('up', 'down', 'nearest')}"
        if c.chance(8) and group not in ("Assembly", "every party"):
            found += f" counting at most {c.number(1, 2)} per employer"
        return found

    def more_for(self) -> list[str]:
        group = self.electorate()
        return [f"more for than against in {group}{self.tail(group).partition(' rounded')[0]}"]

    def no_vote_against(self) -> list[str]:
        who = self.pick("Chair", "every party", "at least 2 of Member", "any Auditor", "all but 1 of Member")
        return [f"no vote against by {who}"]

    def approval(self) -> list[str]:
        one = ["Chair", "every Director", "any Auditor", "at least 2 of Member", "all but 1 of Member", "every party",
               "any party", "at least one third of party", "every party except proposer", "any Member with trained yes",
               "at least half of Member", "any person with at least 2 weight", "every Auditor except Chair"]  # fmt: skip
        if "related" in self.facts:
            one.append("any Director of related")
        if "who" in self.facts:
            one.append("who")
        group = self.c.pick(one)
        if self.c.chance(30):
            group += self.pick(" and ", " or ") + self.c.pick(one)
        if self.c.chance(10) and " and " not in group and " or " not in group:
            group += f" from 2 different {self.pick('employer', 'party')}"
        return [f"approval of {group}"]

    def window_words(self) -> str:
        c = self.c
        plain = self.pick("", f" within {c.pick(PERIODS)}", f" for {c.pick(PERIODS)}")
        return f"{plain} after {c.pick(ANCHORS)}" if plain and c.chance(60) else plain

    def block_of(self) -> list[str]:
        c, kind = self.c, self.pick("veto", "objection")
        group = self.pick("Chair", "any Director", "every party", "at least 2 of Member", "any Auditor", "all but 1 of Member")
        found = [f"no {kind} by {group}{self.window_words()}"]
        lines = ["with reason", "until withdrawn", "votes against count", "not by proposer", f"delays at most {c.pick(PERIODS)}"]
        if "ground" in self.facts:
            lines.append("on ground ground")
        if "urgent" in self.facts:
            lines.append("except when urgent")
        lines.append("unless at least two thirds of all members in Board")
        found += [f"  {line}" for line in c.some(lines, 0, 2)]
        return found if not {"  until withdrawn", f"  {lines[4]}"} <= set(found) else found[:1]

    def act(self) -> list[str]:
        c, name = self.c, self.c.pick(ACTS)
        self.acts.append(name)
        by = self.pick("", " by any Auditor", " by Chair", " by at least 2 of Member", " by every party",
                       " by Chair and any Director")  # fmt: skip
        if c.chance(25):
            return [f"no {name} recorded{by.partition(' and ')[0]}{self.window_words()}"]
        times = self.pick("", " 2 times", " 3 times") if " and " not in by and "every" not in by and "at least" not in by else ""
        spread = " from 2 different employer" if times and by and c.chance(30) else ""
        return [f"{name} recorded{times}{by}{spread}{self.window_words()}"]

    def waiting(self) -> list[str]:
        anchor = self.c.pick(ANCHORS)
        if anchor == "checked":
            self.acts.append("checked")
        return [f"{self.c.pick(PERIODS)} after {anchor}"]

    def other_decision(self) -> list[str]:
        if not self.earlier:
            return self.threshold()
        other = self.c.pick(self.earlier)
        shared = [given.name for given in other.facts if given.name in self.facts]
        same = f" for same {self.c.pick(shared)}" if shared and self.c.chance(40) else ""
        return [self.pick(f"decision {other.name}{same}", f"no decision {other.name}{same}", f"no {other.name} under way{same}",
                          f"no decision {other.name}{same} within {self.c.pick(PERIODS)}")]  # fmt: skip

    def small(self) -> list[str]:
        return [self.pick("nothing", f"open for at least {self.c.pick(PERIODS)}", f"at least {self.c.number(1, 3)} of Board")]

    def sharing(self) -> list[str]:
        group = self.pick("Board", "Council")
        return [f"at most {self.c.pick(('2', '1', 'half of all members', '3'))} members per employer in {group}"]

    # ------------------------------------------------------------ conditions

    def condition_required(self) -> list[str]:
        return [self.condition()]

    def condition(self) -> str:
        """A condition over the facts of the decision."""
        if self.c.chance(20):
            joiner = self.pick(" and ", " or ")
            return joiner.join(self.atom() for _ in range(self.c.number(2, 3)))
        if self.c.chance(8):
            return f"{self.atom()} and ({self.atom()} or {self.atom()})"
        return self.atom()

    def atom(self) -> str:
        c = self.c
        plain = self.c.pick([self.about(given) for given in self.facts.values()] + [self.about_others()])
        return f"not {plain}" if c.chance(12) and " and " not in plain and " is not " not in plain else plain

    def about_others(self) -> str:
        c = self.c
        return c.pick((
            f"number of Member {self.pick('at least', 'fewer than')} {c.number(1, 5)}", "proposer is a Director", "mode is meeting",
            "proposed-on before 2026-03-05", f"proposed within {c.pick(PERIODS)} after 2026-03-02",
            "proposer is in Board", "mode is one of meeting, written", f"proposed at least {c.pick(PERIODS)} before meeting",
        ))  # fmt: skip

    def about(self, given: Given) -> str:
        c, name = self.c, given.name
        compare = self.pick("at most", "at least", "more than", "less than")
        match name:
            case "amount" | "cost":
                other = {"amount": "cost", "cost": "amount"}[name]
                options = [f"{name} {compare} {self.money()}"] * 3
                options.append(f"total {name}{self.pick('', ' in 3 days')} {compare} {self.money()}")
                if other in self.facts:
                    options.append(f"{name} {compare} {c.pick(SHARES)} of {other}")
                    options.append(f"{name} {compare} {other}")
                return c.pick(options)
            case "units" | "level":
                options = [f"{name} {compare} {self.pick('2.5', '3', '10', '7.5')}", f"{name} is {self.pick('3', '7')}"]
                if name == "units":
                    options.append(f"units {compare} {c.pick(SHARES)} of number of Member")
                return c.pick(options)
            case "pct":
                return f"pct {compare} {self.pick('50%', '33.3%', '100%', '0%')}"
            case "urgent" | "material" | "ground" | "backed" | "plan":
                known = f"{name} is known"
                return c.pick((name, name, known)) if name != "plan" else name
            case "class":
                return c.pick(("class is low", "class is not high", "class is one of low, mid"))
            case "day":
                return c.pick(("day before 2026-03-06", "day before 2026-03-04 12:00", "day from 2026-03-04",
                               "day by 2026-03-31", "day after 2026-03-01",
                               f"day {self.pick('at least', 'at most', 'more than')} {c.pick(PERIODS)} after proposal",
                               f"day within {c.pick(PERIODS)} after 2026-03-01"))  # fmt: skip
            case "related":
                return c.pick(("related is Helios", "related is known", "related is one of Helios, Norwind", "related is a party"))
            case "who":
                return c.pick(("who is Ada", "who is a Member", "who is not Bea", "who is in Council"))
            case "supplier":
                return c.pick(('supplier is "Bolt"', "supplier is known", 'supplier is not "Acme"'))
            case "span":
                return f"span {compare} {self.pick('30 days', '1 month', '5 working days', '1 week')}"
            case _:
                raise AssertionError(name)

    def money(self) -> str:
        currency = self.world.currency or self.pick("EUR", "USD")
        return f"{self.pick('10,000', '50,000', '999.99', '20,000', '0.01')} {currency}"
