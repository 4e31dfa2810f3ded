"""Who may do what with which asset: the questions of `govlang may`, asked of its judge cell by cell.

In: an agreement, and its record as of a day (or the first day of the text). Out: a `Matrix`: for every asset, and for every class
of assets that a clause speaks of, each use with the right of every party. Nothing is decided here. A class is asked about by
assets that are made up for it: one that each party brought in or made, and one that all of them made together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from govlang.backends import why
from govlang.backends.answers import Answer, Item
from govlang.core.verdict import State, Verdict
from govlang.frozen import dataclass, field, parts
from govlang.model.ip import find
from govlang.record import ip, lifecycle
from govlang.record.history import History
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools import books, may
from govlang.tools.books import Book
from govlang.tools.document import ip_uses
from govlang.tools.document.ip_uses import Use
from govlang.tools.document.subject import Subject


@dataclass(frozen=True, slots=True)
class Standing:
    """What one party may do: `kind` is owned, joint, licensed, request, pending (on other conditions), allowed (no clause forbids
    it, or a decision was taken), none or silent; `right` the clause that says so; `conditions` what is still missing."""

    kind: str
    right: str
    conditions: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One use of a thing, and the standing of each party, in the order of the parties."""

    use: Use
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """An asset, or a class of assets (`name` is then empty): what it is called, whose it is, and the lines about it."""

    title: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything, as of an instant; `cut` says that there are more combinations of purposes, fields and territories than stand
    here."""

    on: n.Moment
    parties: tuple[str, ...]
    things: tuple[Thing, ...]
    history: History
    cut: bool = False


def day_asked(subject: Subject) -> n.Moment:
    """The day asked about; else the first day of the agreement on which everything is there that its text dates."""
    if subject.record is not None:
        return n.Moment(subject.record.now, whole_day=False)
    agreement = subject.agreement
    days = [line.day.day for asset in agreement.ip.assets.values() for line in asset.days]
    days += [member.since for member in agreement.members.values() if member.since is not None]
    until = agreement.header.until
    days = [day for day in days if until is None or day <= until.day]
    days += [agreement.header.effective.day] if agreement.header.effective is not None else []
    return n.Moment(datetime.combine(max(days), datetime.min.time()) if days else datetime(2000, 1, 1))


def matrix(subject: Subject) -> Matrix | None:
    """The matrix; None where the agreement has nothing of the kind, or errors: half a text answers nothing."""
    return subject.once("ip matrix", lambda: _matrix(subject))


def _matrix(subject: Subject) -> Matrix | None:
    if not subject.loaded.sound or not subject.agreement.ip.any():
        return None
    return _Asking(subject).matrix()


class _Asking:
    def __init__(self, subject: Subject) -> None:
        self.loaded, self.agreement = subject.loaded, subject.agreement
        book = subject.record.book if subject.record is not None else Book()
        self.on = day_asked(subject)
        self.now = self.on.end
        self.book = books.until(book, self.loaded.agreement, self.now)
        self.history = subject.record.history if subject.record is not None else books.history(self.book, self.loaded.agreement)
        self.view = self.history.on(self.now)
        self.parties = tuple(
            party.name for party in self.agreement.parties() if self.view.active(party.name, self.now)
        )
        self.cut = False

    def matrix(self) -> Matrix:
        assets = [name for name, state in self.view.assets.items() if state.there(self.now)]
        things = [self.asset(name) for name in assets]
        things += [thing for kind in self.classes() for thing in self.class_of(kind)]
        return Matrix(self.on, self.parties, tuple(thing for thing in things if thing.lines), self.view, self.cut)

    # ------------------------------------------------------------ what there is

    def asset(self, name: str) -> Thing:
        """What everybody may do with one asset."""
        state = self.view.assets[name]
        owned = ip.owners_of(self.view, name, self.now)
        title = f"{name} ({state.kind}{f' of {_and(owned)}' if owned else ''})"
        return Thing(title, name, self.lines(self.history, dict.fromkeys(self.parties, (name,))))

    def classes(self) -> list[str]:
        """The classes that a clause speaks of: licences, and the rule to whom results belong."""
        named = [
            kind for licence in self.agreement.ip.licences.values() for line in licence.lines if isinstance(line, n.GrantedOf)
            for kind in line.assets.classes
        ]  # fmt: skip
        ownership = self.agreement.ip.ownership
        return list(dict.fromkeys([*(["results"] if ownership is not None and ownership.belongs else []), *named]))

    def class_of(self, kind: str) -> Iterator[Thing]:
        """What everybody may do with assets of a class: with its own, with those of others, with what all made together."""
        if not self.parties:
            return
        history, made, together = self.supposed(kind)
        owners = {tuple(ip.owners_of(history.on(self.now), name, self.now)) for name in made.values()}
        title = kind.capitalize()
        if len(owners) == 1 and len(self.parties) > 1:  # whoever makes them: they belong to the same
            first = next(iter(made.values()))
            yield Thing(title, "", self.lines(history, dict.fromkeys(self.parties, (first,))))
            return
        yield Thing(f"{title} of the party itself", "", self.lines(history, {user: (made[user],) for user in self.parties}))
        if len(self.parties) > 1:
            yield from self.of_others(history, title, made)
            if together and kind == "results":
                everybody = dict.fromkeys(self.parties, (together,))
                yield Thing(f"{title} of all parties together", "", self.lines(history, everybody))

    def of_others(self, history: History, title: str, made: dict[str, str]) -> Iterator[Thing]:
        """Assets of another party: in one where it does not matter whose, else one for each owner."""
        users = self.parties
        if self.alike:
            other = {user: (made[users[place - 1]],) for place, user in enumerate(users)}
            yield Thing(f"{title} of another party", "", self.lines(history, other))
            return
        every = {user: tuple(made[owner] for owner in users if owner != user) for user in users}
        lines = self.lines(history, every)
        if lines:
            yield Thing(f"{title} of another party", "", lines)
            return
        for owner in users:
            yield Thing(f"{title} of {owner}", "", self.lines(history, dict.fromkeys(users, (made[owner],))))

    def supposed(self, kind: str) -> tuple[History, dict[str, str], str]:
        """The record with assets made up: one for each party, and one of all together. Their names begin in small letters, which
        no name of a text does."""
        history = books.history(self.book, self.loaded.agreement)
        at = n.Moment(self.on.start, self.on.whole_day)
        made = {party: f"{kind} of {party}" for party in self.parties}
        together = f"{kind} of all parties together"
        for party, name in made.items():
            history.take(_making(kind, name, (party,), at))
        history.take(_making(kind, together, self.parties, at))
        return history, made, together if len(ip.owners_of(history.on(self.now), together, self.now)) > 1 else ""

    @cached_property
    def alike(self) -> bool:
        """Whether it does not matter which party an asset belongs to, seen by another: all grant the same, and no clause asks who
        it is. In doubt, each is asked about."""
        clauses = self.agreement.ip
        asked: list[object] = [*clauses.secrecies.values(), *clauses.assignments.values(), clauses.ownership]
        for licence in clauses.licences.values():
            asked += [licence.statements, *(line for line in licence.lines if not isinstance(line, n.GrantedFrom | n.GrantedTo))]
        mine, inside = set(self.parties), list(parts(tuple(asked)))
        if any(isinstance(part, n.Name) and part.text in mine | set(self.view.persons) for part in inside):
            return False
        if any(isinstance(part, n.GroupItem | n.GroupBase) and part.attribute for part in inside):
            return False
        if any(lifecycle.default(self.view, each, self.now) for each in mine):
            return False
        return all(mine <= set(grant.grantors) or not mine & set(grant.grantors) for grant in self.grants)

    @cached_property
    def equal(self) -> bool:
        """Whether it does not matter which party asks, either, beside whether the asset is its own: where nothing is on record."""
        mine = set(self.parties)
        nothing = not self.book.entries and self.alike
        return nothing and all(mine <= set(grant.licensees) or not mine & set(grant.licensees) for grant in self.grants)

    @cached_property
    def grants(self) -> tuple[ip.Grant, ...]:
        return ip.grants(self.view, self.now)

    # ------------------------------------------------------------ questions

    def lines(self, history: History, about: Mapping[str, tuple[str, ...]]) -> tuple[Line, ...]:
        """Each use with the standing of every user. Where a user is asked about several assets and the answers differ, there are no
        lines: then each has to stand by itself."""
        view = history.on(self.now)
        named = list(dict.fromkeys(name for names in about.values() for name in names))
        found: list[tuple[Use, tuple[Standing, ...]]] = []
        for use in self.uses(view, named):
            row: list[Standing] = []
            known: dict[bool, Standing] = {}
            for user, names in about.items():
                own = user in ip.owners_of(view, names[0], self.now)
                if own in known:
                    row.append(known[own])
                    continue
                asked = dict.fromkeys(self.standing(history, view, user, name, use) for name in names)
                if len(asked) > 1:
                    return ()
                row += asked
                if self.equal and not self.named(row[-1]):
                    known[own] = row[-1]
            found.append((use, tuple(row)))
        return tuple(_lines(found))

    def named(self, standing: Standing) -> bool:
        """Whether a party is named in what somebody waits for: then others wait for something else."""
        return any(party in condition for condition in standing.conditions for party in self.parties)

    def uses(self, view: History, names: Iterable[str]) -> list[Use]:
        found: dict[Use, None] = {}
        for name in names:
            covering = [
                licence for licence in self.agreement.ip.licences.values()
                if isinstance(of := find(licence, n.GrantedOf), n.GrantedOf) and ip.covers(view, of.assets, name)
            ]  # fmt: skip
            self.cut = self.cut or ip_uses.too_many(covering)
            found |= dict.fromkeys(ip_uses.uses(self.agreement, covering, len(ip.owners_of(view, name, self.now))))
        return list(found)

    def standing(self, history: History, view: History, user: str, asset: str, use: Use) -> Standing:
        """The judge's answer to one question, as a standing."""
        answer = may.answer(self.loaded, history, question(user, asset, use, self.on), self.on)
        return standing_of(answer, view, asset, self.now)


