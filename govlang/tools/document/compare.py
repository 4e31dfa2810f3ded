"""What changed from one agreement to another, in words, clause by clause.

In: two texts (files, or versions of one file), each as a `Subject`. Out: a `Comparison`. Whether a rule changed is found in what
the compiled rules say, never in how they are written: the same rule in other words is no change, and a rule whose meaning turns
on another clause changes with it. Prose is compared as it is written, and nothing is said about what it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import cast

from govlang.backends.words.statement import Statement
from govlang.frozen import dataclass, replace
from govlang.model.amending import keys, word_of
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.syntax.literate import Section
from govlang.tools.document.matching import common, matched
from govlang.tools.document.pieces import Chapter, Passage, Rules, parts
from govlang.tools.document.subject import Subject

Key = tuple[str, str]
_NO_RULES = ("description", "version")


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence: what it said and what it says now; one of the two is empty where it is new or gone. `citation` is the clause
    that says it, which is not always the clause of the rule: a body's quorum stands with the body."""

    was: str
    becomes: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What became of one rule. `kind` is added, removed, changed (it means something else), or rewritten (it is written otherwise
    and says the same). `what` is its kind (body, decision ...), `name` its name, if it has one. `elsewhere` says that it is written
    as before: what it means was changed by another clause. `statements` is all that a rule which is new or gone says."""

    kind: str
    what: str
    name: str
    citation: Citation
    differences: tuple[Difference, ...] = ()
    elsewhere: bool = False
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one heading of the text. `kind` is added, removed or kept; `was` the heading as it was, where it reads
    otherwise now. `wording` says that its prose changed, `examples` that its examples did, `ruled` that rules stand under it."""

    kind: str
    citation: Citation
    rules: tuple[RuleChange, ...] = ()
    was: Citation | None = None
    wording: bool = False
    ruled: bool = False
    examples: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts."""

    name: str
    source: str
    version: str
    text_hash: str
    sound: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts, and what changed in each clause that changed, in the order of the new one."""

    old: Side
    new: Side
    clauses: tuple[ClauseChange, ...]

    @property
    def changed(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.clauses)

    def count(self, *kinds: str) -> int:
        """How many rules of these kinds of change there are."""
        return sum(rule.kind in kinds for clause in self.clauses for rule in clause.rules)


def compare(old: Subject, new: Subject) -> Comparison:
    """What changed from one text to another."""
    return Comparison(_side(old), _side(new), tuple(_Comparing(_Text(old), _Text(new)).clauses()))


def _side(subject: Subject) -> Side:
    text = subject.agreement
    source = Path(subject.loaded.source.name).name
    return Side(text.name, source, text.header.version, subject.loaded.text_hash, subject.loaded.sound)


