"""SQL from plans says what the reference interpreter says: for every right there is, and for every kind of expression."""

from __future__ import annotations

import random
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from govlang.backends import sql
from govlang.backends.plan import Values, judged, plan
from govlang.backends.sql import Cell, Expressions, Unsupported
from govlang.backends.sql.dialects import Dialect
from govlang.backends.sql.pieces import Pieces, Staged
from govlang.core import numbers
from govlang.core.expr import All, Any as AnyOne, Arithmetic, Compare, Expr, Fact, Known, Literal, Not, OneOf
from govlang.core.keys import Column
from govlang.core.verdict import evaluate
from govlang.pipeline import load
from govlang.syntax.nodes import Duration, Money
from tests import sql_rows as made

duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with the extra `audit`")

# Rights that SQL cannot say exactly, with the reason; whoever adds a line here makes an audit of them slow.
UNSUPPORTED: dict[str, str] = {}


def rights(path: Path) -> list[Any]:
    loaded = load(path)
    names = dict.fromkeys([*loaded.agreement.decisions, *loaded.agreement.rights])
    found = []
    for name in names:
        right = loaded.agreement.right(name)
        assert right is not None
        found.append(plan(loaded.rules.rule(name), right).right)
    return found


@pytest.fixture(scope="module")
def con() -> Any:
    return duckdb.connect()


@pytest.mark.parametrize("path", made.AGREEMENTS, ids=lambda path: path.name)
def test_every_right_says_the_same_in_sql(path: Path, con: Any) -> None:
    unsupported = {}
    for right in rights(path):
        try:
            coded = sql.coded(right, made.cells(right))
        except Unsupported as why:
            unsupported[f"{path.name} {right.name}"] = str(why)
            continue
        data = list(made.rows(right, 7, 60)) + list(made.rows(right, 8, 60, unknown=0.0))
        made.table(con, right, data)
        found = con.execute(f"{coded.select('SELECT * FROM t', ['n'])} ORDER BY n").fetchall()
        for row, (_, code) in zip(data, found, strict=True):
            assert sql.read_code(right, code) == judged(right, row), f"{right.name}: {made.shown(row)}"
    assert unsupported == {name: why for name, why in UNSUPPORTED.items() if name.startswith(f"{path.name} ")}


# ------------------------------------------------------------ expressions of every kind

COLUMNS = {
    "a": Column("a", "count"), "b": Column("b", "count"), "n": Column("n", "number"), "x": Column("x", "money"),
    "y": Column("y", "yesno"), "t": Column("t", "text"), "i": Column("i", "instant"), "d": Column("d", "duration"),
}  # fmt: skip
CELLS = {"a": Cell("a"), "b": Cell("b"), "n": Cell("n", 3), "x": Cell("x", 2), "y": Cell("y"), "t": Cell("t"), "i": Cell("i"),
         "d": Cell("d", unit="u")}  # fmt: skip
TYPES = {"a": "INTEGER", "b": "INTEGER", "n": "DECIMAL(18, 3)", "x": "DECIMAL(18, 2)", "y": "BOOLEAN", "t": "VARCHAR",
         "i": "TIMESTAMP",
         "d": "BIGINT", "u": "VARCHAR"}  # fmt: skip
OPS = st.sampled_from((">=", ">", "<=", "<", "=", "!="))


def fact(*names: str) -> st.SearchStrategy[Expr]:
    return st.sampled_from(names).map(lambda name: Fact(COLUMNS[name]))


