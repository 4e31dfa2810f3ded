"""Messages as SARIF 2.1.0, the form that code-scanning services read.

In: diagnostics. Out: one run as JSON text. Paths are relative URIs with forward slashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from govlang import __version__
from govlang.codes import CODES
from govlang.diagnostics import Diagnostic, ordered
from govlang.report.messages import has_place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def show(found: Iterable[Diagnostic]) -> str:
    """A SARIF log."""
    listed = ordered(found)
    codes = sorted({item.code for item in listed})
    driver = {
        "name": "govlang",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, codes.index(item.code)) for item in listed],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    entry = CODES[code]
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in entry.name.split("-")),
        "shortDescription": {"text": entry.meaning},
        "help": {"text": f"govlang explain {code}"},
        "defaultConfiguration": {"level": entry.severity},
    }


def _result(found: Diagnostic, index: int) -> dict[str, Any]:
    text = ". ".join([found.message, *([found.hint] if found.hint else []), *found.notes])
    result: dict[str, Any] = {
        "ruleId": found.code, "ruleIndex": index, "level": found.severity, "message": {"text": text},
    }  # fmt: skip
    path, line, column = found.place()
    if path:
        place: dict[str, Any] = {"artifactLocation": {"uri": uri(path)}}
        if has_place(found) and found.source is not None:
            end_line, end_column = found.source.place(max(found.span.end, found.span.start))
            place["region"] = {
                "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            }  # fmt: skip
        result["locations"] = [{"physicalLocation": place}]
    return result


def uri(path: str) -> str:
    """A path as a URI reference."""
    posix = PurePath(path).as_posix()
    quoted = quote(posix.encode("utf-8", "surrogateescape"), safe="/")
    return f"file://{quoted}" if posix.startswith("/") else quoted
