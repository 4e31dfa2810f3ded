"""Who may decide what, as text.

In: `Rights`. Out: lines: each tier with whether it applies, and under it who proposes, approves, votes, vetoes ...
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.report.answers import when
from govlang.report.text import Style, safe, wrapped
from govlang.tools.who import Level, Right, Rights

_STATES = {"yes": "applies", "no": "does not apply", "unknown": "may apply"}
_COLOURS = {"yes": "green", "no": "dim", "unknown": "yellow"}


def show(rights: Rights, style: Style) -> str:
    """Everything about one decision."""
    return "\n".join(_lines(rights, style))


def _lines(rights: Rights, style: Style) -> Iterator[str]:
    on = f", on {when(rights.on)}" if rights.on is not None else ", by the text alone (no record and no day given)"
    yield f"{style(safe(rights.decision), 'bold')}{on}"
    yield from wrapped(rights.agreement, "  ")
    if rights.text:
        yield from wrapped(f"“{rights.text}”", "  ")
    if rights.facts:
        yield from wrapped("; ".join(f"{name} {value}" for name, value in rights.facts), "  with ")
    yield from _level(rights.level, 0, style)


def _level(level: Level, indent: int, style: Style) -> Iterator[str]:
    pad = " " * indent
    yield ""
    state = style(_STATES[level.applies], _COLOURS[level.applies])
    first = wrapped(level.label, pad, pad)
    yield from first[:-1]
    yield style(first[-1], "bold") + (f"  [{state}]" if level.label != "always" or level.applies != "yes" else "")
    for right in level.rights:
        yield from _right(right, indent + 2)
    if not level.rights and not level.levels:
        yield f"{pad}  nothing is required"
    for inner in level.levels:
        yield from _level(inner, indent + 2, style)


def _right(right: Right, indent: int) -> Iterator[str]:
    pad = " " * indent
    says = right.rule if right.rule != right.kind else ""
    lead = f"{pad}{right.kind}: " if says else f"{pad}{right.kind}:"
    cited = f"  ({right.citation.label()})" if says else ""
    yield from wrapped(f"{says}{cited}", lead, f"{pad}    ")
    for holders in right.holders:
        names = ", ".join(holders.names) or "nobody at present"
        if holders.names != (holders.group,):
            yield from wrapped(f"{holders.group}: {names}", f"{pad}    ")
    for inner in right.rights:
        yield from _right(inner, indent + 4)
