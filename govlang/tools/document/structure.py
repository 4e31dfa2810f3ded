"""The picture of who appoints whom and who sits where.

In: a `Subject` and who holds what. Out: one `Diagram` with the same in words; none where nobody appoints anybody and nobody sits
anywhere. Roles that somebody appoints and that do nothing more here stand in one box, so that the picture stays small.
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.backends.words import english
from govlang.frozen import dataclass
from govlang.model.nodes import Kind
from govlang.syntax import nodes as n
from govlang.tools.document.blocks import Arrow, Box, Diagram
from govlang.tools.document.offices import Offices
from govlang.tools.document.subject import Subject

MOST = 40  # boxes; a picture of more is none
_TOGETHER = 3  # roles of one appointer that share a box, from this many on
_NAMED = 4  # names in a box
PARTIES = "the parties"


@dataclass(frozen=True, slots=True)
class Tie:
    """`who` does something (`appoints`, `sits in`, `chairs`) to `whom`; both are terms, or the parties as such."""

    who: str
    does: str
    whom: str


def picture(subject: Subject, offices: Offices) -> Diagram | None:
    """How the agreement is organised."""
    drawing = _Drawing(subject, offices)
    return drawing.diagram() if drawing.ties else None


class _Drawing:
    def __init__(self, subject: Subject, offices: Offices) -> None:
        self.subject, self.offices = subject, offices
        self.agreement = subject.agreement
        self.ties = tuple(dict.fromkeys(self._ties()))

    def _ties(self) -> Iterator[Tie]:
        for role in self.agreement.roles.values():
            if role.appointed_by is not None:
                for who in self._who(role.appointed_by):
                    yield Tie(who, "appoints", role.name)
        for body in self.agreement.bodies.values():
            for group in body.members:
                for item in group.items:
                    for who in self._who(item):
                        yield Tie(who, "sits in", body.name)
            if body.chair in self.agreement.kinds:
                yield Tie(body.chair, "chairs", body.name)

    def _who(self, item: n.GroupItem) -> Iterator[str]:
        """Whom an item of a group stands for, as far as a picture shows it."""
        base = item.base
        if base.kind == "party":
            yield PARTIES
        elif base.name is not None and self.agreement.kind_of(base.name.text) in (Kind.PARTY, Kind.ROLE, Kind.BODY):
            yield base.name.text

    # ------------------------------------------------------------ the picture

    def diagram(self) -> Diagram | None:
        together = self._together()
        boxes = self._boxes(together)
        if len(boxes) > MOST:
            return None
        arrows: dict[tuple[str, str], Arrow] = {}
        for tie in self.ties:
            start, end = together.get(tie.who, tie.who), together.get(tie.whom, tie.whom)
            known = arrows.get((start, end))
            label = known.label if known is not None and tie.does in known.label else \
                f"{known.label}, {tie.does}" if known is not None else tie.does  # fmt: skip
            arrows[start, end] = Arrow(start, end, label)
        return Diagram(
            "structure", "Who appoints whom, and who sits where", " ".join(self._sentences()), tuple(boxes), tuple(arrows.values())
        )  # fmt: skip

    def _together(self) -> dict[str, str]:
        """Roles that share a box, each with the name of the box."""
        busy = {tie.who for tie in self.ties}
        found: dict[str, list[str]] = {}
        for tie in self.ties:
            appointers = [each.who for each in self.ties if each.whom == tie.whom and each.does == "appoints"]
            if tie.does == "appoints" and tie.whom not in busy and len(appointers) == 1:
                found.setdefault(tie.who, []).append(tie.whom)
        return {
            role: f"appointed by {who}" for who, roles in found.items() if len(roles) >= _TOGETHER for role in roles
        }  # fmt: skip

    def _boxes(self, together: dict[str, str]) -> list[Box]:
        shown = {name for tie in self.ties for name in (tie.who, tie.whom)}
        boxes: list[Box] = []
        if PARTIES in shown:
            names = [party.name for party in self.agreement.parties()]
            place = ("people", "parties") if names else ("", "")
            boxes.append(Box(PARTIES, "The parties", _few(names), "start", None, *place))
        for party in self.agreement.parties():
            if party.name in shown:
                boxes.append(self._box(party.name, party.full_name if party.full_name != party.name else "", "start"))
        for body in self.agreement.bodies.values():
            if body.name in shown:
                boxes.append(self._box(body.name, _members(len(self._members(body.name))), "gate"))
        for role in self.agreement.roles.values():
            if role.name in shown and role.name not in together:
                boxes.append(self._box(role.name, _few(self._holders(role.name)), "step"))
        for box in dict.fromkeys(together.values()):
            roles = [role for role, home in together.items() if home == box]
            boxes.append(Box(box, english.listed(roles), "", "step", page="people", anchor="roles"))
        return boxes

    def _box(self, name: str, note: str, kind: str) -> Box:
        page, anchor = self.subject.links.terms.get(name, ("", ""))
        return Box(name, name, note, kind, page=page, anchor=anchor)

    def _holders(self, role: str) -> list[str]:
        return self.offices.view.holders_of(role, self.offices.now)

    def _members(self, body: str) -> list[str]:
        return self.offices.view.members_of(body, self.offices.now)

    # ------------------------------------------------------------ in words

    def _sentences(self) -> Iterator[str]:
        """The picture, tie by tie."""
        names = self.subject.words.names
        appointed: dict[str, list[str]] = {}
        for tie in self.ties:
            if tie.does == "appoints":
                appointed.setdefault(tie.who, []).append(tie.whom)
        for who, roles in appointed.items():
            subject, verb = (PARTIES, "appoint") if who == PARTIES else (names(who), "appoints")
            yield english.sentence(f"{subject} {verb} {english.listed([names(role) for role in roles])}")
        for body in self.agreement.bodies.values():
            sitting = [tie.who for tie in self.ties if tie.whom == body.name and tie.does == "sits in"]
            if sitting:
                whose = [PARTIES if who == PARTIES else self._sitting(who) for who in sitting]
                alone = len(sitting) == 1 and whose[0] == names(sitting[0])
                yield english.sentence(f"in {names(body.name)} {'sits' if alone else 'sit'} {english.listed(whose)}")
            chairs = [names(tie.who) for tie in self.ties if tie.whom == body.name and tie.does == "chairs"]
            if chairs:
                yield english.sentence(f"{english.listed(chairs)} chairs {names(body.name)}")

    def _sitting(self, who: str) -> str:
        role = self.agreement.roles.get(who)
        if role is not None and role.seats != "one":
            return f"the {english.plural(who)}"
        return self.subject.words.names(who)


def _few(names: list[str]) -> str:
    """A few names; the number of the others."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    return f"{', '.join(names[: _NAMED - 1])} and {len(names) - _NAMED + 1} more"


def _members(count: int) -> str:
    return english.counted(count, "member") if count else ""
