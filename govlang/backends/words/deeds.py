"""What a norm asks of whom, as subject and predicate: Helios must pay its share of the budget to the Treasurer.

In: a `core.norms.NormRule`. Out: words. The sentence around it, and what else a norm says, is put together in `words.norms`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govlang.backends.words import english
from govlang.backends.words.groups import Who, plain, quoted
from govlang.backends.words.happenings import all_parties, titled, whole
from govlang.backends.words.quantities import value
from govlang.backends.words.statement import Statement
from govlang.backends.words.voice import Voice
from govlang.core.norms import NormRule
from govlang.frozen import dataclass
from govlang.model.norms import Norm
from govlang.source import Citation
from govlang.syntax import nodes as n

if TYPE_CHECKING:
    from govlang.backends.words.words import Words

# Duties are named by what is to be done (`Pay Contribution`) or by what is owed (`Monthly Report`). These words begin the former;
# after those of the first set follows to whom it is done.
_TO_WHOM = frozenset("""
    assign contribute deliver disclose explain give hand offer pay provide refund repay report return send submit supply transfer
""".split())  # fmt: skip
_VERBS = _TO_WHOM | frozenset("""
    accept account act announce answer appoint approve archive ask assist attend audit bear bring buy call cancel carry certify
    change check choose claim close comply confirm consult convene cooperate correct cover cure decide delete describe destroy
    discuss document draft elect end enter establish exclude exercise fill find finish fix follow fulfil fund grant have hold hire
    identify implement indemnify inform inspect insure investigate invite invoice issue join keep label lead leave list look lower
    maintain make manage mark mediate meet monitor name negotiate nominate notify observe obtain open operate order own participate
    perform plan prepare present preserve prevent produce promote propose protect publish purchase put raise read rebuild recall
    record recover release remedy remove renew repair replace replenish reply represent request resign resolve respect respond
    restore resume review save secure sell serve service set settle share show sign sponsor staff start stay step stop store
    support suspend take teach tell terminate test train treat undertake update use vacate verify vote wait warn wind withdraw
    work write
""".split())  # fmt: skip
# Names such as `Call Option` and `Lead Report` begin with a verb and are none.
_EITHER = frozenset("""
    audit book buy call change charge claim cover finish guide lead order plan put record report return review service share show
    store support test work
