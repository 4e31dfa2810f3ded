"""Kept plans: the plans of an agreement's rights in a file, so that a process need not make them again.

In: a file or a folder. Out: `Kept`, if what is there was made from the same text by the same govlang; else nothing, and the file
is written anew. It is JSON lines: one that says what it was made from and the SHA-256 of the rest, one with the names of the rights
and where their plans stand, and one for each plan, read when the right is first asked for. It is data and never code, and it is not
trusted where it does not match in every point, or where others than its owner may write it.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from govlang.backends.plan import Right
from govlang.backends.plan_data import BadPlan, decode, encode
from govlang.pipeline import Loaded, load
from govlang.tools.compiled.planned import About, Entry, Planned
from govlang.tools.compiled.sources import hash_on_disk, made_from, sha256_of
from govlang.tools.questions import NoAnswer

ENDING = ".jsonl"
LARGEST = 1_000_000_000


class Kept:
    """Plans read from a file."""

    def __init__(self, path: Path, data: bytes, head: Mapping[str, Any], index: Mapping[str, Any], begins: int) -> None:
        self.path = path
        self.on = str(head["on"])
        self.beside: Mapping[str, str] = head["beside"]
        name, version, currency, zone, digest = index["about"]
        self.about = About(name, version, currency, zone, digest)
        self.entries: Mapping[str, Entry] = {
            name: Entry(name, decision, tuple(acts), tuple(overrides))
            for name, decision, acts, overrides, _, _ in index["rights"]
        }
        self._data = data
        self._document = str(head["document"])
        self._places = {name: (begins + start, size) for name, _, _, _, start, size in index["rights"]}

    def right(self, name: str) -> Right:
        """The plan of a right. Raises NoAnswer for one that is no plan, which only a forged file can hold."""
        start, size = self._places[name]
        try:
            found = decode(json.loads(self._data[start : start + size]))
            if found.name != name:
                raise BadPlan("it is the plan of another right")
        except (ValueError, RecursionError) as error:
            raise NoAnswer(f"{self.path} holds no plan of '{name}': {error}", "remove the file: it is written anew") from None
        return found

    @cached_property
    def loaded(self) -> Loaded:
        """The agreement that the plans were made from, for what needs its record. Raises NoAnswer when it has changed."""
        found = load(self._document)
        if found.text_hash != self.about.sha256:
            raise NoAnswer(f"{self._document} has changed since it was compiled", "compile it again")
        return found


# ---------------------------------------------------------------- finding


def find(agreement: Loaded | str | Path, cache: str | Path, on: str = "") -> Kept | None:
    """What is kept of an agreement; None where there is nothing, or nothing that matches."""
    head = made_from(agreement, on)
    path = place(cache, head) if head is not None else None
    if head is None or path is None:
        return None
    data = _trusted(path)
    try:
        return _matching(path, data, head) if data is not None else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def file(path: str | Path) -> Path:
    """A path; what is a link stays one, and what it leads to is written."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:  # no name of a file; said when it is opened
        return Path(path)


def place(cache: str | Path, head: Mapping[str, Any]) -> Path:
    """The file: the one named, or one in a folder, named by what it is made from."""
    path = file(cache)
    if path.suffix == ENDING and not path.is_dir():
        return path
    return path / f"{sha256_of(json.dumps(head, sort_keys=True).encode())[:32]}{ENDING}"


def _trusted(path: Path) -> bytes | None:
    """A file's content, if nobody but its owner may write it, and the owner is this user or the superuser."""
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:
                return None
            if hasattr(os, "getuid") and (about.st_mode & 0o022 or about.st_uid not in (os.getuid(), 0)):
                return None
            return file.read()
    except (OSError, ValueError):
        return None


def _matching(path: Path, data: bytes, head: Mapping[str, Any]) -> Kept | None:
    first = data.index(b"\n") + 1
    second = data.index(b"\n", first) + 1
    found = json.loads(data[:first])
    if any(found[key] != value for key, value in head.items()) or found["body"] != sha256_of(data[first:]):
        return None
    folder = Path(str(head["document"])).parent
    if any(hash_on_disk(folder / name) != digest for name, digest in found["beside"].items()):
        return None
    kept = Kept(path, data, found, json.loads(data[first:second]), second)
    return kept if all(start + size <= len(data) for start, size in kept._places.values()) else None


# ---------------------------------------------------------------- keeping


def written(planned: Planned) -> tuple[dict[str, Any], bytes]:
    """What the file is made from, and the file. The same bytes for the same text."""
    head = made_from(planned.loaded, planned.on)
    assert head is not None
    lines, rights, start = [], [], 0
    for entry in planned.entries.values():
        line = _json(encode(planned.right(entry.name)))
        rights.append([entry.name, entry.decision, list(entry.acts), list(entry.overrides), start, len(line)])
        lines.append(line + b"\n")
        start += len(line) + 1
    about = planned.about
    index = {"about": [about.name, about.version, about.currency, about.zone, about.sha256], "rights": rights}
    body = b"".join((_json(index), b"\n", *lines))
    whole = {**head, "beside": planned.beside, "body": sha256_of(body)}
    return head, _json(whole) + b"\n" + body


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def keep(planned: Planned, cache: str | Path) -> bool:
    """Keeps plans in a file, whole or not at all; whether that could be done. Two processes may do so at once."""
    try:
        head, data = written(planned)
    except BadPlan:
        return False
    try:
        write(place(cache, head), data)
    except (OSError, ValueError):
        return False
    return True


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Writes a file, whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


