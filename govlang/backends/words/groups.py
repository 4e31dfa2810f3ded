"""Who: names and groups of an agreement in words, fit for `X approves`, `no X objects`, `two thirds of the X`.

In: an agreement, for what its names are (and how its own prose uses them), and groups of the syntax. Out: `Who`s and noun phrases.
An article is put before offices and bodies, and before a party or person where the agreement's prose always does so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from govlang.backends.words import english
from govlang.frozen import dataclass
from govlang.model.nodes import Agreement, Kind
from govlang.syntax import nodes as n

# The last words of names that English gives an article to, wherever they stand.
_WITH_ARTICLE = re.compile(r"\b(Union|States|Kingdom|Republic|Emirates|Netherlands|Philippines|Federation|Commission)$")
_UNFINISHED = re.compile(r"(?:^|-)(?:of|by|to|for|in|on|at|with|from|and|or)$")
_ARTICLE = re.compile(r"(?:(the)|(an?|any|every|each|no|one|two|all|both|other)) $", re.IGNORECASE)
_WHOLE = {"in-default": "in default"}
_AT = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
_AGENT = re.compile(r"\A(?!other|former|latter|under|after|present|absent)[a-z]+(?:er|or|ant|ent|ee)s?\Z")


@dataclass(frozen=True, slots=True)
class Who:
    """Who does something: `text` in a sentence, whether it is a plural, and whether it says that nobody does (`no Director`)."""

    text: str
    many: bool = False
    negative: bool = False

    def does(self, verb: str) -> str:
        """every Director approves; the Directors approve."""
        return f"{self.text} {english.verb(verb, self.many)}"

    def must(self, verb: str) -> str:
        """every Director must approve."""
        return f"{self.text} must {verb}"

    def may(self, verb: str) -> str:
        """any Director may propose."""
        return f"{self.text} may {verb}"

    def does_not(self, verb: str) -> str:
        """the Chair does not object; no Director objects."""
        if self.negative:
            return self.does(verb)
        first, _, rest = verb.partition(" ")
        if first == "be":
            return f"{self.text} {'are' if self.many else 'is'} not {rest}"
        return f"{self.text} {'do' if self.many else 'does'} not {verb}"


class Names:
    """The names of one agreement as they stand in a sentence."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self._said: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """A party, person, office or body: Helios, the Chair, the Steering Committee."""
        found = self._said.get(name)
        if found is None:
            found = self._said[name] = f"the {name}" if self._has_article(name) else name
        return found

    def alone(self, name: str) -> bool:
        """Whether a name stands for one: a party, a person, an office that one person holds."""
        kind = self.agreement.kind_of(name)
        if kind is not Kind.ROLE:
            return kind is not Kind.BODY
        role = self.agreement.roles[name]
        return role.seats == "one" or (role.seats in ("", "any") and len(role.holders) == 1)

    def _has_article(self, name: str) -> bool:
        if re.match(r"(?i)the\b", name):
            return False
        kind = self.agreement.kind_of(name)
        bare, the = self._usage.get(name, (0, 0))
        if kind in (Kind.PARTY, Kind.PERSON) or kind is None:
            return bool(_WITH_ARTICLE.search(name)) or the > bare == 0
        return kind is Kind.BODY or not (bare > 1 and the == 0)

    @cached_property
    def _usage(self) -> dict[str, tuple[int, int]]:
        """How often the prose has each name bare, and with `the`; `a`, `every` and the like say nothing."""
        kinds = (Kind.PARTY, Kind.PERSON, Kind.ROLE, Kind.BODY)
        names = [name for name, kind in self.agreement.kinds.items() if kind in kinds]
        if not names or not self.agreement.layout.sections:
            return {}
        names.sort(key=lambda name: (-len(name), name))
        wanted = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
        found: dict[str, tuple[int, int]] = {}
        for section in self.agreement.layout.sections:
            prose = " ".join(section.prose.split())
            for match in wanted.finditer(prose):
                bare, the = found.get(match.group(), (0, 0))
                before = _ARTICLE.search(prose, max(0, match.start() - 8), match.start())
                if before is None:
                    found[match.group()] = bare + 1, the
                elif before[1]:
                    found[match.group()] = bare, the + 1
        return found


def plain(word: str) -> str:
    """A word of the language as it is read: `material-breach` is material breach."""
    return word.replace("-", " ")


def quoted(word: str) -> str:
    """A word of the agreement's own, such as an act or a finding, set apart."""
    return f"“{plain(word)}”"


