"""The language reference: every line of the language, made from the grammar itself, each with an example that is in use.

In: `grammar/govlang.lark`, and the rules of the project's agreements, pages and tests. Out: `docs/language/reference.md`. A line
that the grammar gains stands here after `python docs/reference.py --write`; a test holds that the page is what the grammar says.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import LarkError

from govlang.source import Source
from govlang.syntax import literate, tables

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "language" / "reference.md"

# What each word in capitals of the grammar stands for, as a reader would say it. Terminals of one verb are said as the verb.
WORDS = {
    "NAME": "NAME", "WORD": "word", "NUMBER": "NUMBER", "MONEY": "MONEY", "PERCENT": "PERCENT", "DATE": "DATE",
    "STRING": '"TEXT"', "CITE": "[CLAUSE]", "FRACTION": "FRACTION", "TITLE": "TITLE", "PHRASE": "TEXT", "PERIOD": "PERIOD",
    "COUNT_WORD": "two, three ...", "ORDINAL": "thirds, quarters ...",
}  # fmt: skip
LAYOUT = {"_NL", "_INDENT", "_DEDENT"}

# The parts that several clauses are made of, in the order of the page, with the page that says what they mean.
PARTS = {
    "arising_line": "duties.md",
    "group": "groups.md", "group_item": "groups.md", "group_base": "groups.md", "quantifier": "groups.md",
    "condition": "conditions.md", "atom": "conditions.md", "operand": "conditions.md", "compare": "conditions.md",
    "requirement": "decisions.md", "simple": "decisions.md", "veto_line": "vetoes-and-objections.md",
    "threshold": "thresholds.md", "quantity": "thresholds.md", "addend": "thresholds.md", "base": "thresholds.md",
    "share": "thresholds.md", "tail": "thresholds.md", "window": "time.md", "anchor": "time.md", "duration": "time.md",
    "happening": "duties.md", "cadence": "duties.md", "amount": "duties.md", "type": "decisions.md", "literal": "index.md",
    "effect_of": "lifecycle.md", "figure": "trust.md", "receipt": "notices.md", "asset_ref": "ip.md",
    "forum": "disputes.md", "meanwhile": "disputes.md", "act_phrase": "ip.md", "scope": "ip.md", "deed": "record.md",
    "event": "record.md", "verdict": "scenarios.md", "detail": "scenarios.md",
}  # fmt: skip
# What parts are called on the page, where the grammar's own name for them says little.
LABELS = {
    "arising_line": "line about time and breach", "group_item": "one group", "group_base": "who", "atom": "single condition",
    "simple": "single requirement", "veto_line": "line under a veto or an objection", "addend": "single quantity",
    "tail": "how it is counted", "deed": "what somebody did", "effect_of": "effect", "asset_ref": "asset or class of assets",
    "act_phrase": "use of an asset", "scope": "for what and where", "meanwhile": "what holds meanwhile",
    "anchor": "what it is counted from",
}  # fmt: skip
# The page that says what a clause means, where it is not called as the clause is.
PAGES = {
    "each": "parties", "parties": "parties", "party": "parties", "persons": "parties", "person": "parties", "role": "roles",
    "body": "bodies", "table": "tables", "decision": "decisions", "duty": "duties", "power": "duties", "review": "reviews",
    "objective": "objectives", "amendment": "amendments", "asset": "ip", "ownership": "ip", "licence": "licences",
    "assignment": "ip", "dispute": "disputes", "survey": "surveys", "scenario": "scenarios",
}  # fmt: skip


# Read only so that a message can show what was left out: a share without what it is a share of, or without at least or more than.
HALF_SAID = {"at_least_no_base", "more_than_no_base", "bare_share"}


@dataclass(frozen=True)
class Said:
    """A piece of a form: `kind` is word (of the language), verb (a word with a singular and a plural), value (what the author puts
    in), part (another rule), or mark."""

    kind: str
    text: str


Form = list[Said]


class Grammar:
    """The rules of the grammar, as Lark's own grammar of grammars reads them."""

    def __init__(self, text: str) -> None:
        reader = Lark.open_from_package("lark", "lark.lark", ("grammars",), parser="lalr")
        self.rules: dict[str, Tree[Token]] = {}
        self.tokens: dict[str, str] = {}
        for item in reader.parse(text).children:
            if not isinstance(item, Tree):
                continue
            name = str(item.children[0]).lstrip("?!")
            if item.data == "rule":
                self.rules[name] = item.children[-1]  # type: ignore[assignment]
            elif item.data == "token":
                found = [str(leaf)[1:-1] for leaf in item.scan_values(lambda leaf: str(leaf).startswith('"'))]
                self.tokens[name.partition(".")[0]] = found[0] if found else ""

    # ------------------------------------------------------------ alternatives

    def alternatives(self, name: str) -> Iterator[tuple[Tree[Token], str]]:
        """The ways to write a rule, each with the name that the grammar gives it."""
        body = self.rules[name]
        for way in body.children if body.data == "expansions" else [body]:
            assert isinstance(way, Tree)
            alias = str(way.children[1]) if way.data == "alias" and way.children[1] is not None else ""
            yield way, alias

    def refers_to(self, tree: Tree[Token]) -> list[str]:
        """The rules and terminals that a way to write something names, in order."""
        return [str(found.children[0]) for found in tree.iter_subtrees_topdown() if found.data == "name"]

    def lines_of(self, clause: str) -> list[str]:
        """The rules of the lines that stand under a clause."""
        found: list[str] = []
        for way, _ in self.alternatives(clause):
            names = self.refers_to(way)
            if "_INDENT" in names:
                found += [name for name in names[names.index("_INDENT") :] if name not in LAYOUT and name in self.rules]
        return list(dict.fromkeys(found))

    # ------------------------------------------------------------ forms

    def form(self, tree: Tree[Token], inside: tuple[str, ...] = ()) -> Form:
        """A way to write something, as the words, values and parts it is made of. What stands under it is left out."""
        match tree.data:
            case "alias":
                return self.form(tree.children[0], inside)  # type: ignore[arg-type]
            case "expansions":
                return self.either([self.form(way, inside) for way in tree.children], inside)  # type: ignore[arg-type]
            case "expansion":
                return self.sequence(tree, inside)
            case "expr":
                return self.expr(tree, inside)
            case "maybe":
                inner = self.form(tree.children[0], inside)  # type: ignore[arg-type]
                return [Said("mark", "["), *inner, Said("mark", "]")] if inner else []
            case "literal":
                return [Said("word", str(tree.children[0])[1:-1])]
            case "name":
                return self.named(str(tree.children[0]), inside)
            case _:
                return [said for child in tree.children if isinstance(child, Tree) for said in self.form(child, inside)]

    def sequence(self, tree: Tree[Token], inside: tuple[str, ...]) -> Form:
        found: Form = []
        for child in tree.children:
            assert isinstance(child, Tree)
            names = self.refers_to(child)
            if "_INDENT" in names:
                break
            found += self.form(child, inside)
        return found

    def expr(self, tree: Tree[Token], inside: tuple[str, ...]) -> Form:
        inner, mark = tree.children[0], tree.children[1]
        said = self.form(inner, inside)  # type: ignore[arg-type]
        if mark is None or not said:
            return said
        if str(mark) in "*+" and said[0] == Said("word", ","):
            return [Said("mark", "...")]
        return [*said, Said("mark", "...")] if str(mark) in "*+" else [Said("mark", "["), *said, Said("mark", "]")]

    def either(self, ways: list[Form], inside: tuple[str, ...]) -> Form:
        found: Form = []
        for number, way in enumerate(ways):
            found += [Said("mark", "|"), *way] if number else way
        return [Said("mark", "("), *found, Said("mark", ")")] if len(ways) > 1 else found

    def named(self, name: str, inside: tuple[str, ...]) -> Form:
        if name in LAYOUT or name == "CITE":
            return []
        if name in WORDS:
            return [Said("value", WORDS[name])]
        if name not in self.rules:
            return [Said("verb", self.tokens.get(name) or name.lower())]
        if name in PARTS or name in inside or name in ("duration",):
            return [Said("part", name)]
        ways = [self.form(way, (*inside, name)) for way, _ in self.alternatives(name)]
        return self.either(ways, inside) if sum(map(len, ways)) <= 24 or len(ways) == 1 else [Said("part", name)]


