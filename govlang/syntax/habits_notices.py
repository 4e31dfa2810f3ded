"""What lawyers write out of habit about notices and calendars, and how the language says it.

In: nothing. Out: patterns and remedies by the word that the clause begins with. See `syntax.habits`.
"""

from __future__ import annotations

_CONFIRMED = "say `given when confirmed`; add `or 5 days after dispatch` for one that nobody confirms"
_SENT = "say the way before the recipient: `gives notice of S-1 by courier to Norwind`"
_WAIVABLE = (
    "whoever is entitled to notice may waive it: `waivable`, `waivable before meeting` or `waivable within 10 days after meeting`"
)
_EVENTS: tuple[tuple[str, str], ...] = (
    (r"\b(?:sends|serves|sent|gave|issues) notice\b.*", "say `gives notice of S-1`"),
    (r"\bnotice of \S+ (?:at \"[^\"]*\" )?to .+ by .*", _SENT),
    (r"\bnotice to .*", _SENT),
    (r"\bexpect notice of .* (?:received|delivered|served)\b.*", "say `given` and the day, or `not given`"),
    (r"\bgiven on\b.*", "leave out 'on': `given 2026-03-04`"),
)
BY_CLAUSE: dict[str, tuple[tuple[str, str], ...]] = {
    "notices": (
        (r"^\s*by [a-z-]+(?: [a-z-]+)* (?=given\b)(?<!, )", "put a comma before `given`: `by courier, given on dispatch`"),
        (r"^\s*by ([a-z-]+) ([a-z-]+)\b(?=,)", "join the words by a hyphen: `by {0}-{1}, given ...`"),
        (r"\bdeemed (?:given|received|served|delivered)\b.*", "leave out 'deemed': `by courier, given 2 days after dispatch`"),
        (r"\bgiven after (\d.*)", "write the period first: `given {0} after dispatch`"),
        (r"\bgiven (?:upon|on|when|at) (?:receipt|received|delivery|delivered|confirmation)\b.*", _CONFIRMED),
        (r"^\s*(?:written|in text|text form)\b.*", "say `in writing`"),
        (r"^\s*to (?:the )?address.*", 'give each address on a line of its own: `address of Helios "Bahnhofstrasse 1, Zurich"`'),
        (r"^\s*address ([A-Z].*)", "say `address of {0}`"),
    ),
    "agreement": (
        (r"\bbank holidays (?:in|of) (.+)", "say `banks in {0}`"),
        (r"^\s*(?:public )?holidays of (.+)", "say `working days of {0}`: the days that are worked there"),
    ),
    "decision": ((r"\bwaivable (?:by|until)\b.*", _WAIVABLE),),
    "scenario": _EVENTS,
}  # fmt: skip
