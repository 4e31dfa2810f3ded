"""The audit of a log in files, on Spark, and its rows in a folder of Parquet files: whole or not at all.

In: an agreement, paths, a master. Out: a `LogAudit`. The folder is written beside its place and renamed when it is whole; where it
stands (this machine, HDFS, an object store) Spark's own file systems decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govlang.pipeline import Loaded
from govlang.tools.columnar import spark_logs
from govlang.tools.columnar.auditing import LogAudit
from govlang.tools.columnar.logs import unreadable
from govlang.tools.columnar.spark import OnSpark
from govlang.tools.columnar.spark_session import begun, failures, first_line

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PART = ".govlang-unfinished"


def audit_files(
    loaded: Loaded, paths: Sequence[str], record: Sequence[str] = (), ballots: str = "", output: str = "", master: str = "",
) -> LogAudit:  # fmt: skip
    """The audit of files. Raises NoAnswer, and MissingExtra without PySpark."""
    session, ours = begun(master)
    try:
        return _audited(session, loaded, paths, record, ballots, output)
    finally:
        if ours:
            session.stop()


def _audited(
    session: SparkSession, loaded: Loaded, paths: Sequence[str], record: Sequence[str], ballots: str, output: str
) -> LogAudit:  # fmt: skip
    if output:
        free(session, output)
    try:
        log = spark_logs.read(session, [placed(session, path) for path in paths])
        votes = spark_logs.read(session, [placed(session, ballots)]) if ballots else None
        found = OnSpark(session, loaded, log, votes, record, paths).frames()
        if output:
            write(session, found.rows, output)
        return found.found(output)
    except failures() as error:
        hint = "is every file whole? A number of more than 38 digits is none that an engine can hold"
        unreadable("GL701", f"the log cannot be read to its end: {first_line(error)}", hint)


def free(session: SparkSession, path: str) -> None:
    """Leaves with a message where something stands at a path already: nothing is written over."""
    system, place = _file_system(session, path)
    if system.exists(place):
        unreadable("GL707", f"'{path}' is there already", "Spark writes a folder; name one that is not there yet")


def write(session: SparkSession, rows: DataFrame, path: str) -> None:
    """Writes rows as a folder of Parquet files."""
    part = path.rstrip("/") + PART
    system, place = _file_system(session, path)
    _, unfinished = _file_system(session, part)
    try:
        rows.write.mode("overwrite").parquet(placed(session, part))
        if system.exists(place) or not system.rename(unfinished, place):
            unreadable("GL707", f"'{path}' cannot be written: something else stands there now", "name another folder")
    except failures() as error:
        hint = "check the folder, its permissions and the room there is"
        unreadable("GL707", f"'{path}' cannot be written: {first_line(error)}", hint)
    finally:
        system.delete(unfinished, True)


def placed(session: SparkSession, path: str) -> str:
    """A path as Spark is given it. On this machine it is one from where we are, which need not be where Java was started."""
    return str(Path(path).absolute()) if "://" not in path and str(session.sparkContext.master).startswith("local") else path


def _file_system(session: SparkSession, path: str) -> tuple[Any, Any]:
    """The file system that a path is in, and the path there."""
    context: Any = session.sparkContext
    place = context._jvm.org.apache.hadoop.fs.Path(placed(session, path))
    return place.getFileSystem(context._jsc.hadoopConfiguration()), place
