"""Which questions there are about an asset: every combination of purpose, field and territory that a licence speaks of, and one
more for everything else; granting it on, publishing, telling, handing it over, where a clause is about that.

In: an agreement, the licences that cover an asset, its owners. Out: `Use`s, each one question to the judge; and `merged`, which
puts those together that everybody gets the same answers to.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import islice, product
from math import prod

from govlang.backends.words import english
from govlang.frozen import dataclass, parts, replace
from govlang.model.ip import find
from govlang.model.nodes import Agreement
from govlang.syntax import nodes as n

MOST = 48  # combinations asked about one asset and act; of more, only those that a licence names itself
ELSE, ELSEWHERE = "anything-else", "Elsewhere"  # a purpose, a field, a territory that no licence names
OUTSIDER = "an outsider"


@dataclass(frozen=True, slots=True)
class Use:
    """One question (or several with the same answers): an act, and for which purposes, in which fields and territories. `whole`
    says of each of the three what there is in all; an empty name stands for a question that leaves it open."""

    act: str
    purposes: tuple[str, ...] = ("",)
    fields: tuple[str, ...] = ("",)
    territories: tuple[str, ...] = ("",)
    whole: tuple[tuple[str, ...], ...] = ()
    manner: str = ""

    def label(self) -> str:
        """The use in words."""
        purposes, fields, territories = self.whole or (self.purposes, self.fields, self.territories)
        words = _ACTS[self.act] + (f", {self.manner}" if self.manner else "")
        words += _limited(self.purposes, purposes, " for", "any purpose", "any other purpose")
        words += _limited(self.fields, fields, " in field", "", " in any other field")
        return words + _limited(self.territories, territories, " in", "", " in any other territory")


_ACTS = {
    "use": "use", "sublicense": "grant sublicences", "license": "grant licences to others", "assign": "hand over to an outsider",
    "publish": "publish", "disclose": "tell an outsider",
}  # fmt: skip


def _limited(these: tuple[str, ...], whole: tuple[str, ...], before: str, all_of_them: str, others: str) -> str:
    """One of the three limits in words: nothing where it does not matter."""
    if these == ("",):
        return ""
    if set(these) == set(whole) and len(whole) > 1:
        return f"{before} {all_of_them}" if all_of_them else ""
    rest = [name for name in whole if name not in these]
    if _other(these) and len(these) > 1:
        return f"{before} {all_of_them or 'any'} except {english.listed(rest, 'or')}"
    return _named(these, before, others)


def _named(these: tuple[str, ...], before: str, others: str) -> str:
    named = [name.replace("-", " ") if name[:1].islower() else name for name in these if name not in (ELSE, ELSEWHERE)]
    return f"{before} {english.listed(named, 'or')}" if named else others if others.startswith(" ") else f"{before} {others}"


def _other(these: tuple[str, ...]) -> bool:
    return ELSE in these or ELSEWHERE in these


# ---------------------------------------------------------------- the questions


def uses(agreement: Agreement, licences: Sequence[n.Licence], owners: int) -> Iterator[Use]:
    """Every question about an asset that these licences cover and that belongs to so many."""
    joint = _joint(agreement) if owners > 1 else ()
    yield from _combined("use", licences, [purpose for rule in joint if "use" in rule.acts for purpose in rule.purposes])
    allowed = [licence for licence in licences if find(licence, n.Sublicence) is not None]
    if allowed:
        yield from _combined("sublicense", allowed, (), others=False)
    if any("license" in rule.acts for rule in joint) or covered(agreement, "license"):
        yield Use("license", manner="non-exclusively")
        yield Use("license", manner="exclusively")
    if agreement.ip.assignments or covered(agreement, "assign"):
        yield Use("assign")
    if covered(agreement, "publish") or agreement.ip.secrecies:
        yield Use("publish")
    if agreement.ip.secrecies:
        yield Use("disclose")


def _joint(agreement: Agreement) -> tuple[n.JointRule, ...]:
    return agreement.ip.ownership.joint if agreement.ip.ownership is not None else ()


def covered(agreement: Agreement, act: str) -> bool:
    """Whether a decision covers an act."""
    return any(act in decision.acts for decision in agreement.decisions.values())


def _combined(act: str, licences: Sequence[n.Licence], more: Iterable[str], others: bool = True) -> Iterator[Use]:
    """Every combination that the licences speak of, with one more of each kind for what they do not."""
    whole = _whole(licences, more, others)
    if prod(map(len, whole)) <= MOST:
        found: list[tuple[str, ...]] = list(product(*whole))
    else:
        named = (product(*(names or ("",) for names in _limits(licence))) for licence in licences)
        found = list(dict.fromkeys(islice((each for some in named for each in some), MOST)))
    for purpose, field, territory in found:
        yield Use(act, (purpose,), (field,), (territory,), whole)


def too_many(licences: Sequence[n.Licence]) -> bool:
    """Whether there are more combinations than are asked about."""
    return prod(map(len, _whole(licences, (), True))) > MOST


def _whole(licences: Sequence[n.Licence], more: Iterable[str], others: bool) -> tuple[tuple[str, ...], ...]:
    """All purposes, all fields, all territories that licences speak of, each with one for whatever else there is."""
    named = [tuple(name for licence in licences for name in _limits(licence)[place]) for place in range(3)]
    return _all((*named[0], *more), ELSE, others), _all(named[1], ELSEWHERE, others), _all(named[2], ELSEWHERE, others)


def _limits(licence: n.Licence) -> tuple[tuple[str, ...], ...]:
    """The purposes, fields and territories that a licence names, in its lines or in its conditions."""
    found: dict[str, tuple[str, ...]] = {"purpose": (), "field": (), "territory": ()}
    for line in licence.lines:
        if isinstance(line, n.GrantedFor):
            found["purpose"] = line.purposes
        elif isinstance(line, n.GrantedIn):
            found[line.what] = line.labels
    for part in parts(licence.statements):
        if isinstance(part, n.OneOf | n.Compare) and isinstance(part.left, n.FactRef) and part.left.name in found:
            named = part.values if isinstance(part, n.OneOf) else (part.right,)
            words = [str(each.value) for each in named if isinstance(each, n.Literal) and each.kind in ("word", "text")]
            found[part.left.name] = (*found[part.left.name], *words)
    return tuple(found.values())


def _all(named: Iterable[str], other: str, others: bool) -> tuple[str, ...]:
    listed = tuple(dict.fromkeys(named))
    return (*listed, *((other,) if others else ())) if listed else ("",)


# ---------------------------------------------------------------- the same answers


def merged(found: Sequence[tuple[Use, Hashable]]) -> list[Use]:
    """The uses, those put together that have the same answers and differ in one limit alone; in the order of the first of each."""
    boxes = list(found)
    place = 0
    while place < len(boxes):
        for other in range(place + 1, len(boxes)):
            both = _together(boxes[place], boxes[other])
            if both is not None:
                boxes[place] = both
                del boxes[other]
                place = -1  # what is larger now may fit to an earlier one
                break
        place += 1
    return [use for use, _ in boxes]


def _together(one: tuple[Use, Hashable], other: tuple[Use, Hashable]) -> tuple[Use, Hashable] | None:
    a, b = one[0], other[0]
    if one[1] != other[1] or (a.act, a.manner, a.whole) != (b.act, b.manner, b.whole):
        return None
    limits = [(a.purposes, b.purposes), (a.fields, b.fields), (a.territories, b.territories)]
    differ = [index for index, (mine, yours) in enumerate(limits) if mine != yours]
    if len(differ) != 1:
        return None
    index = differ[0]
    joined = tuple(name for name in a.whole[index] if name in limits[index][0] or name in limits[index][1])
    changed = replace(a, **{("purposes", "fields", "territories")[index]: joined})
    return changed, one[1]
