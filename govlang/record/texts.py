"""Which text is in force when, for a record of an agreement that is amended.

In: the versions of an agreement. Out: the text at any instant, and views of the record under one version: the same events,
read with the roles, bodies, members and weights of that text. For an agreement that is never amended everything here is the
agreement itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from govlang.model.nodes import Agreement, Body, Dated, Kind, Member, Role

if TYPE_CHECKING:
    from govlang.model.versions import Version
    from govlang.record.entries import Proposal


def texts_of(agreement: Agreement) -> tuple[Version, ...]:
    """The versions of an agreement; none, and nothing loaded, for one that is never amended."""
    if not agreement.amendments:
        return ()
    from govlang.model.versions import versions

    return versions(agreement)


class Texts:
    """A record that knows the versions of its text.

    `agreement` is the text that names are read by: while events are taken in, the one in force at the event; in a view, the
    view's own. `limit` is the latest version that counts here.
    """

    agreement: Agreement
    texts: tuple[Version, ...]
    limit: int
    values: dict[tuple[str, str], list[Dated]]
    remembered: dict[tuple[object, ...], list[str]]
    _whole: Any
    _views: dict[int, Any]
    _stated_values: frozenset[int]

    def place(self, at: datetime) -> int:
        """Which version is in force at an instant."""
        found = 0
        for index, version in enumerate(self.texts):
            if index and version.start <= at:
                found = index
        return found

    def in_force(self, at: datetime) -> Agreement:
        """The text in force at an instant."""
        return self.texts[self.place(at)].agreement if self.texts else self.agreement

    def text(self, at: datetime) -> Agreement:
        """The text by which people are counted at an instant: the one in force, but never a later one than the view's."""
        return self.texts[min(self.place(at), self.limit)].agreement if self.texts else self.agreement

    @property
    def version(self) -> Version | None:
        """The version that this view reads by; None for an agreement that is never amended."""
        return self.texts[self.limit] if self.texts else None

    def on(self, at: datetime) -> Self:
        """This record under the text in force at an instant."""
        return self.under(self.place(at)) if self.texts else self

    def under(self, index: int) -> Self:
        """This record under one version: attributes that later amendments set, and bodies they changed, are left out."""
        if not self.texts:
            return self
        if index not in self._views:
            from copy import copy

            view = copy(self._whole)
            view.agreement, view.limit, view.remembered = self.texts[index].agreement, index, {}
            view.values = self._whole._values_under(index)
            self._views[index] = view
        found: Self = self._views[index]
        return found

    def adopts(self, proposal: Proposal) -> int | None:
        """The place of the first version that a proposal adopts; None if it adopts none."""
        for index, version in enumerate(self.texts):
            item = version.amendment
            if item is not None and item.proposal is not None and item.decision is not None and (
                (item.proposal.text, item.decision.text) == (proposal.id, proposal.decision)
            ):
                return index
        return None

    def _values_under(self, index: int) -> dict[tuple[str, str], list[Dated]]:
        if index == len(self.texts) - 1:
            return self.values
        from govlang.model.versions import stated_values

        found = stated_values(self.texts[: index + 1])
        for key, items in self.values.items():
            recorded = [item for item in items if id(item) not in self._stated_values]
            if recorded:
                found.setdefault(key, []).extend(recorded)
        return found

    # ------------------------------------------------------------ names of any version

    def role_at(self, name: str, at: datetime) -> Role | None:
        """A role by the text of an instant; by the view's own, where that text does not know it yet."""
        return self.text(at).roles.get(name) or (self.agreement.roles.get(name) if self.texts else None)

    def body_at(self, name: str, at: datetime) -> Body:
        """A body, in the same way."""
        found = self.text(at).bodies.get(name) or self.agreement.bodies.get(name)
        return found or self.text_with("bodies", name).bodies[name]

    def member_at(self, name: str, at: datetime) -> Member | None:
        """A party or person by the text of an instant."""
        return self.text(at).members.get(name)

    def absent(self, party: str, at: datetime) -> bool:
        """Whether a party is not, not yet or no longer in the text of an instant, though some version knows it."""
        return bool(self.texts and party) and party not in self.text(at).members

    def gone(self, name: str, at: datetime) -> bool:
        """Whether an amendment in force at an instant has taken a name out of the text."""
        return bool(self.texts) and name in self.texts[min(self.place(at), self.limit)].gone

    def text_with(self, what: str, name: str) -> Agreement:
        """The text that knows a role, body or decision: the one that events are read by, or else the first version that
        does."""
        if name in getattr(self.agreement, what):
            return self.agreement
        return next((version.agreement for version in self.texts if name in getattr(version.agreement, what)), self.agreement)

    def kind_in_any(self, name: str) -> Kind | None:
        """What a name names: by the text that events are read by, or else by the first version that defines it."""
        kinds = (version.agreement.kind_of(name) for version in self.texts)
        return self.agreement.kind_of(name) or next((kind for kind in kinds if kind is not None), None)