def shown(form: Form) -> str:
    """A form as Markdown: words of the language as code, values in italics, parts as links."""
    found: list[str] = []
    words: list[str] = []

    def flush() -> None:
        if words:
            found.append(f"`{' '.join(words)}`")
            words.clear()

    for said in form:
        if said.kind in ("word", "verb"):
            words.append(said.text)
            continue
        flush()
        match said.kind:
            case "value":
                found.append(f"*{escaped(said.text)}*")
            case "part":
                found.append(f"[{label(said.text)}](#{anchor(said.text)})")
            case _:
                found.append({"[": "\\[", "]": "\\]", "|": "or"}.get(said.text, said.text))
    flush()
    text = " ".join(found)
    for before, after in (("\\[ ", "\\["), (" \\]", "\\]"), ("( ", "("), (" )", ")"), (" `:`", "`:`"), (" `,", "`,")):
        text = text.replace(before, after)
    return text


def escaped(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]")


def label(name: str) -> str:
    """What a part is called."""
    return LABELS.get(name, name.replace("_", " "))


def anchor(name: str) -> str:
    """The address of a part on the page."""
    return f"part-{name.replace('_', '-')}"


# ---------------------------------------------------------------- examples


IN_USE = ("agreements/*.gov*", "docs/language/*.md", "docs/tutorial.md", "tests/stories/*.md", "tests/constructs/*.gov")