fractions = st.builds(Fraction, st.integers(-12, 12), st.sampled_from((1, 2, 3, 4, 5, 8, 100)))
constants = fractions.map(Literal)
linear = st.recursive(
    fact("a", "b", "n") | constants,
    lambda inner: st.builds(lambda x, y: Arithmetic("+", (x, y)), inner, inner)
    | st.builds(lambda x, y: Arithmetic("*", (x, y)), constants, inner),
    max_leaves=5,
)  # fmt: skip
rooted = st.builds(
    lambda factor, inner, rest: Arithmetic("+", (Arithmetic("*", (Literal(factor), Arithmetic("root", (inner,)))), rest)),
    fractions, fact("a", "b") | st.builds(lambda x, y: Arithmetic("+", (x, y)), fact("a"), fact("b")) | linear, linear,
)  # fmt: skip
worked = (
    linear | rooted
    | st.builds(lambda way, x: Arithmetic(way, (x,)), st.sampled_from(("up", "down", "nearest")), linear | rooted)
    | st.builds(lambda op, x, y: Arithmetic(op, (x, y)), st.sampled_from(("larger", "smaller", "*")), linear, linear)
)  # fmt: skip
sums = worked | st.builds(lambda x, y: Arithmetic("+", (x, y)), worked, linear)
comparisons = (
    st.builds(Compare, OPS, sums, linear) | st.builds(Compare, OPS, linear, sums)
    | st.builds(Compare, OPS, fact("x"), st.decimals(-5, 5, places=2).map(lambda each: Literal(Money(each, "EUR"))))
    | st.builds(Compare, OPS, fact("x"), st.just(Literal(Money(Decimal("1.5"), "EUR"))))
    | st.builds(Compare, OPS, fact("t"), st.sampled_from(("", "a", made.HOSTILE, "it's")).map(Literal))
    | st.builds(Compare, OPS, fact("i"), st.sampled_from((datetime(2026, 1, 1), datetime(2026, 1, 1, 9, 30))).map(Literal))
    | st.builds(Compare, OPS, fact("d"), st.sampled_from(("hours", "days", "working days", "weeks", "months", "years")).flatmap(
        lambda unit: st.integers(0, 40).map(lambda amount: Literal(Duration(amount, unit)))))
    | fact("y") | st.builds(Known, fact("a", "n", "x", "y", "t", "i", "d"))
    | st.lists(st.sampled_from(("a", made.HOSTILE, "\\", '"')), max_size=3).map(
        lambda listed: OneOf(Fact(COLUMNS["t"]), tuple(listed)))
)  # fmt: skip
conditions = st.recursive(
    comparisons,
    lambda inner: inner.map(Not) | st.lists(inner, max_size=3).map(lambda each: All(tuple(each)))
    | st.lists(inner, max_size=3).map(lambda each: AnyOne(tuple(each))),
    max_leaves=6,
)  # fmt: skip


def some_rows(seed: int) -> list[dict[str, Any]]:
    """Rows beside every kind of bar."""
    rnd = random.Random(seed)

    def maybe(value: Any) -> Any:
        return None if rnd.random() < 0.12 else value

    return [
        {
            "a": maybe(rnd.randint(0, 12)), "b": maybe(rnd.choice((0, 1, 4, 9, 100))),
            "n": maybe(Fraction(rnd.randint(-3000, 3000), 1000)),
            "x": maybe(Money(Decimal(rnd.randint(-500, 500)) / 100, "EUR")), "y": maybe(rnd.random() < 0.5),
            "t": maybe(rnd.choice(("", "a", "b", made.HOSTILE, "it's", "\\", '"'))),
            "i": maybe(datetime(2026, 1, 1, rnd.choice((0, 9)), rnd.choice((0, 29, 30)))),
            "d": maybe(Duration(rnd.randint(0, 60), rnd.choice(("hours", "days", "working days", "weeks", "months", "years")))),
        }
        for _ in range(40)
    ]  # fmt: skip


ROWS = some_rows(3)


@pytest.fixture(scope="module")
def rows_there(con: Any) -> Any:
    con.execute(
        f"CREATE OR REPLACE TABLE sample (k INTEGER, {', '.join(f'{name} {kind}' for name, kind in TYPES.items())})"
    )
    for place, row in enumerate(ROWS):
        cells: list[Any] = [cell for name in COLUMNS for cell in made.plain(COLUMNS[name], row[name])]
        con.execute(f"INSERT INTO sample VALUES ({', '.join('?' * (len(cells) + 1))})", [place, *cells])
    return con


