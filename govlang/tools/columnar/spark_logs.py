"""Logs as data frames: read from files, or given; with numbered rows and types by the names that every engine here goes by.

In: paths (Parquet, CSV, JSON lines), or a data frame. Out: a data frame whose columns are in small letters, with the number of each
row, and what its columns are. CSV and JSON are read all as text, so that nobody guesses what a cell means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from govlang.tools.columnar.kinds import CSV, LINES, PARQUET, ending
from govlang.tools.columnar.logs import ROW, unreadable
from govlang.tools.columnar.spark_session import exact, failures, first_line

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PLACE = "govlang_place"
_IN_PART = 2**33  # from a multiple of this on, Spark numbers the rows of a part of a data frame
_NAMES = {
    "tinyint": "INTEGER", "smallint": "INTEGER", "int": "INTEGER", "bigint": "BIGINT", "float": "FLOAT", "double": "DOUBLE",
    "boolean": "BOOLEAN", "date": "DATE", "timestamp_ntz": "TIMESTAMP", "timestamp": "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip


def read(session: SparkSession, paths: Sequence[str]) -> DataFrame:
    """The rows of files, which are all of one kind, with their numbers. Raises NoAnswer."""
    endings = {ending(path.rstrip("/")) for path in paths}
    readers = [reader for kinds, reader in ((PARQUET, _parquet), (CSV, _csv), (LINES, _lines)) if endings <= set(kinds)]
    if not readers:
        unreadable("GL701", f"Spark reads {', '.join((*PARQUET, *CSV, *LINES))}, all of one kind", "convert the log to Parquet")
    try:
        found: DataFrame = readers[0](session, list(paths))
    except failures() as error:
        hint = "is it whole, and of the kind that its name says?"
        unreadable("GL701", f"'{paths[0]}' cannot be read: {first_line(error)}", hint)
    return found


def _parquet(session: SparkSession, paths: list[str]) -> DataFrame:
    """Rows are numbered through the files, in the order of their paths."""
    frame = session.read.parquet(*paths)
    where = "_metadata.file_path", "_metadata.row_index"
    sizes = frame.selectExpr(f"{where[0]} AS f", f"{where[1]} AS i").groupBy("f").max("i").collect()
    before, cases = 0, ""
    for path, last in sorted((row[0], row[1]) for row in sizes):
        cases += f" WHEN {_quoted(path)} THEN {before}L"
        before += last + 1
    if not before:
        unreadable("GL705", f"'{paths[0]}' holds no rows", "an audit needs at least one decision")
    offset = f"CASE {where[0]}{cases} END" if len(sizes) > 1 else "0L"
    with exact(session):
        return frame.selectExpr("*", f"{where[1]} + 1L + {offset} AS {ROW}")


def _quoted(path: str) -> str:
    from govlang.backends.sql import SPARK

    return SPARK.string(path)


def _csv(session: SparkSession, paths: list[str]) -> DataFrame:
    tabs = all(".tsv" in path.lower() for path in paths)
    options = {"header": "true", "inferSchema": "false", "quote": '"', "escape": '"', "multiLine": "true", "mode": "FAILFAST",
               "enforceSchema": "false", "sep": "\t" if tabs else ","}  # fmt: skip
    return _numbered(session.read.options(**options).csv(paths), paths)


def _lines(session: SparkSession, paths: list[str]) -> DataFrame:
    from pyspark.sql.types import StringType, StructType

    found = session.read.options(primitivesAsString="true", mode="FAILFAST").json(paths)
    as_text = StructType()
    for name in found.columns:
        as_text = as_text.add(name, StringType())
    return _numbered(session.read.schema(as_text).options(mode="FAILFAST").json(paths), paths)


def _numbered(frame: DataFrame, paths: list[str]) -> DataFrame:
    """Rows numbered from 1 in the order in which Spark reads them, which for one file is that of the file."""
    counts = frame.selectExpr("shiftright(monotonically_increasing_id(), 33) AS part").groupBy("part").count().collect()
    before, cases = 0, ""
    for part, count in sorted((row[0], row[1]) for row in counts):
        cases += f" WHEN {part} THEN {before}L"
        before += count
    if not before:
        unreadable("GL705", f"'{paths[0]}' holds no rows", "an audit needs at least one decision")
    number = frame.selectExpr("*", f"monotonically_increasing_id() AS {PLACE}")
    offset = f"CASE {PLACE} div {_IN_PART}L{cases} END" if len(counts) > 1 else "0L"
    return number.selectExpr("*", f"{PLACE} % {_IN_PART}L + 1L + {offset} AS {ROW}").drop(PLACE)


def plain(session: SparkSession, frame: DataFrame, zone: str) -> tuple[DataFrame, dict[str, str]]:
    """A log whose columns are in small letters, whose instants are in the agreement's zone, and whose texts are compared letter by
    letter; and the types of its columns."""
    seen: set[str] = set()
    for name in frame.columns:
        if name.strip().lower() in seen:
            unreadable("GL704", f"the log has two columns named '{name.strip()}'", "rename one: case makes no difference")
        seen.add(name.strip().lower())
    if ROW not in frame.columns:
        frame = frame.selectExpr("*", f"monotonically_increasing_id() + 1L AS {ROW}")
    frame = frame.toDF(*(name.strip().lower() for name in frame.columns))
    types = {field.name: _type(field.dataType) for field in frame.schema.fields if field.name != ROW}
    for number, field in enumerate(frame.schema.fields):
        if types.get(field.name) == "INTEGER":  # so that no sum of them overflows
            frame = frame.withColumn(field.name, frame[number].cast("bigint"))
        if re.search(r"\btimestamp\b(?!_)|\bcollate\b", field.dataType.simpleString()):
            with exact(session, zone):
                frame = frame.withColumn(field.name, frame[number].cast(_local(field.dataType)))
            types[field.name] = _type(frame.schema[field.name].dataType)
    return frame, types


def _local(kind: Any) -> Any:
    """A type with instants that are in no zone, and texts that are compared letter by letter."""
    from pyspark.sql import types as t

    if isinstance(kind, t.ArrayType):
        return t.ArrayType(_local(kind.elementType), kind.containsNull)
    if isinstance(kind, t.StructType):
        return t.StructType([t.StructField(each.name, _local(each.dataType), each.nullable) for each in kind.fields])
    if isinstance(kind, t.StringType):
        return t.StringType()
    return t.TimestampNTZType() if isinstance(kind, t.TimestampType) else kind


def _type(kind: Any) -> str:
    """The name of a type."""
    from pyspark.sql import types as t

    if isinstance(kind, t.ArrayType):
        return f"{_type(kind.elementType)}[]"
    if isinstance(kind, t.StructType):
        return f"STRUCT({', '.join(f'{each.name} {_type(each.dataType)}' for each in kind.fields)})"
    if isinstance(kind, t.StringType):  # a char or varchar too
        return "VARCHAR"
    name = str(kind.simpleString())
    return _NAMES.get(name, name.upper())


def with_ballots(session: SparkSession, log: DataFrame, long: DataFrame) -> DataFrame:
    """A log with the votes of a long table (id, voter, choice, cast) as lists, in the order of the table."""
    names: Mapping[str, str] = {name.strip().lower(): name for name in long.columns}
    hint = "a ballot says in which decision (id), who (voter) and how (choice)"
    for name in ("id", "voter", "choice"):
        if name not in names:
            unreadable("GL702", f"the ballots have no column '{name}'", hint)
    if "id" not in log.columns:
        unreadable("GL702", "the log has no column 'id'", "the ballots name the decision that they were cast in by its id")
    if "ballots" in log.columns:
        unreadable("GL704", "the log has ballots of its own, beside those in a table of their own", "leave one of them out")
    if ROW not in long.columns:
        long = long.selectExpr("*", f"monotonically_increasing_id() AS {ROW}")
    fields = ", ".join(name for name in ("voter", "choice", "cast") if name in names)
    without = ", ".join(f"b.{name} AS {name}" for name in ("voter", "choice", "cast") if name in names)
    votes = long.selectExpr("CAST(id AS STRING) AS govlang_id", f"struct({ROW}, {fields}) AS b")
    lists = votes.groupBy("govlang_id").agg({"b": "collect_list"})
    lists = lists.selectExpr("govlang_id", f"transform(array_sort(`collect_list(b)`), b -> struct({without})) AS ballots")
    keyed = log.selectExpr("*", "CAST(id AS STRING) AS govlang_id")
    return keyed.join(lists, "govlang_id", "left").drop("govlang_id")
