"""Blocks as HTML: one function a kind of block or run.

In: blocks, and `link`, which says where a place in the document is (empty for a place that does not exist: its words then stand
without a link). Out: HTML in which every word is escaped, without scripts or styles of its own. Its classes begin with `gl-`;
`assets/content.css` gives them a look inside an element of the class `gl-doc`. No id is given twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import assert_never
from urllib.parse import quote

from govlang.frozen import dataclass
from govlang.report.document import highlight, html_tables, plots, svg, values
from govlang.report.document.escape import address, escaped, one_line, plain
from govlang.report.document.signs import sign
from govlang.tools.document import blocks as b

Link = Callable[[str, str], str]
Downloads = Callable[[b.Table], Iterable[tuple[str, str]]]

_LANGUAGES = {"gov": "Rules", "minutes": "Record", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Place:
    """A heading as it came to stand on the page: for a list of contents."""

    level: int
    anchor: str
    number: str
    words: str


class Html:
    """Writes the blocks of one page. `taken` are ids that the page around it has; `downloads` names the files of a table, as words
    and addresses; `places` is filled with the headings, in order. `title` is the heading above the first block."""

    def __init__(
        self, link: Link, downloads: Downloads | None = None, taken: Iterable[str] = (), title: str = ""
    ) -> None:
        self.link = link
        self.downloads = downloads
        self.taken = set(taken)
        self.places: list[Place] = []
        self._above = title  # the words of the heading that stands right above

    def blocks(self, blocks: Iterable[b.Block]) -> str:
        """Blocks one below the other."""
        found = []
        for block in blocks:
            found.append(self.block(block))
            if not isinstance(block, b.Note):
                self._above = b.text(block.runs) if isinstance(block, b.Heading) else ""
        return "".join(found)

    def caption(self, title: str) -> str:
        """The attribute of a caption: one that says what the heading right above it says is for those who hear the page."""
        return ' class="gl-unseen"' if title == self._above else ""

    def block(self, block: b.Block) -> str:
        """One block."""
        match block:
            case b.Heading():
                return self._heading(block)
            case b.Paragraph(runs):
                return f"<p>{self.runs(runs)}</p>\n"
            case b.Listing():
                return self._list(block.items, block.ordered)
            case b.Table():
                return html_tables.table(self, block)
            case b.Pairs():
                return self._pairs(block)
            case b.Note():
                return self._note(block)
            case b.Quote(blocks):
                return f'<blockquote class="gl-quote">\n{self.blocks(blocks)}</blockquote>\n'
            case b.Source():
                return self._source(block)
            case b.Beside():
                return self._beside(block)
            case b.Diagram():
                return self._figure(block, svg.diagram(block, self.link), "gl-diagram")
            case b.Plot():
                return self._figure(block, plots.plot(block), "gl-plot")
            case b.Signature():
                return self._signature(block)
            case _:
                assert_never(block)

    # ------------------------------------------------------------ runs

    def runs(self, runs: b.Runs) -> str:
        """Words in one line."""
        return "".join(self.run(run) for run in runs)

    def run(self, run: b.Run) -> str:
        """Words of one kind."""
        match run:
            case b.Text(words):
                return escaped(words)
            case b.Strong(words):
                return f"<strong>{escaped(words)}</strong>"
            case b.Emphasis(words):
                return f"<em>{escaped(words)}</em>"
            case b.Code(words):
                return f'<code class="gl-code">{escaped(words)}</code>'
            case b.Term():
                return self._linked("gl-term", run.text, self.link(run.page, run.anchor))
            case b.Cite():
                return self._linked("gl-cite", run.text, self.link(run.page, run.anchor))
            case b.Link():
                return self._link(run)
            case _:
                assert_never(run)

    def _linked(self, kind: str, words: str, href: str) -> str:
        if not href:
            return f'<span class="{kind}">{escaped(words)}</span>'
        return f'<a class="{kind}" href="{escaped(href)}">{escaped(words)}</a>'

    def _link(self, run: b.Link) -> str:
        if run.page:
            return self._linked("gl-link", run.text, self.link(run.page, run.anchor))
        href = address(run.address)
        if not href:
            return f'<span class="gl-link">{escaped(run.text)}</span>'
        return f'<a class="gl-link gl-out" href="{escaped(href)}" rel="noopener noreferrer">{escaped(run.text)}</a>'

    # ------------------------------------------------------------ ids

    def id(self, anchor: str) -> str:
        """An id for an anchor, given only once; a number is added to one that is taken."""
        name = re.sub(r"\s+", "-", plain(anchor)) or "x"
        found, count = name, 1
        while found in self.taken:
            count += 1
            found = f"{name}-{count}"
        self.taken.add(found)
        return found

    def at(self, anchor: str) -> str:
        """The attribute that makes an element a place to link to; nothing without an anchor."""
        return f' id="{escaped(self.id(anchor))}"' if anchor else ""

    # ------------------------------------------------------------ blocks

    def _heading(self, block: b.Heading) -> str:
        level = min(max(block.level, 2), 6)
        anchor = self.id(block.anchor or "-".join(plain(b.text(block.runs)).casefold().split()))
        self.places.append(Place(level, anchor, block.number, b.text(block.runs)))
        number = ""
        if block.number:
            number = f'<a class="gl-number" href="#{escaped(fragment_of(anchor))}">{escaped(block.number)}</a> '
        return f'<h{level} class="gl-heading" id="{escaped(anchor)}">{number}{self.runs(block.runs)}</h{level}>\n'

    def _list(self, items: tuple[b.Item, ...], ordered: bool) -> str:
        name = "ol" if ordered else "ul"
        return f'<{name} class="gl-list">\n{"".join(map(self._item, items))}</{name}>\n'

    def _item(self, item: b.Item) -> str:
        inner = f"\n{self._list(item.items, item.ordered)}" if item.items else ""
        kind = f" gl-is-{name_of(item.kind)}" if item.kind else ""
        state = f" gl-state-{name_of(item.state)}" if item.state else ""
        return f'<li class="gl-item{kind}{state}">{self._state(item.state)}{self.runs(item.runs)}{inner}</li>\n'

    def _state(self, state: str) -> str:
        if not state:
            return ""
        tone, mark = sign(state)
        words = escaped(values.state(state))
        return f'<span class="gl-state gl-tone-{tone or "quiet"}">{signed(mark)}{words}</span> '

    def _pairs(self, block: b.Pairs) -> str:
        inner = "".join(
            f'<div class="gl-pair"{self.at(pair.anchor)}><dt>{self.runs(pair.term)}</dt>'
            f"<dd>{self.cell(pair.blocks)}</dd></div>\n"
            for pair in block.pairs
        )
        return f'<dl class="gl-pairs">\n{inner}</dl>\n'

    def cell(self, blocks: tuple[b.Block, ...]) -> str:
        """Blocks in a narrow place: one paragraph stands there as plain words."""
        if len(blocks) == 1 and isinstance(blocks[0], b.Paragraph):
            return self.runs(blocks[0].runs)
        return f"\n{self.blocks(blocks)}"

    def _note(self, block: b.Note) -> str:
        title = escaped(values.note_title(block))
        return (
            f'<div class="gl-note gl-note-{name_of(block.kind)}" role="note">\n<p class="gl-note-title">{title}</p>\n'
            f"{self.blocks(block.blocks)}</div>\n"
        )

    def _source(self, block: b.Source) -> str:
        shown = []
        for count, line in enumerate(highlight.lines(block.text, block.language)):
            number = block.line + count
            place = f'{self.at(f"line-{number}")} data-line="{number}"' if block.line else ""
            shown.append(f'<span class="gl-line"{place}>{line}\n</span>')
        numbered = " gl-numbered" if block.line else ""
        title = f"<figcaption>{escaped(block.title)}</figcaption>" if block.title else ""
        kind = name_of(block.language) or "plain"
        return (
            f'<figure class="gl-source gl-source-{kind}{numbered}"'
            f' aria-label="{one_line(block.title or _LANGUAGES.get(block.language, "Text"))}">{title}'
            f'<pre class="gl-pre"><code>{"".join(shown)}</code></pre></figure>\n'
        )

    def _beside(self, block: b.Beside) -> str:
        left, right = self.blocks(block.left), self.blocks(block.right)
        return f'<div class="gl-beside">\n<div class="gl-left">\n{left}</div>\n<div class="gl-right">\n{right}</div>\n</div>\n'

    def _figure(self, block: b.Diagram | b.Plot, picture: str, kind: str) -> str:
        title, said = escaped(block.title), ""
        if block.description:
            words = f"<summary>The picture in words</summary><p>{escaped(block.description)}</p>"
            said = f'<details class="gl-said">{words}</details>\n'
        return (
            f'<figure class="gl-figure {kind}"{self.at(block.key)}>\n<figcaption{self.caption(block.title)}>{title}</figcaption>\n'
            f'<div class="gl-scroll" role="group" tabindex="0" aria-label="{one_line(block.title)}">{picture}</div>\n'
            f"{said}</figure>\n"
        )

    def _signature(self, block: b.Signature) -> str:
        signers = ""
        for role, name in values.signed_by(block):
            given = zip(values.SIGNED, ("", name, role, ""), strict=True)
            lines = "".join(f"<div><dt>{escaped(label)}</dt><dd>{escaped(words)}</dd></div>" for label, words in given)
            signers += f"<dl>{lines}</dl>\n"
        party = f'<p class="gl-signature-party">Signed for <strong>{escaped(values.signs_for(block))}</strong></p>'
        return f'<div class="gl-signature">\n{party}\n{signers}</div>\n'


# ---------------------------------------------------------------- names


def name_of(kind: str) -> str:
    """A kind as part of a class."""
    return re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")


def signed(mark: str) -> str:
    """A sign, for the eye alone: the word beside it says the same."""
    return f'<span class="gl-sign" aria-hidden="true">{mark}</span> ' if mark else ""


def fragment_of(anchor: str) -> str:
    """An anchor as the last part of an address."""
    return quote(re.sub(r"\s+", "-", plain(anchor)), safe="-_.~")


def fragment(
    blocks: Iterable[b.Block], link: Link, *, downloads: Downloads | None = None, taken: Iterable[str] = (), title: str = ""
) -> str:
    """Blocks as HTML."""
    return Html(link, downloads, taken, title).blocks(blocks)
