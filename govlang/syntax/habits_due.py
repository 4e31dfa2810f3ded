"""What people write out of habit about what comes round and what is due, and how the language says it. See `syntax.habits`."""

from __future__ import annotations

_LAST = "say `after the last`: `each 12 months after the last`"
_TURNS = (
    (r"\b(?:since|from|of) the last\b.*", _LAST),
    (r"\bafter the (?:last|previous) (?:one|time|turn|meeting|review)\b.*", _LAST),
    (r"\bafter (?:the previous|its last|each other)\b.*", _LAST),
    (r"\bafter last\b.*", _LAST),
)
BY_CLAUSE: dict[str, tuple[tuple[str, str], ...]] = {
    "duty": _TURNS,
    "review": _TURNS,
    "scenario": (
        (r"\bexpect due .* (?:on|before|until|at) \d{4}-.*", "say by which last day: `expect due Report by 2026-04-15`"),
        (r"\bexpect due (?:on |by )?\d{4}-.*", "name what is due first: `expect due Report by 2026-04-15`"),
        (r"\bexpect nothing due .*(?:until|before|on) \d{4}-.*", "say up to which day: `expect nothing due by 2026-04-14`"),
        (r"\bexpect nothing due (?:for|from|by) [A-Z].*", "say whose: `expect nothing due of Norwind`"),
        (r"\bexpect nothing (?:is due|to be due)\b.*", "say `expect nothing due`"),
        (r"\bexpect [A-Z].* (?:is |to be )?(?:due|overdue)\b.*", "say `expect due` first: `expect due Report by 2026-04-15`"),
    ),
}
