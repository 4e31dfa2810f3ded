"""A paper in one of its forms.

In: a `Paper`. Out: bytes: Word, PDF, HTML or Markdown. What makes a form is loaded when it is asked for. Raises MissingExtra and
NoAnswer.
"""

from __future__ import annotations

from govlang.tools.document.paper import Paper

FORMS = ("docx", "pdf", "html", "md")
BINARY = ("docx", "pdf")


def printed(paper: Paper, form: str, fonts: str = "") -> bytes:
    """A paper as a file of one of `FORMS`. `fonts` is a folder of further fonts for a PDF."""
    match form:
        case "docx":
            from govlang.report.document import word

            return word.docx(paper)
        case "pdf":
            from govlang.report.document import pdf

            return pdf.pdf(paper, fonts)
        case "html":
            from govlang.report.document import single

            return single.paper(paper).encode("utf-8", "replace")
        case _:
            from govlang.report.document import markdown

            return markdown.paper(paper).encode("utf-8", "replace")