def rules_in_use(pattern: str) -> Iterator[str]:
    """Every clause of rules in some files of the project."""
    for path in sorted(ROOT.glob(pattern)):
        if path == PAGE or path.suffix not in (".md", ".gov"):
            continue
        source = Source(path.name, path.read_text(encoding="utf-8"))
        for block in literate.read(source).blocks:
            yield from clauses(source.text[block.start : block.end])


def clauses(text: str) -> Iterator[str]:
    """The clauses of a stretch of rules: each begins at the left margin."""
    found: list[str] = []
    for line in text.splitlines():
        if line[:1].strip() and not line.startswith("#"):
            if found:
                yield "\n".join(found) + "\n"
            found = [line]
        elif found:
            found.append(line)
    if found:
        yield "\n".join(found) + "\n"


def examples() -> dict[str, list[str]]:
    """For each way to write something, by its name in the grammar, the lines that are written so: those of agreements first, then
    those of pages, then those of tests, and of each the shorter ones first."""
    parser = tables.lark_parser(tables.grammar_text())
    found: dict[str, list[str]] = {}
    for pattern in IN_USE:
        here: dict[str, set[str]] = {}
        for clause in rules_in_use(pattern):
            try:
                tree = parser.parse(clause, start="clause")
            except LarkError:  # an example of a mistake
                continue
            lines = clause.splitlines()
            for part in tree.iter_subtrees_topdown():
                if not part.meta.empty:
                    here.setdefault(str(part.data), set()).add(lines[part.meta.line - 1].strip().partition(" #")[0])
        for name, written in here.items():
            found.setdefault(name, []).extend(sorted(written, key=lambda line: (len(line), line)))
    return found


def example(written: list[str], form: Form) -> str:
    """The first line that has every word which the form cannot do without."""
    needed = list(required(form))
    return next((line for line in written if all(re.search(rf"(?<![\w-]){re.escape(word)}", line) for word in needed)), "")


def required(form: Form) -> Iterator[str]:
    """The words of a form that stand in neither brackets nor alternatives."""
    depth = 0
    for said in form:
        depth += (said.kind == "mark") * ((said.text in "[(") - (said.text in "])"))
        if said.kind == "word" and said.text.isalpha() and not depth:
            yield said.text


# ---------------------------------------------------------------- the page


INTRODUCTION = """\
Every line of the language, made from the grammar. Words in `this type` are written as they stand; words in *italics* stand for what
you put in; a link is a part that is written in one of the ways shown there. What stands in \\[brackets\\] may be left out; three
dots mean that more of the same may follow, with commas between. Every line of a clause may end with the clause it rests on, such as
`[4.2]`. The examples are lines of this project's agreements, pages and tests."""


