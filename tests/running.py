"""Running the command line in a test, as a user would, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """What a run of the command line came to."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything printed, with single spaces."""
        return " ".join((self.out + self.err).split())


Run = Callable[..., Done]


def write(name: str, content: str | bytes) -> str:
    """A file in the current folder."""
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return name
