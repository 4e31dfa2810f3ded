"""An agreement and a record, as they are sent to where rows are judged one by one.

In: an agreement, loaded, and the paths of its record. Out: a `Shipped`: their files as bytes, read here once, so that a machine
that judges rows needs govlang, and no file of the agreement. There, `unpacked` reads them again as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from govlang.holiday_table import path_beside
from govlang.pipeline import Loaded, load
from govlang.record.history import History
from govlang.tools import books

KEPT = 4  # agreements that a process keeps unpacked


class Shipped(NamedTuple):
    """Files by their paths from one folder: the agreement with what stands beside it, and the record. `home` begins the names of
    the agreement's files where they were read."""

    agreement: str
    home: str
    records: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]


def packed(loaded: Loaded, records: Sequence[str | Path] = ()) -> Shipped:
    """An agreement and the files of its record."""
    home, source = Path(loaded.source.name), loaded.source
    main = source.text[: source.parts[0][0] - 1] if source.parts else source.text  # a text that uses others is read with them
    files = {f"agreement/{home.name}": main.encode()}
    for used in loaded.used:
        files[f"agreement/{used.path}"] = used.source.text.encode()
    beside = Path(path_beside(loaded.source.name))
    if beside.is_file():
        files[f"agreement/{beside.name}"] = beside.read_bytes()
    names = []
    for place, path in enumerate(records):
        names.append(f"record/{place:06}/{Path(path).name}")
        files[names[-1]] = Path(path).read_bytes()
    begins = loaded.source.name.removesuffix(home.name)
    return Shipped(f"agreement/{home.name}", begins, tuple(names), tuple(sorted(files.items())))


@lru_cache(maxsize=KEPT)
def unpacked(shipped: Shipped) -> tuple[Loaded, History, str]:
    """The agreement and its record, and what begins the names of its files here. A process reads them once, whatever number of rows
    it judges."""
    with TemporaryDirectory(prefix="govlang-") as folder:
        for name, data in shipped.files:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        loaded = load(str(Path(folder, shipped.agreement)))
        book = books.read_books([str(Path(folder, name)) for name in shipped.records], loaded.agreement)
        if loaded.agreement.header.holidays is not None:
            _ = loaded.agreement.header.holidays.table  # elsewise it is read when the first working day is counted
        return loaded, books.history(book, loaded.agreement), f"{Path(folder).as_posix()}/agreement/"
