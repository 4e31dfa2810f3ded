"""The parser's tables: made by Lark from the grammar, shipped as plain data, the same bytes on every run.

In: `grammar/govlang.lark`. Out: `tables.txt`, which `syntax.lalr` runs. The file carries the grammar's SHA-256; a checkout
whose grammar has changed since rebuilds in memory instead of using stale tables. `python -m govlang.syntax.tables --write`
rebuilds the file; `--check` exits 1 when it is out of date.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from govlang.source import read_bytes, sha256
from govlang.syntax.lalr import Parser

if TYPE_CHECKING:
    from lark import Lark

HERE = os.path.dirname(__file__)  # noqa: PTH120 - loading pathlib takes longer than loading the tables
TABLES = f"{HERE}/tables.txt"
STARTS = ["clause", "entry", "question"]

# Which terminals that are no fixed words can begin with which character; `any` ones take whatever is there.
FIRST = {
    "any": ["TITLE", "PHRASE"],
    "digit": ["DATE", "PERIOD", "MONEY", "PERCENT", "FRACTION", "NUMBER"],
    '"': ["STRING"],
    "[": ["CITE"],
    "`": ["NAME"],
    "letter": ["NAME", "WORD"],
}
_WORDS = re.compile(r"\(\?:([\w|]+)\)(?:\(\?!.*\))?\Z")


def grammar_text() -> str:
    """The grammar, from the installed package or, in a checkout, from the top-level folder."""
    for place in (f"{HERE}/../grammar/govlang.lark", f"{HERE}/../../grammar/govlang.lark"):
        try:
            return read_bytes(place).decode("utf-8").replace("\r\n", "\n")
        except OSError:
            continue
    raise FileNotFoundError("grammar/govlang.lark is missing from this installation of govlang")


def fingerprint(grammar: str) -> str:
    """The SHA-256 of a grammar's text, by which shipped tables are matched to it."""
    return sha256(grammar)


def lark_parser(grammar: str) -> Lark:
    """Lark's own parser for the grammar: LALR, contextual lexer, indentation post-lexer. Takes a third of a second."""
    from lark import Lark
    from lark.indenter import Indenter

    class Layout(Indenter):
        NL_type = "_NL"
        OPEN_PAREN_types: list[str] = []  # noqa: RUF012 - the names and types are Lark's
        CLOSE_PAREN_types: list[str] = []  # noqa: RUF012
        INDENT_type = "_INDENT"
        DEDENT_type = "_DEDENT"
        tab_len = 2

    return Lark(
        grammar,
        parser="lalr",
        lexer="contextual",
        postlex=Layout(),
        start=STARTS,
        maybe_placeholders=True,
        propagate_positions=True,
    )


def build(grammar: str) -> dict[str, Any]:
    """The tables as plain data, numbered in an order that does not depend on the run."""
    from lark.parsers.lalr_analysis import Shift

    lark = lark_parser(grammar)
    table: Any = lark.parser.parser._parse_table
    order = _states_in_order(table)
    number = {state: index for index, state in enumerate(order)}
    rules = sorted(lark.rules, key=_rule_key)
    rule_number = {_rule_key(rule): index for index, rule in enumerate(rules)}
    symbols = sorted({symbol for state in order for symbol in table.states[state]})
    symbol_number = {symbol: index for index, symbol in enumerate(symbols)}
    states: list[str] = []
    sets: dict[str, int] = {}  # symbols that complete the same rule; the same sets stand in many states
    for state in order:
        moves: list[int] = []
        completes: dict[int, list[int]] = {}
        for symbol in sorted(table.states[state]):
            action, argument = table.states[state][symbol]
            if action is Shift:
                moves += [symbol_number[symbol], number[argument]]
            else:
                completes.setdefault(rule_number[_rule_key(argument)], []).append(symbol_number[symbol])
        pairs = [(sets.setdefault(_packed(ones), len(sets)), rule) for rule, ones in sorted(completes.items())]
        states.append(f"{_packed(moves)}|{_packed([each for pair in pairs for each in pair])}")
    starts = {name: number[state] for name, state in sorted(table.start_states.items())}
    ends = {name: number[state] for name, state in sorted(table.end_states.items())}
    words, spelling, patterns = _terminals(lark)
    return {
        "grammar": fingerprint(grammar),
        "symbols": symbols,
        "rules": ";".join(_rule(rule) for rule in rules),  # two long strings are read ten times as fast as their parts
        "sets": ";".join(sets),
        "states": ";".join(states),
        "starts": starts,
        "ends": ends,
        "words": words,
        "spelling": spelling,
        "patterns": patterns,
        "first": FIRST,
    }


def _packed(numbers: list[int]) -> str:
    return " ".join(map(str, numbers))


def _states_in_order(table: Any) -> list[Any]:
    """States by breadth from the start states, along symbols in order of their names."""
    order = [state for _, state in sorted(table.start_states.items())]
    seen = set(order)
    for state in order:
        for symbol in sorted(table.states[state]):
            argument = table.states[state][symbol][1]
            if isinstance(argument, int) and argument not in seen:
                seen.add(argument)
                order.append(argument)
    for _, state in sorted(table.end_states.items()):
        if state not in seen:
            order.append(state)
    return order


