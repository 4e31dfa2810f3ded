"""Logs: tables of decisions in files, as one relation with numbered rows.

In: paths (Parquet, CSV, JSON lines, DuckDB files; several, with `*` in them). Out: a `Log`: SQL for its rows, its columns with
their types. CSV and JSON are read once, all as text, into a temporary Parquet file, so that no engine guesses what a cell means;
what is large stays on disk. Whatever cannot be read is a diagnostic.
"""

from __future__ import annotations

import csv
import glob
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from govlang.backends.sql import DUCKDB
from govlang.diagnostics import Diagnostic, MissingExtra
from govlang.frozen import dataclass, field
from govlang.tools.columnar.kinds import CSV, DATABASE, ENDINGS, LINES, PARQUET, TABLE, ending
from govlang.tools.questions import NoAnswer

if TYPE_CHECKING:
    import duckdb

ROW = "govlang_row"  # the number of a row, from 1
_AT_ONCE = 500
_LONGEST_EXACT = 15  # digits of a JSON number that is no whole one: more are lost before anybody can see them


@dataclass(frozen=True, slots=True)
class Log:
    """Rows of a log. `rows` is a query with all its columns and `ROW`; `columns` are their types by name (in small letters, since
    SQL makes no difference), in order."""

    paths: tuple[str, ...]
    rows: str = field(repr=False)
    columns: dict[str, str]
    count: int
    notes: tuple[str, ...] = ()

    def column(self, name: str) -> str:
        """The name under which the log has a column; empty if it has none."""
        return name.lower() if name.lower() in self.columns else ""


def unreadable(code: str, message: str, hint: str = "") -> NoReturn:
    """Leaves with one message about a log."""
    raise NoAnswer("the log cannot be audited", "", (Diagnostic(code, message, None, hint=hint),))