def named(fact: str, kind: str) -> str:
    """Whom a fact of the proposal names: the author; the party named as related."""
    if _AGENT.match(fact) and kind in ("party", "person", "parties", "persons", ""):
        return f"the {plain(fact)}"
    noun = {"parties": "parties", "persons": "persons", "person": "person", "role": "role", "body": "body"}.get(kind, "party")
    return f"the {noun} named as {label(fact)}"


def label(fact: str) -> str:
    """What a fact is called after `named as`: as it is; set apart where it would run on into the sentence."""
    return quoted(fact) if _UNFINISHED.search(fact) else plain(fact)


@dataclass(frozen=True, slots=True)
class _Noun:
    """What is counted in a group: `one` of it, `many` of it; `name`, where it is one and no other; an `office` is still counted by
    its holders."""

    one: str
    many: str
    name: str = ""
    office: bool = False


class Groups:
    """The groups of one clause in words. `facts` are those it is given, which say what kind of name each holds."""

    def __init__(self, names: Names, facts: Mapping[str, n.Given] | None = None) -> None:
        self.names = names
        self.facts: Mapping[str, n.Given] = facts or {}

    # ------------------------------------------------------------ whole groups

    def who(self, group: n.Group, each: bool = False) -> Who:
        """A group as one who acts. Of an item without a quantifier one is enough (`a Director`), or (`each`) all are meant."""
        items = [self.item(item, each) for item in group.items]
        if len(items) == 1:
            return items[0]
        either = group.joiner == "or"
        texts = self._named_once(group, [item.text for item in items])
        return Who(english.listed(texts, "or" if either else "and"), items[-1].many if either else True)

    def none(self, group: n.Group) -> Who:
        """Nobody of a group: `no Director other than the proposer`, `neither the Chair nor any Director`; a single name stays
        as it is, so that the verb must say no."""
        if len(group.items) == 1:
            item = group.items[0]
            noun = self._noun(item.base)
            if noun.name and not item.quantifier:
                return Who(noun.name + self._only_if(item), negative=False)
            return Who(f"no {noun.one}{self._filters(item)}", negative=True)
        nouns = [self._noun(item.base) for item in group.items]
        if not any(noun.name and not item.quantifier for noun, item in zip(nouns, group.items, strict=True)):
            texts = [f"no {noun.one}{self._filters(item)}" for noun, item in zip(nouns, group.items, strict=True)]
            return Who(english.listed(texts), negative=True)
        texts = [self._any(item) for item in group.items]
        if len(texts) == 2:
            return Who(f"neither {texts[0]} nor {texts[1]}", negative=True)
        return Who(f"none of {english.listed(texts)}", negative=True)

    def among(self, group: n.Group) -> str:
        """A group as many: the Directors, the members of the Steering Committee, the parties and the Chair."""
        return english.listed(self._named_once(group, [self._among(item) for item in group.items]))

    def _named_once(self, group: n.Group, texts: list[str]) -> list[str]:
        """The party named as related and every Director of that party: a party that stands in the group itself is named once."""
        single = [item.base.fact for item in group.items if item.base.kind == "fact" and self._kind(item.base.fact) == "party"]
        if len(single) != 1:
            return texts
        party = named(single[0], "party")
        return [
            text.replace(f" of {party}", " of that party") if item.base.kind == "of" and item.base.fact == single[0] else text
            for item, text in zip(group.items, texts, strict=True)
        ]  # fmt: skip

    def many(self, group: n.Group) -> str:
        """A group as many, without an article: Directors, members of the Steering Committee."""
        found = []
        for item in group.items:
            noun = self._noun(item.base)
            found.append((noun.many if noun.office else noun.name or noun.many) + self._filters(item, many=True))
        return english.listed(found)

    def one(self, group: n.Group) -> str:
        """One of a group, without an article: Director, member of the Steering Committee."""
        found = []
        for item in group.items:
            noun = self._noun(item.base)
            found.append((noun.one) + self._filters(item))
        return english.listed(found, "or")

    def a(self, group: n.Group) -> str:
        """One of a group, whichever: a Director, a member of the Board, the Chair."""
        found = []
        for item in group.items:
            noun = self._noun(item.base)
            found.append(noun.name + self._only_if(item) if noun.name else english.a(noun.one) + self._filters(item))
        return english.listed(found, "or")

    def alone(self, group: n.Group) -> bool:
        """Whether a group is one and no other: the Chair, Helios, the proposer."""
        return len(group.items) == 1 and bool(self._noun(group.items[0].base).name) and not group.items[0].quantifier

    # ------------------------------------------------------------ single items

    def item(self, item: n.GroupItem, each: bool = False) -> Who:
        """One item of a group as one who acts."""
        noun = self._noun(item.base)
        filters = self._filters(item)
        match item.quantifier:
            case "every":
                return Who(f"every {noun.one}{filters}")
            case "any":
                return Who(f"any {noun.one}{filters}")
            case "at least" if item.share is not None:
                whole = f"the {noun.many}{self._filters(item, many=True)}"
                return Who(f"at least {english.share_of(item.share)} {whole}", True)
            case "at least":
                one = item.number == 1
                which = noun.one if one else noun.many
                return Who(f"at least {english.number(item.number)} {which}{self._filters(item, many=not one)}", not one)
            case "all but" if item.number == 0:
                return Who(f"all {noun.many}{self._filters(item, many=True)}", True)
            case "all but":
                return Who(f"all but {english.number(item.number)} of the {noun.many}{self._filters(item, many=True)}", True)
            case _:
                if noun.name:
                    return Who(noun.name + self._only_if(item), noun.name == f"the {noun.many}")
                return Who(f"every {noun.one}{filters}" if each else f"{english.a(noun.one)}{filters}")

    def base(self, base: n.GroupBase) -> str:
        """Whom a base stands for, all of them: the Directors, the Chair, the proposer, the party named as related."""
        noun = self._noun(base)
        return noun.name or f"the {noun.many}"

    def _any(self, item: n.GroupItem) -> str:
        noun = self._noun(item.base)
        bare = noun.name if noun.name and not item.quantifier else f"any {noun.one}"
        return bare + self._filters(item)

    def _among(self, item: n.GroupItem) -> str:
        noun = self._noun(item.base)
        return (noun.name or f"the {noun.many}") + self._filters(item, many=True)

    # ------------------------------------------------------------ nouns

    def _kind(self, fact: str) -> str:
        given = self.facts.get(fact)
        return given.type.kind if given is not None else ""

    def _noun(self, base: n.GroupBase) -> _Noun:
        found = self._whole(base)
        if not base.attribute:
            return found
        words = self._having(base.attribute, None, "", many=False), self._having(base.attribute, None, "", many=True)
        name = f"{found.name} {words[0]}" if found.name else ""
        return _Noun(f"{found.one} {words[0]}", f"{found.many} {words[1]}", name, found.office)

    def _whole(self, base: n.GroupBase) -> _Noun:
        match base.kind:
            case "party":
                return _Noun("party", "parties")
            case "person":
                return _Noun("person", "persons")
            case "proposer":
                return _Noun("proposer", "proposers", "the proposer")
            case "concerned":
                return _Noun("party concerned", "parties concerned", "the party concerned")
            case "fact":
                return self._given(base.fact)
            case "of":
                assert base.name is not None
                of = named(base.fact, self._kind(base.fact))
                if self.names.agreement.kind_of(base.name.text) is Kind.BODY:
                    who = f"of {self.names(base.name.text)} who"
                    return _Noun(f"member {who} stands for {of}", f"members {who} stand for {of}")
                return _Noun(f"{base.name.text} of {of}", f"{_plural(base.name.text)} of {of}")
            case _:
                assert base.name is not None
                return self._named(base.name.text)

    def _given(self, fact: str) -> _Noun:
        """Whom a fact names: several, if it is of such a type; but a dispute has one claimant side and one respondent side."""
        kind = self._kind(fact)
        said = named(fact, kind).removeprefix("the ")
        if kind not in ("parties", "persons"):
            return _Noun(said, _plural(said), f"the {said}")
        if _AGENT.match(fact):
            return _Noun(said, _plural(said), f"the {said}" if fact in ("claimant", "respondent") else f"the {_plural(said)}")
        one = {"parties": "party", "persons": "person"}[kind] + said.removeprefix(kind)
        return _Noun(one, said, f"the {said}")

    def _named(self, name: str) -> _Noun:
        said = self.names(name)
        if self.names.agreement.kind_of(name) is Kind.BODY:
            return _Noun(f"member of {said}", f"members of {said}")
        office = self.names.agreement.kind_of(name) is Kind.ROLE
        return _Noun(name, _plural(name), said if self.names.alone(name) else "", office)

    # ------------------------------------------------------------ which of them

    def _filters(self, item: n.GroupItem, many: bool = False) -> str:
        found = ""
        if item.attribute:
            found += f" {self._having(item.attribute, item.value, item.op, many)}"
        if item.excluded is not None:
            found += f" {self._left_out(item.base, item.excluded, many)}"
        return found

    def _only_if(self, item: n.GroupItem) -> str:
        """The same of a name, which is one and no other: the Keeper (who must not be the proposer)."""
        if item.excluded is None:
            return self._filters(item)
        having = f" {self._having(item.attribute, item.value, item.op, False)}" if item.attribute else ""
        return f"{having} (who must not be {self.base(item.excluded)})"

    def _left_out(self, base: n.GroupBase, out: n.GroupBase, many: bool) -> str:
        if not out.attribute:
            return f"other than {self.base(out)}"
        if base.kind == out.kind == "party" and out.attribute in _WHOLE:
            return f"not {_WHOLE[out.attribute]}"
        noun = self._noun(out)  # whoever is so, and whoever stands for a party that is
        whom = noun.name or english.a(noun.one)
        return f"other than {'those who are or stand' if many else 'one who is or stands'} for {whom}"

    def _having(self, attribute: str, value: n.Literal | None, op: str, many: bool) -> str:
        """A condition on an attribute: in default; marked “safety trained”; whose shares are at least 20."""
        if value is None:
            return _WHOLE.get(attribute, f"marked {quoted(attribute)}")
        if isinstance(value.value, bool):
            return f"{'' if value.value else 'not '}{_WHOLE.get(attribute, f'marked {quoted(attribute)}')}"
        be = "are" if is_many(attribute) else "is"
        bound = f"{_AT[op]} " if op else ""
        said = literal(value.value)
        if value.kind == "percent" and isinstance(value.value, Fraction):
            said = english.percent(value.value)
        return f"whose {plain(attribute)} {be} {bound}{said}"


def is_many(attribute: str) -> bool:
    """Whether an attribute is a plural: shares, points."""
    return attribute.endswith("s") and not attribute.endswith("ss")


def literal(value: object) -> str:
    """A value of the language as it is read."""
    if isinstance(value, n.Money):
        return english.money(value)
    if isinstance(value, n.Moment):
        return english.moment(value)
    if isinstance(value, n.Duration):
        return english.duration(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, n.Name):
        return value.text
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, tuple):
        return english.listed([literal(each) for each in value])
    return english.value(value)


def _plural(name: str) -> str:
    """The plural of an office; one that is a plural already stays."""
    return name if re.search(r"[^s]s$", name) else english.plural(name)