def in_sql(con: Any, expr: Expr, dialect: Dialect = sql.DUCKDB) -> list[Any]:
    piece = Expressions(CELLS, dialect).truth(expr)
    return [
        value
        for _, value in con.execute(f"{Staged(piece).select('SELECT * FROM sample', ['k'], 'v')} ORDER BY k").fetchall()
    ]


@settings(max_examples=250, deadline=None)
@given(conditions, st.booleans())
def test_every_kind_of_expression_says_the_same_in_sql(rows_there: Any, expr: Expr, wide: bool) -> None:
    try:
        found = in_sql(rows_there, expr, sql.DUCKDB_WIDE if wide else sql.DUCKDB)
    except Unsupported:
        return  # said exactly or not at all; what must be said is held above
    for row, value in zip(ROWS, found, strict=True):
        try:
            expected = evaluate(expr, Values(row))
        except ValueError:
            continue  # roots of two numbers, which no agreement adds
        assert value == expected, row


EXACT = [
    (
        Compare(
            ">=",
            Fact(COLUMNS["a"]),
            Arithmetic("up", (Arithmetic("*", (Literal(Fraction(2, 3)), Fact(COLUMNS["b"]))),)),
        ),
        "rounding up",
    ),
    (
        Compare(
            ">",
            Fact(COLUMNS["a"]),
            Arithmetic("*", (Literal(Fraction(3, 2)), Arithmetic("root", (Fact(COLUMNS["b"]),)))),
        ),
        "a root",
    ),
    (
        Compare("<=", Arithmetic("nearest", (Arithmetic("root", (Fact(COLUMNS["b"]),)),)), Fact(COLUMNS["a"])),
        "a rounded root",
    ),
    (Compare("=", Fact(COLUMNS["n"]), Literal(Fraction(1, 3))), "a number that no decimal is"),
    (
        Compare(">", Arithmetic("+", (Fact(COLUMNS["a"]), Literal(Fraction(0)))), Fact(COLUMNS["a"])),
        "a column beside itself",
    ),
]


A, B = Fact(COLUMNS["a"]), Fact(COLUMNS["b"])
PART = Arithmetic("*", (Literal(Fraction(2, 3)), B))
EXACT += [(Compare(op, left, right), f"{op} {about}")
          for op in (">=", ">", "<=", "<", "=", "!=")
          for about, left, right in (
              ("a root", A, Arithmetic("root", (B,))), ("under a root", Arithmetic("root", (B,)), A),
              *((f"{way} of a share", A, Arithmetic(way, (PART,))) for way in ("up", "down", "nearest")),
              *((f"beside {way} of a share", Arithmetic(way, (PART,)), A) for way in ("up", "down", "nearest")),
              ("half a vote", A, Literal(Fraction(7, 2))),
          )]  # fmt: skip


@pytest.mark.parametrize(("expr", "about"), EXACT, ids=[about for _, about in EXACT])
def test_what_must_be_said_exactly_is(rows_there: Any, expr: Expr, about: str) -> None:
    assert in_sql(rows_there, expr) == [evaluate(expr, Values(row)) for row in ROWS], about


def test_a_root_is_never_a_floating_point_number() -> None:
    piece = Expressions(CELLS).truth(EXACT[1][0])
    assert "sqrt" not in str(piece).lower()
    assert "double" not in str(piece).lower()


def test_what_is_not_known_is_not_lost_where_it_cancels(rows_there: Any) -> None:
    expr = EXACT[4][0]
    assert [value is None for value in in_sql(rows_there, expr)] == [row["a"] is None for row in ROWS]


