"""Modules that most runs do without: imported when something of them is first asked for.

In: the name of a module. Out: what stands in its place. Loading a module takes as long as parsing ten lines, and an agreement
without disputes needs nothing of how disputes are settled. Where it is used, the import itself stands under `TYPE_CHECKING`, so
that types and layers are checked as for any other.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """A module to be: asked for anything of it, it is imported."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute == "module":
            self.module = import_module(self.name)
            return self.module
        return getattr(self.module, attribute)
