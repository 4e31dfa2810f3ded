"""Where the output of a verb goes: into a file, whole or not at all; or to whoever reads standard output.

In: bytes. Out: a file, or nothing but a message and exit code 2. What stood at the path before stays until the new file is whole.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from govlang.verbs.shared import refuse


def write(path: str, content: bytes) -> None:
    """Writes a file beside its place and moves it there. What is no file (a terminal, a pipe) is written as it is."""
    try:
        target = Path(path)
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)
        else:
            _moved(target.resolve(), content)  # a link stays a link
    except (OSError, ValueError) as error:
        refuse(f"'{path}' cannot be written: {getattr(error, 'strerror', None) or error}", "check its folder and permissions")


def _moved(target: Path, content: bytes) -> None:
    part = target.parent / f".govlang-{os.getpid()}.part"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(content)
        if target.is_file():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def emit_bytes(content: bytes, what: str) -> None:
    """Bytes for a program that reads them; a terminal would only be confused by them."""
    if sys.stdout.isatty():
        refuse(f"{what} is no text for a terminal", "say where to write it: -o FILE")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