def _rule_key(rule: Any) -> tuple[Any, ...]:
    return rule.origin.name, rule.order, tuple(symbol.name for symbol in rule.expansion), str(rule.alias)


def _rule(rule: Any) -> str:
    """A rule as data, with the children that Lark would hand over (see `lark.parse_tree_builder`)."""
    options = rule.options
    empty = "".join(str(int(flag)) for flag in options.empty_indices) if options.empty_indices else "0" * len(rule.expansion)
    absent = [len(ones) for ones in empty.split("0")]
    keep: list[str] = []
    waiting = 0
    for index, symbol in enumerate(rule.expansion):
        waiting += absent[index]
        if not (symbol.is_term and symbol.filter_out):
            keep.append(f"{index}.{int(not symbol.is_term and symbol.name.startswith('_'))}.{waiting}")
            waiting = 0
    waiting += absent[len(rule.expansion)]
    callback = rule.alias or rule.origin.name
    single = int(options.expand1 and not rule.alias)
    inner = rule.origin.name.startswith("_")
    return f"{rule.origin.name},{len(rule.expansion)},{'' if inner else callback},{' '.join(keep)},{waiting},{single}"


def _terminals(lark: Lark) -> tuple[dict[str, list[str]], dict[str, str], dict[str, str]]:
    """Fixed words with the terminals they may be, how each such terminal is spelled in messages, and all other patterns."""
    from lark.lexer import PatternStr

    words: dict[str, list[str]] = {}
    spelling: dict[str, str] = {}
    patterns: dict[str, str] = {}
    for terminal in sorted(lark.terminals, key=lambda terminal: (-terminal.priority, terminal.name)):
        match = _WORDS.match(terminal.pattern.value)
        if isinstance(terminal.pattern, PatternStr):
            options = [terminal.pattern.value]
        elif match is not None:
            options = match.group(1).split("|")
        elif terminal.name.startswith("__IGNORE"):
            continue
        else:
            patterns[terminal.name] = _plain(terminal.pattern.to_regexp())
            continue
        spelling[terminal.name] = options[0]
        for option in options:
            words.setdefault(option, []).append(terminal.name)
    return dict(sorted(words.items())), dict(sorted(spelling.items())), dict(sorted(patterns.items()))


def _plain(pattern: str) -> str:
    """The same pattern in plain characters on one line, since a text of nothing else is read faster."""
    return "".join(each if " " <= each <= "~" else f"\\u{ord(each):04x}" for each in pattern)


def dump(grammar: str) -> str:
    """The tables as text: a line for each of them, its name first. Such lines are read with nothing but `split`; to load a reader
    of JSON takes longer than to read them."""
    tables = build(grammar)
    lines = [f"grammar {tables['grammar']}", f"symbols {' '.join(tables['symbols'])}"]
    lines += [f"{name} {tables[name]}" for name in ("rules", "sets", "states")]
    for name in ("starts", "ends", "spelling"):
        lines.append(f"{name} {' '.join(f'{key} {value}' for key, value in tables[name].items())}")
    for name in ("words", "first"):
        lines.append(f"{name} {';'.join(f'{key} ' + ' '.join(values) for key, values in tables[name].items())}")
    for name, pattern in tables["patterns"].items():
        lines.append(f"pattern {name} {pattern}")
    return "\n".join(lines) + "\n"


def undump(text: str) -> dict[str, Any]:
    """The tables from their text. Raises ValueError when it is not whole."""
    tables: dict[str, Any] = {"patterns": {}}
    for line in filter(None, text.split("\n")):
        name, _, rest = line.partition(" ")
        if name == "pattern":
            kind, _, tables["patterns"][kind] = rest.partition(" ")
        elif name in ("starts", "ends", "spelling"):
            parts = rest.split(" ")
            values = parts[1::2] if name == "spelling" else map(int, parts[1::2])
            tables[name] = dict(zip(parts[::2], values, strict=True))
        elif name in ("words", "first"):
            tables[name] = {key: rest.split(" ") for key, _, rest in (each.partition(" ") for each in rest.split(";"))}
        else:
            tables[name] = rest.split(" ") if name == "symbols" else rest
    if not tables.keys() >= {"grammar", "symbols", "rules", "sets", "states", "starts", "ends", "words", "spelling", "first"}:
        raise ValueError("the tables are not whole")
    return tables


def shipped() -> str:
    """The text of the shipped tables; empty when there are none."""
    try:
        return read_bytes(TABLES).decode("utf-8")
    except OSError:
        return ""


@cache
def parser() -> Parser:
    """The parser, from the shipped tables when they match the grammar."""
    grammar = grammar_text()
    text = shipped()
    if not text.startswith(f"grammar {fingerprint(grammar)}\n"):
        return Parser(build(grammar))
    try:
        return Parser(undump(text))
    except ValueError:
        return Parser(build(grammar))


def main(arguments: list[str]) -> int:
    """`--write` or `--check` the shipped tables."""
    text = dump(grammar_text())
    if arguments == ["--write"]:
        with open(TABLES, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)
        return 0
    if arguments == ["--check"]:
        return 0 if shipped() == text else 1
    print("usage: python -m govlang.syntax.tables --write | --check", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
