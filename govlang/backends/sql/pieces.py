"""SQL text with shared parts: each part is written once, named, and worked out once for a row.

In: pieces, which are texts with other pieces in them. Out: one query in stages: what stands in several places becomes a column
of an inner SELECT. Tiers share parts so much that the same text without names would double with every tier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

PREFIX = "_part"


class Piece:
    """A part of an expression: texts and other pieces. Two equal ones are the same object (see `Pieces`)."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[str | Piece, ...]) -> None:
        self.parts = parts

    @property
    def plain(self) -> bool:
        """Whether it is a name or a literal, which need no name of their own."""
        return all(isinstance(part, str) for part in self.parts)

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)

    def length(self) -> int:
        """How long its text is, every part written wherever it stands. Parts that are shared are measured once."""
        known: dict[int, int] = {}
        waiting = [self]
        while waiting:
            piece = waiting[-1]
            later = [part for part in piece.parts if isinstance(part, Piece) and id(part) not in known]
            if later:
                waiting += later
                continue
            known[id(piece)] = sum(known[id(part)] if isinstance(part, Piece) else len(part) for part in piece.parts)
            waiting.pop()
        return known[id(self)]


class Pieces:
    """Makes pieces, equal ones once."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Piece] = {}

    def make(self, *parts: str | Piece) -> Piece:
        """A piece of these parts."""
        key = tuple(part if isinstance(part, str) else id(part) for part in parts)
        return self._made.setdefault(key, Piece(parts))

    def joined(self, word: str, items: Iterable[Piece]) -> Piece:
        """Pieces with a word between them, in brackets; one alone stays as it is. An item that stands there twice stands once."""
        listed = list(dict.fromkeys(items))
        if len(listed) == 1:
            return listed[0]
        parts: list[str | Piece] = ["("]
        for place, item in enumerate(listed):
            parts += [f" {word} ", item] if place else [item]
        return self.make(*parts, ")")


class Staged:
    """A piece as stages of columns and a last expression: `stages[n]` may use the columns of the stages before it."""

    def __init__(self, last: Piece, prefix: str = PREFIX) -> None:
        self.prefix = prefix
        self._names: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._uses: dict[int, int] = {}
        self.stages: list[list[tuple[str, str]]] = []
        order = self._counted(last)
        for piece in order:
            self._levels[id(piece)] = max(
                (self._after(part) for part in piece.parts if isinstance(part, Piece)), default=0
            )
            if piece is not last and self._uses[id(piece)] > 1 and not piece.plain:
                self._name(piece)
        self.last = self._text(last)

    def select(self, source: str, keep: Sequence[str], name: str) -> str:
        """The whole query: the expressions `keep` and this one under a name, over the rows of `source` (a query)."""
        inner = source
        for stage in self.stages:
            columns = ", ".join(f"{sql} AS {column}" for column, sql in stage)
            inner = f"SELECT *, {columns} FROM ({inner})"
        return f"SELECT {', '.join((*keep, f'{self.last} AS {name}'))} FROM ({inner})"

    def _counted(self, last: Piece) -> list[Piece]:
        """Every piece after those in it."""
        order: list[Piece] = []
        waiting: list[tuple[Piece, bool]] = [(last, False)]
        while waiting:
            piece, done = waiting.pop()
            if done:
                order.append(piece)
                continue
            self._uses[id(piece)] = self._uses.get(id(piece), 0) + 1
            if self._uses[id(piece)] == 1:
                waiting.append((piece, True))
                waiting += [(part, False) for part in reversed(piece.parts) if isinstance(part, Piece)]
        return order

    def _after(self, part: Piece) -> int:
        return self._levels[id(part)] + (id(part) in self._names)

    def _name(self, piece: Piece) -> None:
        level = self._levels[id(piece)]
        while len(self.stages) <= level:
            self.stages.append([])
        text = self._text(piece)
        self._names[id(piece)] = name = f"{self.prefix}{len(self._names) + 1}"
        self.stages[level].append((name, text))

    def _text(self, piece: Piece) -> str:
        return "".join(part if isinstance(part, str) else self._names.get(id(part)) or self._text(part)
                       for part in piece.parts)  # fmt: skip
