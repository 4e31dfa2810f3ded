"""The outcomes of scenarios and stories as text, and coverage as text.

In: `Tested` files, `Coverage`. Out: lines: one a scenario, failures with their place, then the totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlang.report import messages
from govlang.report.text import Style, plural, safe, wrapped
from govlang.tools.coverage import Coverage
from govlang.tools.stories import Tested


def show(tested: Iterable[Tested], style: Style) -> str:
    """Every file with its scenarios, and the totals."""
    files = list(tested)
    lines: list[str] = []
    for file in files:
        lines.extend(_file(file, style))
    lines.append(totals(files))
    return "\n".join(lines)


def _file(file: Tested, style: Style) -> Iterator[str]:
    yield style(safe(file.path), "bold")
    for found in file.diagnostics:
        yield from _indented(messages.show(found, style))
    for outcome in file.outcomes:
        word = style("ok", "green") + "   " if outcome.passed else style("FAIL", "bold", "red") + " "
        yield f"  {word} {safe(outcome.title)}"
        for failure in outcome.failures:
            yield from _indented(messages.show(failure, style))
    if not file.outcomes and not file.diagnostics:
        yield "  no scenarios"
    yield ""


def _indented(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"       {line}"


def totals(files: Iterable[Tested]) -> str:
    """How many scenarios passed and failed, in how many files."""
    listed = list(files)
    outcomes = [outcome for file in listed for outcome in file.outcomes]
    failed = sum(not outcome.passed for outcome in outcomes)
    broken = sum(any(found.severity == "error" for found in file.diagnostics) for file in listed)
    said = f"{plural(len(outcomes), 'scenario')} in {plural(len(listed), 'file')}: {len(outcomes) - failed} passed"
    if failed:
        said += f", {failed} failed"
    if broken:
        said += f"; {plural(broken, 'file')} with errors"
    return said


# ------------------------------------------------------------ coverage


def coverage(found: Iterable[Coverage], style: Style) -> str:
    """Coverage by clause, decision and requirement."""
    lines: list[str] = []
    for item in found:
        lines.append(style(f"Coverage of {safe(item.path)}", "bold"))
        for name, (reached, of) in item.counts().items():
            what = {"clauses": "with a rule", "decisions": "asked about", "requirements": "reached", "duties": "asked about"}[name]
            share = f"{100 * reached // of}%" if of else "-"
            lines.append(f"  {name:<13} {reached:>4} of {of:<4} {what} ({share})")
        text_only = [f"{clause.number} {clause.title}".strip() for clause in item.clauses if clause.state == "text only"]
        if text_only:
            lines.extend(wrapped("; ".join(text_only), "  text only: ", "             "))
        lines.extend(_untouched(item))
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _untouched(item: Coverage) -> Iterator[str]:
    for norm in item.norms:
        if not norm.touched:
            yield from wrapped(f"{norm.kind} {norm.name}: {norm.title} (line {norm.line})", "  not asked about: ", "    ")
    for decision in item.decisions:
        if not decision.touched:
            yield from wrapped(f"{decision.name} (line {decision.line})", "  not asked about: ", "    ")
            continue
        for requirement in decision.requirements:
            if not requirement.touched:
                says = f"{decision.name}: {requirement.label} (line {requirement.line})"
                yield from wrapped(says, "  not reached: ", "    ")