def engine(folder: str, memory: str = "", threads: int = 0) -> duckdb.DuckDBPyConnection:
    """DuckDB, with a folder for what does not fit in memory. It loads nothing from anywhere."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtra("audit", "an audit of a log") from None
    options: dict[str, Any] = {
        "autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "temp_directory": folder,
    }  # fmt: skip
    if threads:
        options["threads"] = threads
    con = duckdb.connect(config=options)
    if memory:
        try:
            con.execute(f"SET memory_limit = {DUCKDB.string(memory)}")
        except duckdb.Error:
            unreadable("GL701", f"'{memory}' is no amount of memory", "write for example --memory 2GB")
    return con


def opened(con: duckdb.DuckDBPyConnection, paths: Sequence[str], folder: str, name: str = "log") -> Log:
    """The log in these files, which are all of one kind."""
    import duckdb

    found = list(_files(paths))
    kinds = sorted({_kind(path) for path in found})
    if len(kinds) != 1:
        unreadable(
            "GL701",
            f"the files of a log are of one kind, and these are {' and '.join(kinds)}",
            "convert them, or audit each kind",
        )
    try:
        if kinds == ["Parquet"]:
            return _parquet(con, found, found)
        converted = []
        for number, path in enumerate(found):
            query = {"CSV": _csv, "JSON lines": _lines, "DuckDB": _table}[kinds[0]](con, path)
            part = str(Path(folder) / f"{name}-{number}.parquet")
            con.execute(f"COPY ({query}) TO {DUCKDB.string(part)} (FORMAT parquet, COMPRESSION snappy)")
            converted.append(part)
        return _parquet(con, converted, found)
    except duckdb.Error as error:
        unreadable(
            "GL701",
            f"{_named(found)} cannot be read: {reason(error)}",
            "is the file whole, and of the kind that its name says?",
        )


def reason(error: Exception) -> str:
    """What an engine says, in one line."""
    text = str(error).strip().split("\n")[0]
    return text.split(": ", 1)[-1] if ": " in text else text or type(error).__name__


def _named(paths: Sequence[str]) -> str:
    return f"'{paths[0]}'" if len(paths) == 1 else f"one of {len(paths)} files ('{paths[0]}' ...)"


def _kind(path: str) -> str:
    for kinds, name in ((PARQUET, "Parquet"), (CSV, "CSV"), (LINES, "JSON lines"), (DATABASE, "DuckDB")):
        if ending(path) in kinds:
            return name
    unreadable("GL701", f"'{path}' is no log by its name", f"a log ends in {', '.join(ENDINGS)}")


def _files(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        plain = path.split(TABLE)[0]
        if Path(plain).exists() or not glob.has_magic(plain):
            listed = [path]
        else:
            listed = [each + path[len(plain) :] for each in sorted(glob.glob(plain))]  # noqa: PTH207
            if not listed:
                unreadable("GL701", f"no file is named like '{plain}'", "check the path")
        for each in listed:
            _checked(each.split(TABLE)[0])
            yield each


def _checked(path: str) -> None:
    try:
        if Path(path).is_dir():
            unreadable("GL701", f"'{path}' is a folder, not a file", "name its files, as in folder/*.parquet")
        with Path(path).open("rb") as file:
            if not file.read(1):
                unreadable("GL705", f"'{path}' is empty", "a log has at least a row with the names of its columns")
    except (OSError, ValueError) as error:
        unreadable(
            "GL701",
            f"'{path}' cannot be read: {getattr(error, 'strerror', None) or error}",
            "check the path and its permissions",
        )


# ------------------------------------------------------------ one kind each


def _parquet(con: duckdb.DuckDBPyConnection, parts: list[str], paths: list[str]) -> Log:
    listed = f"[{', '.join(DUCKDB.string(part) for part in parts)}]"
    _told_apart(
        _top(con.execute(f"SELECT name, num_children FROM parquet_schema({DUCKDB.string(parts[0])})").fetchall()),
        paths[0],
    )
    described = con.execute(f"DESCRIBE SELECT * FROM read_parquet({listed})").fetchall()
    columns = {str(each[0]).lower(): str(each[1]) for each in described}
    sizes = con.execute(f"SELECT file_name, num_rows FROM parquet_file_metadata({listed})").fetchall()
    by_name = {str(name): int(count) for name, count in sizes}
    before, cases = 0, ""
    for place, part in enumerate(parts):
        cases += f"WHEN {place} THEN {before} "
        before += by_name[part]
    number = "file_row_number + 1" if len(parts) == 1 else f"file_row_number + 1 + CASE file_index {cases}END"
    if not before:
        unreadable("GL705", f"{_named(paths)} holds no rows", "an audit needs at least one decision")
    return Log(tuple(paths), f"SELECT *, {number} AS {ROW} FROM read_parquet({listed})", columns, before)


def _top(listed: Sequence[Sequence[Any]]) -> list[str]:
    """The names of the outermost columns of a schema, which lists each group before what is in it."""
    found: list[str] = []
    open_groups: list[int] = []
    for name, children in listed[1:]:
        if not open_groups:
            found.append(str(name))
        else:
            open_groups[-1] -= 1
        if children:
            open_groups.append(int(children))
        while open_groups and not open_groups[-1]:
            open_groups.pop()
    return found


def _csv(con: duckdb.DuckDBPyConnection, path: str) -> str:
    source = f"read_csv({DUCKDB.string(path)}, all_varchar = true, header = true)"
    sniffed = con.execute(
        f"SELECT Delimiter, Quote FROM sniff_csv({DUCKDB.string(path)}, all_varchar = true, header = true)"
    ).fetchone()
    if ending(path) in CSV and not path.lower().endswith((".gz", ".zst")) and sniffed is not None:
        _told_apart(_header(path, str(sniffed[0]), str(sniffed[1])), path)
    return f"SELECT * FROM {source}"


def _header(path: str, delimiter: str, quote: str) -> list[str]:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            quoting = {"quotechar": quote} if len(quote) == 1 and quote != "\0" else {}
            return next(csv.reader(file, delimiter=delimiter, **quoting), [])  # type: ignore[arg-type]
    except (UnicodeDecodeError, csv.Error, TypeError):
        return []


def _told_apart(names: list[str], path: str) -> None:
    """No two columns of one name: nobody could say which of them is meant."""
    seen: set[str] = set()
    for name in names:
        if name.strip().lower() in seen:
            unreadable(
                "GL704", f"'{path}' has two columns named '{name.strip()}'", "rename one: case makes no difference"
            )
        seen.add(name.strip().lower())


def _lines(con: duckdb.DuckDBPyConnection, path: str) -> str:
    named = DUCKDB.string(path)
    described = con.execute(
        f"DESCRIBE SELECT * FROM read_json({named}, format = 'newline_delimited', sample_size = -1)"
    ).fetchall()
    names = [str(each[0]) for each in described]
    _told_apart(names, path)
    columns = ", ".join(f"{DUCKDB.identifier(name)}: 'JSON'" for name in names)
    return (f"SELECT {', '.join(f'{_json_text(name)} AS {DUCKDB.identifier(name)}' for name in names)} "
            f"FROM read_json({named}, format = 'newline_delimited', columns = {{{columns}}})")  # fmt: skip


def _json_text(name: str) -> str:
    """A JSON value as text. A number that may have lost digits is marked, so that it is not taken for exact."""
    cell = DUCKDB.identifier(name)
    text = f"CAST({cell} AS VARCHAR)"
    lossy = f"length(regexp_replace({text}, '[^0-9]', '', 'g')) > {_LONGEST_EXACT}"
    return (f"CASE json_type({cell}) WHEN 'VARCHAR' THEN {cell} ->> '$' WHEN 'NULL' THEN NULL "
            f"WHEN 'DOUBLE' THEN CASE WHEN {lossy} THEN 'about ' || {text} ELSE {text} END ELSE {text} END")  # fmt: skip


def _table(con: duckdb.DuckDBPyConnection, path: str) -> str:
    file, _, name = path.partition(TABLE)
    alias = f"govlang_log_{sum(1 for _ in con.execute('SHOW DATABASES').fetchall())}"
    con.execute(f"ATTACH {DUCKDB.string(file)} AS {alias} (READ_ONLY)")
    listed = con.execute("SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = ? ORDER BY 1, 2",
                         [alias]).fetchall()  # fmt: skip
    tables = [(str(schema), str(table)) for schema, table in listed]
    wanted = [each for each in tables if name in ("", each[1], f"{each[0]}.{each[1]}")]
    if len(wanted) != 1:
        known = ", ".join(table for _, table in tables) or "none"
        what = (
            f"has no table '{name}'"
            if name and not wanted
            else "has more than one table"
            if wanted
            else "has no tables"
        )
        unreadable("GL701", f"'{file}' {what}: {known}", f"name one: {file}{TABLE}TABLE")
    schema, table = wanted[0]
    return f"SELECT * FROM {alias}.{DUCKDB.identifier(schema)}.{DUCKDB.identifier(table)}"


def insert(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]
) -> None:
    """Puts rows into a small table."""
    for start in range(0, len(rows), _AT_ONCE):
        chunk = rows[start : start + _AT_ONCE]
        marks = ", ".join(f"({', '.join('?' * len(columns))})" for _ in chunk)
        con.execute(f"INSERT INTO {table} VALUES {marks}", [value for row in chunk for value in row])


def with_ballots(con: duckdb.DuckDBPyConnection, log: Log, path: str, folder: str) -> Log:
    """A log with the votes of a long table (id, voter, choice, cast) as lists, one a row, in the order of the table."""
    import duckdb

    if not log.column("id"):
        unreadable(
            "GL702", "the log has no column 'id'", "the ballots name the decision that they were cast in by its id"
        )
    if log.column("ballots"):
        unreadable(
            "GL704", "the log has ballots of its own, beside those in a file of their own", "leave one of them out"
        )
    long = opened(con, [path], folder, "long")
    for name in ("id", "voter", "choice"):
        if not long.column(name):
            unreadable(
                "GL702",
                f"'{path}' has no column '{name}'",
                "a ballot says in which decision (id), who (voter) and how (choice)",
            )
    cast = ', cast := "cast"' if long.column("cast") else ""
    part = str(Path(folder) / "ballots.parquet")
    try:
        con.execute(
            f"COPY (SELECT CAST(id AS VARCHAR) AS govlang_id, "
            f"list(struct_pack(voter := voter, choice := choice{cast}) ORDER BY {ROW}) AS ballots "
            f"FROM ({long.rows}) GROUP BY 1) TO {DUCKDB.string(part)} (FORMAT parquet)"
        )
        described = con.execute(f"DESCRIBE SELECT ballots FROM read_parquet({DUCKDB.string(part)})").fetchall()
        ids = f"SELECT CAST(id AS VARCHAR) FROM ({log.rows})"
        (lost,) = con.execute(f"SELECT count(*) FROM read_parquet({DUCKDB.string(part)}) WHERE govlang_id IS NULL "
                              "OR govlang_id NOT IN "
                              f"(SELECT * FROM ({ids}) AS i(id) WHERE id IS NOT NULL)").fetchall()[0]  # fmt: skip
    except duckdb.Error as error:
        unreadable("GL701", f"'{path}' cannot be read: {reason(error)}")
    notes = (f"ballots of {lost} ids are in '{path}' and no such decision is in the log",) if lost else ()
    rows = (f"SELECT l.*, v.ballots FROM ({log.rows}) AS l LEFT JOIN read_parquet({DUCKDB.string(part)}) AS v "
            "ON v.govlang_id = CAST(l.id AS VARCHAR)")  # fmt: skip
    return Log(log.paths, rows, {**log.columns, "ballots": str(described[0][1])}, log.count, notes)
