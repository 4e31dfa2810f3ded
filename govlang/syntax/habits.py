"""What people write out of habit, and how the language says it.

In: a line that could not be read, and where reading stopped. Out: a remedy in the words of the language, or nothing. Loaded
only when a line is wrong.
"""

from __future__ import annotations

import re

_MAJORITY = "say what it is counted over: `majority of votes cast in ...` or `majority of all members in ...`"
_REQUIRES = "a line that asks for something begins with `requires`: `requires approval of Chair`"
_BOTH = "give both ends: `amount at least 5 EUR and amount at most 9 EUR`"
_PERMITTED = "the verdicts are `permitted`, `pending`, `denied`, `silent` and `ambiguous`; here `permitted`"
_DENIED = "the verdicts are `permitted`, `pending`, `denied`, `silent` and `ambiguous`; here `denied`"
_PENDING = "the verdicts are `permitted`, `pending`, `denied`, `silent` and `ambiguous`; here `pending`"

# The first that matches where reading stopped is shown. Each is searched for in the line; the stop must lie inside the match,
# or right behind it.
HABITS: tuple[tuple[str, str], ...] = (
    (r"['‘’][^'‘’]*['‘’]?$|^\s*['‘]", 'text stands in double quotes: "Commit money."'),
    (r"[“”„«»]", 'use straight quotes: "Commit money."'),
    (r"//.*|/\*.*|^\s*--.*", "a comment begins with `#`"),
    (r";.*", "put each thing on a line of its own, without a semicolon"),
    (r"\.\s*$", "leave out the full stop at the end of the line"),
    (r"\[[^\]]*$", "close it with ] on the same line"),
    (r"^\s*[a-z]+\s*:\s?", "leave out the colon after the first word"),
    (r"[€$£¥]\s?\d[\d.,]*", "write the amount and then the currency's three letters: 50,000 EUR"),
    (r"\b[A-Z]{3} \d[\d.,]*", "write the amount and then the currency: 50,000 EUR"),
    (r"\d\.\d{3}(?:\.\d{3})*,\d+", "separate thousands by commas and decimals by a point: 1,250.50"),
    (r"\d+(?:\.\d+)? ?(?:k|m|million|thousand)\b", "write the number out: 50,000 EUR"),
    (r"\d+(?:\.\d+)? (?:percent|per cent|pct)\b.*", "write it with its sign: 75%"),
    (r"\b(?:two|three|four|five)-(?:thirds|quarters|fifths|sixths)\b", "write the share as two words: `two thirds`"),
    (r"\bone-(?:half|third|quarter|fifth)\b", "write the share as `half`, `one third`, `one quarter`"),
    (r"\b(?:business|banking|work|week) days?\b", "say `working days`"),
    (r"\bcalendar days?\b", "say `days`; a day counts as in a calendar"),
    (r"^\s*(?:must|shall|should|needs?|has to|will)\b", _REQUIRES),
    (r"^\s*approved by\b", "say `requires approval of ...`"),
    (r"^\s*(?:approval of|majority of|unanimity of|at least|more than)\b", _REQUIRES),
    (r"^\s*(?:if|where|provided|unless)\b", "begin the block with `when`, then the condition"),
    (
        r"^\s*(?:else|elif|elseif|default|in all other cases)\b",
        "begin the last block with `otherwise`; others with `when`",
    ),
    (r"^\s*(?:scrutiny|vote|votes) by\b", "say `requires majority of votes cast in ...`"),
    (r"\bapproval (?:by|from)\b", "say `approval of ...`"),
    (
        r"\b(?:simple|ordinary|plain) majority\b",
        "say what it is counted over: `majority of votes cast in ...` is more than half",
    ),
    (r"\babsolute majority\b", "say what it is counted over: `majority of all members in ...` is more than half"),
    (
        r"\b(?:qualified|special|super|large|two thirds|2/3|\d+%) ?majority\b|\bsupermajority\b",
        "say the share and its base: `at least two thirds of votes cast in ...`",
    ),
    (r"\bunanim(?:ous|ously)\b.*", "say `unanimity of all members in ...` or `unanimity of votes cast in ...`"),
    (
        r"\bunanimity\b(?! of (?:all|votes|members|other|fixed)).*",
        "say what it is counted over: `unanimity of all members in ...`",
    ),
    (r"\b(?:consent|agreement|assent) of\b.*", "say `approval of ...`"),
    (r"\b(?:consensus|consent)\b.*", "say what stops it: `no objection by ... within 5 working days`"),
    (r"\brequires quorum\b.*", "`quorum` is a line of its own, in a body or a decision: `quorum half of all members`"),
    (r"\bquorum of\b.*", "leave out 'of', and say what it is counted over: `quorum half of all members`"),
    (r"\bmajority\b(?! of (?:all|votes|members|other|fixed)).*", _MAJORITY),
    (r"(?:>=|=>|≥)", "say `at least`; the other comparisons are `at most`, `more than` and `less than`"),
    (r"(?:<=|=<|≤)", "say `at most`; the other comparisons are `at least`, `more than` and `less than`"),
    (r"!=|<>|≠", "say `is not`"),
    (r"==?", "say `is`"),
    (r">", "say `more than`"),
    (r"<", "say `less than`"),
    (
        r"\b(?:below|under|beneath|smaller than|lower than)\b",
        "say `less than`, or `at most` if the limit itself is included",
    ),
    (
        r"\b(?:above|over|exceeds|exceeding|greater than|larger than|higher than)\b",
        "say `more than`, or `at least` if the limit itself is included",
    ),
    (r"\bup to\b", "say `at most`"),
    (r"\b(?:between|ranges?)\b", _BOTH),
    (r"\bequals?\b", "say `is`"),
    (r"\bis (?:true|false)\b", "say `yes` or `no`: `urgent is yes`, or `urgent` alone"),
    (r": (?:bool|boolean|flag)\b", "such a fact is `yes or no`: `given urgent: yes or no`"),
    (r": (?:int|integer|float|decimal)\b", "the type is `number`, or `money` for an amount"),
    (r": (?:string|str)\b", "the type is `text`"),
    (r": (\w+ or \w+)\b", "a choice begins with `one of`: `one of small or large`"),
    (r"\bvotes? (?:yes|aye|yea|in favou?r)\b.*", "say `votes for P-1`"),
    (r"\bvotes? (?:no|nay)\b.*", "say `votes against P-1`"),
    (r"\bexpect .* (?:approved|allowed|granted|accepted|adopted|passed|permited|ok)\b", _PERMITTED),
    (r"\bexpect .* (?:rejected|forbidden|declined|failed|refused|disallowed)\b", _DENIED),
    (r"\bexpect .* (?:open|undecided|waiting|unknown)\b", _PENDING),
    (r"\b(?:the|a|an) ", "leave out '{word}'"),
)

_ALL = [(re.compile(pattern), hint) for pattern, hint in HABITS]


def remedy(text: str, column: int) -> str:
    """What to write in place of what stands at a 0-based column of a line; empty for no known habit."""
    for pattern, hint in _ALL:
        for found in pattern.finditer(text):
            if found.start() <= column <= found.end():
                return hint.format(word=found.group().strip()) if "{" in hint else hint
    return ""


__all__ = ["HABITS", "remedy"]
