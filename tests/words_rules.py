"""Rules that differ in one thing: a number, a unit, a base, an operator, a group, a weight, a window, a setting.

In: nothing. Out: one agreement with a decision for each variant, by family. For the test that no two of them are said alike.
"""

from __future__ import annotations

from itertools import product

HEAD = """
agreement Variants
  version 1
  effective 2026-01-01 until 2030-12-31
  currency EUR

each party has share: percent, points: number, trained: yes or no
each person has employer: text

parties North, South and East

role Chair
  one
role Director
  one for each party
role Officer
  any number
role Lead
  up to 6

body Board
  members every Director
  seats 5
  chair Chair

body Panel
  members every Lead
  seats 6

decision Other
  requires nothing

dispute Ladder
  raised by any party in writing
  step Talks
    within 10 days
  step Court
    final
"""
GIVEN = """  given amount: money, budget: money, count: number, rate: percent, day: date, last: date, urgent: yes or no
  given found: yes or no determined by Chair, proven: yes or no determined by any Officer, kind: one of small or large or huge
  given order: decision Other optional, note: text optional, rival: party optional, who: person optional, matter: dispute Ladder
  given idle: duration
"""

QUANTITIES = (
    "half of all members",
    "two thirds of all members",
    "2/3 of votes cast",
    "55% of all members",
    "half of votes cast",
    "1",
    "2",
    "3",
    "half of votes cast without abstentions",
    "half of members present",
    "half of fixed seats",
    "half of other members",
    "half of all members plus 1",
    "half of all members plus 2",
    "half of all members minus 1",
    "half of votes cast plus 1",
    "the larger of 2 and half of all members",
    "the smaller of 2 and half of all members",
    "the smaller of 3 and half of all members",
    "2 times half of all members",
    "3 times half of all members",
    "half of square root of all members",
    "square root of all members",
    "2 times the square root of all members",
    "rate of all members",
    "rate of votes cast",
)
GROUPS = (
    "Board",
    "Panel",
    "Director",
    "party",
    "every party",
    "Officer",
    "party except proposer",
    "party with trained",
    "party with at least 20% share",
    "party with at least 30% share",
    "party with more than 20% share",
    "Lead",
    "party in default",
    "party except party in default",
    "Director of rival",
    "Board except Chair",
)
WHO = (
    "Chair",
    "any Director",
    "every Director",
    "Director",
    "at least 2 of Director",
    "at least 3 of Director",
    "all but 1 of Director",
    "all but 2 of Director",
    "at least half of Director",
    "at least two thirds of Director",
    "any party",
    "every party",
    "party",
    "any party except proposer",
    "any party except North",
    "any party except rival",
    "any party with trained",
    "Board",
    "any Board",
    "any party in default",
    "North",
    "South",
    "rival",
    "proposer",
    "any Director of rival",
    "any person",
    "Officer",
    "any Officer",
    "Chair or any Director",
    "Chair and any Director",
    "North and South",
    "North or South",
)
WINDOWS = (
    "",
    " within 5 days",
    " within 6 days",
    " within 5 working days",
    " within 5 hours",
    " within 5 weeks",
    " within 5 months",
    " within 5 days after opening",
    " within 5 days after closing",
    " within 5 days after notice",
    " within 5 days after meeting",
    " within 5 days after sent",
    " within 5 days after day",
    " within 5 days after last",
    " for 5 days",
    " for 1 day",
    " for 5 days after notice",
    " before closing",
    " before meeting",
    " before day",
    " within 5 days after 2026-03-01",
    " within 5 days after the start",
    " within 5 days after the end",
    " within 5 days after decision Other",
    " within 5 days after order",
    " within 5 days after 3 days after notice",
    " within 5 days after 4 days after notice",
)
VETO_LINES = (
    "with reason",
    "on ground urgent",
    "on ground found",
    "on ground proven",
    "not by rival",
    "not by Chair",
    "votes against count",
    "during the meeting",
    "until withdrawn",
    "delays at most 5 days",
    "delays at most 6 days",
    "except when urgent",
    "except when not urgent",
    "except when found",
    "unless at least 2 of Board",
    "unless at least 3 of Board",
    "unless approval of North",
    "unless approval of South",
)
OPS = ("at least", "at most", "more than", "fewer than")


