"""The parser: Lark's LALR tables, built once from the grammar, shipped as data, loaded without rebuilding.

In: `grammar/govlang.lark`. Out: a Lark parser with two starts, `clause` and `entry`. The shipped `tables.json` carries the
grammar's SHA-256; a checkout whose grammar has changed since then rebuilds in memory instead of using stale tables.
`python -m govlang.syntax.tables --write` rebuilds the file; `--check` exits 1 when it is out of date.
"""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token
from lark.indenter import DedentError, Indenter

TABLES = Path(__file__).with_name("tables.json")
STARTS = ["clause", "entry"]


class Layout(Indenter):
    """Indentation into _INDENT and _DEDENT tokens. Odd steps are reported before parsing, so a step is always a level."""

    NL_type = "_NL"
    OPEN_PAREN_types: list[str] = []  # noqa: RUF012 - the name and type are Lark's
    CLOSE_PAREN_types: list[str] = []  # noqa: RUF012
    INDENT_type = "_INDENT"
    DEDENT_type = "_DEDENT"
    tab_len = 2


def grammar_text() -> str:
    """The grammar, from the installed package or, in a checkout, from the top-level folder."""
    package = Path(__file__).parents[1]
    for place in (package / "grammar" / "govlang.lark", package.parent / "grammar" / "govlang.lark"):
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise FileNotFoundError("grammar/govlang.lark is missing from this installation of govlang")


def fingerprint(grammar: str) -> str:
    """The SHA-256 of a grammar's text, by which shipped tables are matched to it."""
    return hashlib.sha256(grammar.encode("utf-8")).hexdigest()


def build(grammar: str) -> Lark:
    """A parser built from the grammar's text; takes a third of a second."""
    return Lark(
        grammar, parser="lalr", lexer="contextual", postlex=Layout(), start=STARTS,
        maybe_placeholders=True, propagate_positions=True,
    )  # fmt: skip


def dump(grammar: str) -> str:
    """The tables as JSON text, the same bytes on every run."""
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    data, memo = build(grammar).memo_serialize([TerminalDef, Rule])
    data["options"] = {key: value for key, value in data["options"].items() if key not in ("postlex", "source_path")}
    content = {"grammar": fingerprint(grammar), "memo": memo, "data": data}
    return json.dumps(content, default=_plain, separators=(",", ":"), ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"the parse tables hold a {type(value).__name__}, which JSON cannot carry")


def _numbered(table: dict[str, Any]) -> dict[int, Any]:
    return {int(key): value for key, value in table.items()}


@cache
def parser() -> Lark:
    """The parser, from the shipped tables when they match the grammar."""
    grammar = grammar_text()
    try:
        content = json.loads(TABLES.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return build(grammar)
    if content.get("grammar") != fingerprint(grammar):
        return build(grammar)
    data, memo = content["data"], _numbered(content["memo"])
    table = data["parser"]["parser"]
    table["tokens"] = _numbered(table["tokens"])
    table["states"] = {int(state): _numbered(actions) for state, actions in table["states"].items()}
    return Lark._load_from_dict(data, memo, postlex=Layout())


def main(arguments: list[str]) -> int:
    """`--write` or `--check` the shipped tables."""
    text = dump(grammar_text())
    if arguments == ["--write"]:
        TABLES.write_text(text, encoding="utf-8")
        return 0
    if arguments == ["--check"]:
        return 0 if TABLES.is_file() and TABLES.read_text(encoding="utf-8") == text else 1
    print("usage: python -m govlang.syntax.tables --write | --check", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

__all__ = ["DedentError", "Layout", "Token", "build", "dump", "fingerprint", "grammar_text", "parser"]
