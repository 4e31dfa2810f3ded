"""A small LALR driver over Lark's tables, with a contextual lexer and indentation.

In: tables made by `syntax.tables` from the grammar, and the text of one clause. Out: whatever the builder makes of each rule,
or `Unexpected`. Lark stays the source of the grammar; a test holds that both read every file of the project alike. The
driver exists because loading Lark and rebuilding its objects takes longer than checking a whole agreement.

Contextual: in each state only the terminals that the state accepts are looked for, so `for` is a keyword where one may
stand and a fact elsewhere. Words are matched whole: `format` is never read as `for` and `mat`.

There are two ways to the next token, and one outcome: `_next` knows the common shapes (one expression finds the shape, and what
a state makes of a word is remembered); `token` knows everything and is asked where the first is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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


class Makers(NamedTuple):
    """What is made of tokens (text, start, end) and of rules (span, children). A token of no maker is its text."""

    tokens: Mapping[str, Callable[[str, int, int], Any]]
    rules: Mapping[str, Callable[..., Any]]


SHIFT, SAME, ONE, RUN, GROW, PICK, MIXED = range(7)


class Rule:
    """A grammar rule: what to call when it is complete, and which of its symbols to hand over.

    `keep` lists, for each child handed over: its index, whether its own children are taken instead of it (an inner
    repetition), and how many absent optional parts come before it. `after` come after the last. `single` says that a rule
    with one child is that child. `way` is how to come to the children: SAME, one symbol in and one child out; ONE, the child at
    `low` (places from the top of the stack, where a symbol takes three); RUN, those from `low` to `high`; GROW, what is at `high`
    joins the repetition at `low`; PICK, those at `places` (0: absent); MIXED, one by one.
    """

    __slots__ = ("after", "callback", "high", "keep", "low", "origin", "places", "single", "size", "way")

    def __init__(self, packed: str) -> None:
        self.origin, size, self.callback, keep, absent, single = packed.split(",")
        parts = (part.split(".") for part in keep.split())
        self.keep = tuple((int(index), inner == "1", int(before)) for index, inner, before in parts)
        self.size, self.single = int(size), single == "1"
        self.after: list[None] = [None] * int(absent)
        self.low = self.high = 0
        self.places: list[int] = []
        self.way = self._way()

    def _way(self) -> int:
        kept = [3 * (index - self.size) for index, _, _ in self.keep]
        self.low, self.high = (kept[0], kept[-1]) if kept else (0, 0)
        if any(inner for _, inner, _ in self.keep):
            grows = len(kept) == 2 and [(inner, before) for _, inner, before in self.keep] == [(True, 0), (False, 0)]
            return GROW if grows and not self.after and not self.callback else MIXED
        if not any(before for _, _, before in self.keep) and kept == list(range(self.low, self.high + 1, 3) if kept else []):
            alone = bool(self.callback) and self.single and len(kept) == 1 and not self.after
            self.high += len(kept) > 0  # the end of a slice
            return RUN if not alone else SAME if self.size == 1 else ONE
        for (_, _, before), place in zip(self.keep, kept, strict=True):
            self.places += [0] * before + [place]
        self.places += [0] * len(self.after)
        return PICK

    def children(self, stack: list[Any]) -> list[Any]:
        """What the rule hands over of the symbols on the stack."""
        way = self.way
        if way == RUN:
            return stack[self.low : self.high : 3] + self.after
        if way == GROW:
            stack[self.low].append(stack[self.high])  # a repetition that goes on: its list is taken over, never copied
            grown: list[Any] = stack[self.low]
            return grown
        if way == PICK:
            return [stack[place] if place else None for place in self.places]
        found: list[Any] = []
        keep = self.keep
        if keep[0][1] and not keep[0][2]:
            found = stack[self.low]
            keep = keep[1:]
        for index, inner, absent in keep:
            found += [None] * absent
            part = stack[3 * (index - self.size)]
            if inner:
                found += part
            else:
                found.append(part)
        found += self.after
        return found


class Rows(dict[int, dict[str, int]]):
    """What each state does with each symbol: a state to go to (plus one), or a rule to complete (less one, negative). Rows are
    unpacked when they are first asked for: an agreement visits a small part of the states. A packed row has pairs of a symbol and
    a state, then pairs of a set of symbols and the rule that all of these complete."""

    def __init__(self, symbols: list[str], sets: str, states: str) -> None:
        super().__init__()
        self.symbols, self.sets, self.states = symbols, sets.split(";"), states.split(";")
        self.unpacked: dict[str, list[str]] = {}

    def __missing__(self, state: int) -> dict[str, int]:
        moves, _, completes = self.states[state].partition("|")
        row: dict[str, int] = {}
        if completes:
            numbers = completes.split(" ")
            for ones, rule in zip(numbers[::2], numbers[1::2], strict=True):
                if ones not in self.unpacked:
                    self.unpacked[ones] = [self.symbols[int(each)] for each in self.sets[int(ones)].split(" ")]
                row.update(dict.fromkeys(self.unpacked[ones], -int(rule) - 1))
        if moves:
            numbers = moves.split(" ")
            for symbol, target in zip(numbers[::2], numbers[1::2], strict=True):
                row[self.symbols[int(symbol)]] = int(target) + 1
        self[state] = row
        return row


class Rules(dict[int, Rule]):
    """The rules by number, unpacked in the same way."""

    def __init__(self, rules: str) -> None:
        super().__init__()
        self.packed = rules.split(";")

    def __missing__(self, number: int) -> Rule:
        rule = self[number] = Rule(self.packed[number])
        return rule


class Patterns(dict[str, "re.Pattern[str]"]):
    """The patterns by terminal, compiled when they are first asked for."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def __missing__(self, name: str) -> re.Pattern[str]:
        pattern = self[name] = re.compile(self.texts[name])
        return pattern