def thresholds() -> list[str]:
    """Votes: operators, quantities, measures, groups, weights, rounding, caps."""
    found = [f"requires {op} {quantity} in Board" for op, quantity in product(("at least", "more than"), QUANTITIES)]
    found += [
        f"requires {op} {quantity} {measure} in Board"
        for op, quantity, measure in product(
            OPS,
            QUANTITIES,
            ("for", "against", "abstaining", "present", "taking part", "outstanding", "for or abstaining"),
        )
    ]
    found += [f"requires at least half of all members in {group}" for group in GROUPS]
    found += [f"requires {number} of {group}" for number, group in product(("at least 1", "at least 2"), GROUPS)]
    tails = (
        "weighted by share",
        "weighted by points",
        "rounded up",
        "rounded down",
        "rounded nearest",
        "counting at most 1 per employer",
        "counting at most 2 per employer",
        "counting at most 1 per party",
        "weighted by share rounded up",
    )
    found += [
        f"requires {quantity} in Board {tail}"
        for quantity, tail in product(
            ("at least half of all members", "more than half of votes cast", "at least 40 for", "fewer than 2 against"),
            tails,
        )
    ]
    for base in (
        "all members",
        "votes cast",
        "votes cast without abstentions",
        "members present",
        "fixed seats",
        "other members",
    ):
        found += [f"requires majority of {base} in Board", f"requires unanimity of {base} in Board"]
    found += [f"requires more for than against in {group}" for group in ("Board", "Panel", "party")]
    found += [
        "requires more for than against in Board weighted by share",
        "requires more for than against in Board weighted by points",
    ]
    return found


def approvals() -> list[str]:
    """Approvals, votes that block, proposers, consultation: who."""
    found = [f"requires approval of {who}" for who in WHO]
    found += [
        f"requires approval of at least 2 of Officer from {number} different {what}"
        for number, what in product((2, 3), ("party", "employer"))
    ]
    found += [f"requires no vote against by {who}" for who in WHO[:10] if " and " not in who and " or " not in who]
    found += [f"proposed by {who}" for who in WHO if who != "proposer"]
    found += [
        f"seconded by {who}{within}"
        for who, within in product(
            ("any Director", "any Officer", "at least 2 of party"), ("", " within 5 days", " within 6 days")
        )
    ]
    found += [
        f"consult {who} for {length}"
        for who, length in product(("Chair", "Board", "every party"), ("5 days", "6 days", "5 weeks"))
    ]
    found += [
        f"requires at most {many} members per {what} in {group}"
        for many, what, group in product(("1", "2", "half of fixed seats"), ("party", "employer"), ("Board", "Panel"))
    ]
    return found


def vetoes() -> list[str]:
    """Vetoes and objections: by whom, until when, on which ground, unless."""
    found = [f"requires no {kind} by {who}" for kind, who in product(("veto", "objection"), WHO) if " and " not in who]
    found += [f"requires no veto by any Director{window}" for window in WINDOWS]
    found += [f"requires no objection by Chair{window}" for window in WINDOWS]
    found += [
        f"requires no {kind} by any Director within 5 days\n    {line}"
        for kind, line in product(("veto", "objection"), VETO_LINES)
    ]
    found += ["requires no veto by any Director within 5 days\n    on ground urgent\n    on ground found"]
    return found


def acts() -> list[str]:
    """Recorded acts and other decisions."""
    found = [f"requires {no}sent recorded{window}" for no, window in product(("", "no "), WINDOWS)]
    found += [f"requires {no}sent recorded by {who}" for no, who in product(("", "no "), WHO)]
    found += [f"requires sent recorded {many} times" for many in (2, 3)]
    found += [
        f"requires sent recorded {many} times by any Officer from {different} different {what}"
        for many, different, what in product((2, 3), (2, 3), ("employer", "party"))
    ]
    found += ["requires received recorded", "requires no received recorded by Chair"]
    found += [
        f"requires {what}"
        for what in (
            "decision Other",
            "decision Other for same kind",
            "decision Other for same kind, note",
            "no decision Other",
            "no Other under way",
            "no Other under way for same kind",
            "no decision Other within 5 days",
            "no decision Other within 6 days",
            "no decision Other within 5 days after notice",
            "no decision Other for same note",
        )
    ]
    return found


