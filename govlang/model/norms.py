"""Norms in the model: duties, powers, reviews, objectives and communication, with their lines sorted by what they say.

In: made by `model.resolve_norms`. Out: read by `core.lower_norms`, which says what they mean. Groups, happenings and
conditions keep their (immutable, checked) syntax nodes.
"""

from __future__ import annotations

from govlang.frozen import dataclass, field
from govlang.source import NOWHERE, Citation, Span
from govlang.syntax import nodes as n


@dataclass(frozen=True, slots=True)
class Norm:
    """One clause. `kind` is duty, power, review, objective or communication; what a kind has no line for stays empty."""

    kind: str
    name: str
    text: str = ""
    bearer: n.Group | None = None
    to: n.Group | None = None
    recurs: n.Recurs | None = None
    arises: tuple[n.Arises, ...] = ()
    applies: tuple[n.Applies, ...] = ()
    due: n.Due | None = None
    continuing: n.Continuing | None = None
    grace: n.Grace | None = None
    owed: n.Owed | None = None
    done: tuple[n.DoneWhen, ...] = ()
    cured: n.Cured | None = None
    discharged: tuple[n.DischargedWhen, ...] = ()
    waived: tuple[n.WaivedBy, ...] = ()
    finders: tuple[n.BreachFoundBy, ...] = ()
    suspended: tuple[n.Suspended | n.SuspendedWhile, ...] = ()
    survives: n.SurvivesEnd | None = None
    transferable: tuple[n.Transferable, ...] = ()
    opens: tuple[n.OpensIf, ...] = ()
    attended: n.AttendedBy | None = None
    quorum: n.Quorum | None = None
    notice: n.ReviewNotice | None = None
    covers: tuple[str, ...] = ()
    minutes: n.MinutesWithin | None = None
    measure: n.Measure | None = None
    targets: tuple[n.Target, ...] = ()
    between: n.Group | None = None
    contact: n.Contact | None = None
    channels: n.Channels | None = None
    shares: tuple[n.PassOn, ...] = ()
    answer: n.AnswerWithin | None = None
    citation: Citation = field(default_factory=lambda: Citation(""), compare=False)
    span: Span = field(default=NOWHERE, compare=False)
    tagged: tuple[n.Node, ...] = ()  # the lines that name the clause they come from
    about: str = ""  # the decision whose facts its lines may look at: the one that brings it about
