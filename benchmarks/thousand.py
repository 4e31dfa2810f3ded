"""An agreement of as many decision rights as are asked for, for what has to stay fast with many.

In: a number. Out: its text, the same on every run: four parties, twenty roles, five bodies, and so many decisions of eight
kinds that take turns, each with amounts and days of its own. `python benchmarks/thousand.py [COUNT]` prints it. It is sound
under `govlang check`. The first kind is the one that other engines are compared on; `text(1000, KINDS[:1])` has nothing else.
"""

from __future__ import annotations

import sys

PARTIES = ("Helios", "Norwind", "Tallinn Cells", "Porto Grid")
BODIES = {
    "Steering Committee": "every Director",
    "Technical Board": "every Technical Lead",
    "Finance Committee": "every Finance Officer",
    "Safety Board": "every Safety Officer",
    "Works Council": "every Delegate",
}
FOR_EACH_PARTY = ("Director", "Technical Lead", "Finance Officer", "Safety Officer", "Delegate")
SINGLE = (
    "Chair", "Programme Manager", "Treasurer", "Legal Counsel", "Trust Officer", "Secretary", "Chief Engineer", "Auditor",
    "Data Officer", "Quality Manager", "Site Manager", "Purchasing Manager", "Press Officer", "Archivist", "Ombudsman",
)  # fmt: skip
BODY_NAMES = tuple(BODIES)

HEAD = """\
agreement Thousand Rights
  "Four companies and the many things they decide together."
  version 1
  effective 2026-01-01 until 2030-12-31
  law of Switzerland
  time zone Europe/Zurich
  currency EUR

each party has share: percent
"""

KINDS = (
    """\
decision Commit Spend {n}
  given amount: money
  proposed by Programme Manager or any Director
  when amount at most {low:,} EUR
    requires approval of Programme Manager
  when amount at most {high:,} EUR
    quorum two thirds of all members taking part
    requires more than half of votes cast in {body}
  otherwise
    requires approval of every party
    requires no veto by Chair within 5 days after proposal
""",
    """\
decision Buy Equipment {n}
  "Buy what the laboratory needs."
  given amount: money, supplier: text, related: party optional
  proposed by {officer} or any Technical Lead
  recused related
  lapses after {days} days
  when total amount per supplier in 12 months at most {low:,} EUR
    requires approval of {officer}
  when total amount per supplier in 12 months at most {high:,} EUR
    notice 5 working days
    open for 10 working days
    requires at least two thirds of all members in {body}
  otherwise
    requires approval of every Director
    effective after 3 working days
""",
    """\
decision Hire {n}
  given candidate: text, salary: money, urgent: yes or no
  proposed by any Director
  when urgent is yes and salary at most {low:,} EUR
    requires any of
      approval of {officer}
      at least 2 of every Director
  otherwise
    open for {days} days
    requires at least 60% of votes cast without abstentions in {body}
    requires no objection by {other} within 3 working days after opening
      with reason
""",
    """\
decision Publish {n}
  given title: text, pages: number, confidential: yes or no, about: party
  proposed by any party
  applies when pages at least 2
  requires any of
    confidential is no
    all of
      approval of about
      approval of {officer}
  requires no veto by {other} within {days} days after proposal
    with reason
    unless unanimity of all members in {body}
""",
    """\
decision License Result {n}
  given licensee: text, fee: money, field: one of mobility or storage or grid
  proposed by {officer} or any Director
  applies when fee more than 0 EUR
  when field is mobility
    requires at least 75% of all members in {body} weighted by share
  when field is storage and fee at least {high:,} EUR
    requires unanimity of all members in {body}
  otherwise
    requires majority of all members in {body}
    requires approval of {other}
""",
    """\
decision Change Plan {n}
  given milestone: text, delay: number, cost: money optional
  proposed by any Technical Lead
  seconded by any Director within 5 days
  consult {officer} for 5 days
  when delay at most {days} and not cost more than {low:,} EUR
    requires approval of Chief Engineer
  otherwise
    notice 3 days
    open for 10 days
    abstention counts against
    requires at least 2 of every Technical Lead
    requires more than half of votes cast in {body}
""",
    """\
decision Release Data {n}
  given recipient: party, records: number, date-of-use: date
  proposed by Data Officer
  inform every party within 2 working days
  requires date-of-use after 2026-03-01
  requires records at most {high}
  requires all of
    approval of recipient
    any of
      approval of {officer}
      more than half of all members in {body}
""",
    """\
decision Settle Claim {n}
  given amount: money, insured: yes or no, lawyer: text
  proposed by Legal Counsel or Chair
  silence counts against
  when insured is yes
    requires approval of Legal Counsel
    requires amount at most {high:,} EUR
  when amount at most {low:,} EUR
    requires approval of Chair
    requires 5 days after proposal
  otherwise
    open for {days} days
    casting vote by Chair
    quorum half of all members
    requires more for than against in {body}
    requires approval of every party
""",
)


def people() -> str:
    """Parties, roles and bodies."""
    parts = [f"party {party}\n  share {share}%\n" for party, share in zip(PARTIES, (40, 30, 20, 10), strict=True)]
    for role in FOR_EACH_PARTY:
        held = ", ".join(f"{party.split()[0]} {role} for {party}" for party in PARTIES)
        speaks = ", speaks for its party" if role == "Director" else ""
        parts.append(f"role {role}\n  one for each party, appointed by party{speaks}\n  held by {held}\n")
    parts += [f"role {role}\n  one, appointed by Steering Committee\n  held by Person {role}\n" for role in SINGLE]
    parts += [f"body {body}\n  members {members}\n  quorum half of all members\n" for body, members in BODIES.items()]
    return "\n".join(parts)


def decision(number: int, kinds: tuple[str, ...] = KINDS) -> str:
    """The decision of that number, with amounts of its own."""
    return kinds[number % len(kinds)].format(
        n=number,
        low=1_000 + 50 * number,
        high=100_000 + 250 * number,
        days=5 + number % 26,
        body=BODY_NAMES[number // len(KINDS) % len(BODY_NAMES)],
        officer=SINGLE[2 + number % (len(SINGLE) - 2)],
        other=SINGLE[2 + (number + 5) % (len(SINGLE) - 2)],
    )


def text(count: int, kinds: tuple[str, ...] = KINDS) -> str:
    """The agreement with so many decisions; `KINDS[:1]` gives them all as `Commit Spend`."""
    return "\n".join([HEAD, people(), *(decision(number, kinds) for number in range(count))])


if __name__ == "__main__":
    sys.stdout.write(text(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