class State(dict[str, "State | Rule | None"]):
    """A state of the parser: where each symbol leads (a state to go to, a rule to complete first, nowhere), looked up in the tables
    when it is first met; and what has been found out about the words met in it. All ways into a state are over one symbol."""

    __slots__ = ("actions", "digits", "free", "layout", "number", "parser", "sure", "way", "worth")

    def __init__(self, number: int, symbol: str, parser: Parser) -> None:
        super().__init__()
        self.number, self.parser, self.actions = number, parser, parser.actions[number]
        self.way = SHIFT
        self.worth = symbol if symbol in parser.patterns.texts else ""  # the token that it takes to get here, if it has a value
        self.layout = symbol in _LAYOUT
        self.free = False  # whether a line may go on with any words
        self.digits: list[str] = []  # what may begin with a digit
        self.sure: dict[str, str] | None = None  # the terminal that a word is; empty where that depends on more than the state

    def ready(self) -> dict[str, str]:
        """Makes ready to look for the next token: half of the states never do."""
        self.free = any(name in self.actions for name in self.parser.first["any"])
        self.digits = [name for name in self.parser.first["digit"] if name in self.actions]
        self.sure = {}
        return self.sure

    def __missing__(self, symbol: str) -> State | Rule | None:
        action = self.actions.get(symbol, 0)
        move = self.parser.state(action - 1, symbol) if action > 0 else self.parser.rules[-action - 1] if action else None
        self[symbol] = move
        return move


_SHAPES = ("", "word", "NAME", "_NL", "digit", "STRING", "CITE", "sign")  # by the number of the group


