"""Several agreements with their records: which files are meant, which record belongs to which agreement, their documents.

In: paths of agreements or folders of them, and records as they were named. Out: a document of each agreement, and the files that it
is made from. Raises NoAnswer for what cannot be read, and for a record that belongs to no agreement or to several.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from govlang.diagnostics import Diagnostic
from govlang.frozen import dataclass
from govlang.holiday_table import path_beside
from govlang.model.locking import lock_path
from govlang.pipeline import Loaded, load
from govlang.tools.books import agreement_beside
from govlang.tools.check import agreements_in, place_of, used_by
from govlang.tools.document import document
from govlang.tools.document.blocks import Document
from govlang.tools.document.links import slug
from govlang.tools.questions import NoAnswer

_UNREADABLE = ("GL003", "GL004")


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document, the agreement that it was made from, and every file that it rests on, also one that is not there yet."""

    loaded: Loaded
    document: Document
    files: tuple[str, ...]


def gather(paths: Sequence[str], records: Iterable[str] = (), on: str = "") -> list[Gathered]:
    """The documents of what paths name; of a folder, every agreement in it but those that others use."""
    agreements = _loaded(paths)
    if not agreements:
        raise NoAnswer(f"there is no agreement in {', '.join(paths)}", "the names of agreements end in .gov or .gov.md")
    belongs: dict[str, list[str]] = {path: [] for path in agreements}
    for record in records:
        path, file = _owner(record, list(agreements))
        belongs[path].append(file)
    found = []
    for path, loaded in agreements.items():
        if unreadable := _unreadable(loaded):
            raise NoAnswer(f"{path} cannot be read", "", unreadable)
        beside = (path_beside(path), str(lock_path(path)))
        files = (path, *beside, *(item.source.name for item in loaded.used), *belongs[path])
        found.append(Gathered(loaded, document(loaded, belongs[path], on=on), files))
    return found


def _loaded(paths: Sequence[str]) -> dict[str, Loaded]:
    """The agreements that paths name, each once. What others use is left out, unless it is named itself."""
    places: dict[str, str] = {}
    for path in agreements_in(paths):
        places.setdefault(place_of(path), path)
    found = {path: load(path) for path in places.values()}
    shared = used_by(found.values())
    return {path: loaded for path, loaded in found.items() if path in paths or place_of(path) not in shared}


def _unreadable(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Why an agreement cannot be read, if its own file cannot."""
    return tuple(item for item in loaded.diagnostics if item.code in _UNREADABLE and not loaded.source.text)


def _owner(record: str, agreements: Sequence[str]) -> tuple[str, str]:
    """The agreement that a record belongs to, and the record's file: as `NAME=FILE` says, or the only agreement there is, or the
    one beside it by whose name it begins."""
    name, equals, file = record.partition("=")
    if equals:
        named = [path for path in agreements if name == path or _stem(path) == slug(name)]
        if len(named) == 1:
            return named[0], file
        if named:
            raise NoAnswer(f"'{name}' names {len(named)} agreements: {', '.join(named)}", "name one by its path, as in PATH=FILE")
    if len(agreements) == 1:
        return agreements[0], record
    beside = place_of(agreement_beside(record))
    mine = [path for path in agreements if place_of(path) == beside]
    if not mine:
        example = f"--record {_stem(agreements[0])}={record}"
        raise NoAnswer(f"it is not said which of {len(agreements)} agreements the record '{record}' belongs to",
                       f"name the agreement before it, as in `{example}`")  # fmt: skip
    return mine[0], record


def _stem(path: str) -> str:
    return slug(Path(path).name.partition(".")[0])
