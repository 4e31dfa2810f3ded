"""Audits of logs as somebody reads them who has only the guide: what is missing, what is bad, what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from govlang.pipeline import load_text
from govlang.report import columnar as shown
from govlang.report.text import Style
from govlang.tools.columnar import listing
from govlang.tools.columnar.auditing import LogAudit, audit_log
from govlang.tools.questions import NoAnswer

pytest.importorskip("duckdb", reason="the extra `audit` is not installed")

TEXT = """agreement Two Partners
  effective 2026-01-01 until 2027-12-31
  currency EUR
parties Helios and Norwind
role Director
  one for each party
  held by Ana for Helios, Ben for Norwind
role Manager
  one
  held by Tom
body Board
  members every Director
decision Spend
  given amount: money, supplier: text
  proposed by Manager or any Director
  when amount at most 50,000 EUR
    requires approval of Manager
  otherwise
    requires unanimity of all members in Board
decision Close
  requires approval of Manager
"""
HEAD = "decision,proposed_by,proposed,decided,amount,supplier"


def log(folder: Path, *lines: str) -> str:
    path = folder / "log.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def audited(path: str) -> LogAudit:
    return audit_log(load_text(TEXT), [path])


def refused(path: str) -> list[Any]:
    with pytest.raises(NoAnswer) as caught:
        audited(path)
    return list(caught.value.diagnostics)


def tom(choice: str = "for") -> str:
    return f'"[{{""voter"": ""Tom"", ""choice"": ""{choice}""}}]"'


def test_a_log_without_counts_is_one_of_votes(tmp_path: Path) -> None:
    (found,) = refused(log(tmp_path, HEAD, "Spend,Tom,2026-03-02,2026-03-04,40000,X"))
    assert found.message == "the log has no column 'ballots' (who voted how), which Spend needs"
    assert found.hint.startswith("it counts votes of the Manager and the Board; give an empty one if nobody voted")


def test_one_message_a_column_names_the_decisions(tmp_path: Path) -> None:
    found = refused(log(tmp_path, "decision,decided,supplier", "Spend,2026-03-04,X", "Close,2026-03-04,"))
    assert sorted(each.message for each in found) == [
        "the log has no column 'amount' (the amount: an amount), which Spend needs",
        "the log has no column 'ballots' (who voted how), which Spend and Close need",
        "the log has no column 'proposed_by' (who proposed it), which Spend needs",
    ]


def test_one_message_a_decision_names_its_counts(tmp_path: Path) -> None:
    (found,) = refused(log(tmp_path, "decision,decided,amount,board_for", "Spend,2026-03-04,1,2"))
    assert found.message.startswith("the log has no columns 'proposed_by_manager_or_director' (yes or no)")
    assert '--columns "Spend"' in found.hint


@pytest.mark.parametrize(("amount", "verdict"), [
    ("40000", "permitted"), ("40,000", "permitted"), ("40000.50", "permitted"), ("40000 EUR", "permitted"), ("60000", "pending"),
    ("abc", ""), ("40.000", ""), ("40.000,50", ""), ("40000 USD", ""), ("4,00", ""),
])  # fmt: skip
def test_amounts_in_text(amount: str, verdict: str, tmp_path: Path) -> None:
    """By SQL, and (with a second ballot) by the interpreter."""
    twice = tom()[:-2] + ',{""voter"": ""Tom"", ""choice"": ""for""}]"'
    found = audited(log(tmp_path, f"{HEAD},ballots", f'Spend,Tom,2026-03-02,2026-03-04,"{amount}",X,{tom()}',
                        f'Spend,Tom,2026-03-02,2026-03-04,"{amount}",X,{twice}'))  # fmt: skip
    (meaning,) = {group.meaning for group in found.groups}
    assert (meaning.verdict.value if meaning.verdict is not None else "") == verdict
    assert found.alone or not verdict
    if not verdict:
        assert f"row 1 says '{amount}'" in found.bad[0].hint


def test_closed_is_yes_or_a_day_or_nothing(tmp_path: Path) -> None:
    lines = [f"Close,Tom,2026-03-02,2026-03-04,,,,{closed}" for closed in ("yes", "TRUE", "no", "", "2026-03-03", "perhaps")]
    found = audited(log(tmp_path, f"{HEAD},ballots,closed", *lines))
    said = {(group.meaning.verdict.value if group.meaning.verdict else group.meaning.reason): group.rows for group in found.groups}
    assert said == {"denied": 3, "pending": 2, "closed is not a date": 1}
    assert sum(rows for _, rows in found.alone) == 1


def test_empty_texts_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    row = '{"decision": "Close", "decided": "2026-03-04"'
    empty = ", ".join(f'"{name}": ""' for name in ("proposed", "proposed_by", "ballots", "closed", "mode", "meeting", "withdrawn",
                                                   "present", "noticed", "vetoes"))  # fmt: skip
    path.write_text(f'{row}, {empty}}}\n{row}, "ballots": [{{"voter": "Tom", "choice": "for"}}]}}\n', encoding="utf-8")
    found = audited(str(path))
    assert sorted((group.meaning.verdict.value, group.rows) for group in found.groups if group.meaning.verdict) == [
        ("pending", 1), ("permitted", 1)]  # fmt: skip


def test_the_summary_says_what_and_where_and_what_next(tmp_path: Path) -> None:
    head = f"id,{HEAD},ballots,closed"
    found = audited(log(tmp_path, head, f"A,Spend,Ana,2026-03-02,2026-03-04,40000,X,{tom()},yes",
                        f"B,Spend,Ana,2026-03-02,2026-03-04,90000,X,{tom()},yes", "C,Spend,Anna,2026-03-02,2026-03-04,90000,X,,yes",
                        f"D,Spend,Ana,2026-03-02,2026-03-04,90000,X,{tom()},yes"))  # fmt: skip
    text = shown.text(found, Style(False))
    assert "Two Partners, 4 rows of votes" in text
    assert "denied: unanimity of all members in Board" in text
    assert "Spend, first in row 2 (B)" in text
    assert "row 3 says 'Anna'" in text
    assert "Helios" in text.partition("by party")[2]
    assert "(no party known)     1 row " in text
    assert "3 rows to look at\nnext: --explain 2" in text


def test_the_columns_begin_with_those_of_votes() -> None:
    loaded = load_text(TEXT)
    found = listing.votes(loaded, loaded.history(), "Spend")
    assert [each.name for each in found if each.needed] == ["decision", "decided", "proposed_by", "amount", "supplier", "ballots"]
    close = listing.votes(loaded, loaded.history(), "Close")
    assert [each.name for each in close if each.needed] == ["decision", "decided", "ballots"]
    text = shown.columns([*found, *listing.columns(loaded, loaded.history(), "Spend")], Style(False))
    assert text.startswith("A log of votes of Spend")
    assert "* ballots" in text
    assert "approvals by the Manager" in text