class Parser:
    """The tables, ready to run. `words` maps each keyword to the terminals it may be; `patterns` are the others."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.rules = Rules(tables["rules"])
        self.actions = Rows(tables["symbols"], tables["sets"], tables["states"])
        self.starts: dict[str, int] = tables["starts"]
        self.ends = frozenset(tables["ends"].values())
        self.words: dict[str, tuple[str, ...]] = {word: tuple(kinds) for word, kinds in tables["words"].items()}
        self.spelling: dict[str, str] = tables["spelling"]
        self.patterns = Patterns(tables["patterns"])
        self.first: dict[str, tuple[str, ...]] = {kind: tuple(found) for kind, found in tables["first"].items()}
        self.newline = self.patterns["_NL"]
        self.states: dict[int, State] = {}
        texts = self.patterns.texts
        signs = "".join(re.escape(word) for word in self.words if len(word) == 1 and not word.isalnum() and word not in self.first)
        self.shape = re.compile(
            f" *(?:((?=[a-z]){_LOWER.pattern})|((?=[A-Z`])(?:{texts['NAME']}))|({texts['_NL']})|([0-9])"
            f"|({texts['STRING']})|({texts['CITE']})|([{signs}]))"
        )

    def state(self, number: int, symbol: str) -> State:
        """A state by its number, and the symbol over which it is come to."""
        if number not in self.states:
            self.states[number] = State(number, symbol, self)
        return self.states[number]

    # ------------------------------------------------------------ lexing

    def _next(self, text: str, position: int, state: State, stack: list[Any]) -> tuple[str, int, int]:
        """The next token that the last state accepts, and where it begins and ends."""
        sure = state.ready() if state.sure is None else state.sure
        found = None if state.free else self.shape.match(text, position)
        if found is not None:
            group = found.lastindex or 0
            begin, end = found.span(group)
            if group == 1 or group == 7:
                word = found[group]
                kind = sure.get(word)
                if kind is None:
                    kind = self._sure(state.actions, sure, word)
                if kind:
                    return kind, begin, end
            elif group == 4:
                for kind in state.digits:
                    number = self.patterns[kind].match(text, begin)
                    if number is not None:
                        return kind, begin, number.end()
            elif group == 3 or _SHAPES[group] in state.actions:
                return _SHAPES[group], begin, end
        token = self.token(text, position, _numbers(stack))
        return token.type, token.start, token.end

    def _sure(self, actions: dict[str, int], sure: dict[str, str], word: str) -> str:
        """What a word is in a state, if that depends on nothing else; empty otherwise."""
        fact = "WORD" in actions and word[0].isalpha()
        if word not in self.words:  # a word of the agreement: there is no end of them, so none is kept
            return "WORD" if fact else ""
        kinds = [kind for kind in self.words[word] if kind in actions]
        found = "WORD" if fact and not kinds else ""
        if kinds and (actions[kinds[0]] > 0 or (len(kinds) == 1 and not fact)):
            found = kinds[0]
        sure[word] = found
        return found

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

    def parse(self, text: str, start: str, makers: Makers, offset: int = 0) -> Any:
        """Parses one clause; `offset` is added to every place. Raises Unexpected."""
        tokens, rules = makers.tokens, makers.rules
        state = self.state(self.starts[start], "")
        stack: list[Any] = [state]  # and for each symbol: its value, where it begins, the state behind it
        indents, position, last = [0], 0, -1
        waiting: list[str] = []  # layout that follows from the last line's end, the next one last
        while True:
            if waiting:
                kind, begin, end = waiting.pop(), position, position
            else:
                kind, begin, end = self._next(text, position, state, stack)
                position = end
                if kind == END and len(indents) > 1:
                    waiting = [END, *["_DEDENT"] * (len(indents) - 1)]
                    indents = [0]
                    continue
            move: Any = state[kind]
            while move and move.way:
                if move.way == SAME:
                    state = stack[-1] = stack[-4][move.origin]
                else:
                    state = _reduce(move, stack, last, rules, offset)
                move = state[kind]
            if move is None:
                if kind == END and state.number in self.ends:
                    return stack[-3]
                raise Unexpected(Token(kind, text[begin:end], begin, end), self.accepts(_numbers(stack)))
            state = move
            if state.layout:  # stands nowhere
                stack += (None, -1, state)
                if kind == "_NL":
                    waiting = _layout(end - text.rindex("\n", begin, end) - 1, indents)
                continue
            last = end
            if state.worth in tokens:
                stack += (tokens[kind](text[begin:end], begin + offset, end + offset), begin, state)
            else:  # a fixed word stands for itself
                stack += (text[begin:end], begin, state)

    def accepts(self, states: list[int]) -> list[str]:
        """The terminals after which the parse could go on from here, sorted."""
        return sorted(
            name
            for name in self.actions[states[-1]]
            if (name in self.spelling or name in self.patterns.texts or name in _LAYOUT or name == END)
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


def _reduce(rule: Rule, stack: list[Any], last: int, rules: Mapping[str, Callable[..., Any]], offset: int) -> State:
    """Completes a rule: its symbols make way for what is made of them. Out: the state behind it. It ends where the last word does
    that was read."""
    size = 3 * rule.size
    first = stack[1 - size] if size else -1
    at = 1 - size
    while first < 0 and at < -2:  # layout and empty parts stand nowhere
        at += 3
        first = stack[at]
    value: Any
    if rule.way == ONE:
        value = stack[rule.low]
    else:
        value = rule.children(stack)
        if rule.callback:
            if rule.single and len(value) == 1:
                value = value[0]
            else:
                value = rules[rule.callback](Span(first + offset, last + offset) if first >= 0 else NOWHERE, *value)
    if size:
        del stack[-size:]
    state: State = stack[-1][rule.origin]
    stack += (value, first, state)
    return state


def _numbers(stack: list[Any]) -> list[int]:
    """The states on the stack by number."""
    return [state.number for state in stack[::3]]


def _layout(width: int, indents: list[int]) -> list[str]:
    """Indentation after a line's end as _INDENT or _DEDENT. Steps were checked before."""
    if width == indents[-1]:
        return []
    if width > indents[-1]:
        indents.append(width)
        return ["_INDENT"]
    found: list[str] = []
    while width < indents[-1]:
        indents.pop()
        found.append("_DEDENT")
    return found
