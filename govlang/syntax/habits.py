"""What people write out of habit, and how the language says it.

In: a line that could not be read, and where reading stopped. Out: a remedy in the words of the language, or nothing. Loaded
only when a line is wrong.
"""

from __future__ import annotations

import re

from govlang.syntax import habits_deeds, habits_due, habits_ip, habits_notices

_MAJORITY = "say what it is counted over: `majority of votes cast in ...` or `majority of all members in ...`"
_REQUIRES = "a line that asks for something begins with `requires`: `requires approval of Chair`"
_BOTH = "give both ends: `amount at least 5 EUR and amount at most 9 EUR`"
_PERMITTED = "the verdicts are `permitted`, `pending`, `denied`, `silent` and `ambiguous`; here `permitted`"
_DENIED = "the verdicts are `permitted`, `pending`, `denied`, `silent` and `ambiguous`; here `denied`"
_PENDING = "the verdicts are `permitted`, `pending`, `denied`, `silent` and `ambiguous`; here `pending`"

_QUORUM = "say what it is counted over: `quorum majority of all members`, or `half of all members`, `half of fixed seats`"
_BASES = "say `all members in`: `at least half of all members in ...`; of those at the meeting, `members present in`"
_CAST = "say `votes cast in`: `at least 3/4 of votes cast in ...`; `votes cast without abstentions` leaves abstentions out"
_TWO = "write two `requires` lines, one for each: both must be met"
_EITHER = "use an `any of` block: `requires any of`, and one line for each indented under it"
_LINES = "give each a line of its own; `all of` or `any of` above them says how they are joined"
_APART = "write what is asked for on a line of its own, which begins with `requires`"
NESTED = "leave out `requires`: the lines under `any of`, `all of` and `unless` are requirements already"
_BODY = "a body has its members and its quorum; what a vote requires stands in a decision"
_BEGIN = "begin the line with `requires`: `requires {line}`"

_CHANGES = "say `replaces`, and under it the whole clause as it reads from then on"
_REMOVES = "say `removes`, the word that the clause begins with, and its name: `removes decision Ship Samples`"
_KIND = "say which clause, by the word it begins with: `replaces decision Commit Spend`"
_VERSION = "say `to version 1` for the text that is changed, and `makes version 2` for the new one"
_USE = 'write the path in double quotes: use "terms/secrecy.gov.md"'
_DEEPER = "the lines of a clause in an amendment are indented by four spaces"

_PERIOD = r"\d+ (?:working )?(?:hours?|days?|weeks?|months?|years?)\b"
_SHARE = r"(?:half|one [a-z]+|(?:two|three|four|five|six|seven|eight|nine) [a-z]+|\d+(?:\.\d+)?%|\d+/\d+)"
_ASKED = (
    r"(?:(?:the |a |an )?(?:approval of|majority|unanimity)|no (?:veto|objection|vote against|decision)|nothing"
    r"|(?:at (?:least|most)|more than|fewer than) .* (?:of|in) [A-Z`]|more for than|any of|all of"
    r"|(?:no )?[a-z][a-z0-9-]* recorded|no .* under way|quorum)"
)
_PEOPLE = (
    r"((?:every |each |any |all |at least \d+ of )?(?:[A-Z][\w'’.&-]*(?: (?:[A-Z0-9][\w'’.&-]*|and|or|of))*|party|parties|person))"
)
_MUST = r"(?: (?:must|shall|should|has to|have to|needs? to|to|will))?"
_APPROVES = r" (?:approves?|agrees?|consents?|votes? (?:for|in favou?r)|give (?:its|their|his|her) (?:approval|consent))\b.*"

# Whole sentences: what somebody does, said in the order of speech. `{0}` is who does it.
SENTENCES: tuple[tuple[str, str], ...] = (
    (r"\braised by (?:a |an )?(?:written )?notice\b.*", "say who raises it, and how: `raised by any party in writing`"),
    (
        r"^\s*ends early when (?:any|either|each|every|one|a|the) .*",
        "say what is recorded: `ends early when refusal recorded by any party`",
    ),
    (
        r"\b(?:by|of|and|or|every|any|each) ([A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*) of [A-Z][\w'’-]*$",
        "whoever stands for one party: `any Director with party Norwind`",
    ),
    (r"^ +(?:replaces|adds|removes) (?:clause |section |article )?[A-Z`\d].*", _KIND),
    (r"^ +(?:replaces|adds|removes) (?:clause|section|article)\b.*", _KIND),
    (r"^use [^\"\s].*", _USE),
    (r"^\s*(?:requires )?(?:that )?" + _PEOPLE + _MUST + _APPROVES, "say `requires approval of {0}`"),
    (r"^\s*requires " + _PEOPLE + r"(?:'s|’s)? (?:approval|consent|agreement)\b.*", "say `requires approval of {0}`"),
    (r"^\s*requires (?:that )?" + _PEOPLE + r"$", "say `requires approval of {0}`"),
    (r"^\s*" + _PEOPLE + r" (?:may|can) veto\b.*", "say `requires no veto by {0}`"),
    (r"^\s*" + _PEOPLE + r" (?:may|can) object\b.*", "say `requires no objection by {0}`"),
    (r"^\s*" + _PEOPLE + r" (?:may|can) (?:propose|move)\b.*", "say `proposed by {0}`"),
    (r"^\s*" + _PEOPLE + r" (?:must|shall|should)\b.*", _REQUIRES),
    (r"(?<=\S),? (?:and|plus|with) " + _ASKED + r".*", _TWO),
    (r"(?<=\S), (?:approval of|majority of|unanimity of|no (?:veto|objection|vote against)).*", _TWO),
    (r"^\s*requires .* and (?:no )?decision [A-Z].*", _TWO),
    (r"^\s*requires .* or (?:no )?decision [A-Z].*", _EITHER),
    (r"(?<=\S),? or " + _ASKED + r".*", _EITHER),
)

