"""The audit on Spark: the same SQL in another dialect, the same rows out as from DuckDB and from the reference interpreter.

Skipped where PySpark or Java is missing; `make test-spark` installs PySpark. One session for all of it, on two cores.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govlang import load
from govlang.backends.plan import plan
from govlang.backends.sql import SPARK, SPARK_WIDE, Unsupported
from govlang.backends.sql.spark import SETTINGS
from govlang.pipeline import load_text
from govlang.tools.columnar.spark_session import begun, query
from tests.differential.choices import Choices, Seeded
from tests.differential.comparing import differences, fuzzed
from tests.differential.rights import agreement

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from tests.spark_engine import SparkSql

ROOT = Path(__file__).parents[1]
AGREEMENTS = sorted([*ROOT.glob("agreements/*.gov.md"), *ROOT.glob("tests/constructs/*.gov")])
HOSTILE = ("x'); DROP TABLE log; --", '"', "`", "``", "\\", "\\'", "a\\u0024", "${spark.app.name}", "$x", "{}", "{log}", "%s", "?",
           "/*", "--", "Ünal \\ Øst\n", "名前", "", " ", "NULL", "it's", "\t", "a;b")  # fmt: skip

pytestmark = [
    pytest.mark.skipif(find_spec("pyspark") is None, reason="PySpark is not installed: pip install 'govlang[spark]'"),
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java, which Spark runs on"),
]


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """A session set so that nothing of ours would be exact, if it were left so."""
    found, _ = begun("local[2]")
    found.conf.set("spark.sql.shuffle.partitions", "2")
    found.conf.set("spark.sql.ansi.enabled", "false")
    found.conf.set("spark.sql.parser.escapedStringLiterals", "true")
    found.conf.set("spark.sql.session.timeZone", "America/St_Johns")
    yield found
    found.stop()


@pytest.fixture(scope="module")
def engine(session: SparkSession) -> SparkSql:
    from tests.spark_engine import SparkSql

    return SparkSql(session)


# ------------------------------------------------------------ the dialect


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.name)
def test_every_right_says_what_the_reference_says(path: Path, engine: SparkSql) -> None:
    loaded = load(str(path))
    choices = Choices(Seeded(path.name))
    found = []
    for decision in loaded.agreement.decisions.values():
        right = plan(loaded.rules.rule(decision.name), decision).right
        found += [str(each) for each in differences(right, *fuzzed(right, choices, 60), [engine])]
    assert found == []


def test_and_so_do_random_agreements(engine: SparkSql) -> None:
    found = []
    for seed in range(12):
        choices = Choices(Seeded(f"spark {seed}"))
        loaded = load_text(agreement(choices).text)
        for decision in loaded.agreement.decisions.values() if loaded.sound else ():
            right = plan(loaded.rules.rule(decision.name), decision).right
            found += [str(each) for each in differences(right, *fuzzed(right, choices, 60), [engine])]
    assert found == []


def test_names_are_nothing_but_names(session: SparkSession) -> None:
    texts = ", ".join(f"{SPARK.string(name)} AS t{place}" for place, name in enumerate(HOSTILE))
    assert tuple(query(session, f"SELECT {texts}", {}).collect()[0]) == HOSTILE
    plain = [name for name in HOSTILE if name.strip() and "${" not in name]
    columns = ", ".join(f"{place} AS {SPARK.identifier(name)}" for place, name in enumerate(plain))
    listed = ", ".join(SPARK.identifier(name) for name in plain)
    row = query(session, f"SELECT {listed} FROM (SELECT {columns})", {}).collect()[0]
    assert row.asDict() == {name: place for place, name in enumerate(plain)}


def test_a_name_that_spark_would_fill_in_is_refused() -> None:
    with pytest.raises(Unsupported, match="variables"):
        SPARK.identifier("${spark.app.name}")
    with pytest.raises(Unsupported, match="NUL"):
        SPARK.string("\0")


@pytest.mark.parametrize(("over", "under"), [
    (0, 7), (6, 7), (7, 7), (-1, 7), (-7, 7), (-8, 7), (2**63 - 1, 3), (2**63, 3), (-(2**63) - 1, 3), (10**30 + 1, 7),
    (-(10**30) - 1, 1000), (10**29 - 1, 10**6), (5, 10**9), (-5, 10**9), (10**20, 3),
])  # fmt: skip
def test_division_rounds_down_whatever_the_size(over: int, under: int, session: SparkSession) -> None:
    """`div` of decimals is cut off at 64 bits without a word."""
    frame = session.createDataFrame([(str(over),)], "text string")
    sql = SPARK_WIDE.quotient("over", under)
    found = query(session, f"SELECT {sql} AS q FROM (SELECT CAST(text AS DECIMAL(38, 0)) AS over FROM log)", {"log": frame})
    assert int(found.collect()[0].q) == over // under


def test_whatever_the_session_is_set_to_nothing_wraps_round_or_is_rounded(session: SparkSession) -> None:
    from pyspark.errors import PySparkException

    frame = session.sql("SELECT CAST(9223372036854775807 AS BIGINT) AS n, CAST('1.1234567891' AS DECIMAL(38, 10)) AS d")
    before = {name: session.conf.get(name) for name in SETTINGS}
    assert session.sql("SELECT 9223372036854775807L + 1L").collect()[0][0] == -(2**63)
    with pytest.raises(PySparkException, match="OVERFLOW"):
        query(session, f"SELECT n + {SPARK.integer(1)} FROM log", {"log": frame}).collect()
    assert str(query(session, f"SELECT {SPARK.integer(3)} * d AS x FROM log", {"log": frame}).collect()[0].x) == "3.3703703673"
    assert {name: session.conf.get(name) for name in SETTINGS} == before
    assert "log" not in [table.name for table in session.catalog.listTables()]
