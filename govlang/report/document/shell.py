"""The page around what is said: head, header, navigation, contents, footer.

In: HTML of the parts, and where to link. Out: whole pages. They work without scripts; a policy in the head forbids all scripts but
those whose hash it names, so that nothing in an agreement could run even if it got through.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from govlang.frozen import dataclass, field
from govlang.report.document import assets
from govlang.report.document.escape import escaped, one_line
from govlang.report.document.html import Place, fragment_of
from govlang.source import sha256

MAIN = "gl-main"
TAKEN = (MAIN,)
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3'"
    " fill='%237a2e39'/%3E%3Cpath d='M4 5h8M4 8h8M4 11h5' stroke='%23fff' stroke-width='1.6'/%3E%3C/svg%3E"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation: a page, and those that stand under it."""

    title: str
    href: str
    inner: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What the pages of one agreement have in common. `groups` is the navigation; `facts` stand in the header, `footer` below;
    `tools` are links in the header. The first of `crumbs` are those of every page."""

    language: str
    brand: str
    home: str
    css: str
    facts: str = ""
    tools: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    footer: tuple[str, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()
    script: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its title, what it says in one sentence, its HTML, its headings, its neighbours as (title, address)."""

    title: str
    href: str
    body: str
    summary: str = ""
    group: str = ""
    places: Sequence[Place] = ()
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    script: str = field(default="")


def page(frame: Frame, sheet: Sheet) -> str:
    """A whole page."""
    nav = navigation(frame, sheet.href)
    long = len(sheet.places) >= 4
    title = escaped(sheet.title) if sheet.title == frame.brand else f"{escaped(sheet.title)} – {escaped(frame.brand)}"
    listed = f'<nav class="gl-nav" aria-label="Pages">\n{nav}</nav>'
    side = f'<div class="gl-side">{listed}</div>\n' if nav else ""
    menu = f'<details class="gl-menu"><summary>All pages</summary>{listed}</details>\n' if nav else ""
    summary = f'<p class="gl-summary">{escaped(sheet.summary)}</p>\n' if sheet.summary else ""
    body = (
        f'<a class="gl-skip" href="#{MAIN}">Skip to the text</a>\n{_header(frame)}{menu}'
        f'<div class="gl-frame{"" if nav else " gl-alone"}">\n{side}'
        f'<main class="gl-main" id="{MAIN}" tabindex="-1">\n{_crumbs(frame, sheet)}'
        f'<h1 class="gl-title">{escaped(sheet.title)}</h1>\n{summary}'
        f'<div class="gl-page{" gl-long" if long else ""}">\n{_contents(sheet.places) if long else ""}'
        f'<article class="gl-doc">\n{sheet.body}</article>\n</div>\n{_turn(sheet)}</main>\n</div>\n{_footer(frame)}'
    )
    return whole(title, frame.language, body, f'<link rel="stylesheet" href="{escaped(frame.css)}">', sheet.summary,
                 (frame.script, sheet.script))  # fmt: skip


def alone(title: str, heading: str, body: str, about: str, footer: Sequence[str], language: str) -> str:
    """One page that opens anywhere: its style is in it, and its policy lets it ask for nothing. `title`, `body` and the lines of
    the `footer` are HTML."""
    said = f'<p class="gl-summary">{escaped(about)}</p>\n' if about else ""
    below = "".join(f"<p>{line}</p>\n" for line in footer)
    inner = (
        f'<div class="gl-frame gl-alone">\n<main class="gl-main" id="{MAIN}">\n<h1 class="gl-title">{escaped(heading)}</h1>\n'
        f'{said}<article class="gl-doc">\n{body}</article>\n</main>\n</div>\n<footer class="gl-footer">\n{below}</footer>\n'
    )
    style = f"<style>\n{assets.site()}</style>"
    return whole(title, language, inner, style, about, fetch="default-src 'none'; style-src 'unsafe-inline'; img-src data:; ")


def whole(
    title: str, language: str, body: str, style: str, about: str = "", scripts: Iterable[str] = (), fetch: str = ""
) -> str:
    """A document from its first to its last line; `title` and `body` are HTML, `fetch` is what the policy says of other files."""
    given = [script for script in scripts if script]
    allowed = " ".join(f"'sha256-{_hash(script)}'" for script in given) or "'none'"
    policy = f"{fetch}script-src {allowed}; object-src 'none'; base-uri 'none'; form-action 'none'"
    described = f'<meta name="description" content="{one_line(about)}">\n' if about else ""
    last = "".join(f"<script>{script}</script>\n" for script in given)
    return (
        f'<!DOCTYPE html>\n<html lang="{escaped(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<title>{title}</title>\n{described}<link rel="icon" href="{_ICON}">\n{style}\n</head>\n'
        f'<body class="gl-site">\n{body}{last}</body>\n</html>\n'
    )


