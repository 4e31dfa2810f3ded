"""How much a base installation weighs: the package, and what it depends on, without extras.

In: what is installed beside this Python. Out: bytes by distribution, with and without bytecode.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def base_install() -> dict[str, int]:
    """Bytes of each distribution as it is unpacked; bytecode, which is made afterwards, is left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = [file for file in (ROOT / "govlang").rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    sizes = {"govlang": sum(file.stat().st_size for file in [*ours, ROOT / "grammar" / "govlang.lark"])}
    waiting = list(project["dependencies"])
    while waiting:
        requirement, _, marker = waiting.pop().partition(";")
        name = NAME.match(requirement.strip())
        if name is None or "extra" in marker or name.group().lower() in sizes:
            continue
        try:
            found = distribution(name.group())
        except PackageNotFoundError:  # for another system or another Python
            continue
        if "platform_system" in marker:
            continue
        paths = [Path(str(found.locate_file(file))) for file in found.files or ()]
        kept = [path for path in paths if path.is_file() and path.suffix != ".pyc"]
        sizes[name.group().lower()] = sum(path.stat().st_size for path in kept)
        waiting.extend(found.requires or ())
    return dict(sorted(sizes.items(), key=lambda item: -item[1]))
