"""What is done with assets, as lines of a minute book.

In: deeds, and how names, values and reasons are written. Out: the words after the actors. Part of `record.minutes`.
"""

from __future__ import annotations

from collections.abc import Callable

from govlang.syntax import nodes as n

Words = Callable[[n.Deed], str]


def verbs(
    name: Callable[[n.Name | None], str], value: Callable[[n.Literal], str], because: Words
) -> dict[str, Words]:  # fmt: skip
    """The words of each kind of deed."""

    def scope(deed: n.Deed) -> str:
        given = {key: names for key, names in deed.names if names}
        found = f" for {deed.word}" if deed.word else ""
        return found + "".join(f" in {key} {name(given[key][0])}" for key in ("field", "territory") if key in given)

    def ending(deed: n.Deed) -> str:
        called = "".join(f" as {name(names[0])}" for key, names in deed.names if key == "as")
        facts = "".join(f"\n  {word} {value(literal)}" for word, literal in deed.facts)
        return f"{called}{because(deed)}{facts}"

    def phrase(verb: str, to: bool) -> Words:
        def written(deed: n.Deed) -> str:
            whom = f" to {name(deed.other)}" if to and deed.other is not None else ""
            orally = " orally" if any(key == "orally" for key, _ in deed.names) else ""
            manner = f" {deed.choice}" if deed.choice else ""
            return f"{verb} {name(deed.target)}{whom}{manner}{orally}{scope(deed)}"

        return written

    acts = {
        "use": phrase("use", False), "request": phrase("request", False), "sublicense": phrase("sublicense", True),
        "license": phrase("license", True), "assign": phrase("assign", True), "publish": phrase("publish", False),
        "disclose": phrase("disclose", True),
    }  # fmt: skip

    def done(act: str) -> Words:
        verb = f"{act}es" if act.endswith("sh") else f"{act}s"
        return lambda deed: f"{verb}{acts[act](deed).removeprefix(act)}{ending(deed)}"

    def asked(act: str) -> Words:
        return lambda deed: f"asks to {acts[act](deed)}{ending(deed)}"

    def listed(deed: n.Deed) -> str:
        of = ", ".join(name(item) for key, names in deed.names if key == "of" for item in names)
        return f"lists {name(deed.target)} as {deed.word}{f' of {of}' if of else ''}"

    def terminated(deed: n.Deed) -> str:
        whose = f" for {name(deed.other)}" if deed.other is not None else ""
        return f"terminates {name(deed.target)}{whose}{because(deed)}"

    return {
        **{act: done(act) for act in acts if act != "assign"},
        **{f"ask to {act}": asked(act) for act in acts},
        "make": lambda deed: f"make{'s' if len(deed.actors) == 1 else ''} {name(deed.target)}",
        "list": listed,
        "delist": lambda deed: f"delists {name(deed.target)}",
        "mark": lambda deed: f"marks {name(deed.target)} confidential",
        "terminate": terminated,
    }