def question(user: str, asset: str, use: Use, at: n.Moment) -> n.Deed:
    """The question of one cell, as `govlang may` reads it."""
    limits = (("field", use.fields), ("territory", use.territories))
    names = tuple((key, (n.Name(labels[0]),)) for key, labels in limits if labels[0])
    other = n.Name(ip_uses.OUTSIDER) if use.act in ("license", "sublicense", "assign", "disclose") else None
    return n.Deed(use.act, at, (n.Name(user),), n.Name(asset), other, word=use.purposes[0], choice=use.manner, names=names)


def standing_of(answer: Answer, view: History, asset: str, now: datetime) -> Standing:
    """What an answer says of somebody's standing: the verdict, and the kind of right that it rests on."""
    right = view.agreement.right(answer.decision)
    clause = right.clause if right is not None else None
    joint = isinstance(clause, n.JointOwning) or (isinstance(clause, n.Owning) and len(ip.owners_of(view, asset, now)) > 1)
    conditions = tuple(_waiting(answer.requirement, answer.decision)) if answer.verdict is Verdict.PENDING else ()
    consent = any(note.startswith(may.CONSENT) for note in answer.notes)
    kind = "pending"
    match answer.verdict:
        case Verdict.DENIED if consent:
            kind, conditions = "joint", ("consent of the other owners",)
        case Verdict.DENIED:
            kind = "none"
        case Verdict.SILENT:
            kind = "silent"
        case _ if joint:
            kind = "joint"
        case Verdict.PERMITTED:
            kind = "owned" if isinstance(clause, n.Owning) else "licensed" if isinstance(clause, n.Licence) else "allowed"
        case _ if answer.requirement is not None and isinstance(clause, n.Licence):
            open_ones = why.flatten(answer.requirement, State.OPEN)
            kind = "request" if any(item.kind == "request" for item in open_ones) else "pending"
    named = answer.decision if right is not None and not consent and kind not in ("none", "silent") else ""
    cited = answer.citations[:1] if kind not in ("none", "silent") else answer.citations[:2]
    return Standing(kind, named, conditions, cited)


