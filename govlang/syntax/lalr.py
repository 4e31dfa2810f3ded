"""A small LALR driver over Lark's tables, with a contextual lexer and indentation.

In: tables made by `syntax.tables` from the grammar, and the text of one clause. Out: whatever the builder makes of each rule,
or `Unexpected`. Lark stays the source of the grammar; a test holds that both read every file of the project alike. The
driver exists because loading Lark and rebuilding its objects takes longer than checking a whole agreement.

Contextual: in each state only the terminals that the state accepts are looked for, so `for` is a keyword where one may
stand and a fact elsewhere. Words are matched whole: `format` is never read as `for` and `mat`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from govlang.source import NOWHERE, Span

END = "$END"
_LOWER = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*")
_LAYOUT = ("_NL", "_INDENT", "_DEDENT")


class Token(NamedTuple):
    """A terminal met in the text, with its offsets in the clause."""

    type: str
    text: str
    start: int
    end: int


class Unexpected(Exception):
    """A token (or, with no type, a character) that cannot stand where it does; `accepts` says what could."""

    def __init__(self, token: Token, accepts: list[str]) -> None:
        super().__init__(token.text)
        self.token = token
        self.accepts = accepts


class Rule(NamedTuple):
    """A grammar rule: what to call when it is complete, and which of its symbols to hand over.

    `keep` lists, for each child handed over: its index, whether its own children are taken instead of it (an inner
    repetition), and how many absent optional parts come before it. `absent` come after the last. `single` says that a rule
    with one child is that child, and `same` that it always is: one symbol in, one child out.
    """

    origin: str
    size: int
    callback: str
    keep: tuple[tuple[int, bool, int], ...]
    absent: int
    single: bool
    same: bool


class Rows(dict[int, dict[str, int]]):
    """What each state does with each symbol: a state to go to (plus one), or a rule to complete (less one, negative). Rows are
    unpacked when they are first asked for: an agreement visits a small part of the states."""

    def __init__(self, symbols: list[str], states: str) -> None:
        super().__init__()
        self.symbols, self.states = symbols, states.split(";")

    def __missing__(self, state: int) -> dict[str, int]:
        numbers = [int(part) for part in self.states[state].split()]
        row = {self.symbols[symbol]: action for symbol, action in zip(numbers[::2], numbers[1::2], strict=True)}
        self[state] = row
        return row


class Rules(dict[int, Rule]):
    """The rules by number, unpacked in the same way."""

    def __init__(self, rules: str) -> None:
        super().__init__()
        self.packed = rules.split(";")

    def __missing__(self, number: int) -> Rule:
        origin, size, callback, keep, after, single = self.packed[number].split(",")
        parts = (part.split(".") for part in keep.split())
        kept = tuple((int(index), inner == "1", int(absent)) for index, inner, absent in parts)
        same = bool(callback and single == "1" and size == "1" and kept == ((0, False, 0),) and after == "0")
        self[number] = Rule(origin, int(size), callback, kept, int(after), single == "1", same)
        return self[number]


Reduce = Callable[[str, Span, list[Any]], Any]
Shift = Callable[[Token], Any]


class Parser:
    """The tables, ready to run. `words` maps each keyword to the terminals it may be; `patterns` are the others."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.rules = Rules(tables["rules"])
        self.actions = Rows(tables["symbols"], tables["states"])
        self.starts: dict[str, int] = tables["starts"]
        self.ends = frozenset(tables["ends"].values())
        self.words: dict[str, tuple[str, ...]] = {word: tuple(kinds) for word, kinds in tables["words"].items()}
        self.spelling: dict[str, str] = tables["spelling"]
        self.patterns: dict[str, re.Pattern[str]] = {name: re.compile(text) for name, text in tables["patterns"].items()}
        self.first: dict[str, tuple[str, ...]] = {kind: tuple(found) for kind, found in tables["first"].items()}
        self.newline = self.patterns["_NL"]

    # ------------------------------------------------------------ lexing

    def token(self, text: str, position: int, states: list[int]) -> Token:
        """The next token that the last state accepts; a token of no accepted type if there is none."""
        accepts = self.actions[states[-1]]
        start, size = position, len(text)
        while start < size and text[start] == " ":
            start += 1
        if start == size:
            return Token(END, "", size, size)
        char = text[start]
        if char in "\r\n#":
            match = self.newline.match(text, start)
            if match:
                return Token("_NL", match.group(), start, match.end())
        for name in self.first["any"]:
            if name in accepts:
                match = self.patterns[name].match(text, start)
                if match:
                    return Token(name, match.group(), start, match.end())
        return self._shaped(text, start, char, states)

    def _shaped(self, text: str, start: int, char: str, states: list[int]) -> Token:
        accepts = self.actions[states[-1]]
        fixed: Token | None = None  # accepted by the look of it, but no rule that ends here goes on with it
        word = None if char.isupper() else _LOWER.match(text, start)
        if word:
            spelled = word.group()
            for kind in self.words.get(spelled, ()):
                if kind in accepts:
                    fixed = Token(kind, spelled, start, word.end())
                    if accepts[kind] > 0 or self._can_shift(kind, list(states)):
                        return fixed
        kind_of = "digit" if char.isdigit() else "letter" if char.isalpha() else char
        for name in self.first.get(kind_of, ()):
            if name in accepts:
                match = self.patterns[name].match(text, start)
                if match and (fixed is None or self._can_shift(name, list(states))):
                    return Token(name, match.group(), start, match.end())
        if fixed is not None:
            return fixed
        for kind in self.words.get(char, ()):
            if kind in accepts:
                return Token(kind, char, start, start + 1)
        return self._misplaced(text, start, char, kind_of)

    def _misplaced(self, text: str, start: int, char: str, kind_of: str) -> Token:
        """What stands there, whatever the state; for the message."""
        if char.isalpha() and not char.isupper():
            word = _LOWER.match(text, start)
            if word and word.group() in self.words:
                return Token(self.words[word.group()][0], word.group(), start, word.end())
        for name in self.first.get(kind_of, ()):
            match = self.patterns[name].match(text, start)
            if match:
                return Token(name, match.group(), start, match.end())
        if char in self.words:
            return Token(self.words[char][0], char, start, start + 1)
        return Token("", char, start, start + 1)

    # ------------------------------------------------------------ parsing

    def parse(self, text: str, start: str, shift: Shift, reduce: Reduce, offset: int = 0) -> Any:
        """Parses one clause; `offset` is added to every span. Raises Unexpected."""
        states = [self.starts[start]]
        values: list[Any] = []
        indents, position = [0], 0
        queue: list[Token] = []
        while True:
            if queue:
                token = queue.pop(0)
            else:
                token = self.token(text, position, states)
                position = token.end
                if token.type == "_NL":
                    queue.extend(_layout(token, indents))
                elif token.type == END:
                    queue.extend(Token("_DEDENT", "", token.start, token.end) for _ in indents[1:])
                    indents = [0]
                    if queue:
                        queue.append(token)
                        continue
            self._feed(token, states, values, shift, reduce, offset)
            if token.type == END:
                return values[-1][0]

    def _feed(
        self, token: Token, states: list[int], values: list[Any], shift: Shift, reduce: Reduce, offset: int
    ) -> None:
        while True:
            action = self.actions[states[-1]].get(token.type)
            if action is None:
                if token.type == END and states[-1] in self.ends:
                    return
                raise Unexpected(token, self.accepts(states))
            if action > 0:
                states.append(action - 1)
                if token.type in self.spelling:  # a fixed word stands for itself
                    values.append((token.text, token.start, token.end))
                elif token.type in _LAYOUT:
                    values.append((None, -1, -1))
                else:
                    values.append((shift(token), token.start, token.end))
                return
            self._reduce(self.rules[-action - 1], states, values, reduce, offset)

    def _reduce(self, rule: Rule, states: list[int], values: list[Any], reduce: Reduce, offset: int) -> None:
        if rule.same:
            states[-1] = self.actions[states[-2]][rule.origin] - 1
            return
        parts: list[Any] = []
        if rule.size:
            parts = values[-rule.size :]
            del values[-rule.size :]
            del states[-rule.size :]
        children: list[Any] = []
        keep = rule.keep
        if keep and keep[0][1] and not keep[0][2]:
            children = parts[keep[0][0]][0]  # a repetition that goes on: its list is taken over, never copied
            keep = keep[1:]
        for index, inner, absent in keep:
            if absent:
                children.extend([None] * absent)
            if inner:
                children.extend(parts[index][0])
            else:
                children.append(parts[index][0])
        if rule.absent:
            children.extend([None] * rule.absent)
        first = last = -1
        for _, begins, ends in parts:  # layout and empty parts stand nowhere
            if begins >= 0:
                first, last = (begins if first < 0 else first), ends
        if not rule.callback:
            value: Any = children
        elif rule.single and len(children) == 1:
            value = children[0]
        else:
            span = Span(first + offset, last + offset) if first >= 0 else NOWHERE
            value = reduce(rule.callback, span, children)
        states.append(self.actions[states[-1]][rule.origin] - 1)
        values.append((value, first, last))

    def accepts(self, states: list[int]) -> list[str]:
        """The terminals after which the parse could go on from here, sorted."""
        return sorted(
            name
            for name in self.actions[states[-1]]
            if (name in self.spelling or name in self.patterns or name in _LAYOUT or name == END)
            and self._can_shift(name, list(states))
        )

    def _can_shift(self, name: str, states: list[int]) -> bool:
        while True:
            action = self.actions[states[-1]].get(name)
            if action is None:
                return name == END and states[-1] in self.ends
            if action > 0:
                return True
            rule = self.rules[-action - 1]
            if rule.size:
                del states[-rule.size :]
            states.append(self.actions[states[-1]][rule.origin] - 1)


def _layout(token: Token, indents: list[int]) -> list[Token]:
    """Indentation after a line's end as _INDENT or _DEDENT tokens. Steps were checked before."""
    width = len(token.text) - token.text.rindex("\n") - 1
    found: list[Token] = []
    if width > indents[-1]:
        indents.append(width)
        found.append(Token("_INDENT", "", token.end, token.end))
    while width < indents[-1]:
        indents.pop()
        found.append(Token("_DEDENT", "", token.end, token.end))
    return found
