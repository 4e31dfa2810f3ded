"""The words of the authority matrix: cases, who proposes and decides, requirements in brief.

In: a `Subject`, and a row or a requirement of it. Out: words. What a requirement means is said by the words back end alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from govlang.backends.words import english, trees as tree_words
from govlang.core import keys as k
from govlang.core.expr import TRUE, Fact
from govlang.core.rules import AnyOf, Branch, Every, Leaf, Notification, Tree, leaves, looked_at
from govlang.model.nodes import Decision
from govlang.syntax import nodes as n
from govlang.tools.document.authority_rows import ALWAYS, ELSE, AuthorityRow, Turn, without_quorums
from govlang.tools.document.subject import Subject

STOPS = ("veto", "objection", "block")
VOTES = ("approval", "threshold")
SEVERAL = ("every", "at least", "all but")  # of these, more than one is needed
JOINED = "; and "

# ---------------------------------------------------------------- requirements


def briefly(subject: Subject, tree: Tree) -> str:
    """A requirement in a few words; what may stop a decision as a whole clause, with its grounds. The quorums of votes that are one
    of several ways are said elsewhere."""
    bare = without_quorums(tree)
    first = next(leaves(bare), None)
    if first is None or first.kind not in (*STOPS, *ALWAYS):
        return _put_together(subject, bare)
    claim = tree_words.leaf_claim(tree_words.speech_of(subject.words, bare), first).yes
    if isinstance(bare, Leaf):
        return claim
    settings = frozenset(said for leaf in leaves(bare) for said in settings_of(subject, leaf))
    whole = tree_words.requirement(subject.words, bare, settings)
    return claim[:1] + whole.text[1:].removesuffix(".") if not whole.items else subject.words.brief(bare)


def _put_together(subject: Subject, tree: Tree, inside: bool = False) -> str:
    """A requirement with its parts: all of them joined by `and`, alternatives by `or`, in brackets inside each other."""
    match tree:
        case Every(items) | AnyOf(items, override=False) if len(items) > 1:
            said = [text for item in items if (text := _put_together(subject, item, True))]
            whole = " and ".join(said) if isinstance(tree, Every) else f"either {', or '.join(said)}"
            return f"({whole})" if inside and len(said) > 1 else whole
        case _:
            return subject.words.brief(tree)


def settings_of(subject: Subject, leaf: Leaf) -> list[str]:
    """How the votes of a requirement are taken and counted, as far as the text says more than the requirement itself."""
    return [each.text for each in subject.words.requirement(leaf).items]


def joined(said: Iterable[str]) -> str:
    """Several things that are all required."""
    return JOINED.join(dict.fromkeys(text for text in said if text))


# ---------------------------------------------------------------- cases


def case(subject: Subject, row: AuthorityRow) -> str:
    """In which cases a row applies: what the decision as a whole is for, then tiers and readings from the outermost in."""
    right = row.decision
    said = [f"if {subject.words.condition(subject.rule(right).applies, right)}"] if right.applies else []
    said += [turned(subject, right, turn) for turn in row.path]
    return ", and ".join(said) if said else "always"


def turned(subject: Subject, right: Decision, turn: Turn) -> str:
    """A tier or a reading."""
    if turn.kind == "reading":
        return f"under the reading “{turn.branch.label}”"
    if turn.empty:
        return ELSE
    if turn.branch.condition == TRUE:
        return "otherwise" if turn.earlier else "in every case"
    return f"if {subject.words.condition(turn.branch.condition, right)}"


# ---------------------------------------------------------------- who


def proposers(subject: Subject, row: AuthorityRow) -> str:
    """Who may propose it."""
    groups = subject.words.voice(row.decision.facts).groups
    return joined(groups.who(group).text for group in row.proposers) or "not said"


def informed(subject: Subject, right: Decision, told: Notification) -> tuple[str, str]:
    """Who is told, and within what time."""
    if told.line is None:
        return told.who, ""
    groups = subject.words.voice(right.facts).groups
    return groups.who(told.line.group).text, f"within {english.duration(told.line.within)}"


def deciding(row: AuthorityRow) -> list[Tree]:
    """The requirements that ask for votes or approvals; not those that only matter once a veto was cast."""
    found = [tree for tree in row.requires if any(leaf.kind in VOTES for leaf in leaves(tree))]
    return [tree for tree in found if not (isinstance(tree, AnyOf) and tree.override)]


def stops(row: AuthorityRow) -> list[Tree]:
    """The requirements that nobody stops it."""
    return [tree for tree in row.requires if any(leaf.kind in STOPS for leaf in leaves(tree))]


def rests_on(row: AuthorityRow) -> list[str]:
    """The other decisions that must have been taken."""
    found: list[str] = []
    for leaf in (tree for tree in row.requires if isinstance(tree, Leaf)):
        if not isinstance(leaf.met, Fact):
            continue
        key = leaf.met.key
        found += [key.decision] if isinstance(key, k.Adopted) else []
        given = row.decision.facts.get(key.fact) if isinstance(key, k.Reference) else None
        found += [given.type.target.text] if given is not None and given.type.target is not None else []
    return list(dict.fromkeys(found))


def decided(subject: Subject, row: AuthorityRow) -> str:
    """Whose votes and approvals decide a case."""
    found = deciding(row)
    if found:
        return joined(briefly(subject, tree) for tree in found)
    if others := rests_on(row):
        return f"follows from {'the decision' if len(others) == 1 else 'the decisions'} {english.listed(others)}"
    return f"whoever proposes it{', unless it is stopped' if stops(row) else ''}"


def finders(row: AuthorityRow, about: Leaf | Branch) -> list[n.Group]:
    """Who finds the facts that a requirement or a condition looks at."""
    names = dict.fromkeys(part.name for part in looked_at(about) if isinstance(part, k.Given))
    given = [row.decision.facts[name] for name in names if name in row.decision.facts]
    return [n.Group((each.determined_by,), span=each.span) for each in given if each.determined_by is not None]
