"""How many people a group can ever have, as far as the text fixes it.

In: a group of a decision. Out: an upper bound (None: not fixed by the text; 0: nobody, ever), and whether one group surely
holds every member of another. People come and go by the record, so only what no record can change counts: the parties, named
persons, the limit of a role, the seats of a body, members lines that nobody joins.
"""

from __future__ import annotations

from govlang.model.checks.view import View
from govlang.model.nodes import Body, Decision, Kind, Role
from govlang.syntax import nodes as n


def most(view: View, group: n.Group, decision: Decision | None = None) -> int | None:
    """The most members that a group can have; None when the text does not limit it."""
    return _sum(view, group.items, decision)


def most_of(view: View, item: n.GroupItem, decision: Decision | None = None) -> int | None:
    """The most members that one item of a group can have."""
    if item.excluded is not None:
        if covers(view, item.excluded, item.base):
            return 0
        whole, out = fixed(view, item.base), fixed(view, item.excluded)
        if whole is not None and out is not None:
            return len(whole - out)
    return _most(view, item.base, decision)


def nobody(view: View, item: n.GroupItem, decision: Decision | None = None) -> bool:
    """Whether nobody can ever belong to an item of a group."""
    return most_of(view, item, decision) == 0


def _sum(view: View, items: tuple[n.GroupItem, ...], decision: Decision | None) -> int | None:
    named = [fixed(view, item.base) for item in items]
    if all(names is not None for names in named) and not any(item.excluded for item in items):
        return len(frozenset().union(*(names for names in named if names is not None)))
    total = 0
    for item in {(item.base, item.excluded): item for item in items}.values():
        size = most_of(view, item, decision)
        if size is None:
            return None
        total += size
    return total


def _most(view: View, base: n.GroupBase, decision: Decision | None) -> int | None:
    match base.kind:
        case "party":
            return len(view.parties)
        case "fact":
            return _most_named_by(view, base.fact, decision)
        case "of" if base.name is not None and base.name.text in view.agreement.roles:
            role = view.agreement.roles[base.name.text]
            return 1 if role.seats == "one each" else _most_holders(view, role)
        case "name" if base.name is not None:
            return _most_named(view, base.name.text)
        case _:
            return None


def _most_named_by(view: View, fact: str, decision: Decision | None) -> int | None:
    given = decision.facts.get(fact) if decision is not None else None
    if given is None:
        return None
    return {"party": 1, "person": 1, "parties": len(view.parties)}.get(given.type.kind)


def _most_named(view: View, name: str) -> int | None:
    agreement = view.agreement
    if name in agreement.members:
        return 1 if agreement.members[name].kind is Kind.PERSON or name in view.parties else 0
    if name not in view.sizes:
        view.sizes[name] = None  # while it is being worked out, so that a circle ends
        if name in agreement.roles:
            view.sizes[name] = _most_holders(view, agreement.roles[name])
        elif name in agreement.bodies:
            view.sizes[name] = _most_members(view, agreement.bodies[name])
    return view.sizes[name]


def _most_members(view: View, body: Body) -> int | None:
    if body.name in view.joined and not body.seats:
        return None
    items = tuple(item for group in body.members for item in group.items)
    size = _sum(view, items, None) if items else None
    return max(body.seats, size or 0) if body.seats else size


def _most_holders(view: View, role: Role) -> int | None:
    if role.appointed_by is not None and not role.holders and most_of(view, role.appointed_by) == 0:
        return 0
    limit = {"one": 1, "one each": len(view.parties), "up to": role.limit}.get(role.seats)
    return None if limit is None else max(limit, len(role.holders))


def fixed(view: View, base: n.GroupBase) -> frozenset[str] | None:
    """Exactly who belongs to a group, when the text alone says so. A body in a circle is not fixed."""
    if base.attribute:
        return None
    if base.kind == "party":
        return frozenset(view.parties)
    if base.kind != "name" or base.name is None:
        return None
    name = base.name.text
    if name in view.agreement.members:
        return frozenset({name})
    if name in view.agreement.bodies and name not in view.fixed:
        view.fixed[name] = None
        view.fixed[name] = _fixed_body(view, view.agreement.bodies[name])
    return view.fixed.get(name)


def _fixed_body(view: View, body: Body) -> frozenset[str] | None:
    if not body.members or body.name in view.joined:
        return None
    found: set[str] = set()
    for item in (item for group in body.members for item in group.items):
        names = fixed(view, item.base)
        out = fixed(view, item.excluded) if item.excluded is not None else frozenset()
        if names is None or out is None or item.attribute:
            return None
        found |= names - out
    return frozenset(found) if body.seats <= len(found) else None  # others may still take the seats that are left


def covers(view: View, outer: n.GroupBase, inner: n.GroupBase) -> bool:
    """Whether everyone in the inner group is surely in the outer one."""
    if outer == inner:
        return True
    whole, part = fixed(view, outer), fixed(view, inner)
    if whole is not None and part is not None:
        return part <= whole
    body = view.agreement.bodies.get(outer.name.text) if outer.kind == "name" and outer.name is not None else None
    if body is None:
        return False
    if (outer, inner) not in view.covered:
        view.covered[outer, inner] = False
        view.covered[outer, inner] = any(
            covers(view, item.base, inner)
            for group in body.members
            for item in group.items
            if item.excluded is None and not item.attribute
        )
    return view.covered[outer, inner]


def several(view: View, item: n.GroupItem, decision: Decision) -> bool:
    """Whether an item may mean more than one person or party, so that it must be said how many of them are asked."""
    base = item.base
    match base.kind:
        case "party" | "person":
            return True
        case "fact":
            given = decision.facts.get(base.fact)
            return given is not None and given.type.kind in ("parties", "persons", "role", "body")
        case "of" | "name" if base.name is not None:
            name = base.name.text
            if name in view.agreement.bodies:
                return True
            role = view.agreement.roles.get(name)
            if role is None or (base.kind == "of" and role.seats == "one each"):
                return False
            return role.seats in ("any", "one each") or (role.seats == "up to" and role.limit != 1)
        case _:
            return False
