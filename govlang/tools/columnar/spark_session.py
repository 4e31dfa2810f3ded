"""A Spark session, and queries in it that are exact whatever the session is set to.

In: a session, or where to begin one. Out: data frames. Our SQL is analysed under the settings that make it exact
(`backends.sql.spark.SETTINGS`); the session has its own again afterwards.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govlang.backends.sql.spark import SETTINGS
from govlang.diagnostics import MissingExtra
from govlang.tools.questions import NoAnswer

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LOCAL = "local[*]"
LARGE = "-XX:-DontCompileHugeMethods"  # a rule becomes a long method, which Java elsewise never compiles: some three times slower
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.structuredLogging.enabled": "false"}


def begun(master: str = "") -> tuple[SparkSession, bool]:
    """A session, and whether it is a new one. Raises MissingExtra without PySpark, NoAnswer without Java."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra("spark", "an audit on Spark") from error
    running = SparkSession.getActiveSession()
    if running is not None and not master:
        return running, False
    if not _java():
        raise NoAnswer("Spark needs Java 17 or later, and there is none here", "install it, or set JAVA_HOME")
    builder = SparkSession.builder.appName("govlang audit")
    if master or "PYSPARK_GATEWAY_PORT" not in os.environ:  # `spark-submit` says where to run
        builder = builder.master(master or LOCAL)
    for name, value in {**QUIET, "spark.driver.extraJavaOptions": LARGE}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise NoAnswer(f"Spark did not start: {first_line(error)}", "name a master that can be reached") from error
    session.sparkContext.setLogLevel("OFF")
    return session, running is None


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None if not home else (Path(home) / "bin" / "java").exists()


@contextmanager
def exact(session: SparkSession, zone: str = "UTC") -> Iterator[None]:
    """Within it, what is analysed is exact, and clocks show the time of a zone. Raises NoAnswer for a session that analyses later
    (Spark Connect) and is not so set."""
    wanted = {**SETTINGS, "spark.sql.session.timeZone": zone}
    other = {name: value for name, value in wanted.items() if str(session.conf.get(name)).lower() != value.lower()}
    if other and type(session).__module__.startswith("pyspark.sql.connect"):
        listed = ", ".join(f"{name}={value}" for name, value in other.items())
        raise NoAnswer("this session analyses queries only when they run", f"set {listed} for all of it")
    before = {name: session.conf.get(name) for name in other}
    for name, value in other.items():
        session.conf.set(name, value)
    try:
        yield
    finally:
        for name, old in before.items():
            session.conf.set(name, str(old))


def query(session: SparkSession, sql: str, tables: Mapping[str, DataFrame], zone: str = "UTC") -> DataFrame:
    """The rows of a query over data frames, each by the name that the query has for it."""
    try:
        for name, frame in tables.items():
            frame.createOrReplaceTempView(name)
        with exact(session, zone):
            return session.sql(sql)
    finally:
        for name in tables:
            session.catalog.dropTempView(name)


def failures() -> tuple[type[BaseException], ...]:
    """What Spark raises."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JJavaError, OSError


def first_line(error: BaseException) -> str:
    """What Spark says went wrong first, without the plan and the Java stack that follow."""
    cause: Any = getattr(error, "java_exception", None)
    while cause is not None and cause.getCause() is not None:
        cause = cause.getCause()
    said = str(cause.getMessage()) if cause is not None else str(error)
    return (said.strip() or type(error).__name__).splitlines()[0]