# ---------------------------------------------------------------- one text


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading, its prose, and how many rules and which examples stand under it. Rules under no heading have no section."""

    section: Section | None
    document: str
    prose: str
    examples: tuple[str, ...]


class _Text:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.layout = subject.agreement.layout

    @cached_property
    def headings(self) -> list[_Heading]:
        """The headings, in order; the first stands for what is under none."""
        cut = parts(self.subject.loaded.agreement)
        return [self.heading(part.name, chapter) for part in cut for chapter in part.chapters]

    def heading(self, document: str, chapter: Chapter) -> _Heading:
        prose = " ".join(" ".join(piece.text for piece in chapter.pieces if isinstance(piece, Passage)).split())
        clauses = [clause for piece in chapter.pieces if isinstance(piece, Rules) for clause in piece.clauses]
        examples = tuple(" ".join(clause.text.split()) for clause in clauses if clause.word == "scenario")
        return _Heading(chapter.section, self.subject.links.path(document), prose, examples)

    @cached_property
    def rules(self) -> dict[Key, n.Clause]:
        """The clauses by what they are known by; several without a name are counted."""
        found: dict[Key, n.Clause] = {}
        counted: Counter[Key] = Counter()
        listed = self.subject.agreement.file.clauses if self.subject.agreement.file is not None else ()
        for clause in listed:
            for key in keys(clause)[:1]:
                counted[key] += 1
                found[key if counted[key] == 1 else (key[0], f"{key[1]} {counted[key]}")] = clause
        return found

    def place(self, clause: n.Clause) -> int:
        """Under which heading a rule stands."""
        section = self.layout.section_at(clause.span.start)
        _, home = self.layout.source.home(clause.span.start)
        for place, heading in enumerate(self.headings):
            if (
                heading.section is section
                if section is not None
                else heading.document == self.subject.links.path(home.name)
            ):
                return place
        return 0

    def said(self, clause: n.Clause) -> tuple[Statement, ...]:
        """A rule in words; an amendment with what it puts in place. The number of the version and what a clause is for are no
        rules."""
        said = list(self.subject.words.clause(clause))
        if isinstance(clause, n.Amendment):
            version = next(
                (each.agreement for each in self.subject.texts if each.amendment is clause), self.subject.agreement
            )
            inner = (change.clause for change in clause.changes if not isinstance(change.clause, n.Removal))
            said += [each for node in inner for each in self.subject.words_of(version).clause(cast("n.Clause", node))]
        return tuple(map(_rule_of, (each for each in said if each.kind not in _NO_RULES)))

    def what(self, clause: n.Clause) -> tuple[str, str]:
        """The kind of a rule, and its name."""
        name = getattr(clause, "name", None)
        kind = self.subject.agreement.kind_of(name.text) if isinstance(name, n.Name) else None
        return kind.value if kind is not None else word_of(clause, self.layout.source), name.text if isinstance(
            name, n.Name
        ) else ""

    def cite(self, heading: _Heading) -> Citation:
        """How to cite a heading."""
        if heading.section is None:
            return Citation(heading.document)
        return self.subject.links.cite(self.layout.cite_section(heading.section)).citation


# ---------------------------------------------------------------- both


class _Comparing:
    def __init__(self, old: _Text, new: _Text) -> None:
        self.old, self.new = old, new

    def clauses(self) -> Iterator[ClauseChange]:
        rules = self.rules()
        for before, after in self.headings():
            mine = (*rules.get(("old", before), ()), *rules.get(("new", after), ()))
            change = self.clause(before, after, tuple(mine))
            if change is not None:
                yield change

    def headings(self) -> Iterator[tuple[int, int]]:
        """The headings of both texts by their places; -1 for none."""
        first, second = list(range(len(self.old.headings))), list(range(len(self.new.headings)))

        def likeness(before: int, after: int) -> float:
            return _likeness(self.old.headings[before], self.new.headings[after])

        for before, after in matched([(place, "old") for place in first], [(place, "new") for place in second],
                                     lambda one, other: likeness(one[0], other[0])):  # fmt: skip
            yield before[0] if before is not None else -1, after[0] if after is not None else -1

    def clause(self, before: int, after: int, rules: tuple[RuleChange, ...]) -> ClauseChange | None:
        old = self.old.headings[before] if before >= 0 else None
        new = self.new.headings[after] if after >= 0 else None
        ruled = any(text.place(clause) == place for text, place in ((self.old, before), (self.new, after)) if place >= 0
                    for clause in text.rules.values())  # fmt: skip
        if old is None or new is None:
            text, only = (self.new, new) if new is not None else (self.old, old)
            assert only is not None
            kind = "added" if old is None else "removed"
            return ClauseChange(kind, text.cite(only), rules, None, bool(only.prose), ruled, bool(only.examples))
        was, now = self.old.cite(old), self.new.cite(new)
        renamed = (was.number, was.title) != (now.number, now.title)
        wording, examples = old.prose != new.prose, old.examples != new.examples
        if not (rules or renamed or wording or examples):
            return None
        return ClauseChange("kept", now, rules, was if renamed else None, wording, ruled, examples)

    # ------------------------------------------------------------ rules

    def rules(self) -> dict[tuple[str, int], list[RuleChange]]:
        """What became of each rule, by the text and the heading under which it is told."""
        found: dict[tuple[str, int], list[RuleChange]] = {}
        versions = (
            self.old.subject.loaded is self.new.subject.loaded
        )  # then the amendments made the difference; they are none
        for key in [*self.new.rules, *(key for key in self.old.rules if key not in self.new.rules)]:
            old, new = self.old.rules.get(key), self.new.rules.get(key)
            if versions and (isinstance(old, n.Amendment) or isinstance(new, n.Amendment)):
                continue
            change = self.rule(old, new)
            if change is None:
                continue
            amended = new is not None and old is not None and bool(self.new.layout.amendment_at(new.span.start))
            if new is not None and not amended:
                found.setdefault(("new", self.new.place(new)), []).append(change)
            elif old is not None:
                found.setdefault(("old", self.old.place(old)), []).append(change)
        return found

    def rule(self, old: n.Clause | None, new: n.Clause | None) -> RuleChange | None:
        if old is None or new is None:
            text, only = (self.new, new) if new is not None else (self.old, old)
            assert only is not None
            said, where = text.said(only), self.citation(text, only)
            differences = (
                Difference("", line, where) if old is None else Difference(line, "", where) for line in _flat(said)
            )
            kind = "added" if old is None else "removed"
            return RuleChange(kind, *text.what(only), where, tuple(differences), statements=said)
        before, after = self.old.said(old), self.new.said(new)
        found = tuple(_differences(before, after))
        same = _written(old) == _written(new)
        if not found and same:
            return None
        kind = "changed" if found else "rewritten"
        return RuleChange(kind, *self.new.what(new), self.citation(self.new, new), found, bool(found) and same)

    def citation(self, text: _Text, clause: n.Clause) -> Citation:
        return text.subject.links.cite(text.layout.citation(clause.span)).citation


def _likeness(old: _Heading, new: _Heading) -> float:
    """How much two headings are the same clause."""
    first, second = old.section, new.section
    if first is None or second is None:
        return 5.0 if first is second and old.document == new.document else 0.0
    title, number = first.title == second.title, first.number == second.number
    like = common(Counter(old.prose.split()), Counter(new.prose.split())) if old.prose or new.prose else 0.0
    if title or like >= 0.5 or (number and first.number and like >= 0.25):
        return 0.1 + 3 * title + number + 4 * like
    return 0.0


# ---------------------------------------------------------------- statements


def _flat(statements: tuple[Statement, ...]) -> Iterator[str]:
    """Statements as sentences; what stands under one follows it."""
    for said in statements:
        if said.items:
            yield f"{said.text} {'; '.join(_inline(item) for item in said.items)}"
        else:
            yield said.text


def _inline(said: Statement) -> str:
    words = said.text.rstrip(".")
    return f"{words} {', '.join(map(_inline, said.items))}" if said.items else words


def _rule_of(said: Statement) -> Statement:
    """What a statement says as a rule: without what its clause is for."""
    title = "" if said.kind == "decision" and said.items else said.text
    return replace(
        said, text=title, items=tuple(map(_rule_of, (item for item in said.items if item.kind not in _NO_RULES)))
    )


def _written(clause: n.Clause) -> n.Clause:
    """A clause as it is written; a table of holidays stands beside it, and its version is no rule."""
    return replace(clause, holidays=None, version="") if isinstance(clause, n.Header) else clause


def _differences(old: tuple[Statement, ...], new: tuple[Statement, ...]) -> Iterator[Difference]:
    for before, after in matched(old, new, _alike):
        if before is None and after is not None:
            yield from (Difference("", line, after.citation) for line in _flat((after,)))
        elif after is None and before is not None:
            yield from (Difference(line, "", before.citation) for line in _flat((before,)))
        elif before is not None and after is not None and before != after:
            if before.text != after.text:
                yield Difference(before.text, after.text, after.citation)
            yield from _differences(before.items, after.items)


def _alike(old: Statement, new: Statement) -> float:
    if old == new:
        return 8.0
    like = common(Counter(_inline(old).split()), Counter(_inline(new).split()))
    same = old.kind == new.kind
    return like + same if like >= (0.3 if same else 0.6) else 0.0
