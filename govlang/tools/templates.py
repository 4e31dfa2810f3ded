"""`new`: a readable agreement to begin with.

In: the name of a template, a path, a name for the agreement. Out: a new file, written whole or not at all; never over another.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from govlang.pipeline import load_text
from govlang.tools.questions import NoAnswer

TEMPLATES = ("alliance", "consortium", "foundation", "project")
FOLDER = Path(__file__).parents[1] / "templates"

_CLAUSE = re.compile(r"^(agreement )(`[^`\n]+`|.+?)([ \t]*)$", re.MULTILINE)
_PLAIN_NAME = re.compile(r"[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|\d+))*\Z")


def text_of(template: str, name: str = "") -> str:
    """A template's text, under another name if one is given. Raises NoAnswer."""
    path = FOLDER / f"{template}.gov.md"
    if not path.is_file():
        raise NoAnswer(f"this installation has no template '{template}'", "install govlang again")
    text = path.read_text(encoding="utf-8")
    return renamed(text, " ".join(name.split())) if name.strip() else text


def renamed(text: str, name: str) -> str:
    """An agreement under another name, in its rules and in its prose. Raises NoAnswer."""
    if re.search("[\x00-\x1f\x7f`]", name):
        raise NoAnswer("a name may hold no backquote and no control character", "choose another name")
    clause = _CLAUSE.search(text)
    if clause is None:
        raise NoAnswer("this template has no agreement clause")
    old = clause.group(2).strip("`")
    written = name if _PLAIN_NAME.match(name) else f"`{name}`"
    start, end = clause.span(2)
    changed = text[:start].replace(old, name) + written + text[end:].replace(old, name)
    if not load_text(changed, "new.gov.md").sound:
        raise NoAnswer(f"'{name}' cannot be the name of an agreement", "choose a name of capitalised words")
    return changed


def create(path: Path, text: str) -> None:
    """Writes a new file, whole or not at all. Raises NoAnswer when there is one already or the folder cannot be written."""
    if path.is_dir():
        raise NoAnswer(f"'{path}' is a folder", "name a file, such as alliance.gov.md")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".govlang-", suffix=".tmp")
    except OSError as error:
        raise NoAnswer(f"'{path.parent}' cannot be written to: {error.strerror}", "name another folder") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        _place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _place(temporary: Path, path: Path) -> None:
    """Puts a finished file in its place, unless something stands there."""
    exists = NoAnswer(f"'{path}' exists already", "name another file; nothing was changed")
    try:
        os.link(temporary, path)  # fails when the target exists, unlike a rename
    except FileExistsError:
        raise exists from None
    except OSError:
        if path.exists():
            raise exists from None
        temporary.replace(path)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
