"""How states look: a tone and a sign for each word that a view may use, so that no state is shown by colour alone.

In: `Cell.kind`, `Item.state`. Out: a tone (good, bad, open, quiet) and a sign. The word itself always stands beside the sign. Kinds
that are not here have no sign.
"""

from __future__ import annotations

_TONES = {
    "good": ("✓", "met good owned done fulfilled held permitted yes ruled kept reached paid settled carried adopted sound all"),
    "bad": ("✕", "failed bad low overdue missed violated denied late error finding default forbidden lost rejected breach"),
    "open": ("○", "open pending due warning request vacant unknown suspended unclear text-only ambiguous middling medium soon"),
    "quiet": ("–", "none empty silent no nothing ended expired discharged no-data lapsed withdrawn"),
    "some": ("◐", "licensed joint partly shared some"),
}

SIGNS: dict[str, tuple[str, str]] = {
    word: (tone, sign) for tone, (sign, words) in _TONES.items() for word in words.split()
}  # fmt: skip


def sign(kind: str) -> tuple[str, str]:
    """The tone and the sign of a kind; both empty for one that has none."""
    return SIGNS.get(kind.replace(" ", "-"), ("", ""))
