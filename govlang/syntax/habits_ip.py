"""What lawyers write out of habit in clauses on assets, licences and secrecy, and how the language says it.

In: nothing. Out: patterns and remedies by the word that the clause begins with. See `syntax.habits`.
"""

from __future__ import annotations

_TERM = "say how long: `from 2026-01-01 until 2028-12-31`, `until the end`, `until 5 years after the end` or `perpetual`"
_SECRECY = "say from when it is counted: `for 4 years after the end`, or `for 5 years after disclosure`"
_LICENCE: tuple[tuple[str, str], ...] = (
    (r"^\s*licensor(?: is)? (.+)", "say `from {0}`"),
    (r"^\s*licensees?(?: is| are)? (.+)", "say `to {0}`"),
    (r"^\s*(?:asset|assets|subject) (.+)", "say `of {0}`"),
    (r"^\s*purposes?:? (.+)", "say `for {0}`"),
    (r"^\s*fields?(?: of use)?:? (.+)", "say `in field {0}`"),
    (r"^\s*territor(?:y|ies):? (.+)", "say `in territory {0}`"),
    (r"^\s*(?:worldwide|world-wide|in all territories)\b.*", "leave the line out: a licence without a territory holds everywhere"),
    (r"^\s*(?:royalty-free|royalty|gratis|free)\b.*", "say `free of charge`, or `fee 5%`"),
    (r"\b(?:FRAND|fair terms|reasonable terms)\b.*", "say `on fair and reasonable terms`"),
    (r"^\s*(?:irrevocable|revocable)\b.*", "say what ends it (`ends on termination by ...`), or nothing: then nobody can end it"),
    (r"^\s*(?:term|duration|period)\b.*", _TERM),
    (r"^\s*(?:forever|for ever|indefinite\w*|unlimited)\b.*", _TERM),
    (r"\bfor \d+ (?:days?|weeks?|months?|years?)\b.*", _TERM),
    (r"\buntil (?:termination|expiry|the term)\b.*", _TERM),
    (r"^\s*(?:non-?transferable|not transferable|transferable)\b.*", "say it in an `assignment` clause"),
    (r"^\s*(?:sublicensable|sublicenses?|may sublicense|with sublicence)\b.*",
     "say `sublicence`, `sublicence to ...` or `no sublicence`"),
    (r"\bnon-?sublicensable\b.*", "say `no sublicence`"),
    (r"\band\b.*", "put commas between them: `research, teaching`"),
)  # fmt: skip
_ASSET: tuple[tuple[str, str], ...] = (
    (r"^\s*(?:owned by|owner(?: is)?|belongs to) (.+)", "say what it is and whose: `background of {0}` or `results of {0}`"),
    (r"^\s*foreground\b(?: of)?(.*)", "say `results of{0}`"),
    (r"^\s*(?:created|invented|developed|written|authored) by (.+)", "say `made by {0}`"),
    (r"^\s*(?:secret|trade-secret|proprietary)\b.*", "say `confidential`"),
)  # fmt: skip
_CONFIDENTIALITY: tuple[tuple[str, str], ...] = (
    (r"^\s*(?:survives|lasts|term|duration)\b.*", _SECRECY),
    (r"^\s*for \d+ (?:days?|weeks?|months?|years?)\s*$", _SECRECY),
    (r"^\s*(?:excludes|excluding|unless|not)\b.*", "name each exception after `except`: `except public, already-known`"),
    (r"^\s*(?:parties|between) (.+)", "say `binds {0}`"),
    (r"^\s*(?:covers|all|everything|information)\b.*", "say `of everything marked confidential`, or `of results`"),
)  # fmt: skip

BY_CLAUSE = {"licence": _LICENCE, "asset": _ASSET, "confidentiality": _CONFIDENTIALITY}
