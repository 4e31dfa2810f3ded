"""The golden readings: what the clauses of two agreements say, as a text that a person has read.

`python tests/clause_readings.py` writes them anew; look at what changed before you keep it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from words_lint import lines

from govlang.backends.words.statement import Statement
from govlang.backends.words.words import Words
from govlang.pipeline import Loaded, load
from govlang.syntax import nodes as n
from govlang.syntax.parse import File, parse

TESTS = Path(__file__).parent
AGREEMENTS = TESTS.parent / "agreements"
GOLDEN = TESTS / "golden"
READ = ("alliance", "research-consortium")  # the agreements whose clauses have a golden reading


@lru_cache(maxsize=256)
def loaded(path: Path) -> Loaded:
    """An agreement, loaded once."""
    return load(path)


@lru_cache(maxsize=256)
def words_of(path: Path) -> Words:
    """Who says what an agreement means."""
    found = loaded(path)
    return Words(found.agreement, found.rules.rule, found.rules.norms, found.rules.trust, found.used)


def file_of(path: Path) -> File:
    """The clauses of an agreement as they stand in its file."""
    found = loaded(path)
    return parse(found.source if not found.source.parts else type(found.source)(str(path), path.read_text(encoding="utf-8")))


def reading(path: Path) -> str:
    """Every clause of an agreement but decisions and scenarios, in the order of the text; last, what others bring about."""
    words = words_of(path)
    found: list[str] = []
    for clause in file_of(path).clauses:
        if not isinstance(clause, n.Decision | n.Scenario):
            found += ["", *_cited(words.clause(clause))]
    brought = [rule for rule in words.norms if rule.name not in words.agreement.norms]
    found += ["", *_cited(tuple(words.norm(rule) for rule in brought))]
    return "\n".join(found).strip() + "\n"


def _cited(statements: tuple[Statement, ...]) -> list[str]:
    return [
        line if place else f"{line} [{said.citation.number or said.citation.label()}]"
        for said in statements for place, line in enumerate(lines(said))
    ]  # fmt: skip


def golden(name: str) -> Path:
    """The file that holds the reading of an agreement."""
    return GOLDEN / f"clauses-{name}.txt"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in READ:
        golden(each).write_text(reading(AGREEMENTS / f"{each}.gov.md"), encoding="utf-8")
