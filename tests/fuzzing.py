"""Texts drawn from the grammar itself, and texts spoilt on purpose, for `test_fuzz.py`.

A `Speaker` walks the rules of the grammar from any of them and says what it walks over. Names, facts and amounts come from
small pools, so that much of what it says means something in `WORLD`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from govlang.syntax import tables

WORLD = """agreement Fuzzed World
  version 1
  effective 2026-01-01 until 2030-12-31
  law of Norway
  time zone Europe/Oslo
  currency EUR
  working days of Norway
  not working 2026-01-01, 2026-05-01

each party has share: percent, country: text

each person has weight: number, trained: yes or no

party Helios
  share 60%
  country "NO"

party Norwind
  share 40%
  country "CH"

person Ana of Helios
  weight 3
  trained yes

person Ben of Norwind
  weight 2

person Cem of Helios
  weight 1

role Director
  one for each party, appointed by party
  speaks for its party
  held by Ana for Helios, Ben for Norwind

role Chair
  one, appointed by Council, term 2 years
  may delegate to any Director up to 5,000 EUR
  held by Cem

body Council
  members every Director
  chair Chair
  quorum half of all members
  proxies at most 1 each to any Director

body Board
  members Ana, Ben and Cem
  seats 5
  chair Chair
"""

GIVEN = """  given amount: money, year: number, flag: yes or no, day: date, payee: text
  given related: party optional, who: person optional, found: yes or no determined by Chair
  given level: one of low or high, order: decision Spend optional, wait: duration optional
"""

PEOPLE = ["`Ana`", "`Ben`", "`Cem`", "`Helios`", "`Norwind`", "`Chair`", "`Director`"]
GROUPS = ["`Council`", "`Board`", "`Director`", "`Chair`", "`Helios`", "`Ana`"]
DECISIONS = ["`Spend`", "`Adopt`"]
PROPOSALS = ["`P-1`", "`P-2`", "`P-3`", "`P-4`"]
MEETINGS = ["`M-1`", "`M-2`"]
STRANGERS = ["`Nobody`", "`Ünal Øst`", "`ΟΧΙ`"]

# Which names make sense where: by rule, in the order in which its names stand.
PLACES: dict[str, list[list[str]]] = {
    "appoints": [PEOPLE, GROUPS, ["`Helios`", "`Norwind`"]],
    "removes": [PEOPLE, GROUPS],
    "resigns": [GROUPS],
    "joins": [GROUPS],
    "leaves": [GROUPS],
    "proposes": [DECISIONS, PROPOSALS],
    "meeting_held": [["`Council`", "`Board`"], MEETINGS, MEETINGS],
    "agenda": [PROPOSALS],
    "absent": [[*PROPOSALS, *MEETINGS]],
    "present": [MEETINGS],
    "gives_proxy": [PEOPLE, [*PROPOSALS, *MEETINGS]],
    "delegates": [["`Chair`", "`Director`"], PEOPLE],
    "revokes": [["`Chair`", "`Director`"], PEOPLE],
    "finds_conflict": [PEOPLE, PROPOSALS],
    "behalf": [PEOPLE],
    "names": [PEOPLE],
    "names_of_parties": [["`Helios`", "`Norwind`"]],
    "requires_decision": [DECISIONS],
    "not_under_way": [DECISIONS],
    "no_decision": [DECISIONS],
    "ratified_by": [DECISIONS],
    "overrides": [DECISIONS],
    "t_decision": [DECISIONS],
    "g_name": [GROUPS],
    "g_of": [["`Director`", "`Board`"]],
    "l_name": [PEOPLE],
    "expect": [PROPOSALS],
    "expect_in": [PEOPLE, GROUPS],
}
ON_PROPOSAL = {
    "votes", "abstains", "approves", "refuses", "vetoes", "objects", "withdraws", "withdraws_proposal", "advises", "seconds",
    "records", "finds", "declares_conflict", "gives_notice", "waives_notice", "opens", "closes", "extends", "restarts", "rules",
}  # fmt: skip

FACTS = ["amount", "year", "flag", "day", "payee", "related", "who", "found", "level", "order", "wait", "mode", "proposed-on"]
NAMING = ["related", "who"]
# Which words make sense where, by rule.
WORDS: dict[str, list[str]] = {
    **dict.fromkeys(["fact", "total", "requires_decision", "not_under_way", "no_decision"], FACTS),
    **dict.fromkeys(["g_of", "g_fact"], NAMING),
    **{rule: ["flag", "found"] for rule in ("fact_holds", "on_ground")},
    **{rule: ["share", "weight", "country", "party"] for rule in ("tail", "spread", "sharing", "member_cap", "distinct")},
    **{rule: ["trained", "weight", "country", "share"] for rule in ("with_value", "with_at_least", "has", "attribute_value")},
    "finds": ["found", "found", "level"],
    "fact_line": FACTS,
    "open_until": ["day"],
    "carry_over": ["order"],
    "given": ["extra", "more", "other-fact"],
    "choices": ["low", "high", "middle"],
    "l_word": ["low", "high", "meeting", "written"],
}

POOLS: dict[str, list[str]] = {
    "NAME": [*PEOPLE, *GROUPS, *DECISIONS, *PROPOSALS, *MEETINGS, *STRANGERS],
    "WORD": ["amount", "year", "flag", "day", "payee", "related", "who", "found", "level", "order", "wait", "share", "weight",
             "country", "trained", "minutes-sent", "low", "high", "mode", "meeting", "written", "persons", "party", "nonsuch"],
    "DATE": [f"2026-0{month}-0{day}{hour}" for month in (1, 2, 3, 4) for day in (2, 3, 5, 9)
             for hour in ("", "", "", " 09:30", " 16:00 +02:00")],
    "MONEY": ["1 EUR", "4,000 EUR", "50,000.50 EUR", "7 USD"],
    "PERIOD": ["2026-Q1", "2026-H2", "2026-03"],
    "PERCENT": ["0%", "12.5%", "50%", "66.6%", "100%", "101%"],
    "FRACTION": ["1/2", "2/3", "3/3", "5/4", "1/0"],
    "NUMBER": ["0", "1", "2", "3", "7", "12", "1.5", "2,000"],
    "STRING": ['"a reason"', '""', '"ü ß Ω … ✓"', '"(not closed"'],
    "CITE": ["[4.1]", "[Payments]"],
    "TITLE": ["a title of some words"],
    "PHRASE": ["approval of Ana", "quorum", "nothing at all"],
}  # fmt: skip


@cache
def grammar() -> tuple[dict[str, list[tuple[str, tuple[str, ...]]]], dict[str, list[str]], dict[str, int]]:
    """Each rule's alternatives (its name for the builder, its symbols), how each fixed word is spelled, and the least
    number of steps in which each symbol comes to an end."""
    lark: Any = tables.lark_parser(tables.grammar_text())
    rules: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for rule in lark.rules:
        symbols = tuple(symbol.name for symbol in rule.expansion)
        rules.setdefault(rule.origin.name, []).append((rule.alias or rule.origin.name, symbols))
    words: dict[str, list[str]] = {}
    for word, kinds in tables.parser().words.items():
        for kind in kinds:
            words.setdefault(kind, []).append(word)
    least = {symbol: 0 for options in rules.values() for _, symbols in options for symbol in symbols if symbol not in rules}
    while len(least) < len(rules) + sum(1 for symbol in least if symbol not in rules):
        for name, options in rules.items():
            done = [max((least[each] for each in symbols), default=0) for _, symbols in options if all(s in least for s in symbols)]
            if done:
                least[name] = min(done) + 1
    return rules, words, least


class Speaker:
    """Says something that the grammar allows."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.rules, self.words, self.least = grammar()

    def say(self, start: str, depth: int = 12) -> str:
        """A text of a rule, ending with a newline."""
        tokens: list[str] = []
        self._walk(start, depth, tokens, "", 0)
        lines, level = [""], 0
        for token in tokens:
            if token == "\n":
                lines.append("")
            elif token in (">", "<"):
                level += 1 if token == ">" else -1
            else:
                lines[-1] += f"{token} " if lines[-1] else f"{'  ' * level}{token} "
        return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"

    def deed(self) -> str:
        """An event line that is no expectation."""
        while " expect " in (said := self.say("event")):
            pass
        return said

    def _walk(self, symbol: str, depth: int, tokens: list[str], rule: str, place: int) -> None:
        if symbol not in self.rules:
            tokens.append(self._word(symbol, rule, place))
            return
        options = [option for option in self.rules[symbol] if self._steps(option[1]) < depth] or sorted(
            self.rules[symbol], key=lambda option: self._steps(option[1])
        )[:1]
        name, symbols = self.random.choice(options)
        inner = rule if name.startswith("_") else name
        for index, each in enumerate(symbols):
            self._walk(each, depth - 1, tokens, inner, sum(1 for other in symbols[:index] if other == "NAME"))

    def _steps(self, symbols: Sequence[str]) -> int:
        return max((self.least[each] for each in symbols), default=0)

    def _word(self, terminal: str, rule: str, place: int) -> str:
        layout = {"_NL": "\n", "_INDENT": ">", "_DEDENT": "<"}
        if terminal in layout:
            return layout[terminal]
        if terminal == "NAME" and self.random.random() < 0.9:
            if rule in PLACES and place < len(PLACES[rule]):
                return self.random.choice(PLACES[rule][place])
            if rule in ON_PROPOSAL:
                return self.random.choice(PROPOSALS)
        if terminal == "WORD" and rule in WORDS and self.random.random() < 0.9:
            return self.random.choice(WORDS[rule])
        if terminal in POOLS:
            return self.random.choice(POOLS[terminal])
        return self.random.choice(self.words[terminal])


