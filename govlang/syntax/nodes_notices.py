"""Nodes of notices: by which ways they are given, when each way counts, where they are sent; and of places of working days.

In: the smallest nodes. Out: one `Notices` clause with its lines, `Place`. See `syntax.nodes` for the whole tree.
"""

from __future__ import annotations

from govlang.frozen import dataclass
from govlang.syntax.nodes_rules import Cited
from govlang.syntax.nodes_values import Duration, Name, Node


@dataclass(frozen=True, slots=True)
class Place(Node):
    """A place whose working days count: a country, a region of one (`within` it), or the `banks` there."""

    name: Name
    within: Name | None = None
    banks: bool = False

    @property
    def text(self) -> str:
        """The place as it is written."""
        within = f" in {self.within.text}" if self.within is not None else ""
        return f"{'banks in ' if self.banks else ''}{self.name.text}{within}"


@dataclass(frozen=True, slots=True)
class Receipt(Node):
    """When a notice counts as given: on dispatch, so long `after` it, or when it is `confirmed`; the earlier of two."""

    confirmed: bool = False
    after: Duration | None = None


@dataclass(frozen=True, slots=True)
class Channel(Cited):
    """A way by which notices may be given, and when one sent that way counts."""

    name: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class InWriting(Cited):
    """Notices are given in writing."""


@dataclass(frozen=True, slots=True)
class Address(Cited):
    """Where notices to somebody are sent; `channel` empty for every way."""

    name: Name
    text: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class OnWorkingDays(Cited):
    """A notice that arrives on a day that is not worked counts on the next working day."""


@dataclass(frozen=True, slots=True)
class ProposalsNoNotice(Cited):
    """A proposal is not by itself the notice of it: notice has to be given."""


NoticeLine = Channel | InWriting | Address | OnWorkingDays | ProposalsNoNotice


@dataclass(frozen=True, slots=True)
class Notices(Node):
    """How notices are given under this agreement: the lines of its one clause."""

    lines: tuple[NoticeLine, ...] = ()
    text: str = ""

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The ways that are allowed."""
        return tuple(line for line in self.lines if isinstance(line, Channel))

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where notices are sent."""
        return tuple(line for line in self.lines if isinstance(line, Address))

    def line(self, kind: type[NoticeLine]) -> NoticeLine | None:
        """The line of a kind that stands once; None if it is not there."""
        return next((line for line in self.lines if isinstance(line, kind)), None)
