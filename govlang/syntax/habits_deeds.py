"""What people write of what happened, in a record or a scenario, and how the language says it. See `syntax.habits`.

In: a dated line that could not be read. Out: by the meaning of its verb, the verb that the record has for it; for a group as
actor, that each is named. Looked through before spelling is: `pays` means `performs`, whatever it looks like.
"""

from __future__ import annotations

import re

_DATED = r"^\s*\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d\S*)?\s+"
_ONE = r"(?:`[^`]+`|[^\W\d_a-zß-öø-ÿ][^\s,]*)"
_WHO = rf"{_ONE}(?:(?:, and |, | and | ){_ONE})*"
IS_DEED = re.compile(_DATED)

_GROUP = "the record names those who did it, each by name: `Helios and Norwind approve S-1`"
_NOBODY = "what nobody did is not recorded: leave the line out; by when it should have been done is counted from the agreement"
_PERFORM = "what a duty asks for is done by `performs` and the name of the duty: `Norwind performs Report Progress`"
_PAY = "say `performs`, the name of the duty, and the amount: `Norwind performs Pay Contribution with 40,000 EUR`"
_CURE = "a duty is cured by doing it: `Norwind performs Report Progress`; an act of another name: `records breach-cured on X-1`"
_NOTICE = "say `gives notice of S-1`; who is told of a decision: `informs Norwind of S-1`"
_TELL = "say `informs Norwind of S-1`; what is passed on under a communication clause: `shares incident with Norwind`"
_BREACH = (
    "what is overdue follows from the record; a breach of a continuing duty is found: `finds breach of Norwind on Keep Secret`"
)
_APPROVE = "say `approves S-1` for an approval, `votes for S-1` for a ballot"
_REFUSE = "say `refuses S-1` for an approval that is not given, `votes against S-1`, or `objects to S-1`"
_OBJECT = "say `objects to S-1`; a dispute is raised: `raises Dispute Resolution as D-1 against Norwind`"
_PROPOSE = "say `proposes`, the decision, and a name for it: `proposes Commit Spend as S-1`"
_DO = (
    "a decision is carried out: `carries out S-1`; a duty is done: `performs Report Progress`; a power is used: "
    "`exercises Suspend Voting`"
)
_LEAVE = "a party leaves by `leaves the agreement`; a proposal is withdrawn by `withdraws S-1`"
_END = "say `Helios and Norwind end the agreement`; a licence is terminated by its name"
_APPOINT = "say `appoints Ana Ruiz as Director`; `for Helios` may follow"
_REMOVE = "say `removes Ana Ruiz as Director`"
_RESIGN = "say `resigns as Director`"
_WAIVE = "say `waives Report Progress of Norwind`"
_PRESENT = "say `is present at M-1`, or list who was `present` under the line of the meeting"
_ASSIGN = "what changes hands is assigned by whoever had it: `Helios assigns Cell Model to Norwind`"
_TAKE = "a dispute is taken to its next step: `takes D-1 to Mediation`"
_SETTLE = (
    "those who agree settle a dispute: `Helios and Norwind settle D-1`; whoever hears it decides it: `decides D-1 for Norwind`"
)
_EXERCISE = "a power is used by `exercises` and its name: `exercises Suspend Voting`"
_MEASURE = "say `measures` and what is measured: `measures uptime 99.5`"
_CANCEL = "say `withdraws S-1`; a vote: `withdraws vote on S-1`"
_SENDS = "what is sent are `minutes`; what is passed on: `shares report with Norwind by e-mail`, `informs Norwind of S-1`"
_GRANT = "say `approves S-1` for what was asked; a right to an asset: `licenses Cell Model to Norwind`"
_FORGET = "what a duty asks for is done by `performs` and its name: `performs Delete Data`; any other act: `records deleted`"
_ACT = "any other act is recorded by a word of its own: `records ACT on S-1`; what a duty asks for: `performs DUTY`"

# By the verb: singular or plural, from the beginning of the line; the first that fits is shown.
_VERBS: tuple[tuple[str, str], ...] = (
    (r"notif(?:y|ies)|gives? (?:written |due )?notice (?!of|\")|serves?|warns?", _NOTICE),
    (r"tells?|announces?|communicates?|alerts?|advises? (?!on\b)|briefs?|informs? .* about", _TELL),
    (r"pays?|remits?|transfers? \d|contributes?|reimburses?|refunds?", _PAY),
    (r"cures?|remed(?:y|ies)|rectif(?:y|ies)|fix(?:es)?|repairs?|corrects?", _CURE),
    (r"deletes?|destroys?|erases?|returns?|purges?", _FORGET),
    (r"breach(?:es)?|violates?|fails?|miss(?:es)?|neglects?|claims?|alleges?|defaults?|asserts?", _BREACH),
    (r"submits? [^\W\d_a-z].* as [A-Z]|tables?|moves?|suggests?|introduces?|puts? forward", _PROPOSE),
    (r"delivers?|completes?|fulfill?s?|does|do|satisf(?:y|ies)|honou?rs?|provides?|suppl(?:y|ies)|reports?|submits?", _PERFORM),
    (r"meets?|discharges?|compl(?:y|ies)|files?", _PERFORM),
    (r"executes?|implements?|enacts?|effects?|finali[sz]es?", _DO),
    (r"accepts? (?!minutes)|agrees?|consents?|endorses?|adopts?|ratif(?:y|ies)|signs?", _APPROVE),
    (r"authori[sz]es?|confirms? (?!notice)", _APPROVE),
    (r"rejects?|declines?|opposes?|denies|deny|dissents?|disapproves?|turns? down", _REFUSE),
    (r"complains?|protests?|disputes?|contests?|challenges?", _OBJECT),
    (r"terminates? (?:the|this) (?:agreement|contract)|dissolves?", _END),
    (r"withdraws? from|quits?|exits?|secedes?|leaves?$|leaves? (?:the )?(?:alliance|consortium|contract|venture|group)", _LEAVE),
    (r"nominates?|elects?|designates?|names?|installs?", _APPOINT),
    (r"dismiss(?:es)?|fires?|recalls?|deposes?|replaces?", _REMOVE),
    (r"steps? down|retires?", _RESIGN),
    (r"excuses?|forgives?|exempts?|dispenses?", _WAIVE),
    (r"attends?|participates?|takes? part", _PRESENT),
    (r"transfers?|sells?|conveys?|cedes?|hands? over|buys?|acquires?|purchases?", _ASSIGN),
    (r"escalates?|appeals?|refers?", _TAKE),
    (r"resolves?|reconciles?", _SETTLE),
    (r"invokes?|triggers?|activates?", _EXERCISE),
    (r"scores?|achieves?|reach(?:es)?", _MEASURE),
    (r"cancels?|retracts?|rescinds?", _CANCEL),
    (r"sends? (?!minutes)|e-?mails?", _SENDS),
    (r"grants?", _GRANT),
    (r"abstains? (?!on\b)", "say `abstains on S-1`"),
)  # fmt: skip

TABLE: tuple[tuple[str, str], ...] = (
    (_DATED + r"(?:every|each|all|both|any|the parties|members of)\b.*", _GROUP),
    (_DATED + r"(?:nobody|no one|none|neither|nothing|no) .*", _NOBODY),
    *((rf"{_DATED}{_WHO} (?:{verbs})(?:(?<= )|\b).*", hint) for verbs, hint in _VERBS),
)


def act(text: str, allowed: list[str]) -> str:
    """What to say of a verb that the record does not have, and that is like none of its own."""
    return _ACT if IS_DEED.match(text) and "votes" in allowed and "records" in allowed else ""
