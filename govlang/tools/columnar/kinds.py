"""Whether a file is a log of decisions or a record of events, by its name, and by its first line where both end alike.

In: a path. Out: `log` or `record`. Nothing heavy is loaded: every audit of a record comes through here.
"""

from __future__ import annotations

import json
from pathlib import Path

from govlang.diagnostics import Diagnostic
from govlang.tools.questions import NoAnswer

PARQUET, CSV, LINES, DATABASE = (".parquet", ".pq"), (".csv", ".tsv"), (".jsonl", ".ndjson"), (".duckdb", ".ddb", ".db")
ENDINGS = (*PARQUET, *CSV, *LINES, *DATABASE)
TABLE = "::"
_PACKED = (".gz", ".zst")
_FIRST = 1_000_000  # characters of a first line that are looked at


def ending(path: str) -> str:
    """The ending by which a file is known as a log; empty for any other."""
    name = path.split(TABLE)[0].lower()
    for packed in _PACKED:
        name = name.removesuffix(packed) if name.removesuffix(packed).endswith((*CSV, *LINES)) else name
    return next((each for each in ENDINGS if name.endswith(each)), "")


def kind(path: str) -> str:
    """What a file is. Raises NoAnswer for JSON lines that are neither."""
    found = ending(path)
    if found not in LINES or path.lower().endswith(_PACKED):
        return "log" if found else "record"
    if not Path(path).is_file():
        return "record" if "*" not in path else "log"
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace") as file:
            first = next((line for line in iter(lambda: file.readline(_FIRST), "") if line.strip()), "")
        keys = json.loads(first)
    except (OSError, ValueError):
        return "record"
    if not isinstance(keys, dict) or "event" in keys or not keys:
        return "record"
    if any(str(key).lower() == "decision" for key in keys):
        return "log"
    message = f"'{path}' is neither a record nor a log by its first line"
    hint = "each line of a record says which event it is, each line of a log which decision"
    raise NoAnswer("the file cannot be audited", "", (Diagnostic("GL708", message, None, hint=hint),))
