"""A folder of files, written all at once: either all of them stand there, or what stood there before.

In: files by their paths, and a folder. Out: the folder, with a mark that govlang made it. Only a folder that is empty, or has that
mark, is replaced.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

MARK = ".govlang-site"
_MARKED = "This folder was made by govlang, and is replaced as a whole when it is made again.\n"


class Refused(Exception):
    """A folder is not one to write into: why, and what to do instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def check(out: Path) -> None:
    """Raises Refused for a folder that is somebody else's, or none at all."""
    try:
        if not os.path.lexists(out):
            return
        is_folder = out.is_dir()
        empty = is_folder and not any(out.iterdir())
        ours = is_folder and (out / MARK).is_file()
        here = is_folder and out.samefile(Path.cwd())
    except (OSError, ValueError) as error:
        raise _unwritable(out, error) from error
    if not is_folder:
        raise Refused(f"{out} is a file, not a folder", "name a folder with -o")
    if here:
        raise Refused("the folder that you are in cannot be replaced", "name another with -o, such as `site`")
    if not empty and not ours:
        raise Refused(f"the folder {out} is not empty, and was not made by govlang", "name another with -o, or empty it yourself")


def write(files: Mapping[str, bytes], out: Path) -> None:
    """Writes the files into a folder beside `out`, which then takes its place. Raises Refused."""
    check(out)
    try:
        target = out.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except (OSError, ValueError) as error:
        raise _unwritable(out, error) from error
    try:
        _fill(made, files)
        _swap(made, target)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _unwritable(out: Path, error: Exception) -> Refused:
    reason = getattr(error, "strerror", None) or "its name is not valid"
    return Refused(f"{out} cannot be written: {reason}", "check the folder above it and its permissions, or name another with -o")


def _fill(made: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (made / MARK).write_text(_MARKED, encoding="utf-8", newline="\n")
    made.chmod(0o777 & ~_umask())  # a temporary folder is for its owner alone


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(made: Path, target: Path) -> None:
    """Puts a folder in the place of another. What stood there goes last, and comes back if the new one cannot take its place."""
    if not target.exists():
        made.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    try:
        target.rename(old / "old")
        try:
            made.rename(target)
        except OSError:
            (old / "old").rename(target)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
