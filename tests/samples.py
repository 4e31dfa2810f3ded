"""A small agreement and its record that several tests ask about."""

from __future__ import annotations

from pathlib import Path

AGREEMENT = """# Aurora Alliance

## 1 Parties

The parties are Helios and Norwind.

```gov
agreement Aurora Alliance
  version 1
  currency EUR

parties Helios, Norwind

role Director
  one for each party
  speaks for its party

role Chair
  one

body Board
  members every Director
  quorum two thirds of all members
```

## 2 Spending

Money is spent by the Board. Large sums need every party, and the Chair may veto them.

```gov
decision Commit Spend
  "Commit money of the alliance."
  given amount: money, supplier: text optional, related: party optional
  proposed by any Director
  recused every Director of related
  when amount at most 50,000 EUR
    requires more than half of all members in Board
  otherwise
    requires approval of every party
    requires no veto by Chair within 5 days
    inform every party within 2 days
```

## 3 Good faith

The parties act in good faith.

## Examples

Two of them.

```gov
scenario A small spend
  2026-01-05  Helios appoints Ana Ruiz as Director
  2026-01-05  Norwind appoints Ben Okafor as Director
  2026-03-02  Ana Ruiz proposes Commit Spend as S-1
    amount 50,000 EUR
  2026-03-03  Ana Ruiz and Ben Okafor vote for S-1
  2026-03-04  expect S-1 permitted

scenario A large spend
  2026-01-05  Helios appoints Ana Ruiz as Director
  2026-03-02  Ana Ruiz proposes Commit Spend as S-1
    amount 50,001 EUR
  2026-03-03  Ana Ruiz votes for S-1
  2026-03-04  expect S-1 pending
```
"""

RECORD = """2026-01-05  Helios appoints Ana Ruiz as Director
2026-01-05  Norwind appoints Ben Okafor as Director
2026-01-05  Helios appoints Cleo Lind as Chair
2026-03-02  Ana Ruiz proposes Commit Spend as S-1
  amount 300,000 EUR
  supplier "Cell Tools GmbH"
2026-03-03  Ana Ruiz votes for S-1
"""

STORY = """# A story

Agreement: aurora.gov.md

Helios refuses.

```gov
scenario A refusal
  2026-01-05  Helios appoints Ana Ruiz as Director
  2026-01-05  Norwind appoints Ben Okafor as Director
  2026-03-02  Ana Ruiz proposes Commit Spend as S-1
    amount 300,000 EUR
  2026-03-03  Ben Okafor votes against S-1
  2026-03-04  expect S-1 denied
```
"""


def write(folder: Path) -> Path:
    """Writes the agreement, its record and a story into a folder; the agreement's path."""
    path = folder / "aurora.gov.md"
    path.write_text(AGREEMENT, encoding="utf-8")
    (folder / "aurora.minutes").write_text(RECORD, encoding="utf-8")
    (folder / "story.md").write_text(STORY, encoding="utf-8")
    return path
