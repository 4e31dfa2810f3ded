"""Modules and patterns that most runs do without: loaded when something of them is first asked for.

In: the name of a module, or the text of a pattern. Out: what stands in its place. Loading a module takes as long as parsing ten
lines, and an agreement without disputes needs nothing of how disputes are settled. Where it is used, the import itself stands
under `TYPE_CHECKING`, so that types and layers are checked as for any other.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, cast


class Later:
    """A module to be: asked for anything of it, it is imported."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute == "module":
            self.module = import_module(self.name)
            return self.module
        return getattr(self.module, attribute)


class _Pattern:
    def __init__(self, text: str) -> None:
        self.text = text

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(re.compile(self.text), attribute)
        setattr(self, attribute, found)
        return found


def pattern(text: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first used."""
    return cast("re.Pattern[str]", _Pattern(text))
