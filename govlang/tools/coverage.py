"""Coverage: which headings have rules, which decisions and requirements a scenario or story touches.

In: a loaded agreement and the outcomes of its scenarios and stories. Out: `Coverage`, counted by clause (heading), decision
and requirement. A heading with prose and no rule is *text only*, which is legal and worth knowing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from govlang.core.rules import AnyOf, Every, Leaf, Pick, Readings, Tree
from govlang.frozen import dataclass
from govlang.later import Later, pattern
from govlang.model.ip import WRITTEN
from govlang.model.nodes import Decision
from govlang.pipeline import Loaded
from govlang.record.judge import Rules
from govlang.tools.scenarios import Outcome

if TYPE_CHECKING:
    from govlang.core import lower_disputes
else:
    lower_disputes = Later("govlang.core.lower_disputes")

_TAG = pattern(r"\[([^\]\n]+)\][ ]*(?:#.*)?\Z")
COMMON = ("term", "withdrawn", "open")  # what every decision requires; not written in its text


@dataclass(frozen=True, slots=True)
class ClauseCover:
    """A heading: `ruled` when a rule stands under it or names it, `scenarios` when only scenarios do, `text only` when only prose
    does,    `heading` when nothing does."""

    number: str
    title: str
    line: int
    state: str


@dataclass(frozen=True, slots=True)
class RequirementCover:
    """A requirement, its line, and whether a scenario's answer looked at it."""

    id: str
    label: str
    line: int
    touched: bool
    document: str = ""