# The first that matches where reading stopped is shown. Each is searched for in the line; the stop must lie inside the match,
# or right behind it.
HABITS: tuple[tuple[str, str], ...] = (
    (r", low (?:below|above|if|when)\b.*", "put it on a line of its own, indented under the measure: `low below 80%`"),
    (r"^\s+low (?:if|when|under|over|at|less|more)\b.*", "say `low below 80%` or `low above 2`"),
    (r"^\s+weigh(?:ing|s|ted)\b.*", "say `weight 50%`, on a line under the measure"),
    (r"^\s+scale from\b.*", "say `scale 1 to 5`"),
    (r"^\s+question \".*", "give the question a word by which it can be spoken of: `question goals \"...\"`"),
    (
        r"\basks .* about (?:each|one another|the other|itself|themselves)\b.*",
        "say `about every other party`, `about its own party` or `about all parties together`",
    ),
    (r"^\s+of (?:every party|the alliance|all parties|any party)$", "say `of each party` or `of all parties together`"),
    (r"^\s+measures (?:percentage|proportion|rate|ratio)\b.*", "say `share`: `measures share of duties in time`"),
    (r"^\s+measures (?:average|score|result|answers)\b.*", "say `mean of survey`: `measures mean of survey Partner Pulse`"),
    (r"\bexpect trust .* \d[\d.,/]*%?$", "put `at` before the figure: `expect trust Competence of Norwind at 80%`"),
    (r"^\s*step [A-Z`].*", "put what the step says on lines of its own, indented under it"),
    (r"^\s*ends (?:early )?(?:if|when|where|once|by|upon|on)\b.*", "say `ends early when ...`"),
    (r"\bunless (?:appealed|appeal|an appeal|challenged)\b.*", "say `unless taken further within 30 days`"),
    (r"^\s*final (?:and|or|,).*", "leave out what follows `final`"),
    (r"^\s*(?:interim|injunctive|provisional|equitable|preliminary) relief\b.*", "say `urgent relief at any time`"),
    (
        r"^\s*(?:performance|obligations|work|payments?|duties) (?:continues?|goes on|go on|shall|must|will)\b.*",
        "say `duties continue`",
    ),
    (r"\bwithin " + _PERIOD + r" of\b.*", "say `after`: `within 30 days after ...`"),
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
    (r"\bat least " + _PERIOD + r".*", "leave out `at least`: `notice 5 days`, `requires 30 days after notice`"),
    (r"\bmore than " + _PERIOD + r".*", "leave out `more than`: `notice 5 days`, `requires 30 days after notice`"),
    (_PERIOD + r" (?:from|since|following)\b", "say `after`: `requires 30 days after notice`"),
    (r"\b(?:by|approval of) (" + _SHARE + r" of \S+).*", "say `at least`: `at least {0}`; a share of a group is rounded up"),
    (
        r"\b(?:by|approval of) (?:more than|over) " + _SHARE + r" of .*",
        "a share of a group begins with `at least`: `at least half of ...`; `more than` is for votes",
    ),
    (r"\b(?:by|approval of) (?:at least )?(\d+) (?:of )?([A-Z`]\S*|party|parties|person).*", "say `at least {0} of {1}`"),
    (r"\b(?:by|approval of) (?:at least )?(\d+) (?:of )?\S+.*", "say of whom: `at least {0} of Board`"),
    (
        r"\b(?:by|approval of) (?:at least )?(?:two|three|four|five|six|seven|eight|nine)\b.*",
        "write the number as a figure: `at least 2 of ...`",
    ),
    (r"\b(?:business|banking|work|week) days?\b", "say `working days`"),
    (r"\bcalendar days?\b", "say `days`; a day counts as in a calendar"),
    (r"^ +(?:amends|changes|modifies|substitutes|rewrites)\b.*", _CHANGES),
    (r"^ +(?:deletes|repeals|strikes|drops|cancels)\b.*", _REMOVES),
    (r"^(?:include|includes|import|imports|uses|using|incorporates?)\b.*", _USE),
    (r"^ +version\b.*", _VERSION),
    (r"\beffective (?:on|from|since|as of|as from)\b", "leave that word out: `effective 2027-01-01`"),
    (r"^\s*(?:must|shall|should|needs?|has to|will)\b", _REQUIRES),
    (r"^\s*approved by\b", "say `requires approval of ...`"),
    (r"^\s*" + _ASKED, _BEGIN),
    (r"^\s*(?:at (?:least|most)|more than|fewer than)\b.*", _BEGIN),
    (r"^\s*" + _PERIOD + r" after\b", _BEGIN),
    (r"^\s*" + _SHARE + r" of\b.*", "begin the line with `requires`: `requires at least {line}`, or `requires more than`"),
    (r"\brequires after " + _PERIOD, "write the period first: `requires 30 days after notice`"),
    (r"^\s*requires\b", NESTED),
    (r"^\s*(?:if|where|provided|unless)\b", "begin the block with `when`, then the condition"),
    (
        r"^\s*(?:else|elif|elseif|default|in all other cases)\b",
        "begin the last block with `otherwise`; others with `when`",
    ),
    (r"^\s*(?:scrutiny|vote|votes) by\b", "say `requires majority of votes cast in ...`"),
    (r"\bapproval (?:by|from)\b", "say `approval of ...`"),
    (r"\brequires quorum\b.*", "`quorum` is a line of its own, in a body or a decision: `quorum half of all members`"),
    (r"\bquorum of (?:an? )?(?:simple |absolute )?majority\b.*", "leave out 'of', and " + _QUORUM),
    (r"\bquorum (?:of )?(?:at least )?(\d+) (?:of |members|persons|parties|people).*", "say `quorum {0}`: members are meant"),
    (r"\bquorum of (\d+)\b.*", "leave out 'of': `quorum {0}`"),
    (r"\bquorum is .*", "leave out 'is': `quorum 3`, `quorum half of all members`"),
    (r"\bquorum (?:an? )?(?:simple |absolute )?majority\b.*", _QUORUM),
    (r"\bquorum .*\bof (?:the )?members\b(?! present).*", "say `all members`, or `members present`: `quorum half of all members`"),
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
    (r"\bquorum of\b.*", "leave out 'of', and say what it is counted over: `quorum half of all members`"),
    (r"\bof (?:the |all |all the |valid |those |)(?:votes|votings?|ballots|voters)(?! cast)\b.*", _CAST),
    (r"\bof (?:the |all the |)(?:members|membership)(?! present)\b.*", _BASES),
    (r"\bof (?:the) (?=votes cast|members present|fixed seats)", "leave out 'the'"),
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
    (r"\b(?:and|but) (?:at (?:least|most)|(?:more|less|fewer) than)\b", _BOTH),
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

_SAID = [(re.compile(pattern), hint) for pattern, hint in SENTENCES]
_ALL = [(re.compile(pattern), hint) for pattern, hint in HABITS]
_BLOCK_LINE = re.compile(r"\s*" + _ASKED)
_QUANTIFIER = re.compile(r"^(?:every|each|any|all) (?!of )", re.IGNORECASE)
LONGEST = 1_000  # nobody writes a longer line out of habit


def sentence(text: str, column: int, clause: str = "") -> str:
    """What to write in place of words in the order of speech, or of two requirements on one line; empty for neither."""
    return _first(_SAID, text, column, clause)


def remedy(text: str, column: int, clause: str = "") -> str:
    """What to write in place of what stands at a 0-based column of a line of such a clause; empty for no known habit."""
    tables = (habits_due.BY_CLAUSE, habits_ip.BY_CLAUSE, habits_notices.BY_CLAUSE)
    deeds = habits_deeds.TABLE if habits_deeds.IS_DEED.match(text) and " expect " not in text[:36] else ()
    lines = [*(line for table in tables for line in table.get(clause, ())), *deeds]
    own = [(re.compile(pattern), hint) for pattern, hint in lines]
    return _first(own, text, column, clause) or _first(_ALL, text, column, clause)


def _first(habits: list[tuple[re.Pattern[str], str]], text: str, column: int, clause: str) -> str:
    for pattern, hint in habits if len(text) <= LONGEST else ():
        for found in pattern.finditer(text):
            if found.start() <= column <= found.end():
                return _fitting(hint, found, text, clause)
    return ""


def _fitting(hint: str, found: re.Match[str], text: str, clause: str) -> str:
    """A hint with the words that were found, as it fits the line and the clause."""
    if clause == "body" and hint in (_BEGIN, NESTED, _REQUIRES, *dict(SENTENCES).values()):
        return _BODY
    if clause == "amendment" and hint in (_BEGIN, NESTED, _REQUIRES):
        return _DEEPER
    if hint == _VERSION and clause != "amendment":
        return ""
    if hint in (_TWO, _EITHER) and not text.lstrip().startswith("requires"):
        return _LINES if _BLOCK_LINE.match(text) else _APART
    if "{" not in hint:
        return hint
    line = text.partition(" #")[0].strip()
    groups = [_QUANTIFIER.sub(lambda every: every.group().lower().replace("each", "every"), group or "")
              for group in found.groups()]  # fmt: skip
    return hint.format(*groups, word=found.group().strip(), line=line)


__all__ = ["HABITS", "NESTED", "SENTENCES", "remedy", "sentence"]