def page() -> str:
    """The whole page."""
    grammar = Grammar(tables.grammar_text())
    used = examples()
    out = ["# Reference", "", INTRODUCTION, "", "## Clauses", ""]
    seen: set[str] = set()
    for way, _ in grammar.alternatives("clause"):
        out += section(grammar, used, grammar.refers_to(way)[0], seen)
    out += ["## Parts", ""]
    done: set[str] = set()
    order = list(PARTS)
    while waiting := (seen | set(PARTS)) & set(grammar.rules) - done:
        name = min(waiting, key=lambda each: (order.index(each) if each in order else len(order), each))
        done.add(name)
        out += part(grammar, used, name, seen)
    out += ["## Values", "", "| stands for | as it is written |", "|---|---|"]
    out += [f"| *{escaped(word)}* | {VALUES[name]} |" for name, word in WORDS.items() if name in VALUES]
    return "\n".join(out) + "\n"


VALUES = {
    "NAME": "a defined term, in capitals: `Steering Committee`; any other name in backquotes",
    "WORD": "a fact or a word of the author's own: lower-case letters, joined by hyphens",
    "NUMBER": "`12`, `1,250.5`", "MONEY": "`50,000 EUR`", "PERCENT": "`55%`", "FRACTION": "`2/3`",
    "DATE": "`2026-03-31`, `2026-03-31 14:00`, `2026-03-31 14:00 UTC`",
    "PERIOD": "`2026-Q1`, `2026-H2`, `2026-05`", "STRING": "`\"any text on one line\"`", "TITLE": "the rest of the line",
    "CITE": "`[4.2]`, `[Quorum]`: a clause of the same document by its number or title",
}  # fmt: skip


def rows(grammar: Grammar, used: dict[str, list[str]], name: str, seen: set[str]) -> Iterator[str]:
    """The lines of a table: each way to write a rule, and an example."""
    for way, alias in grammar.alternatives(name):
        if alias in HALF_SAID:
            continue
        if grammar.refers_to(way) == ["statement"]:
            yield "| any line of a [decision](#decision) |  |"
            continue
        form = grammar.form(way, (name,))
        if len(form) == 1 and form[0].kind == "part" and form[0].text not in PARTS and grammar.rules.get(form[0].text):
            yield from rows(grammar, used, form[0].text, seen)
            continue
        refers = [each for each in grammar.refers_to(way) if each in grammar.rules]
        if not alias and len(refers) == 1 and len(grammar.refers_to(way)) == 1 and refers[0] not in PARTS:
            yield from rows(grammar, used, refers[0], seen)
            continue
        seen.update(said.text for said in form if said.kind == "part")
        line = example(used.get(alias or name, []), form)
        code = f"`` {line} ``" if "`" in line else f"`{line}`" if line else ""
        yield f"| {shown(form)} | {code} |"


def section(grammar: Grammar, used: dict[str, list[str]], name: str, seen: set[str]) -> list[str]:
    """A clause: its first line, and the lines that may stand under it."""
    way, _ = next(grammar.alternatives(name))
    form = grammar.form(way, (name,))
    seen.update(said.text for said in form if said.kind == "part")
    meaning = f"{PAGES.get(name, name)}.md"
    out = [f"### {name} {{ #{name} }}", "", f"{shown(form)}", "", f"What it means: [{PAGES.get(name, name)}]({meaning}).", ""]
    for lines in grammar.lines_of(name):
        listed = list(dict.fromkeys(rows(grammar, used, lines, seen)))
        out += ["| line | for example |", "|---|---|", *listed, ""]
    return out


def part(grammar: Grammar, used: dict[str, list[str]], name: str, seen: set[str]) -> list[str]:
    """A part of clauses: the ways to write it."""
    listed = list(dict.fromkeys(rows(grammar, used, name, seen)))
    for lines in grammar.lines_of(name):
        seen.add(lines)
    more = f"What it means: [{PARTS[name].removesuffix('.md')}]({PARTS[name]})." if name in PARTS else ""
    out = [f"### {label(name).capitalize()} {{ #{anchor(name)} }}", ""]
    return [*out, *([more, ""] if more else []), "| written | for example |", "|---|---|", *listed, ""]


def main(arguments: list[str]) -> int:
    """`--write` makes the page; without it, exits 1 when the page is out of date."""
    text = page()
    if "--write" in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if current != text:
        print("docs/language/reference.md is out of date: run `python docs/reference.py --write`", file=sys.stderr)
    return int(current != text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
