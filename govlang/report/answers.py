"""An answer as text for people: the verdict first, then each requirement with its clause, what counted, what is missing.

In: an `Answer`. Out: lines, without colours unless the style has them. Every requirement cites its clause by number and
heading and quotes the beginning of its prose, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from govlang.backends.answers import Answer, Item, Missing, Path
from govlang.core.verdict import State, Verdict
from govlang.report.text import Style, safe, sentence, wrapped
from govlang.source import Citation

_COLOURS = {
    Verdict.PERMITTED: "green", Verdict.PENDING: "yellow", Verdict.DENIED: "red", Verdict.SILENT: "blue",
}  # fmt: skip
_STATES = {State.MET: "green", State.OPEN: "yellow", State.FAILED: "red"}
_QUIET = ("term", "withdrawn")
_GROUPS = {"any of": "one of these is enough"}


def show(answer: Answer, style: Style) -> str:
    """The whole answer."""
    return "\n".join(_Printer(answer, style).lines())


class _Printer:
    def __init__(self, answer: Answer, style: Style) -> None:
        self.answer = answer
        self.style = style
        self.quoted: set[tuple[str, str, str]] = set()

    def lines(self) -> Iterator[str]:
        yield from self.head()
        for title, part in (
            ("Readings", self.readings()), ("Requirements", self.requirements()), ("Missing", self.missing()),
            ("Paths to yes", self.paths()), ("Denied because", self.because()), ("To do now", self.duties()),
            ("Notes", self.notes()),
        ):  # fmt: skip
            found = list(part)
            if found:
                yield ""
                yield self.style(title, "bold")
                yield from found

    def head(self) -> Iterator[str]:
        answer = self.answer
        verdict = answer.verdict.value.upper() + (" (ambiguous)" if answer.ambiguous else "")
        about = f"{safe(answer.decision)}" if answer.proposal.startswith("the action") else (
            f"{safe(answer.proposal)}: {safe(answer.decision)}"
        )  # fmt: skip
        yield f"{self.style(verdict, 'bold', _COLOURS[answer.verdict])}  {about}, on {when(answer.on)}"
        version = f", version {answer.version}" if answer.version else ""
        yield from wrapped(f"{answer.agreement}{version} (text {answer.text_hash[:12]})", "  ")
        if answer.by:
            verb = "" if ": " in answer.decision else "proposed "  # a step of a dispute is taken, not proposed
            yield from wrapped(f"{verb}by {', '.join(answer.by)}", "  ")
        if answer.facts:
            yield from wrapped("; ".join(f"{name} {value}" for name, value in answer.facts), "  with ")
        if answer.holidays is not None:
            file, digest = answer.holidays.file.rpartition("/")[2], answer.holidays.sha256[:12]
            yield from wrapped(f"working days by {file} (hash {digest})", "  ")
        if answer.decided is not None:
            yield f"  decided on {when(answer.decided)}"

    # ------------------------------------------------------------ requirements

    def requirements(self) -> Iterator[str]:
        if self.answer.requirement is not None:
            yield from self.item(self.answer.requirement, 2)

    def item(self, item: Item, indent: int, alternative: bool = False) -> Iterator[str]:
        if item.kind in _QUIET and item.state is State.MET:
            return
        if item.kind == "every" and not (alternative and len(item.items) > 1):
            for child in item.items:
                yield from self.item(child, indent)
            return
        if item.kind == "override" and item.items[0].state is not State.FAILED:
            yield from self.item(item.items[0], indent)  # nothing to override yet
            ways = " or ".join(" and ".join(_labels(child)) for child in item.items[1:])
            yield from wrapped(ways, f"{' ' * (indent + 8)}can be overridden by: ")
            return
        yield from self.headline(item, indent)
        inner = " " * (indent + 8)
        for text in item.evidence:
            yield from wrapped(text, f"{inner}counted: ")
        for text in item.ignored:
            yield from wrapped(text, f"{inner}not counted: ")
        if item.state is not State.MET:
            for missing in item.missing:
                yield from wrapped(missing.text, f"{inner}missing: ")
        if not item.items and item.kind not in _QUIET and item.kind != "every":
            yield from self.citation(item.citation, inner)
        for child in item.items:
            yield from self.item(child, indent + 2, alternative=item.kind == "any of")

    def headline(self, item: Item, indent: int) -> Iterator[str]:
        label = _GROUPS.get(item.kind, item.label)
        if item.kind == "every":
            label = "all of these together"
        if item.kind == "reading":
            label = f'reading "{item.label}"'
        if item.kind == "lapse" and item.state is State.OPEN:
            label = f"{item.label}, counted from the decision"
        state = f"{item.state.value:<6}"
        first, *rest = wrapped(label, " " * indent + state + "  ", " " * (indent + 8))
        yield first.replace(state, self.style(state, _STATES[item.state]), 1)
        yield from rest

    def citation(self, citation: Citation, indent: str) -> Iterator[str]:
        prose = sentence(citation.prose)
        key = (citation.document, citation.number, citation.title)
        label = citation.label()
        if prose and key not in self.quoted and (citation.number or citation.title):
            self.quoted.add(key)
            label = f"{label}: “{prose}”"
        yield from wrapped(label, indent)

    # ------------------------------------------------------------ what follows

    def missing(self) -> Iterator[str]:
        if self.answer.verdict is Verdict.PENDING:
            for missing in self.answer.missing:
                yield from wrapped(_missing(missing), "  - ", "    ")

    def because(self) -> Iterator[str]:
        for item in self.answer.because:
            yield from wrapped(f"{item.label}, {item.citation.label()}", "  - ", "    ")

    def paths(self) -> Iterator[str]:
        for path in self.answer.paths:
            yield from wrapped(_path(path), "  - ", "    ")
        more = self.answer.paths_in_all - len(self.answer.paths)
        if self.answer.paths and more > 0:
            yield f"    and {more} more of the same size"

    def readings(self) -> Iterator[str]:
        for reading in self.answer.readings:
            verdict = self.style(reading.verdict.value, _COLOURS[reading.verdict])
            lines = wrapped(f'under "{reading.name}": @, {reading.citation.label()}', "  - ", "    ")
            yield from (line.replace("@", verdict, 1) for line in lines)

    def duties(self) -> Iterator[str]:
        for duty in self.answer.duties:
            until = f", by {last_day(duty.until)}" if duty.until is not None else ""
            yield from wrapped(f"inform {duty.who}{until}, {duty.citation.label()}", "  - ", "    ")

    def notes(self) -> Iterator[str]:
        for note in self.answer.notes:
            yield from wrapped(note, "  - ", "    ")


def _labels(item: Item) -> list[str]:
    """The requirements of an item in words, without the quorum that each vote brings with it."""
    if not item.items:
        return [] if item.kind == "quorum" else [item.label]
    return [label for child in item.items for label in _labels(child)]


def _missing(missing: Missing) -> str:
    named = all(name in missing.text for name in missing.who)
    who = f" (from {', '.join(missing.who)})" if missing.who and not named and len(missing.who) <= 12 else ""
    return f"{missing.text}{who}"


def _path(path: Path) -> str:
    names = " and ".join((", ".join(path.approvals[:-1]), path.approvals[-1])) if len(path.approvals) > 1 else (
        "".join(path.approvals)
    )  # fmt: skip
    says = f"approval of {names}" if names else ""
    steps = "; ".join(path.steps)
    return f"{says}; then {steps}" if says and steps else says or steps


def when(at: datetime) -> str:
    """A day; with its time unless the whole day is meant."""
    if (at.hour, at.minute) in ((0, 0), (23, 59)):
        return at.date().isoformat()
    return at.isoformat(sep=" ", timespec="minutes")


def last_day(until: datetime) -> str:
    """The last day (or instant) before the first instant too late."""
    return when(until - timedelta(days=1)) if (until.hour, until.minute) == (0, 0) else when(until)