def times() -> list[str]:
    """Periods that must pass, notice, what follows the decision."""
    lengths = ("5 days", "6 days", "1 day", "5 working days", "5 hours", "5 weeks", "5 months", "5 years")
    anchors = (
        "proposal",
        "notice",
        "opening",
        "closing",
        "meeting",
        "sent",
        "day",
        "last",
        "order",
        "2026-03-01",
        "2026-03-02",
        "the start",
        "the end",
        "decision Other",
        "3 days after notice",
        "4 days after notice",
        "decision",
        "veto",
    )
    found = [f"requires {length} after notice" for length in lengths]
    found += [f"requires 5 days after {anchor}" for anchor in anchors]
    waivers = (
        "",
        " waivable",
        " waivable before meeting",
        " waivable within 5 days after meeting",
        " waivable within 6 days after meeting",
    )
    found += [f"notice {length}{waiver}" for length, waiver in product(lengths, waivers)]
    found += [f"requires open for at least {length}" for length in lengths]
    for line in ("effective after", "lapses after"):
        found += [f"{line} {length}" for length in lengths]
    found += [f"ratified by Other within {length}" for length in lengths]
    found += [
        f"inform {who} within {length}" for who, length in product(("Chair", "every party"), ("5 days", "6 days"))
    ]
    found += ["survives the end", "survives the end for 1 year", "survives the end for 2 years"]
    return found


def conditions() -> list[str]:
    """Conditions on facts, head counts, totals, dates."""
    held = [f"amount {op} {value}" for op, value in product(OPS, ("5,000 EUR", "6,000 EUR"))]
    held += [
        f"{fact} {op} {value}"
        for fact, op, value in product(("count", "rate"), OPS, ("4", "50%"))
        if (fact == "rate") == ("%" in value)
    ]
    held += [
        "budget at least 5,000 EUR",
        "amount at most half of budget",
        "amount at most 40% of budget",
        "budget at most half of amount",
    ]
    held += [
        "urgent",
        "not urgent",
        "found",
        "not found",
        "proven",
        "order",
        "not order",
        "note is known",
        "not note is known",
        "rival is known",
        "who is known",
        "order is known",
    ]
    held += [
        "kind is small",
        "kind is large",
        "kind is not small",
        "kind is one of small, large",
        "kind is one of small, huge",
        "mode is meeting",
        "mode is written",
        "mode is one of meeting, written",
        'note is "small"',
        'note is "Small"',
    ]
    held += [
        f"number of {group} {op} {value}"
        for group, op, value in product(("Director", "Board", "party"), OPS, (1, 2, 4))
    ]
    held += [
        "number of Director at most half of number of Board",
        "number of Director at most one third of number of Board",
    ]
    held += [
        f"total amount{per}{period} at most 5,000 EUR"
        for per, period in product(
            ("", " per kind", " per note"), ("", " in 12 months", " in 11 months", " in 12 weeks")
        )
    ]
    held += [
        f"{day} {op} 5 {unit} {order} {anchor}"
        for day, op, unit, order, anchor in product(
            ("proposed", "day"),
            ("at least", "at most", "more than", "fewer than", "within"),
            ("days", "working days", "hours"),
            ("after", "before"),
            ("last", "notice", "meeting"),
        )
    ]
    held += [
        f"{day} {op} {when}"
        for day, op, when in product(
            ("proposed", "day", "meeting"),
            ("before", "after", "from", "by"),
            ("2026-03-01", "2026-03-02", "the end", "notice"),
        )
    ]
    held += [
        "rival is a party in default",
        "rival is North",
        "rival is not North",
        "who is a Director",
        "who is an Officer",
        "proposer is a Director",
        "proposer is in Board",
        "proposer is North",
        "rival is one of North, South",
    ]
    held += [
        "matter is open",
        "matter is at Talks",
        "matter is past Talks",
        "matter is at Court",
        "matter is settled",
        "matter is withdrawn",
        "matter is decided",
        "matter is ended",
    ]
    held += ["idle at least 5 days", "idle at least 5 months"]
    held += [
        "(count at least 4 and count at most 9) or count more than 20",
        "count at least 4 and (count at most 9 or count more than 20)",
        "(count at least 4 and count at most 9) or count is 20",
        "count at least 4 and (count at most 9 or count is 20)",
        "count at least 4 and count at most 9",
        "count at least 4 or count at most 9",
    ]
    held += [
        "urgent and found",
        "urgent or found",
        "(urgent and found) or order",
        "urgent and (found or order)",
        "not (urgent and found)",
        "not (urgent or found)",
        "urgent and not found",
        "(urgent or found) and order",
        "urgent or (found and order)",
        "(urgent or found) and (order or proven)",
        "(urgent and found) or (order and proven)",
    ]
    return [f"requires {condition}" for condition in held]


