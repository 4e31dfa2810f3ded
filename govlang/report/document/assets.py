"""The style of pages, put together from the files in `assets/`.

In: where the style is to work: a site of our own, one file, or a page of somebody else's. Out: CSS that fetches nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from govlang.source import sha256

_HERE = Path(__file__).parent / "assets"
# Where other sites say that they are dark: Material for MkDocs, and Bootstrap (the theme `mkdocs`).
_DARK_ELSEWHERE = '[data-md-color-scheme="slate"] .gl-doc, [data-bs-theme="dark"] .gl-doc'


@cache
def read(name: str) -> str:
    """A file of the folder."""
    return (_HERE / name).read_text(encoding="utf-8")


def _content() -> str:
    return f"{read('content.css')}\n{read('pictures.css')}"


@cache
def site() -> str:
    """For whole pages of ours: light or dark, as the reader's system is."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n:root {{\n{read('dark.css')}}}\n}}\n"
    return f":root {{\n{read('light.css')}}}\n{dark}\n{_content()}\n{read('site.css')}"


@cache
def embedded() -> str:
    """For fragments in pages of another site: light or dark, as that site is."""
    return f".gl-doc {{\n{read('light.css')}}}\n{_DARK_ELSEWHERE} {{\n{read('dark.css')}}}\n\n{_content()}"


@cache
def named(stem: str, ending: str, text: str) -> str:
    """A file name that changes with what is in the file, so that nobody is shown an old one."""
    return f"{stem}-{sha256(text)[:12]}.{ending}"