def _hash(script: str) -> str:
    return base64.b64encode(bytes.fromhex(sha256(script))).decode("ascii")


# ---------------------------------------------------------------- parts


def _header(frame: Frame) -> str:
    facts = f"<p>{escaped(frame.facts)}</p>\n" if frame.facts else ""
    tools = "".join(f'<li><a href="{escaped(href)}">{escaped(words)}</a></li>' for words, href in frame.tools)
    return (
        f'<header class="gl-header">\n<a class="gl-brand" href="{escaped(frame.home)}">{escaped(frame.brand)}</a>\n{facts}'
        + (f'<ul class="gl-tools">{tools}</ul>\n' if tools else "")
        + "</header>\n"
    )


def navigation(frame: Frame, current: str) -> str:
    """The pages by group; the one that is read is marked, and what stands under an entry is shown when one is there."""
    parts = []
    for group, entries in frame.groups:
        title = f'<p class="gl-nav-group">{escaped(group)}</p>\n' if group else ""
        parts.append(f"{title}<ul>\n{''.join(_entry(entry, current) for entry in entries)}</ul>\n")
    return "".join(parts)


def _entry(entry: Entry, current: str) -> str:
    here = ' aria-current="page"' if entry.href == current else ""
    inner = ""
    if entry.inner and (here or any(each.href == current for each in entry.inner)):
        inner = f"\n<ul>\n{''.join(_entry(each, current) for each in entry.inner)}</ul>\n"
    return f'<li><a href="{escaped(entry.href)}"{here}>{escaped(entry.title)}</a>{inner}</li>\n'


def _crumbs(frame: Frame, sheet: Sheet) -> str:
    found = [f'<li><a href="{escaped(href)}">{escaped(words)}</a></li>' for words, href in frame.crumbs if href != sheet.href]
    if not found:
        return ""
    found += [f"<li>{escaped(sheet.group)}</li>"] if sheet.group else []
    found.append(f'<li aria-current="page">{escaped(sheet.title)}</li>')
    return f'<nav class="gl-crumbs" aria-label="Where you are"><ol>{"".join(found)}</ol></nav>\n'


def _contents(places: Sequence[Place]) -> str:
    """The headings: folded together where there is little room, beside the text where there is much."""
    listed = _nested(places)
    return (
        '<details class="gl-here"><summary>On this page</summary><nav class="gl-places" aria-label="On this page">'
        f'{listed}</nav></details>\n<div class="gl-beyond"><nav class="gl-places" aria-label="On this page">'
        f'<p class="gl-beyond-title">On this page</p>{listed}</nav></div>\n'
    )


def _nested(places: Sequence[Place]) -> str:
    """Two levels of headings; deeper ones are left to the text. A heading that stands above all others says nothing here."""
    top = min(place.level for place in places)
    above = [place for place in places if place.level == top]
    if len(above) == 1 and len(places) > 1 and places[0] is above[0]:
        places = places[1:]
        top = min(place.level for place in places)
    parts: list[str] = []
    open_inner = False
    for place in places:
        if place.level > top + 1:
            continue
        number = f"{escaped(place.number)} " if place.number else ""
        link = f'<a href="#{escaped(fragment_of(place.anchor))}">{number}{escaped(place.words)}</a>'
        if place.level > top and parts:
            parts.append(("" if open_inner else "<ol>") + f"<li>{link}</li>")
            open_inner = True
            continue
        parts.append(("</ol>" if open_inner else "") + ("</li>" if parts else "") + f"<li>{link}")
        open_inner = False
    return f"<ol>{''.join(parts)}{'</ol>' if open_inner else ''}</li></ol>"


def _turn(sheet: Sheet) -> str:
    before = after = ""
    if sheet.before is not None:
        before = f'<a href="{escaped(sheet.before[1])}" rel="prev"><span>Previous:</span> {escaped(sheet.before[0])}</a>'
    if sheet.after is not None:
        after = f'<a class="gl-next" href="{escaped(sheet.after[1])}" rel="next"><span>Next:</span> {escaped(sheet.after[0])}</a>'
    return f'<nav class="gl-turn" aria-label="Previous and next page">{before}{after}</nav>\n' if before or after else ""


def _footer(frame: Frame) -> str:
    """The lines of the footer; they are HTML."""
    return f'<footer class="gl-footer">\n{"".join(f"<p>{line}</p>" + chr(10) for line in frame.footer)}</footer>\n'
