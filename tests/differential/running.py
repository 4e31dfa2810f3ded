"""Many random agreements, one after another, until so many decisions were compared or two back ends differ.

In: a seed, back ends. Out: counts, and the first difference, shrunk to a story. Each agreement has its own seed, made of the
run's seed and its place, so that any of them can be looked at again by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from govlang.backends.plan import Right, plan
from govlang.core.rules import leaves
from govlang.frozen import dataclass, field, replace
from govlang.pipeline import Loaded, load_text
from tests.differential import found, histories, raw
from tests.differential.choices import Choices, Seeded
from tests.differential.comparing import Counts, Difference, differences, fuzzed, said
from tests.differential.engines import Answer, Engine
from tests.differential.found import Story
from tests.differential.logs import Log, log
from tests.differential.records import record
from tests.differential.rights import agreement
from tests.differential.shrinking import fewer, plainer, shorter
from tests.differential.values import Row
from tests.differential.worlds import World


@dataclass(slots=True)
class Run:
    """One run. `rows` are random rows a right, `records` random records an agreement; every so many agreements (`logs`, 0 for none)
    a random log of raw votes is audited too, and `alone` counts its rows that the interpreter judges there."""

    seed: str
    engines: Sequence[Engine]
    rows: int = 200
    records: int = 2
    logs: int = 0
    logged: int = 0
    alone: Counter[str] = field(default_factory=Counter)
    counts: Counts = field(default_factory=Counts)
    constructs: Counter[str] = field(default_factory=Counter)
    agreements: int = 0
    unsound: int = 0

    def until(self, decisions: int) -> Story | None:
        """Compares so many decisions; ends with the first difference."""
        while self.counts.decisions < decisions:
            story = self.next()
            if story is not None:
                return story
        return None

    def next(self) -> Story | None:
        """One more agreement: its rights on random rows and on the rows of random records."""
        name = f"{self.seed}/{self.agreements}"
        self.agreements += 1
        world = agreement(Choices(Seeded(name)))
        loaded = load_text(world.text)
        if not loaded.sound:
            self.unsound += 1
            return None
        batches = self.from_values(loaded, name)
        story = self.from_records(loaded, world, name, batches)
        if story is not None:
            return story
        for right, rows, answers in batches.values():
            self.constructs.update({leaf.kind for leaf in leaves(right.tree)})
            for each in differences(right, rows, answers, self.engines, self.counts):
                return self.story(world.text, each, name)
        return self.from_log(loaded, world, name) if self.logs and self.agreements % self.logs == 0 else None

    def from_log(self, loaded: Loaded, world: World, name: str) -> Story | None:
        """Audits a random log of raw votes."""
        drawn = log(Choices(Seeded(f"{name}/log")), world, 80)
        self.logged += len(drawn.rows)
        for each in raw.differences(loaded, drawn, self.alone):
            return self.of_log(world.text, drawn, each, name)
        return None

    def from_values(self, loaded: Loaded, name: str) -> dict[Right, tuple[Right, list[Row], list[Answer]]]:
        """Random rows of each right."""
        choices = Choices(Seeded(f"{name}/values"))
        found: dict[Right, tuple[Right, list[Row], list[Answer]]] = {}
        for decision in loaded.agreement.decisions.values():
            right = plan(loaded.rules.rule(decision.name), decision).right
            found[right] = (right, *fuzzed(right, choices, self.rows))
        return found

    def from_records(
        self, loaded: Loaded, world: World, name: str, batches: dict[Right, tuple[Right, list[Row], list[Answer]]]
    ) -> Story | None:
        """Adds the judge's rows of random records; a story where the judge and a plan differ."""
        choices = Choices(Seeded(f"{name}/records"))
        for _ in range(self.records):
            book = record(choices, world)
            asked = histories.of_record(loaded, book, most=4, explained=True)
            self.counts.records += 1
            if asked.faults:
                return self.of_record(world.text, book.text, asked.faults[0], name)
            for case in asked.cases:
                _, rows, answers = batches[case.right]
                rows.append(case.values)
                answers.append(case.answer)
        return None

    # ------------------------------------------------------------ stories

    def story(self, text: str, difference: Difference, name: str = "") -> Story:
        """A difference about a row, shrunk."""
        engines = [engine for engine in self.engines if engine.name == difference.engine]
        about = difference.right.name

        def differs(text: str, row: Row) -> bool:
            loaded = load_text(text)
            return loaded.sound and bool(found.of_row(loaded, about, row, engines))

        row: Row = dict(difference.row)
        if differs(text, row):  # a right met on its own; it may also take many rows together
            text = shorter(text, lambda kept: differs(kept, row))
            row = plainer(row, lambda trial: differs(text, trial))
            text = shorter(text, lambda kept: differs(kept, row))
            difference = found.of_row(load_text(text), about, row, engines)[0]
            row = dict(difference.row)
        answers = (f"reference: {said(difference.expected)}", f"{difference.engine}: {said(difference.found)}")
        return Story(difference.engine, about, text, row=row, said=answers, seed=name)

    def of_record(self, text: str, book: str, fault: str, name: str = "") -> Story:
        """A difference between the judge and a plan, shrunk."""

        def differs(text: str, book: str) -> bool:
            loaded = load_text(text)
            try:
                return loaded.sound and bool(found.of_record(loaded, book, ()))
            except AssertionError:  # a record that cannot be read
                return False

        if differs(text, book):
            lines = fewer(book.split("\n"), lambda kept: differs(text, "\n".join(kept)))
            book = "\n".join(lines)
            text = shorter(text, lambda kept: differs(kept, book))
            fault = found.of_record(load_text(text), book, ())[0]
        return Story("plan", fault.partition(":")[0], text, book, said=(fault,), seed=name)

    def of_log(self, text: str, drawn: Log, difference: raw.RawDifference, name: str = "") -> Story:
        """A difference about a row of a log, shrunk: the row, the record, the agreement."""

        broken = isinstance(difference.found, str)  # the audit gave up: what makes it give up is another matter than a wrong answer

        def differs(text: str, trial: Log) -> bool:
            loaded = load_text(text)
            try:
                return loaded.sound and any(isinstance(each.found, str) is broken for each in raw.differences(loaded, trial))
            except AssertionError:  # a record that cannot be read
                return False

        alone = replace(drawn, rows=(dict(difference.row),))
        if differs(text, alone):
            drawn = alone
            lines = fewer(drawn.record.split("\n"), lambda kept: differs(text, replace(drawn, record="\n".join(kept))))
            drawn = replace(drawn, record="\n".join(lines))
            for column in [name for name in drawn.types if name not in ("decision", "decided", "ballots")]:
                types = {name: kind for name, kind in drawn.types.items() if name != column}
                rows = tuple({name: row[name] for name in types} for row in drawn.rows)
                trial = replace(drawn, rows=rows, types=types)
                drawn = trial if differs(text, trial) else drawn
            text = shorter(text, lambda kept: differs(kept, drawn))
            difference = raw.differences(load_text(text), drawn)[0]
        said = (f"reference: {difference.expected}", f"audit: {difference.found}")
        return Story("audit", str(difference.row.get("decision")), text, drawn.record, log=drawn, said=said, seed=name)
