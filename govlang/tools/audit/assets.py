"""Assets used, published, told of or transferred without a right to do so.

In: the uses and transfers on record. Out: GL650 (a use without a grant), GL651 (a transfer that the rules do not allow), GL652
(published or disclosed though it was not permitted). Each is judged by the same answer that `govlang may` gives for its instant; a
transfer is judged as things stood before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from govlang.core.verdict import Verdict
from govlang.source import Citation
from govlang.syntax import nodes as n
from govlang.tools import may
from govlang.tools.audit.context import Context
from govlang.tools.audit.finding import Departure

_CODES = {"assign": "GL651", "publish": "GL652", "disclose": "GL652"}
_RIGHT = {
    "GL650": "a use that a licence or ownership covers",
    "GL651": "a transfer by an owner, as the rules of assignment ask for it",
    "GL652": "to tell it once the rules of secrecy and publication permit it",
}


def findings(context: Context) -> Iterator[Departure]:
    """Every use that was not permitted, in the order of the record."""
    moved: dict[str, int] = {}
    for deed in context.history.uses:
        asset = deed.target.text if deed.target is not None else ""
        place = moved.get(asset, 0)
        if deed.kind == "assign":
            moved[asset] = place + 1
        with _before(context, asset, deed, place):
            answer = may.answer(context.loaded, context.history, deed, deed.at)
        if answer.verdict in (Verdict.PERMITTED, Verdict.SILENT):
            continue
        code = _CODES.get(deed.kind, "GL650")
        why = [item.label for item in answer.because] or [f"missing {item.text}" for item in answer.missing]
        how = "before it was permitted" if answer.verdict is Verdict.PENDING else "though it was not permitted"
        what = f"{answer.proposal}: done {how}" + (f": {'; '.join(why[:4])}" if why else "")
        citation = answer.citations[0] if answer.citations else Citation("")
        yield context.departure(code, deed, what, _RIGHT[code], citation, asset, answer.notes)


@contextmanager
def _before(context: Context, asset: str, deed: n.Deed, place: int) -> Iterator[None]:
    """The record as it stood before a transfer: this one and the later ones are put aside while it is judged."""
    state = context.history.assets.get(asset)
    if deed.kind != "assign" or state is None:
        yield
        return
    kept = state.moved[place:]
    del state.moved[place:]
    context.history.remembered.clear()
    try:
        yield
    finally:
        state.moved.extend(kept)
        context.history.remembered.clear()