def test_an_overflow_is_an_error_and_wide_numbers_hold_it(con: Any) -> None:
    """Three times a count above a third of its type: no wrong number, and the right one with more digits."""
    con.execute("CREATE OR REPLACE TABLE large AS SELECT 1 AS k, 2000000000 AS a, 1999999999 AS b, 0 AS n")
    expr = Compare(
        ">",
        Arithmetic("*", (Literal(Fraction(3)), Fact(COLUMNS["a"]))),
        Arithmetic("*", (Literal(Fraction(2)), Fact(COLUMNS["b"]))),
    )
    query = "SELECT {} FROM large"
    with pytest.raises(duckdb.OutOfRangeException):
        con.execute(query.format(Expressions(CELLS).truth(expr))).fetchall()
    assert con.execute(query.format(Expressions(CELLS, sql.DUCKDB_WIDE).truth(expr))).fetchall() == [(True,)]


def test_numbers_too_long_for_the_engine_are_not_said(con: Any) -> None:
    expr = Compare(">", Fact(COLUMNS["a"]), Literal(Fraction(10**40)))
    with pytest.raises(Unsupported):
        Expressions(CELLS).truth(expr)


@pytest.mark.parametrize("name", [made.HOSTILE, '"; DROP TABLE x; --', "a\nb", "`", "\\'", "naïve"])
def test_a_name_is_only_ever_a_name(con: Any, name: str) -> None:
    con.execute("CREATE OR REPLACE TABLE x AS SELECT 1 AS one")
    column = sql.DUCKDB.identifier(name)
    con.execute(f"CREATE OR REPLACE TABLE named AS SELECT {sql.DUCKDB.string(name)} AS {column}")
    expr = Compare("=", Fact(Column("c", "text")), Literal(name))
    assert con.execute(f"SELECT {Expressions({'c': column}).truth(expr)} FROM named").fetchall() == [(True,)]
    assert con.execute("SELECT * FROM x").fetchall() == [(1,)]


def test_a_nul_character_is_refused() -> None:
    with pytest.raises(Unsupported):
        sql.DUCKDB.string("a\0b")


def test_amounts_of_two_currencies_are_not_compared() -> None:
    expr = Compare(">", Fact(COLUMNS["x"]), Literal(Money(Decimal(1), "EUR")))
    cells = {"x": Cell("x", 2, currency="cur")}
    con = duckdb.connect()
    con.execute("CREATE TABLE m AS SELECT * FROM (VALUES (2.00, 'EUR'), (2.00, 'USD'), (2.00, NULL)) AS v(x, cur)")
    assert con.execute(f"SELECT {Expressions(cells).truth(expr)} FROM m").fetchall() == [(True,), (None,), (None,)]


def test_shared_parts_are_written_once() -> None:
    """Otherwise the text would double with every tier."""
    pieces = Pieces()
    piece = pieces.make("a")
    for _ in range(60):
        piece = pieces.make("(", piece, " + ", piece, ")")
    assert len(Staged(piece).select("SELECT 1 AS a", [], "v")) < 5000


def test_the_same_right_gives_the_same_text() -> None:
    right = rights(made.ROOT / "agreements" / "alliance.gov.md")[1]
    texts = {sql.coded(right, made.cells(right)).select("SELECT 1", ["n"]) for _ in range(2)}
    assert len(texts) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), fractions)
def test_roots_are_rounded_exactly(number: int, factor: Fraction) -> None:
    """Beside the bar, at it, and above it."""
    inner = Arithmetic("*", (Literal(factor), Arithmetic("root", (Literal(Fraction(number)),))))
    bar = evaluate(Arithmetic("up", (inner,)), Values({}))
    assert isinstance(bar, Fraction)
    con = duckdb.connect()
    for way in ("up", "down", "nearest"):
        expr = Compare(
            ">=",
            Fact(COLUMNS["a"]),
            Arithmetic(way, (Arithmetic("*", (Literal(factor), Arithmetic("root", (Fact(COLUMNS["b"]),)))),)),
        )
        for value in (int(bar) - 1, int(bar), int(bar) + 1):
            text = f"SELECT {Expressions(CELLS).truth(expr)} FROM (SELECT {value} AS a, {number} AS b)"
            expected = evaluate(expr, Values({"a": value, "b": number}))
            assert con.execute(text).fetchall() == [(expected,)]
    assert numbers.rounded(bar, "up") == bar