def _waiting(item: Item | None, right: str) -> Iterator[str]:
    """What an open right waits for, in the words of the text; alternatives and tiers each in one."""
    if item is None or item.state is not State.OPEN:
        return
    if not item.items:
        yield shortly(item.label, right)
        return
    parts = [(child, list(_waiting(child, right))) for child in item.items]
    match item.kind:
        case "any of":
            yield " or ".join(" and ".join(found) for _, found in parts if found)
        case "tiers" | "readings":
            names = [f"under the reading “{child.label}”" if item.kind == "readings" else child.label for child, _ in parts]
            said = [", ".join(found) or "nothing more" for _, found in parts]
            yield "; ".join(f"{name}: {words}" for name, words in zip(names, said, strict=True))
        case _:
            for _, found in parts:
                yield from found


def shortly(label: str, right: str) -> str:
    """What a right asks for, without its own name before it."""
    return label.removeprefix(f"{right} is ").removeprefix(f"{right}: ")


def _lines(found: list[tuple[Use, tuple[Standing, ...]]]) -> Iterator[Line]:
    """Uses with the same answers in one line."""
    for use in ip_uses.merged(found):
        inside = [standings for each, standings in found if _within(each, use)]
        yield Line(use, tuple(_one([row[place] for row in inside]) for place in range(len(inside[0]))))


def _within(one: Use, whole: Use) -> bool:
    return (one.act, one.manner, one.whole) == (whole.act, whole.manner, whole.whole) and all(
        set(mine) <= set(yours)
        for mine, yours in ((one.purposes, whole.purposes), (one.fields, whole.fields), (one.territories, whole.territories))
    )


def _one(standings: list[Standing]) -> Standing:
    """The same standing found several times, with every clause that it was found by."""
    first = standings[0]
    cited = tuple(dict.fromkeys(citation for each in standings for citation in each.citations))
    return Standing(first.kind, first.right, first.conditions, cited)


def _making(kind: str, name: str, makers: tuple[str, ...], at: n.Moment) -> n.Deed:
    listed = "make" if kind == "results" else "list"
    return n.Deed(listed, at, tuple(n.Name(maker) for maker in makers), n.Name(name), word="" if kind == "results" else kind)


def _and(names: Iterable[str]) -> str:
    listed = list(names)
    return f"{', '.join(listed[:-1])} and {listed[-1]}" if len(listed) > 1 else "".join(listed)
