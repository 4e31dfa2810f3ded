"""The table of diagnostic codes: one row a code, nothing else.

GL0 text and syntax, GL1 names, GL2 types and values, GL3 decisions that cannot work or say too little, GL4 the record,
GL5 scenarios and coverage. Each code has a page `docs/errors/GLnnn.md` whose examples the tests run.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A code's short name, its severity (`error` or `warning`) and one line of meaning."""

    name: str
    severity: str
    meaning: str


CODES: dict[str, Code] = {
    "GL001": Code("syntax", "error", "a line says something the language does not know"),
    "GL002": Code("indentation", "error", "a line is indented by a tab or not by steps of two spaces"),
    "GL003": Code("encoding", "error", "the file is not UTF-8 text"),
    "GL004": Code("no-file", "error", "the file is missing, a folder, or cannot be read"),
    "GL005": Code("too-large", "error", "the file is larger, or nested deeper, than the language allows"),
    "GL006": Code("control-character", "error", "the text holds a NUL or another character that cannot be seen"),
    "GL007": Code("open-fence", "error", "a ```gov fence is opened and never closed"),
    "GL008": Code("no-agreement", "error", "the file has no agreement clause, or more than one"),
    "GL009": Code("bad-date", "error", "a date or time that no calendar has"),
    "GL010": Code("mixed-and-or", "error", "`and` and `or` are mixed without a block or parentheses"),
    "GL011": Code("order-of-lines", "error", "a line stands after the tiers, or a tier is out of order"),
    "GL101": Code("unknown-name", "error", "a defined term is used and nowhere defined"),
    "GL102": Code("duplicate-name", "error", "one name is defined twice"),
    "GL103": Code("wrong-kind", "error", "a name is used as something it is not"),
    "GL104": Code("unused-name", "warning", "a defined term is never used"),
    "GL105": Code("unknown-fact", "error", "a fact is used that the decision is not given"),
    "GL106": Code("unused-fact", "warning", "a fact is given and no rule looks at it"),
    "GL107": Code("unknown-clause", "error", "a [clause] tag names no heading of this document"),
    "GL108": Code("circular", "error", "roles, bodies or decisions refer to each other in a circle"),
    "GL109": Code("unknown-attribute", "error", "an attribute is used that no party or person has"),
    "GL110": Code("taken-word", "error", "a fact is named like a word of the language"),
    "GL201": Code("wrong-type", "error", "a value is of another type than the fact or attribute"),
    "GL202": Code("wrong-currency", "error", "an amount is in another currency than the agreement's"),
    "GL203": Code("unknown-currency", "error", "the currency is no ISO 4217 code"),
    "GL204": Code("unknown-zone", "error", "the time zone is not known"),
    "GL205": Code("overlapping-dates", "error", "two periods of one attribute overlap, or a period ends before it starts"),
    "GL206": Code("bad-amount", "error", "a number that cannot stand here, such as a share above 100%"),
    "GL301": Code("missing-base", "error", "a share does not say what it is counted over"),
    "GL302": Code("missing-bar", "error", "a share does not say whether the bar is reached at or above it"),
    "GL303": Code("tier-gap", "error", "some amounts fall into no tier"),
    "GL304": Code("tier-unreachable", "error", "a tier can never be reached because an earlier one takes all its cases"),
    "GL305": Code("unreachable-threshold", "error", "no electorate can reach this quorum or threshold"),
    "GL306": Code("nobody-can-propose", "error", "no party or person can ever propose this decision"),
    "GL307": Code("nobody-can-approve", "error", "no party or person can ever give this approval"),
    "GL308": Code("veto-without-holder", "error", "a veto or objection that nobody can ever raise"),
    "GL309": Code("unclear-quantifier", "error", "an approval does not say whether every holder or any one must give it"),
    "GL310": Code("no-requirement", "warning", "a decision says nothing of what it requires"),
    "GL311": Code("casting-vote-base", "error", "a casting vote where no tie can arise"),
    "GL312": Code("single-reading", "error", "a reading stands alone: an ambiguity needs at least two"),
    "GL313": Code("no-proposer", "warning", "a decision does not say who may propose it"),
    "GL314": Code("conflicting-settings", "error", "one thing is said twice in the same block"),
    "GL315": Code("missing-weight", "error", "a weighted vote in which a member has no weight"),
    "GL316": Code("conflicting-clauses", "warning", "two decisions govern one act and neither overrides the other"),
    "GL317": Code("nested-after-decision", "error", "a period counted from the decision, inside what the decision depends on"),
    "GL401": Code("bad-line", "error", "a line of the record cannot be read"),
    "GL402": Code("out-of-order", "warning", "an event is dated before the event above it"),
    "GL403": Code("unknown-in-record", "error", "the record names someone or something the agreement does not know"),
    "GL404": Code("duplicate-event", "warning", "the same thing is recorded twice"),
    "GL405": Code("impossible-event", "warning", "an event that has no effect, with the reason"),
    "GL406": Code("bad-action", "error", "the action file cannot be read or asks for something impossible"),
    "GL407": Code("unknown-decision", "warning", "a proposal of something that no clause is about"),
    "GL408": Code("bad-fact", "error", "a fact in the record has the wrong type, currency or name"),
    "GL501": Code("scenario-fails", "error", "a scenario expects another answer than the agreement gives"),
    "GL502": Code("untested-clause", "warning", "a clause that no scenario touches"),
    "GL503": Code("empty-scenario", "warning", "a scenario that expects nothing"),
    "GL504": Code("refused-event", "warning", "a scenario's event has no effect and the scenario does not say so"),
}