@dataclass(frozen=True, slots=True)
class DecisionCover:
    """A decision, whether a scenario asked about it, and its requirements."""

    name: str
    line: int
    touched: bool
    requirements: tuple[RequirementCover, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class NormCover:
    """A duty, power, review, objective, survey, trust measure or thing to be passed on, and whether a scenario asked about it."""

    kind: str
    name: str
    title: str
    line: int
    touched: bool
    document: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one agreement."""

    path: str
    clauses: tuple[ClauseCover, ...]
    decisions: tuple[DecisionCover, ...]
    norms: tuple[NormCover, ...] = ()

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many of how many: clauses ruled, decisions touched, requirements touched, norms touched."""
        with_text = [clause for clause in self.clauses if clause.state in ("ruled", "text only")]
        requirements = [item for decision in self.decisions for item in decision.requirements]
        return {
            "clauses": (sum(clause.state == "ruled" for clause in with_text), len(with_text)),
            "decisions": (sum(decision.touched for decision in self.decisions), len(self.decisions)),
            "requirements": (sum(item.touched for item in requirements), len(requirements)),
            "duties": (sum(item.touched for item in self.norms), len(self.norms)),
        }


def coverage(loaded: Loaded, outcomes: Iterable[Outcome]) -> Coverage:
    """The coverage of an agreement by the scenarios and stories that were run on it."""
    ran = tuple(outcomes)
    return Coverage(loaded.source.name, tuple(clauses(loaded)), tuple(decisions(loaded, ran)), tuple(norms(loaded, ran)))


def clauses(loaded: Loaded) -> Iterator[ClauseCover]:
    """Every heading, and whether rules stand under it."""
    layout = loaded.agreement.layout
    ruled = {section.offset for start in _rules(loaded) if (section := layout.section_at(start)) is not None}
    ruled |= {section.offset for tag in _tags(loaded) if (section := layout.find_section(tag)) is not None}
    for section in layout.sections:
        if section.offset in ruled:
            state = "ruled"
        else:
            state = "scenarios" if section.has_rule else "text only" if section.prose else "heading"
        yield ClauseCover(section.number, section.title, loaded.source.place(section.offset)[0], state)


def _rules(loaded: Loaded) -> Iterator[int]:
    """Where the clauses start that are no scenarios."""
    text = loaded.source.text
    for block in loaded.agreement.layout.blocks:
        start = block.start
        for line in text[block.start : block.end].splitlines(keepends=True):
            if line[0].isalpha() and line.split()[0] != "scenario":
                yield start
            start += len(line)


def _tags(loaded: Loaded) -> Iterator[str]:
    """The clauses that lines of rules name at their end: `[27(3)]`."""
    text = loaded.source.text
    for block in loaded.agreement.layout.blocks:
        for line in text[block.start : block.end].splitlines():
            tag = _TAG.search(line)
            if tag is not None and not line[0].isdigit():
                yield tag.group(1)


def decisions(loaded: Loaded, outcomes: Iterable[Outcome], requirements: bool = True) -> Iterator[DecisionCover]:
    """Every decision with its requirements (without them, if they are not asked for: then nothing is lowered), in the order of the
    text."""
    touched: set[str] = set()
    asked: set[str] = set()
    for outcome in outcomes:
        touched |= outcome.touched
        asked |= outcome.decisions
    texts = list(_texts(loaded))
    leaves = {(text, name): _requirements(rules, name) if requirements else [] for text, rules, listed in texts for name in listed}
    # a body's quorum is one line that many decisions share
    quorums = {
        leaf.citation.line for found in leaves.values() for leaf in found if leaf.kind == "quorum" and leaf.id in touched
    }  # fmt: skip
    for (text, name), listed in leaves.items():
        decision = next(known[name] for number, _, known in texts if number == text)
        found = tuple(
            RequirementCover(leaf.id, leaf.label, leaf.citation.line, leaf.id in touched
                             or (leaf.kind == "quorum" and leaf.citation.line in quorums), leaf.citation.document)
            for leaf in listed
        )  # fmt: skip
        reached = name in asked or bool(asked.intersection(decision.acts)) or any(item.touched for item in found)
        shown = f"{name} (version {text})" if text else name
        yield DecisionCover(shown, decision.citation.line, reached, found, decision.citation.document)


def norms(loaded: Loaded, outcomes: Iterable[Outcome]) -> Iterator[NormCover]:
    """Every norm that a clause of its own makes, in the order of the text; those that decisions and violations bring about are
    part of these."""
    touched = {name for outcome in outcomes for name in outcome.touched}
    agreement = loaded.agreement
    for rule in loaded.rules.norms if agreement.norms else ():
        if rule.name in agreement.norms:
            at = rule.citation
            yield NormCover(rule.kind, rule.name, rule.title, at.line, rule.id in touched, at.document)
    for trust in loaded.rules.trust:
        asked = any(f"{trust.name}#{measure.key.place}" in touched for measure in trust.measures)
        yield NormCover("trust", trust.name, trust.name, trust.citation.line, asked, trust.citation.document)


def _texts(loaded: Loaded) -> Iterator[tuple[str, Rules, Mapping[str, Decision]]]:
    """The rules of the text, and of each amended text the decisions that its amendment changed."""
    agreement = loaded.agreement
    written = {
        name: right for name, right in agreement.rights.items()
        if isinstance(right.clause, WRITTEN) or lower_disputes.is_asked(right.clause)
    }  # fmt: skip
    yield "", loaded.rules, {**agreement.decisions, **written}
    if agreement.amendments:
        from govlang.model.versions import versions

        for version in versions(agreement)[1:]:
            decisions = version.agreement.decisions
            changed = {name: decisions[name] for name in decisions if name in version.changes}
            yield version.number, loaded.rules.under(version.agreement), changed


def _requirements(rules: Rules, decision: str) -> list[Leaf]:
    """The requirements written in a decision, each once."""
    rule = rules.rule(decision)
    found = {leaf.id: leaf for leaf in (*_leaves(rule.tree), *_leaves(rule.after)) if leaf.kind not in COMMON}
    return list(found.values())


def _leaves(tree: Tree) -> Iterator[Leaf]:
    match tree:
        case Leaf():
            yield tree
        case Every(items) | AnyOf(items):
            for item in items:
                yield from _leaves(item)
        case Pick(branches) | Readings(branches):
            for branch in branches:
                yield from _leaves(branch.tree)