""".split())  # fmt: skip
_NOUNS = frozenset({"Option", "Plan", "Report", "Review", "Account", "Fee", "Notice", "Price"})
_QUALITY = re.compile(r"(?:ed|able|ible|due)$")  # a fact that says which amount: undisputed, payable
_OP = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}


@dataclass(frozen=True, slots=True)
class Saying:
    """One norm, how its clause names things, and the clause it was made from (None for one that another clause brings about)."""

    words: Words
    voice: Voice
    rule: NormRule
    source: Norm | None

    def line(self, text: str, kind: str, node: n.Node | None = None) -> Statement:
        """A further sentence, with the clause of its line."""
        return Statement(english.sentence(text), self.cite(node), kind=kind)

    def cite(self, node: n.Node | None) -> Citation:
        """The clause of a line; of the rule, if there is none."""
        agreement = self.words.agreement
        return agreement.cite(node, agreement.wording(node)) if node is not None else self.rule.citation


def saying(words: Words, rule: NormRule) -> Saying:
    """A norm, ready to be said."""
    agreement = words.agreement
    right = agreement.right(rule.about) if rule.about else None
    return Saying(words, words.voice(right.facts if right is not None else None), rule, agreement.norms.get(rule.name))


# ---------------------------------------------------------------- who must do what


def deed(say: Saying) -> tuple[str, str]:
    """Who, and what they must (or may) do."""
    rule, words, voice = say.rule, say.words, say.voice
    one_of = "" if rule.kind == "power" else "one of the"
    bearer = whole(words, voice, rule.bearer, one_of) if rule.bearer is not None else None
    word, to = rule.doing.word, rule.doing.to
    match rule.doing.kind:
        case "review":
            return _must(bearer, f"call and lead {titled(words, word)}", (titled(words, word), "must be held"))
        case "survey":
            return titled(words, word), "is held"
        case "inform":
            return _must(bearer, f"inform {others(say, to)}")
        case "share":
            return f"{_each(say)} that records {quoted(word)}", f"must share it with {others(say, to, among=True)}"
        case "answer":
            return f"{_each(say)} that is asked something", "must answer"
        case "propose":
            what = titled(words, word)
            return _must(bearer, f"put {what} to the vote", (what, "must be put to the vote"))
        case "raise":
            raised = f"a dispute under {titled(words, word)}"
            return (bearer.text, f"may raise {raised}") if bearer is not None else (raised, "may be raised")
        case "measure":
            return _must(bearer, _reach(say))
        case "minutes":
            return _must(bearer, f"send the minutes of {titled(words, word)}")
        case _:
            return performed(say, bearer)


def _must(bearer: Who | None, verb: str, passive: tuple[str, str] | None = None) -> tuple[str, str]:
    """Who must do something; that it must be done, where the text names nobody."""
    return (bearer.text, f"must {verb}") if bearer is not None else passive or ("somebody", f"must {verb}")


def _each(say: Saying) -> str:
    return say.voice.groups.a(say.rule.bearer) if say.rule.bearer is not None else "anybody"


def others(say: Saying, to: n.Group | None, among: bool = False) -> str:
    """Those for whom something is; every other party, if whoever does it is (or, `among`, must be) one of the parties."""
    if to is None:
        return "the others"
    bearers = say.rule.bearer.items if say.rule.bearer is not None else ()
    mutual = among or any(item.base.kind == "party" for item in bearers)
    return "every other party" if mutual and all_parties(to) else whole(say.words, say.voice, to, "").text


def _reach(say: Saying) -> str:
    doing = say.rule.doing
    assert doing.value is not None
    by = f", as measured by {whole(say.words, say.voice, doing.by).text}," if doing.by is not None else ""
    return f"bring {quoted(doing.word)}{by} to {_OP[doing.op]} {value(doing.value)}"


def performed(say: Saying, bearer: Who | None) -> tuple[str, str]:
    """What is done by its name: must Send Report to Nordlys; owes the Monthly Report to the Chair; may exercise the Call Option."""
    rule = say.rule
    subject = bearer.text if bearer is not None else "somebody"
    active = _names_a_deed(rule.name)
    if rule.kind == "power":
        once = " once" if any(each.recurs is not None for each in rule.triggers) else ""
        return subject, f"may {'' if active else 'exercise the '}{rule.name}{once}"
    to = others(say, rule.to) if rule.to is not None else ""
    if is_paid(say):
        return subject, f"must pay {amount(say)}{f' to {to}' if to else ''}"
    if not active:
        return subject, f"{'owe' if bearer is not None and bearer.many else 'owes'} the {rule.name}{f' to {to}' if to else ''}"
    return subject, f"must {rule.name}{_onto(rule.name, to)}"


def _onto(name: str, to: str) -> str:
    """To whom, where the name of a duty is a verb that takes it: Send Report to Nordlys; Refund Customer."""
    if not to:
        return ""
    if name.lower() in ("pay", "refund", "repay"):
        return f" {to}"
    return f" to {to}" if name.split(" ")[0].lower() in _TO_WHOM and " Or " not in name else ""


def _names_a_deed(name: str) -> bool:
    """Whether a name says what is to be done, and not what is owed."""
    parts = name.split(" ")
    first = parts[0].lower()
    return first in _VERBS and not (len(parts) > 1 and first in _EITHER and parts[-1] in _NOUNS)


# ---------------------------------------------------------------- how much


def is_paid(say: Saying) -> bool:
    """Whether the clause is about paying an amount, so that the amount says all that its name does."""
    owed = say.rule.owed
    return owed is not None and say.rule.name.split(" ")[0] in ("Pay", "Repay")


def amount(say: Saying) -> str:
    """How much is owed: its share of the budget; the larger of the increase and JPY 1."""
    owed = say.rule.owed
    assert owed is not None
    if owed.share:
        return f"its {plain(owed.share)} of {_part(say, owed.whole)}"
    if owed.other is not None:
        return f"the {owed.pick} of {_part(say, owed.whole)} and {_part(say, owed.other)}"
    return _part(say, owed.whole)


def _part(say: Saying, item: n.Literal) -> str:
    if item.kind != "word":
        return value(item)
    word = str(item.value)
    if word not in say.voice.facts:
        return f"its {plain(word)}"
    return f"the {plain(word)} amount" if _QUALITY.search(word) else say.voice.fact(word)
