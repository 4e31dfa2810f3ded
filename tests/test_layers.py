"""Imports go one way: from the text to the answer, never back. The same order stands in docs/design/architecture.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "govlang"

# From the lowest layer to the highest. A module may import its own unit and every layer below its own.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("source", "diagnostics", "codes", "frozen", "holiday_table", "later"),
    ("syntax",),
    ("model",),
    ("core",),
    ("record", "backends"),
    ("pipeline",),
    ("tools",),
    ("govlang",),  # the public API: govlang/__init__.py
    # the published shapes of JSON
    ("schema", "schema_status", "schema_audit", "schema_due", "schema_trust", "schema_document", "schema_redline",
     "schema_compiled"),
    ("report",),
    ("verbs",),
    ("cli", "__main__", "mkdocs_plugin"),
)
RANK = {unit: rank for rank, layer in enumerate(LAYERS) for unit in layer}

# Units of one layer that may import each other. (The record and the back ends stand beside each other and may not.)
NEIGHBOURS = frozenset({
    "source", "diagnostics", "codes", "frozen", "holiday_table", "later", "schema", "schema_audit", "schema_due", "schema_status",
    "schema_trust", "schema_document", "schema_redline", "schema_compiled", "cli", "__main__",
})  # fmt: skip

# The thin edges use the public API and the report, and nothing else; the command line may reach a tool inside the verb
# that needs it, so that starting up stays fast.
EDGES = frozenset({"verbs", "cli", "__main__", "mkdocs_plugin"})
EDGE_MAY = frozenset({"govlang", "report", "verbs", "cli"})
EDGE_MAY_LAZILY = frozenset({"tools"})


@dataclass(frozen=True, slots=True)
class Import:
    """One import of govlang by govlang. A unit is a top-level module or folder; `govlang` is the package itself."""

    module: str
    unit: str
    target: str
    line: int
    lazy: bool


def unit_of(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "govlang"


def imports_of(module: str, is_package: bool, tree: ast.Module, units: frozenset[str]) -> Iterator[Import]:
    """Every import of govlang in one module, with relative ones made absolute; lazy means inside a function."""

    def targets(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
            return
        base = node.module or ""
        if node.level:
            parents = module.split(".") if is_package else module.split(".")[:-1]
            parents = parents[: len(parents) - (node.level - 1)]
            base = ".".join([*parents, node.module] if node.module else parents)
        if base != "govlang":
            yield base
            return
        for alias in node.names:  # `from govlang import source` names a module, `from govlang import load` the API
            yield f"govlang.{alias.name}" if alias.name in units else "govlang"

    def walk(node: ast.AST, lazy: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import | ast.ImportFrom):
                for dotted in targets(child):
                    if dotted.split(".")[0] == "govlang":
                        yield Import(module, unit_of(module), unit_of(dotted), child.lineno, lazy)
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, lazy or inside)

    yield from walk(tree, False)


def fault(found: Import) -> str:
    """Why an import may not stand, or an empty string."""
    place = f"{found.module}, line {found.line}"
    for unit in (found.unit, found.target):
        if unit not in RANK:
            return f"{place}: `{unit}` has no layer; give it one here and in docs/design/architecture.md"
    if found.unit == found.target:
        return ""
    if found.unit in EDGES:
        if found.target in EDGE_MAY or (found.lazy and found.target in EDGE_MAY_LAZILY):
            return ""
        return f"{place}: the command line imports only the public API and the report, not `{found.target}`"
    if RANK[found.target] < RANK[found.unit]:
        return ""
    if {found.unit, found.target} <= NEIGHBOURS and RANK[found.target] == RANK[found.unit]:
        return ""
    return f"{place}: `{found.unit}` may not import `{found.target}`, which stands beside or above it"


def all_imports() -> list[Import]:
    paths = sorted(PACKAGE.rglob("*.py"))
    top = (path.relative_to(PACKAGE).parts[0] for path in paths)
    units = frozenset(name.removesuffix(".py") for name in top) - {"__init__"}
    found: list[Import] = []
    for path in paths:
        parts = ("govlang", *path.relative_to(PACKAGE).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[:-1] if is_package else parts)
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        found.extend(imports_of(module, is_package, tree, units))
    return found


def check_all(found: list[Import]) -> list[str]:
    if not found:
        return ["no import of govlang was seen at all: the check is blind"]
    return [reason for reason in map(fault, found) if reason]


def test_imports_go_one_way() -> None:
    assert check_all(all_imports()) == []


def test_every_layer_below_the_answer_is_seen() -> None:
    """A folder that moved away must not slip out of the check."""
    seen = {found.unit for found in all_imports()}
    assert {"diagnostics", "syntax", "model", "core", "record", "backends", "pipeline", "tools", "cli"} <= seen


# ---------------------------------------------------------------- the check itself


def faults_in(module: str, text: str) -> list[str]:
    units = frozenset(RANK) - {"govlang"}
    found = list(imports_of(module, False, ast.parse(text), units))
    return [fault(item) for item in found]


def test_a_blind_check_fails() -> None:
    assert check_all([]) != []


def test_wrong_directions_are_found() -> None:
    wrong = {
        "govlang.source": "import govlang.syntax.parse",
        "govlang.syntax.parse": "from govlang.model import nodes",
        "govlang.model.resolve": "from govlang import core",
        "govlang.core.lower": "from ..record import facts",
        "govlang.record.facts": "from govlang.backends.why import explain",
        "govlang.backends.why": "def f():\n    from govlang.record import facts",
        "govlang.pipeline": "import govlang.tools.decide",
        "govlang.tools.decide": "from govlang import load",
        "govlang.report": "from govlang import cli",
        "govlang.cli": "from govlang.tools import decide",
        "govlang.somewhere": "import govlang.source",
    }
    for module, text in wrong.items():
        assert all(faults_in(module, text)), f"{module}: {text}"
        assert faults_in(module, text), f"{module}: {text}: not seen"


def test_right_directions_pass() -> None:
    right = {
        "govlang.diagnostics": "from govlang.codes import CODES",
        "govlang.syntax.parse": "from govlang import source\nfrom . import nodes",
        "govlang.core.lower": "from govlang.model import nodes\nfrom ..syntax import nodes as written",
        "govlang.record.facts": "from govlang.core import expr",
        "govlang.backends.why": "from govlang.core import expr",
        "govlang.tools.decide": "from govlang.pipeline import compile",
        "govlang.report": "from govlang import decide\nfrom govlang.codes import CODES",
        "govlang.cli": "import govlang\nfrom govlang.report import show\ndef f():\n    from govlang.tools import new",
    }
    for module, text in right.items():
        found = faults_in(module, text)
        assert found, f"{module}: {text}: not seen"
        assert not any(found), found
