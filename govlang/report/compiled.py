"""What a compiled agreement holds, as text and as JSON.

In: `tools.compiled.contents.Contents`. Out: lines; or JSON in the published shape of `govlang.schema_compiled`.
"""

from __future__ import annotations

from govlang import schema as shapes, schema_compiled as compiled_shapes
from govlang.backends.plan import Right
from govlang.report.text import Style, plural, safe
from govlang.tools.compiled.contents import Contents
from govlang.tools.compiled.planned import Entry


def show(found: Contents, columns: bool, style: Style) -> str:
    """The rights; with `columns`, what each looks at."""
    about = found.about
    head = f"{about.name}, version {about.version}" if about.version else about.name
    lines = [f"{safe(head)}: {plural(len(found.rights), 'right')}"]
    for entry, right in found.rights:
        lines += ["", *_columns(entry, right, style)] if columns else [f"  {_right(entry, right)}"]
    if found.file:
        lines += ["", f"wrote {safe(found.file)}"]
    return "\n".join(lines)


def _right(entry: Entry, right: Right) -> str:
    acts = f"; also {', '.join(entry.acts)}" if entry.acts else ""
    before = f"; comes before {', '.join(entry.overrides)}" if entry.overrides else ""
    return safe(f"{entry.name}: {plural(len(right.columns), 'column')}, {right.clause}{acts}{before}")


def _columns(entry: Entry, right: Right, style: Style) -> list[str]:
    lines = [style(_right(entry, right), "bold")]
    every = [*((column, "") for column in right.columns), *((column, " (for what is missing)") for column in right.further)]
    wide = max((len(column.name) for column, _ in every), default=0)
    return [*lines, *(safe(f"  {column.name:<{wide}}  {column.type:<8}  {column.about}{note}") for column, note in every)]


def as_json(found: Contents) -> str:
    """The same for programs."""
    about = found.about
    model = compiled_shapes.CompiledModel(
        schema_version=shapes.VERSION, agreement=about.name, version=about.version, sha256=about.sha256, file=found.file or None,
        bytes=found.size if found.file else None, rights=[_model(entry, right) for entry, right in found.rights],
    )  # fmt: skip
    return model.model_dump_json(indent=2) + "\n"


def _model(entry: Entry, right: Right) -> compiled_shapes.CompiledRightModel:
    columns = [
        compiled_shapes.ColumnModel(name=column.name, type=column.type, about=column.about, decides=decides)  # type: ignore[arg-type]
        for decides, each in ((True, right.columns), (False, right.further)) for column in each
    ]  # fmt: skip
    return compiled_shapes.CompiledRightModel(
        name=entry.name, decision=entry.decision, clause=right.clause, acts=list(entry.acts), overrides=list(entry.overrides),
        columns=columns,
    )  # fmt: skip
