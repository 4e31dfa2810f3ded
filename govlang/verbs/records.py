"""What the verbs about a record share: the agreement that stands beside it, and where text goes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from govlang.verbs.shared import emit, refuse


def agreement_of(record: str) -> str:
    """The agreement beside a record; leaves with a message where none can be told."""
    from govlang.tools.books import agreement_beside

    found = agreement_beside(record)
    if not found:
        refuse(f"no agreement stands beside '{record}' by whose name it begins", "name it with --agreement")
    return found


def written(text: str, output: str) -> None:
    """Prints text, or writes it into a file: whole, or not at all."""
    if not output:
        emit(text.rstrip("\n"))
        return
    target = Path(output)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except (OSError, ValueError) as error:
        refuse(f"'{output}' cannot be written: {getattr(error, 'strerror', None) or error}", "check its folder and permissions")
