"""How votes are taken and counted, in words: who takes no part, what abstention and silence count as, how long voting is open.

In: the electorate of a requirement, with the settings of its block (`Electorate.scope`). Out: one `Statement` for each setting.
What has a requirement of its own (notice, a quorum, a least time, different persons) or stands in the sentence itself (a
casting vote) is not said here.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.words import english, votes
from govlang.backends.words.groups import Who, is_many, plain
from govlang.backends.words.speech import Speech
from govlang.backends.words.statement import Statement
from govlang.core import keys as k
from govlang.core.expr import Expr, keys_in
from govlang.core.rules import Leaf
from govlang.model.nodes import Scope
from govlang.source import Citation
from govlang.syntax import nodes as n

_TIMED = ("opening", "closing")
_COUNTS = {
    "for": "counts as a vote for it", "against": "counts as a vote against it", "nothing": "is not counted as a vote cast",
}  # fmt: skip
_VOTES = {
    "for": "counts as voting for it", "against": "counts as voting against it", "nothing": "counts neither for nor against it",
}  # fmt: skip


def settings(speech: Speech, leaf: Leaf) -> tuple[Statement, ...]:
    """The settings that a requirement rests on: of its votes; for one without votes, of the time that it is counted from."""
    scopes: dict[Scope, None] = {}
    found: list[Statement] = []
    for key in keys(leaf.met):
        who = key.electorate if isinstance(key, k.Attendance | k.Voted | k.Distinct) else None
        for each in (key.electorates if isinstance(key, k.Matching) else (who,)):
            if each is not None and each != leaf.electorate:
                found += _of_votes(speech, each, "")
        if isinstance(key, k.Closed | k.ClosedAt) or (isinstance(key, k.Instant) and key.anchor.kind in _TIMED):
            scopes[key.scope] = None
        if isinstance(key, k.Deadline) and key.since.anchor.kind in _TIMED:
            scopes[key.since.scope] = None
        if isinstance(key, k.Deadline) and key.since.anchor.kind in ("proposal", "notice"):
            found += _restarted(speech, key.since.scope)
        if isinstance(key, k.Acts | k.Blocks) and _window_kind(key.rule) in _TIMED:
            scopes[key.scope] = None
    if leaf.electorate is not None:
        found += _of_votes(speech, leaf.electorate, leaf.weight)
    for scope in scopes:
        found += _times(speech, scope)
    return tuple({statement.text: statement for statement in found}.values())


def keys(expr: Expr) -> list[k.Key]:
    """The keys of an expression, each once, in the order of their first place."""
    return list(dict.fromkeys(keys_in(expr)))


def _window_kind(rule: n.Act | n.NoBlock) -> str:
    anchor = rule.window.anchor if rule.window is not None else None
    return anchor.kind if anchor is not None else ""


def _said(speech: Speech, text: str, node: n.Node) -> Statement:
    return Statement(english.sentence(text), speech.agreement.cite(node, speech.agreement.wording(node)), kind="counting")


# ---------------------------------------------------------------- votes


def _of_votes(speech: Speech, who: k.Electorate, weight: str) -> Iterator[Statement]:
    yield from _who_votes(speech, who)
    yield from _what_counts(speech, who)
    yield from _times(speech, who.scope)
    yield from _proxies(speech, who)
    if weight:
        when = speech.voice.when(who.scope.as_of.anchor if who.scope.as_of is not None else n.Anchor("closing"))
        be = "they are" if is_many(weight) else "it is"
        text = f"each vote weighs as much as the {plain(weight)} of the one for whom it is cast, as {be} {when}"
        where = speech.decision.citation if speech.decision is not None else Citation("")
        yield Statement(english.sentence(text), where, kind="weights")


def _who_votes(speech: Speech, who: k.Electorate) -> Iterator[Statement]:
    scope, groups = who.scope, speech.voice.groups
    if scope.as_of is not None:
        when = speech.voice.when(scope.as_of.anchor)
        yield _said(speech, f"only those who are members {when} vote, even if others are members later", scope.as_of)
    for rule in scope.recused:
        yield _said(speech, _takes_no_part(groups.who(rule.group, each=True), rule.in_base), rule)
    if scope.conflicts is not None:
        recused = scope.conflicts.effect == "recuses"
        effect = "takes no part in the vote and is not counted" if recused else "counts as abstaining"
        yield _said(speech, f"whoever has a conflict of interest {effect}", scope.conflicts)
    if scope.not_delegable is not None:
        yield _said(speech, "nobody may act for somebody else by delegation", scope.not_delegable)
    if scope.carry_over is not None:
        other = speech.voice.proposal(scope.carry_over.fact)
        yield _said(speech, f"votes cast on {other} count here too", scope.carry_over)


def _takes_no_part(out: Who, counted: bool) -> str:
    """Who is left out, and whether still counted among all members: the Chair takes no part in the vote and is not counted."""
    one = out.text.removeprefix("every ")
    if one == out.text:
        still = f"{'are' if out.many else 'is'} {'still' if counted else 'not'} counted"
        return f"{out.does('take')} no part in the vote and {still}"
    return f"no {one} takes part in the vote{', but each is still counted' if counted else ' or is counted'}"


def _what_counts(speech: Speech, who: k.Electorate) -> Iterator[Statement]:
    scope = who.scope
    if scope.abstention is not None:
        yield _said(speech, f"an abstention {_COUNTS[scope.abstention.effect]}", scope.abstention)
    if scope.absence is not None:
        yield _said(speech, f"whoever is neither present nor represented {_VOTES[scope.absence.effect]}", scope.absence)
    if scope.silence is not None:
        effect, of_absence = scope.silence.effect, scope.absence.effect if scope.absence is not None else "nothing"
        text = f"whoever has not voted when voting closes {_VOTES[effect]}"
        if who.votes and effect != of_absence:  # who stays away from a meeting is absent, and not silent
            text += f" (in a meeting, only whoever is {votes.there(speech, who)})"
        yield _said(speech, text, scope.silence)
    if scope.votes_may_change is not None:
        yield _said(speech, "a vote may be changed as long as voting is open", scope.votes_may_change)


# ---------------------------------------------------------------- times


def _times(speech: Speech, scope: Scope) -> Iterator[Statement]:
    groups = speech.voice.groups
    if scope.open_for is not None and not scope.open_for.at_least:
        yield _said(speech, f"voting is open for {english.duration(scope.open_for.duration)}", scope.open_for)
    if scope.open_until is not None:
        yield _said(speech, f"voting is open until the end of {speech.voice.fact(scope.open_until.fact)}", scope.open_until)
    if scope.extension is not None:
        by = groups.who(scope.extension.group).may("extend voting")
        long = f" by up to {english.duration(scope.extension.up_to)}" if scope.extension.up_to is not None else ""
        yield _said(speech, f"{by}{' once' if scope.extension.once else ''}{long}", scope.extension)
    yield from _restarted(speech, scope)


def _restarted(speech: Speech, scope: Scope) -> Iterator[Statement]:
    if scope.restart is not None:
        by = speech.voice.groups.who(scope.restart.group).may("start the vote again")
        yield _said(speech, by, scope.restart)


# ---------------------------------------------------------------- proxies


def _proxies(speech: Speech, who: k.Electorate) -> Iterator[Statement]:
    for rule in votes.proxies(speech, who):
        if rule.substitutes:
            yield _said(speech, "members may send substitutes", rule)
        elif rule.each == 0:
            yield _said(speech, "nobody may vote by proxy", rule)
        else:
            holder = speech.voice.groups.who(rule.to) if rule.to is not None else None
            many = english.number(rule.each)
            noun = "proxy" if rule.each == 1 else "proxies"
            text = f"nobody may hold more than {many} {noun}" if holder is None else f"{holder.may('hold')} at most {many} {noun}"
            yield _said(speech, text if holder is None else f"{text}, and nobody else may hold one", rule)
