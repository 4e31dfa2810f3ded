"""What the rules gave no effect when it was done: appointments, proxies, delegations, notices by those who may not.

In: the messages of the record about events without effect (GL405, GL414). Out: GL605 (offices and seats), GL615 (proxies and
delegations), GL616 (notices), GL617 (anything else), GL642 (in a dispute that was over).
"""

from __future__ import annotations

from collections.abc import Iterator

from govlang.diagnostics import Diagnostic
from govlang.frozen import replace
from govlang.record import calendar
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools.audit.context import Context
from govlang.tools.audit.finding import Departure

_CODES = {
    **dict.fromkeys(("appoint", "remove", "resign", "join", "leave", "join-agreement", "leave-agreement", "default",
                     "no-default"), "GL605"),
    **dict.fromkeys(("proxy", "delegate", "revoke"), "GL615"),
    **dict.fromkeys(("notice", "notify", "confirm"), "GL616"),
}  # fmt: skip
_RIGHT = {
    "GL605": "the act by those to whom the agreement gives it, while the seat is free",
    "GL615": "a proxy or delegation as the agreement allows it",
    "GL616": "a notice by a way, and to an address, that the agreement allows",
    "GL617": "the act by those to whom the agreement gives it",
    "GL642": "to raise a new dispute",
}


def findings(context: Context) -> Iterator[Departure]:
    """One departure for each event without effect."""
    for entry, found in context.told:
        if found.code in ("GL405", "GL414") and context.place(entry) not in context.flagged:
            yield _departure(context, entry, found)


def _departure(context: Context, entry: n.Deed, found: Diagnostic) -> Departure:
    deed = replace(entry, at=calendar.localise(entry.at, context.header))
    code = "GL642" if found.code == "GL414" else _CODES.get(deed.kind, "GL617")
    reason = found.message.removeprefix("this has no effect: ")
    what = f"what {', '.join(actor.text for actor in deed.actors) or 'somebody'} did has no effect: {reason}"
    return context.departure(code, deed, what, _RIGHT[code], _cited(context, deed))


def _cited(context: Context, deed: n.Deed) -> Citation:
    """The clause of the role, body, decision or ladder that the event is about."""
    agreement = context.history.in_force(deed.at.start)
    name = deed.target.text if deed.target is not None else ""
    proposal = context.history.proposals.get(name)
    right = agreement.right(proposal.decision) if proposal is not None else None
    if right is not None:
        return right.citation
    for table in (agreement.roles, agreement.bodies):
        if name in table:
            return agreement.layout.citation(table[name].span, name)
    return Citation("")
