"""Assets, licences and secrecy that cannot work or leave out what people sue each other about.

GL320 overlapping-exclusives, GL321 licence-without-owner, GL322 shares-not-whole, GL323 licence-to-nobody, GL324
licence-incomplete, GL325 secrecy-incomplete, GL326 owner-unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations

from govlang.diagnostics import Diagnostic
from govlang.model.checks import who
from govlang.model.checks.view import View
from govlang.model.ip import find
from govlang.syntax import nodes as n

_EXCLUSIVE = ("exclusive", "sole")


def overlapping_exclusives(view: View) -> Iterator[Diagnostic]:
    """GL320: two exclusive licences of the same thing at the same time to different people."""
    exclusive = [
        (name, licence) for name, licence in view.agreement.ip.licences.items()
        if isinstance(line := find(licence, n.Exclusivity), n.Exclusivity) and line.kind in _EXCLUSIVE
    ]  # fmt: skip
    for (first, one), (second, other) in combinations(exclusive, 2):
        if _same_assets(view, one, other) and _same_words(one, other) and _same_time(one, other) and _others(view, one, other):
            place = view.source.place(one.span.start)[0]
            message = f"{first} (line {place}) and {second} are both exclusive, and cover the same asset, purpose, field and time"
            yield view.report("GL320", message, other.span, "part them by asset, purpose, field, territory or time, or make one "
                              "of them non-exclusive")  # fmt: skip


def _same_assets(view: View, one: n.Licence, other: n.Licence) -> bool:
    lines = [find(each, n.GrantedOf) for each in (one, other)]
    givers = [_fixed(view, find(each, n.GrantedFrom)) for each in (one, other)]
    if givers[0] is not None and givers[1] is not None and not givers[0] & givers[1]:
        return False
    found = [_assets(view, line.assets) for line in lines if isinstance(line, n.GrantedOf)]
    return len(found) == 2 and bool(found[0] & found[1])


def _assets(view: View, assets: n.Assets) -> set[str]:
    """The assets of a line: those of the text, and each class for those that are still to come."""
    classes = {"background", "results", "sideground"} if assets.every else set(assets.classes)
    names = {name.text for name in assets.names}
    listed = {name for name, asset in view.agreement.ip.assets.items() if any(kind.kind in classes for kind in asset.kinds)}
    return names | listed | classes


def _same_words(one: n.Licence, other: n.Licence) -> bool:
    """Whether purposes, fields and territories overlap; a licence that names none covers all."""
    for what in ("purpose", "field", "territory"):
        words = [_words(each, what) for each in (one, other)]
        if words[0] and words[1] and not words[0] & words[1]:
            return False
    return True


def _words(licence: n.Licence, what: str) -> set[str]:
    found: set[str] = set()
    for line in licence.lines:
        if isinstance(line, n.GrantedIn) and line.what == what:
            found.update(line.labels)
        elif isinstance(line, n.GrantedFor) and what == "purpose":
            found.update(line.purposes)
    return found


def _same_time(one: n.Licence, other: n.Licence) -> bool:
    periods = [find(each, n.Period) for each in (one, other)]
    spans = []
    for period in periods:
        since = period.since.day if isinstance(period, n.Period) and period.since is not None else date.min
        ends = isinstance(period, n.Period) and period.end is not None and period.end.day is not None
        spans.append((since, period.end.day.day if ends else date.max))  # type: ignore[union-attr]
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _others(view: View, one: n.Licence, other: n.Licence) -> bool:
    """Whether the licensees differ."""
    first, second = (_fixed(view, find(each, n.GrantedTo)) for each in (one, other))
    return first is None or second is None or first != second


def _fixed(view: View, line: n.Node | None) -> frozenset[str] | None:
    """Whom a group always names; None where the record decides."""
    if not isinstance(line, n.GrantedFrom | n.GrantedTo):
        return None
    names: set[str] = set()
    for item in line.group.items:
        if item.base.kind == "party" and item.excluded is None and not item.attribute:
            names.update(view.parties)
        elif item.base.kind == "name" and item.base.name is not None and item.base.name.text in view.agreement.members:
            names.add(item.base.name.text)
        else:
            return None
    return frozenset(names)


def licence_without_owner(view: View) -> Iterator[Diagnostic]:
    """GL321: a licence of an asset by those who do not own it."""
    for name, licence in view.agreement.ip.licences.items():
        of, givers = find(licence, n.GrantedOf), _fixed(view, find(licence, n.GrantedFrom))
        if not isinstance(of, n.GrantedOf) or givers is None:
            continue
        for asset in of.assets.names:
            owners = _stated_owners(view, asset.text)
            if owners and not owners <= givers:
                missing = ", ".join(sorted(owners - givers))
                message = f"{name} is granted by {', '.join(sorted(givers))}, and {asset.text} belongs to {missing}"
                yield view.report("GL321", message, of.span, f"let {missing} grant it too, or take {asset.text} out")


def _stated_owners(view: View, name: str) -> set[str]:
    asset = view.agreement.ip.assets.get(name)
    return {owner.name.text for kind in asset.kinds for owner in kind.owners} if asset is not None else set()


def shares_not_whole(view: View) -> Iterator[Diagnostic]:
    """GL322: shares of joint owners that do not add up to the whole, or that only some of them have."""
    for name, asset in view.agreement.ip.assets.items():
        for kind in asset.kinds:
            shares = [owner.share for owner in kind.owners if owner.share is not None]
            if not shares:
                continue
            total = sum(shares)
            if len(shares) < len(kind.owners):
                yield view.report("GL322", f"some owners of {name} have a share and others have none", kind.span,
                                  "give every owner a share, or none of them: then the shares are equal")  # fmt: skip
            elif total != 1:
                yield view.report("GL322", f"the shares of {name} add up to {100 * total.numerator / total.denominator:g}%",
                                  kind.span, "let them add up to 100%")  # fmt: skip


def licence_to_nobody(view: View) -> Iterator[Diagnostic]:
    """GL323: a licence that nobody can ever have, or give."""
    for name, licence in view.agreement.ip.licences.items():
        right = view.agreement.rights.get(name)
        for line in licence.lines:
            if isinstance(line, n.GrantedTo | n.GrantedFrom) and all(who.nobody(view, item, right) for item in line.group.items):
                verb = "to" if isinstance(line, n.GrantedTo) else "from"
                message = f"{name} is granted {verb} `{view.wording(line.group)}`, and nobody can ever be that"
                yield view.report("GL323", message, line.span, "name a party, or define who it is")


_LICENCE: tuple[tuple[type, str, str], ...] = (
    (n.GrantedFrom, "who grants it", "`from every party`, or the name of a party"),
    (n.GrantedTo, "who has it", "`to every party`, or the name of a party"),
    (n.GrantedOf, "which assets it covers", "`of results`, or the name of an asset"),
    (n.GrantedFor, "for which purpose", "`for research`, or `for any purpose`"),
    (n.Exclusivity, "whether anybody else may have one", "`exclusive`, `sole` or `non-exclusive`"),
    (n.Period, "how long it lasts", "`from 2026-01-01 until 2028-12-31`, `until the end` or `perpetual`"),
)  # fmt: skip


def licence_incomplete(view: View) -> Iterator[Diagnostic]:
    """GL324: a licence that leaves out what nobody should have to guess."""
    for name, licence in view.agreement.ip.licences.items():
        for kind, what, remedy in _LICENCE:
            if find(licence, kind) is None:
                yield view.report("GL324", f"{name} does not say {what}", licence.span, f"write {remedy}")


_SECRECY: tuple[tuple[type, str, str], ...] = (
    (n.SecretOf, "what is secret", "`of everything marked confidential`, or `of results`"),
    (n.Binds, "whom it binds", "`binds every party`"),
    (n.SecretFor, "how long it lasts", "`for 4 years after the end`, `for 5 years after disclosure` or `perpetual`"),
)  # fmt: skip


def secrecy_incomplete(view: View) -> Iterator[Diagnostic]:
    """GL325: confidentiality that does not say what, whom and how long."""
    for name, clause in view.agreement.ip.secrecies.items():
        for kind, what, remedy in _SECRECY:
            if find(clause, kind) is None:
                title = name if clause.name is not None else "this clause on confidentiality"
                yield view.report("GL325", f"{title} does not say {what}", clause.span, f"write {remedy}")


def owner_unknown(view: View) -> Iterator[Diagnostic]:
    """GL326: an asset of which no line says to whom it belongs."""
    rule = view.agreement.ip.ownership
    for name, asset in view.agreement.ip.assets.items():
        owned = any(kind.owners for kind in asset.kinds)
        results = any(kind.kind == "results" for kind in asset.kinds)
        if owned or (results and rule is not None and any(_reaches(line, asset) for line in rule.belongs)):
            continue
        hint = "write `background of` and its owner"
        if results:
            hint = "write `results of` and the owners; or `made by` and the makers, and an `ownership` clause for results"
        elif not asset.kinds:
            hint = "write `background of`, `results of` or `sideground of` and its owner"
        yield view.report("GL326", f"nothing says to whom {name} belongs", asset.span, hint)


def _reaches(line: n.Belongs, asset: n.Asset) -> bool:
    return line.to == "group" or bool(asset.makers)


CHECKS: tuple[Callable[[View], Iterator[Diagnostic]], ...] = (
    overlapping_exclusives,
    licence_without_owner,
    shares_not_whole,
    licence_to_nobody,
    licence_incomplete,
    secrecy_incomplete,
    owner_unknown,
)
