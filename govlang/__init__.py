"""Agreements as code: write who decides what in words a lawyer can read, and get a verdict that cites its clause.

The public API. Names are imported when they are first used, so that `import govlang` costs nothing:

    >>> import govlang
    >>> agreement = govlang.load("alliance.gov.md")
    >>> answer = govlang.decide(agreement, record="alliance.minutes", proposal="S-1", on="2026-03-10")
    >>> answer.verdict.value
    'pending'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govlang.backends.answers import Answer as Answer, Item as Item, Missing as Missing
    from govlang.backends.python import Need as Need, Reasoned as Reasoned
    from govlang.core.verdict import State as State, Verdict as Verdict
    from govlang.diagnostics import Diagnostic as Diagnostic, MissingExtra as MissingExtra
    from govlang.pipeline import Loaded as Loaded, load as load, load_text as load_text
    from govlang.source import Citation as Citation, Source as Source, Span as Span
    from govlang.tools.asking import due as due, status as status, trust as trust
    from govlang.tools.audit import Audit as Audit, Departure as Departure, audit as audit
    from govlang.tools.check import Checked as Checked, check as check
    from govlang.tools.columnar.auditing import LogAudit as LogAudit, audit_log as audit_log
    from govlang.tools.compiled import Compiled as Compiled, compile as compile
    from govlang.tools.compiled.service import Service as Service
    from govlang.tools.coverage import Coverage as Coverage
    from govlang.tools.document import document as document
    from govlang.tools.document.blocks import Document as Document, Page as Page, Table as Table
    from govlang.tools.document.gathering import Gathered as Gathered, gather as gather
    from govlang.tools.may import may as may
    from govlang.tools.questions import NoAnswer as NoAnswer, Reply as Reply, decide as decide
    from govlang.tools.scenarios import Outcome as Outcome
    from govlang.tools.stories import Tested as Tested, test as test
    from govlang.tools.who import Rights as Rights, who as who

__version__ = "0.1.0"

_HOMES = {
    "due": "tools.asking", "status": "tools.asking", "trust": "tools.asking",
    "Audit": "tools.audit", "Departure": "tools.audit", "audit": "tools.audit",
    "Answer": "backends.answers", "Item": "backends.answers", "Missing": "backends.answers", "State": "core.verdict",
    "Verdict": "core.verdict", "Diagnostic": "diagnostics", "Loaded": "pipeline", "load": "pipeline",
    "load_text": "pipeline", "Citation": "source", "Source": "source", "Span": "source", "Checked": "tools.check",
    "Need": "backends.python", "Reasoned": "backends.python",
    "LogAudit": "tools.columnar.auditing", "audit_log": "tools.columnar.auditing",
    "Compiled": "tools.compiled", "compile": "tools.compiled", "Service": "tools.compiled.service",
    "may": "tools.may", "check": "tools.check", "NoAnswer": "tools.questions", "Reply": "tools.questions",
    "decide": "tools.questions",
    "document": "tools.document", "Document": "tools.document.blocks", "Page": "tools.document.blocks",
    "Table": "tools.document.blocks", "Gathered": "tools.document.gathering", "gather": "tools.document.gathering",
    "MissingExtra": "diagnostics",
    "Tested": "tools.stories", "test": "tools.stories", "Coverage": "tools.coverage", "Outcome": "tools.scenarios",
    "Rights": "tools.who", "who": "tools.who",
}  # fmt: skip

__all__ = [
    "Answer", "Audit", "Checked", "Citation", "Compiled", "Coverage", "Departure", "Diagnostic", "Document", "Gathered",
    "Item", "Loaded", "LogAudit", "Missing", "MissingExtra", "Need", "NoAnswer", "Outcome", "Page", "Reasoned", "Reply", "Rights",
    "Service", "Source", "Span", "State", "Table", "Tested", "Verdict", "__version__", "audit", "audit_log", "check", "compile",
    "decide", "document", "due", "gather", "load", "load_text", "may", "status", "test", "trust", "who",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """A public name, imported from its module when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'govlang' has no attribute '{name}'")
    from importlib import import_module

    value = getattr(import_module(f"govlang.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