SETTINGS = (
    "abstention counts for",
    "abstention counts against",
    "abstention counts nothing",
    "absence counts for",
    "absence counts against",
    "absence counts nothing",
    "silence counts for",
    "silence counts against",
    "silence counts nothing",
    "votes may change",
    "casting vote by Chair",
    "casting vote by Officer",
    "members as of notice",
    "members as of proposal",
    "votes on order carry over",
    "not delegable",
    "open for 5 days",
    "open for 6 days",
    "open for 5 hours",
    "open until day",
    "open until last",
    "open for at least 5 days",
    "open for at least 6 days",
    "extension by Chair",
    "extension by Officer",
    "extension by Chair once",
    "extension by Chair up to 5 days",
    "extension by Chair up to 6 days",
    "restart by Chair",
    "restart by Officer",
    "no proxies",
    "proxies at most 1 each",
    "proxies at most 2 each",
    "proxies at most 1 each to any Director",
    "substitutes allowed",
    "recused rival",
    "recused rival still counted",
    "recused every Director of rival",
    "conflict of interest recuses",
    "conflict of interest abstains",
    "quorum 2",
    "quorum 3",
    "quorum half of all members",
    "quorum half of all members present",
    "quorum half of all members taking part",
    "quorum more than half of all members",
    "quorum majority of all members",
    "quorum half of all members rounded up",
    "quorum half of all members plus 1",
    "quorum half of fixed seats",
    "quorum none",
    "",
)


def settings() -> list[str]:
    """How a vote is taken and counted."""
    return [f"{setting}\n  requires more than half of votes cast in Board".lstrip() for setting in SETTINGS] + [
        f"{setting}\n  requires approval of any Officer"
        for setting in SETTINGS[:40]
        if not setting.startswith("casting")
    ]


def joined() -> list[str]:
    """Requirements joined: all of, any of, tiers, readings."""
    a, b, c = "approval of North", "approval of South", "approval of East"
    found = [
        f"requires {a}\n  requires {b}",
        f"requires any of\n    {a}\n    {b}",
        f"requires any of\n    {a}\n    {b}\n    {c}",
    ]
    found += [
        f"requires {a}\n  requires any of\n    {b}\n    {c}",
        f"requires any of\n    {a}\n    all of\n      {b}\n      {c}",
    ]
    for condition in ("urgent", "found", "amount at most 5 EUR", "amount at most 6 EUR"):
        found += [
            f"when {condition}\n    requires {a}\n  otherwise\n    requires {b}",
            f"when {condition}\n    requires {a}",
            f"when {condition}\n    requires {b}\n  otherwise\n    requires {a}",
            f"when {condition}\n    requires {a}\n  otherwise\n    requires nothing",
            f"when {condition}\n    requires nothing\n  otherwise\n    requires {a}",
            f"when {condition}\n    effective after 5 days\n    requires {a}\n  otherwise\n    requires {a}",
            f"when {condition}\n    requires {a}\n  otherwise\n    effective after 5 days\n    requires {a}",
            f"when {condition}\n    inform Chair within 5 days\n    requires {a}\n  otherwise\n    requires {a}",
        ]
    found += [
        f"when urgent\n    requires {a}\n  when found\n    requires {b}\n  otherwise\n    requires {c}",
        f"when found\n    requires {a}\n  when urgent\n    requires {b}\n  otherwise\n    requires {c}",
        f"when urgent and found\n    requires {a}\n  otherwise\n    requires {c}",
    ]
    found += [
        f'reading "first"\n    requires {a}\n  reading "second"\n    requires {b}',
        f'reading "first"\n    requires {b}\n  reading "second"\n    requires {a}',
        f'reading "first"\n    requires {a}\n  reading "third"\n    requires {b}',
    ]
    found += [f"distinct {by}\n  requires {a}\n  requires {b}" for by in ("persons", "employer", "party")]
    found += [f"applies when {condition}\n  requires {a}" for condition in ("urgent", "found")]
    found += [
        "quorum half of all members\n  quorum 2 when reconvened\n  requires at least 2 of Board",
        "quorum half of all members\n  quorum 3 when reconvened\n  requires at least 2 of Board",
        "quorum half of all members\n  quorum 2 when reconvened 2 times\n  requires at least 2 of Board",
        "quorum half of all members\n  quorum none when reconvened\n  requires at least 2 of Board",
    ]
    return found


FAMILIES = {
    "thresholds": thresholds,
    "approvals": approvals,
    "vetoes": vetoes,
    "acts": acts,
    "times": times,
    "conditions": conditions,
    "settings": settings,
    "joined": joined,
}


def agreement(variants: list[str]) -> str:
    """One agreement with a decision for each variant."""
    decisions = []
    for place, variant in enumerate(variants):
        ending = "" if "requires" in variant else "\n  requires nothing"
        decisions.append(f"decision Variant {place}\n{GIVEN}  {variant}{ending}\n")
    return HEAD + "\n" + "\n".join(decisions)
