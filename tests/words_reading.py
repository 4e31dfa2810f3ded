"""The golden readings of decisions: what every right of an agreement says, as a text that a person has read.

`python tests/words_reading.py` writes them anew, one a file of `agreements/`; look at what changed before you keep it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from govlang.backends.words.statement import Statement
from govlang.backends.words.words import Words
from govlang.core.rules import whole
from govlang.frozen import replace
from govlang.pipeline import Loaded, load

TESTS = Path(__file__).parent
AGREEMENTS = sorted((TESTS.parent / "agreements").glob("*.gov.md"))
CONSTRUCTS = sorted((TESTS / "constructs").glob("*.gov"))
GOLDEN = TESTS / "golden" / "words"


@lru_cache(maxsize=256)
def loaded(path: Path) -> Loaded:
    """An agreement, loaded once."""
    return load(path)


@lru_cache(maxsize=256)
def words_of(path: Path) -> Words:
    """Who says what an agreement means."""
    return speaker(loaded(path))


def speaker(found: Loaded) -> Words:
    """The words of a loaded agreement."""
    return Words(found.agreement, found.rules.rule, found.rules.norms, found.rules.trust)


def rights(found: Loaded) -> tuple[str, ...]:
    """The decisions of an agreement and its other rights, by name."""
    return (*found.agreement.decisions, *found.agreement.rights)


def reading(path: Path) -> str:
    """Every decision and every other right of an agreement, with the clauses that its sentences rest on."""
    found, words = loaded(path), words_of(path)
    lines = [f"# {found.agreement.name}"]
    for name in rights(found):
        said = words.decision(name)
        lines += ["", f"## {name}", "", _cited(said), ""]
        for item in said.items:
            lines += _nested(item, 0)
        lines += ["", f"In brief: {words.brief(whole(words.rule(name))) or 'nothing'}."]
    return "\n".join(lines) + "\n"


def _nested(said: Statement, depth: int) -> list[str]:
    lines = [f"{'  ' * depth}- {_cited(said)}"]
    for item in said.items:
        lines += _nested(item, depth + 1)
    return lines


def _cited(said: Statement) -> str:
    cited = (replace(each, document=Path(each.document).name) for each in (said.citation, *said.also) if each.document)
    clauses = dict.fromkeys(each.number or each.label() for each in cited)
    return f"{said.text} [{'; '.join(clauses)}]" if clauses else said.text


def golden(path: Path) -> Path:
    """The file that holds the reading of an agreement."""
    return GOLDEN / f"{path.name.partition('.')[0]}.md"


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for each in AGREEMENTS:
        golden(each).write_text(reading(each), encoding="utf-8")