def spoil(text: str, random: Random) -> str:
    """A text with a few characters, words or lines deleted, doubled, swapped or put in."""
    for _ in range(random.randint(1, 4)):
        text = random.choice((_characters, _characters, _words, _lines))(text, random)
    return text


ODD = ["\t", "\x00", "\ufeff", "\r\n", "\r", "\xe9", "\u202e", "\u200b", "\u2028", "\x85", "\x1f", "(", ")", '"', "`", "[", "]",
       "#", "  ", "\n", "\n\n", "```", "```gov\n", "’", "𝔘", "999999999999", "1,00", "31.12.2026", "2026-02-31", "0/0", "x" * 300,
       "(" * 40, "not " * 70, "\n" + " " * 60 + "requires nothing", "²", "٣", "Ⅷ", "ǅ", "ʰ"]  # fmt: skip


def _characters(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    until = min(len(text), at + random.choice((0, 1, 1, 2, 7)))
    return text[:at] + random.choice(("", *ODD)) + text[random.choice((at, until)) :]


def _words(text: str, random: Random) -> str:
    words = text.split(" ")
    at, other = random.randrange(len(words)), random.randrange(len(words))
    match random.randint(0, 2):
        case 0:
            del words[at]
        case 1:
            words[at], words[other] = words[other], words[at]
        case _:
            words.insert(at, words[other])
    return " ".join(words)


def _lines(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randint(0, 3):
        case 0:
            del lines[at]
        case 1:
            lines[at], lines[other] = lines[other], lines[at]
        case 2:
            lines.insert(at, lines[other])
        case _:
            lines[at] = "  " + lines[at]
    return "".join(lines)
