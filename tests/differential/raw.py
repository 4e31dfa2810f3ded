"""Logs of raw votes: what the audit says of each row, beside the reference interpreter's answer about that row.

In: an agreement, a log with its record. Out: the rows on which they differ. The audit is the whole one, from a Parquet file to a
table of answers; the reference reads the same rows as they were made.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govlang.backends.plan import plan
from govlang.core import keys as k
from govlang.frozen import dataclass, parts
from govlang.pipeline import Loaded
from govlang.record.logged import BadRow, Reference
from govlang.source import Source
from govlang.syntax import nodes as n
from govlang.syntax.parse import parse_entries
from tests.differential.logs import Log

DISAGREE = "two clauses apply and disagree"  # then there is no one requirement to name
Said = tuple[str | None, str | None, str | None]  # verdict, requirement, why it is a bad row


@dataclass(frozen=True, slots=True)
class RawDifference:
    """A row on which the audit says something else than the reference."""

    row: Mapping[str, Any]
    expected: Said
    found: Said | str

    def __str__(self) -> str:
        return f"{dict(self.row)}\n  reference: {self.expected}\n  audit: {self.found}"


def reference(loaded: Loaded, log: Log) -> list[Said]:
    """What the reference interpreter says of every row."""
    source = Source("record.minutes", log.record)
    deeds, problems = parse_entries(source)
    assert not problems, (problems[0].message, log.record)
    asked = Reference(loaded.rules, loaded.history(deeds, source))
    found: list[Said] = []
    for row in log.rows:
        try:
            answer = asked.answer(row)
        except BadRow as bad:
            found.append((None, None, bad.kind))
        else:
            found.append((answer.verdict.value, answer.point.label if answer.point is not None else None, None))
    return found


def audited(loaded: Loaded, folder: Path, alone: Counter[str] | None = None) -> list[Said]:
    """What the audit says of every row of the log in a folder. `alone` counts the rows that the interpreter judged, by the
    reason."""
    import pyarrow.parquet as parquet

    from govlang.tools.columnar.auditing import Options, audit_log

    out = folder / "out.parquet"
    options = Options(output=str(out), threads=1, watched=False)
    audit = audit_log(loaded, [str(folder / "log.parquet")], [str(folder / "record.minutes")], options)
    if alone is not None:
        alone.update(dict(audit.alone))
    rows = parquet.read_table(out).to_pylist()
    return [(row["verdict"], row["requirement"] if row["requirement"] != DISAGREE else None, row["reason"]) for row in rows]


def write(log: Log, folder: Path) -> None:
    """A log as a Parquet file, and the record beside it."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as parquet

    asked = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in log.types.items())
    empty = duckdb.connect().sql(f"SELECT {asked}")
    assert empty is not None
    schema = empty.to_arrow_table().schema
    kinds = {name: schema.field(name).type for name in log.types}
    table = pa.table({name: pa.array([row[name] for row in log.rows], kind) for name, kind in kinds.items()})
    parquet.write_table(table, folder / "log.parquet")
    (folder / "record.minutes").write_text(log.record, encoding="utf-8")


def differences(loaded: Loaded, log: Log, alone: Counter[str] | None = None) -> list[RawDifference]:
    """Where the audit differs from the reference."""
    expected = reference(loaded, log)
    with tempfile.TemporaryDirectory(prefix="govlang-") as folder:
        write(log, Path(folder))
        try:
            found = audited(loaded, Path(folder), alone)
        except Exception as error:  # whatever the audit does not survive is a difference
            return [RawDifference(log.rows[0] if log.rows else {}, expected[0] if expected else (None, None, None),
                                  f"{type(error).__name__}: {error}{_because(error)}")]  # fmt: skip
    return [RawDifference(row, want, got) for row, want, got in zip(log.rows, expected, found, strict=True)
            if want != got and not (want[2] and got[2]) and not _idle(loaded, row, want)]  # fmt: skip


def _idle(loaded: Loaded, row: Mapping[str, Any], want: Said) -> bool:
    """Whether a row is a bad one only for a fact on which nothing depends: the audit does not read it."""
    fact, should, _ = (want[2] or "").partition(" should be ")
    if not should:
        return False
    about, decisions = row["decision"], loaded.agreement.decisions
    rights = [each for each in decisions.values() if about == each.name or about in each.acts]
    looked_at = parts(tuple(key for each in rights for key in plan(loaded.rules.rule(each.name), each).keys.values()))
    names = {getattr(part, field) for part in looked_at for kind, field in _NAMING if isinstance(part, kind)}
    return fact not in names


_NAMING = ((k.Given, "name"), (k.FactIn, "fact"), (n.GroupBase, "fact"), (n.Anchor, "act"))


def _because(error: Exception) -> str:
    """What an error says beside its words."""
    return "".join(f"; {each.message}" for each in getattr(error, "diagnostics", ()))
