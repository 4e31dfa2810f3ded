"""Test results as JUnit XML, which build servers read: one suite a file, one case a scenario.

In: `Tested` files. Out: XML text. It holds no times and no host name, so that the same files give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from govlang.diagnostics import Diagnostic
from govlang.report import messages
from govlang.report.text import Style, safe
from govlang.tools.scenarios import Outcome
from govlang.tools.stories import Tested


def show(tested: Iterable[Tested]) -> str:
    """A JUnit report."""
    files = list(tested)
    suites = [line for file in files for line in _suite(file)]
    cases, failed, broken = (sum(counts) for counts in zip(*map(_counts, files), strict=True))
    head = f'<testsuites name="govlang" tests="{cases}" failures="{failed}" errors="{broken}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _counts(file: Tested) -> tuple[int, int, int]:
    failed = sum(not outcome.passed for outcome in file.outcomes)
    broken = int(any(found.severity == "error" for found in file.diagnostics))
    return len(file.outcomes) + broken, failed, broken


def _suite(file: Tested) -> Iterator[str]:
    cases, failed, broken = _counts(file)
    name = quoteattr(safe(file.path))
    yield f'  <testsuite name={name} tests="{cases}" failures="{failed}" errors="{broken}">'
    if broken:
        yield f'    <testcase name="the file can be used" classname={name}>'
        yield from _problem("error", "the file has errors", file.diagnostics)
        yield "    </testcase>"
    for outcome in file.outcomes:
        yield from _case(outcome, file, name)
    yield "  </testsuite>"


def _case(outcome: Outcome, file: Tested, name: str) -> Iterator[str]:
    line = file.source.place(outcome.span.start)[0]
    head = f'    <testcase name={quoteattr(safe(outcome.title))} classname={name} file={name} line="{line}"'
    if not outcome.failures:
        yield f"{head}/>"
        return
    yield f"{head}>"
    if outcome.passed:
        yield f"      <system-out>{escape(_details(outcome.failures))}</system-out>"
    else:
        first = next(found for found in outcome.failures if found.severity == "error")
        yield from _problem("failure", first.message, outcome.failures)
    yield "    </testcase>"


def _problem(kind: str, message: str, found: Iterable[Diagnostic]) -> Iterator[str]:
    yield f"      <{kind} message={quoteattr(safe(message))}>{escape(_details(found))}</{kind}>"


def _details(found: Iterable[Diagnostic]) -> str:
    return messages.show_all(found, Style())
