"""Clauses of each kind, and for each what can be changed in it so that it means something else.

In: nothing. Out: texts, and pairs of words to be replaced; what stands around the clauses, so that their names are known.
"""

from __future__ import annotations

AROUND = """agreement Trial
  effective 2026-01-01 until 2030-12-31
  currency EUR

parties Helios, Norwind, Cetra
each party has share: percent, fee: money, dues: money

role Chair
  one

role Clerk
  one

role Director
  one for each party
  speaks for its party

body Board
  members every Director

asset Model
  background of Helios

asset Plant
  background of Helios

decision Order
  given amount: money, invoice-date: date, urgent: yes or no, supplier: party, price: money
  given deliver-by: date, disputed: money, undisputed: money, bill: decision Bill
  proposed by any Director
  requires approval of Chair

decision Other
  given amount: money, invoice-date: date, urgent: yes or no, supplier: party, price: money
  given deliver-by: date, disputed: money, undisputed: money, bill: decision Bill
  proposed by any Director
  requires approval of Chair

decision Bill
  given amount: money
  proposed by any Director
  requires approval of Chair

review Look
  within 30 days
  led by Chair

review Check
  within 30 days
  led by Chair

dispute Main
  raised by any party
  step Talks
    final

dispute Side
  raised by any party
  step Talks
    final

survey Poll
  each year
  asks every party about every other party
  scale 1 to 5
  question goals "Goals?"
  question care "Care?"
  at least 2 answers

"""

MORE = """duty Deliver
  owed by Helios
  within 9 days

power Step In
  held by Chair
  when any party defaults
  within 7 days

objective Goal
  owned by Helios
  measure units: number
  target at least 5 by 2026-09-30

trust Faith
  over 12 months
  measures share of duties in time
    low below 80%

trust Union
  of all parties together
  over 12 months
  measures share of duties in time
    low below 80%

"""

DUTY = """duty Send Report
  owed by every party to Chair
  when decision Order is taken
  within 30 days
  grace 5 days
  amount share of amount
  cured within 10 days after notice
  discharged when stop recorded by Clerk
  waived by Clerk
  suspended from storm recorded by Chair until calm recorded by Chair
  survives the end for 3 years
  may be assigned with approval of Chair
  if violated, review Look within 30 days
"""
TURNS = """duty Send Report
  owed by Helios
  each quarter
  within 15 days after its end
"""
POWER = """power Step In
  held by any party
  when decision Order is taken
  within 60 days
  requires approval of Chair
  if exercised, review Look within 30 days
"""
REVIEW = """review Yearly Review
  each year
  led by Chair
  attended by every Director
  quorum two thirds of all members
  notice 10 days
  covers money, trust
  minutes within 10 days by Clerk
  grace 15 days
  if missed, review Look within 30 days
"""
OBJECTIVE = """objective Cycle Life
  owned by Helios
  measure cycles: number by Chair
  target at least 600 by 2026-12-31
  target at least 1,000 by 2027-12-31
  if missed, review Look within 30 days
"""
COMMUNICATION = """communication Daily
  between every party
  contact Director
  channels e-mail, portal
  share incident with every party within 24 hours
  answer within 2 days
  survives the end for 1 year
  if violated 3 times in a row, review Look within 30 days
"""
SURVEY = """survey Pulse
  each half year
  asks every party about every other party
  scale 1 to 5
  question hope "Hope?"
  at least 2 answers
  grace 15 days
  if missed, review Look within 30 days
"""
LICENCE = """licence Use
  from Helios
  to Norwind
  of Model
  for research, teaching
  in field Storage
  in territory Europe
  exclusive
  sublicence to affiliates with approval of Chair
  fee 5%
  from 2026-07-01 until 2028-06-30
  on request within 12 months after the end
  ends on default of licensee
  ends when stop recorded by Chair
  requires approval of Chair
"""
SECRECY = """confidentiality Silence
  of everything marked confidential
  oral information marked within 15 days
  binds every party
  allowed to advisers, affiliates
  except public, already-known
  except required-by-law after notice 5 days unless notice-unlawful
  for 4 years after the end
"""
LADDER = """dispute Steps
  given subject: one of money or quality, urgent: yes or no
  raised by any party in writing
  step First
    between every Director
    within 15 working days
    ends early when refusal recorded by any party
    extension by Chair up to 5 days once
  step Second
    skipped when urgent
    before neutral mediator, seat Geneva, rules "WIPO", language English
    taken by any party within 20 days after the end of First
    within 45 days
    lapses when 12 months after the end of First
    decision final unless objection-made recorded by any party within 10 days
  step Third
    before arbitral tribunal of 3, seat Geneva
    final
  urgent relief at any time by any party for money
  duties continue when urgent
"""
TRUST = """trust Competence
  of each party
  over 12 months
  measures share of duties in time
    low below 80%
  measures mean of survey Poll on goals
    low below 3
  measures number of findings of lying by Chair
    low above 0
  if low, review Look within 30 days
"""
TOGETHER = """trust Alignment
  of all parties together
  over 12 months
  measures spread of survey Poll on goals
    weight 40%
  measures share of reviews in time
    weight 60%
  low below 75%
"""
ROLE = """role Manager
  one, appointed by Board, term 2 years
  may delegate to any Director until 2028-12-31 up to 10,000 EUR
  held by Ana Ruiz
"""
BODY = """body Panel
  members every Director
  seats 6
  chair Chair
  quorum two thirds of all members
  quorum half of all members when reconvened
  at most 2 members per party
  proxies at most 1 each to any Director
"""
PARTY = """party Volt
  name "Volt AG"
  seat Zurich
  from 2026-02-01
  until 2028-12-31
  share 20%
  fee 500 EUR from 2027-01-01
"""
ASSET = """asset Recipe
  results of Helios 60%, Norwind 40%
  on 2026-02-01
  confidential
"""
OWNERSHIP = """ownership
  results belong to the party of their makers
  joint owners may use, license non-exclusively for research
    requires 45 days after notice
"""
ASSIGNMENT = """assignment
  of results
  first refusal by any party except proposer within 60 days after notice
"""
NOTICES = """notices
  in writing
  by e-mail, given when confirmed
  by courier, given 2 days after dispatch
  address of Helios "Bahnhofstrasse 1, Zurich"
  only on working days
  proposals are no notice
"""

# What may happen, in the words of a `when` line.
HAPPENINGS = [
    "decision Order is taken", "decision Other is taken", "duty Deliver is fulfilled", "duty Deliver is violated",
    "duty Deliver is overdue", "duty Deliver is discharged", "duty Deliver is expired",
    "duty Deliver is violated 2 times in a row", "duty Deliver is violated 3 times in a row", "power Step In is exercised",
    "power Step In is expired", "review Look is held", "review Look is missed", "review Check is missed",
    "survey Poll is held", "survey Poll is missed", "objective Goal is met", "objective Goal is missed",
    "dispute Main is raised", "dispute Main is settled", "dispute Main is withdrawn", "dispute Main is decided",
    "dispute Main is lapsed", "dispute Main is ended", "trust Faith is low", "trust Union is low",
    "meeting of Board is held", "stop recorded", "stop recorded by Chair", "stop recorded by Clerk", "stop found",
    "stop found by Chair", "go recorded", "any party joins", "any party leaves", "any party defaults", "Helios leaves",
    "Helios joins", "Helios defaults", "the agreement starts", "the agreement ends",
]  # fmt: skip

# A clause, and what is changed in it: each change gives other words, and no two the same.
VARIANTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "duty": (DUTY, [
        ("every party to", "any party to"), ("every party to", "Helios to"), ("every party to", "proposer to"),
        ("every party to", "supplier to"), ("every party to", "every party except Helios to"), ("to Chair", "to Clerk"),
        (" to Chair", ""), ("Order is taken", "Other is taken"), ("Order is taken", "Order is denied"),
        ("Order is taken", "Order is proposed"), ("Order is taken", "Order is carried out"),
        ("when decision Order is taken", "when decision Order is taken\n  when decision Other is taken"),
        ("within 30 days\n  grace", "within 31 days\n  grace"),
        ("within 30 days\n  grace", "within 30 working days\n  grace"),
        ("within 30 days\n  grace", "within 30 days after invoice-date\n  grace"),
        ("within 30 days\n  grace", "by invoice-date\n  grace"), ("within 30 days\n  grace", "by 2026-05-01\n  grace"),
        ("grace 5 days", "grace 6 days"), ("  grace 5 days\n", ""), ("share of amount", "share of 1,000 EUR"),
        ("share of amount", "amount"), ("share of amount", "fee"), ("  amount share of amount\n", ""),
        ("share of amount", "the larger of amount and 1 EUR"), ("share of amount", "the smaller of amount and 1 EUR"),
        ("share of amount", "share of price"), ("10 days after notice", "11 days after notice"),
        ("10 days after notice", "10 days"), ("  cured within 10 days after notice\n", ""),
        ("stop recorded by Clerk", "stop recorded by Chair"), ("stop recorded", "halt recorded"),
        ("stop recorded by Clerk", "stop found by Clerk"), ("waived by Clerk", "waived by Chair"),
        ("  waived by Clerk\n", ""), ("storm recorded by Chair", "storm recorded"), ("calm", "sun"),
        ("suspended from storm recorded by Chair until calm recorded by Chair", "suspended while dispute Main is open"),
        ("for 3 years", "for 4 years"), (" for 3 years", ""), ("  survives the end for 3 years\n", ""),
        ("assigned", "subcontracted"), ("approval of Chair", "approval of Clerk"), (" with approval of Chair", ""),
        ("if violated,", "if violated 2 times in a row,"), ("if violated,", "if overdue,"),
        ("review Look within 30 days", "review Check within 30 days"), ("Look within 30", "Look within 31"),
        ("review Look within 30 days", "dispute Main within 30 days"),
        ("review Look within 30 days", "decision Other within 30 days"),
        ("  within 30 days\n  grace 5 days\n", "  continuing\n"),
        ("when decision Order is taken\n  within", "when decision Order is taken\n  applies when urgent\n  within"),
        ("when decision Order is taken\n  within", "when decision Order is taken\n  applies when not urgent\n  within"),
    ]),
    "turns": (TURNS, [
        ("each quarter", "each month"), ("each quarter", "each year"), ("each quarter", "each 3 months"),
        ("each quarter", "each 2 weeks"), ("each quarter", "each quarter from 2026-04-01"),
        ("each quarter", "each quarter until 2026-09-30"), ("each quarter", "each quarter after the last"),
        ("each quarter", "each month after the last"), ("its end", "its start"), ("15 days", "16 days"),
        ("within 15 days after its end", "by its end"),
        ("each quarter\n  within 15 days after its end", "from 2026-04-01\n  continuing"),
        ("each quarter\n  within 15 days after its end", "continuing"),
        ("each quarter\n  within 15 days after its end", "within 15 days"),
        ("each quarter\n  within 15 days after its end", "from 2026-04-01\n  within 15 days"),
        ("each quarter\n  within 15 days after its end", "by 2026-04-01"),
        ("each quarter\n  within 15 days after its end", "continuing\n  breach found by Chair"),
        ("each quarter\n  within 15 days after its end", "continuing\n  cured within 5 days"),
        ("each quarter\n  within 15 days after its end", "continuing\n  cured within 5 days\n  breach found by Chair"),
    ]),
    "power": (POWER, [
        ("any party", "every party"), ("any party", "Helios"), ("Order is taken", "Other is taken"),
        ("60 days", "61 days"), ("approval of Chair", "approval of Clerk"), ("  requires approval of Chair\n", ""),
        ("if exercised", "if expired"), ("when decision Order is taken\n  within 60 days", "each year\n  by its end"),
    ]),
    "review": (REVIEW, [
        ("each year", "each quarter"), ("each year", "each 12 months after the last"), ("led by Chair", "led by Clerk"),
        ("attended by every Director", "attended by every party"), ("two thirds", "half"),
        ("quorum two", "quorum more than two"), ("two thirds of all members", "3"),
        ("two thirds of all members", "all members"), ("notice 10", "notice 11"), ("  notice 10 days\n", ""),
        ("money, trust", "money"), ("within 10 days by", "within 11 days by"), ("by Clerk", "by Chair"),
        ("grace 15", "grace 16"), ("if missed", "if missed 2 times in a row"), ("review Look", "review Check"),
    ]),
    "objective": (OBJECTIVE, [
        ("owned by Helios", "owned by Norwind"), ("cycles", "loads"), (" by Chair", ""), (" by Chair", " by Clerk"),
        ("600", "601"), ("at least 600", "more than 600"), ("at least 600", "at most 600"), ("2026-12-31", "2026-12-30"),
        ("within 30", "within 31"), ("  target at least 1,000 by 2027-12-31\n", ""),
    ]),
    "communication": (COMMUNICATION, [
        ("between every party", "between Helios, Norwind"), ("contact Director", "contact Chair"),
        ("e-mail, portal", "e-mail"), ("  channels e-mail, portal\n", ""), ("incident", "delay"), ("24 hours", "48 hours"),
        ("with every party", "with Chair"), ("answer within 2 days", "answer within 3 days"),
        ("  answer within 2 days\n", ""), ("for 1 year", "for 2 years"), ("violated 3", "violated 2"),
    ]),
    "survey": (SURVEY, [
        ("each half year", "each year"), ("every other party", "every party"),
        ("about every other party", "about its own party"), ("about every other party", "about all parties together"),
        ("asks every party", "asks every Director"), ("1 to 5", "1 to 7"), ("Hope?", "Fear?"), ("hope", "fear"),
        ("at least 2 answers", "at least 1 answers"), ("answers\n", "answers\n  anonymous\n"), ("grace 15", "grace 16"),
        ("  grace 15 days\n", ""), ("if missed", "if missed 2 times in a row"),
    ]),
    "licence": (LICENCE, [
        ("to Norwind", "to any party except Helios"), ("to Norwind", "to Cetra"), ("to Norwind", "to every party"),
        ("from Helios", "from every party"), ("of Model", "of Plant"), ("of Model", "of Model, Plant"),
        ("of Model", "of background"), ("of Model", "of every asset"), ("research, teaching", "research"),
        ("research, teaching", "any purpose"), ("Storage", "Vehicles"), ("  in field Storage\n", ""), ("Europe", "Asia"),
        ("  in territory Europe\n", ""), ("  exclusive", "  sole"), ("  exclusive", "  non-exclusive"),
        ("affiliates", "partners"), (" to affiliates", ""), (" with approval of Chair", ""),
        ("approval of Chair\n  fee", "approval of Clerk\n  fee"),
        ("sublicence to affiliates with approval of Chair", "no sublicence"), ("fee 5%", "fee 6%"),
        ("fee 5%", "fee 5 EUR"), ("fee 5%", "fee 5 EUR each year"), ("fee 5%", "free of charge"),
        ("fee 5%", "on fair and reasonable terms"), ("2028-06-30", "2028-06-29"),
        ("from 2026-07-01 until 2028-06-30", "until 2028-06-30"), ("2028-06-30", "the end"),
        ("2028-06-30", "3 months after the end"), ("from 2026-07-01 until 2028-06-30", "perpetual"),
        ("from 2026-07-01 until 2028-06-30", "from 2026-07-01"), ("within 12 months", "within 13 months"),
        (" within 12 months after the end", ""), ("  on request within 12 months after the end\n", ""),
        ("ends on default of licensee", "ends when licensee leaves"),
        ("ends on default of licensee", "ends on termination by Helios"),
        ("ends on default of licensee", "suspended during default of licensee"),
        ("ends on default of licensee", "survives leaving of licensee"), ("ends when stop", "ends 14 days after stop"),
        ("stop", "halt"), ("requires approval of Chair", "requires approval of Clerk"),
        ("ends on default of licensee", "given bad: yes or no determined by Chair\n  ends when bad"),
    ]),
    "secrecy": (SECRECY, [
        (" marked confidential", ""), ("of everything", "of background"), ("of everything", "of Model"),
        ("15 days", "16 days"), ("  oral information marked within 15 days\n", ""), ("binds every party", "binds Helios"),
        ("advisers, affiliates", "advisers"), ("  allowed to advisers, affiliates\n", ""),
        ("public, already-known", "public"), ("required-by-law", "asked-by-court"), ("notice 5 days", "notice 6 days"),
        ("notice 5 days", "notice"), (" after notice 5 days unless notice-unlawful", ""), (" unless notice-unlawful", ""),
        ("4 years", "5 years"), ("after the end", "after disclosure"), ("for 4 years after the end", "until the end"),
        ("for 4 years after the end", "perpetual"), ("for 4 years after the end", "until 2031-01-01"),
    ]),
    "ladder": (LADDER, [
        (" in writing", ""), ("raised by any party in", "raised by any party or Board in"),
        ("between every Director", "between Chair"), ("between every Director", "between Chair, Clerk"),
        ("15 working days", "15 days"), ("refusal", "no-agreement"),
        ("    ends early when refusal recorded by any party\n", ""),
        ("ends early when refusal recorded by any party", "ends early when 5 days after raised"), (" up to 5 days", ""),
        (" once", ""), ("extension by Chair", "extension by Clerk"), ("skipped when urgent", "skipped when not urgent"),
        ("neutral mediator", "court"), ("neutral mediator", "Board"), ("neutral mediator", "Board of 3"),
        ("tribunal of 3", "tribunal of 1"), ("seat Geneva,", "seat Zurich,"), ('rules "WIPO"', 'rules "ICC"'),
        ("English", "German"), ("taken by any party", "taken by claimant"),
        ("within 20 days after the end", "within 21 days after the end"), (" within 20 days after the end of First", ""),
        ("within 45 days", "within 45 days after raised"), ("12 months", "13 months"),
        ("within 10 days", "within 11 days"), ("objection-made", "suit"),
        ("objection-made recorded by any party", "objection-made recorded"),
        ("objection-made recorded by any party", "taken further"),
        (" unless objection-made recorded by any party within 10 days", ""),
        ("by any party for money", "by any party for quality"), ("by any party for money", "for money"),
        (" for money", ""), ("  urgent relief at any time by any party for money\n", ""),
        ("duties continue", "duties are suspended"), ("continue when urgent", "continue when not urgent"),
        ("  duties continue when urgent\n", ""), ("  raised by", "  applies when subject is money\n  raised by"),
    ]),
    "trust": (TRUST, [
        ("of each party", "of all parties together"), ("12 months", "6 months"), ("over 12 months", "over the whole term"),
        ("duties in time", "reviews in time"), ("duties in time", "reviews attended"),
        ("duties in time", "objectives met"), ("duties in time", "surveys answered"),
        ("duties in time", "communication in time"), ("below 80%", "below 81%"), ("below 80%", "above 80%"),
        ("    low below 80%\n", ""), (" on goals", " on care"), (" on goals", ""),
        ("findings of lying", "findings of hiding"), (" by Chair", ""), (" by Chair", " by Clerk"),
        ("findings of lying by Chair", "lying recorded"), ("findings of lying by Chair", "duties violated"),
        ("findings of lying by Chair", "reviews missed"), ("findings of lying by Chair", "objectives missed"),
        ("review Look within 30", "review Look within 31"), ("review Look within 30 days", "dispute Main"),
        ("  if low, review Look within 30 days\n", ""),
    ]),
    "trust of all together": (TOGETHER, [
        ("spread of survey Poll on goals", "mean of survey Poll on goals"), (" on goals", " on care"), ("below 75%", "below 76%"),
        ("reviews in time\n    weight 60%", "reviews in time of Look\n    weight 60%"),
        ("12 months", "13 months"), ("reviews in time", "reviews attended"),
        ("share of reviews in time", "share of duties in time"),
    ]),
    "role": (ROLE, [
        ("one,", "up to 2,"), ("one,", "any number,"), ("one,", "one for each party,"), ("by Board", "by Chair"),
        (", appointed by Board", ""), ("by Board", "by party"), ("by Board", "by any member of Board"),
        ("2 years", "3 years"), (", term 2 years", ""), ("any Director", "Clerk"), (" to any Director", ""),
        ("until 2028-12-31 ", ""), (" up to 10,000 EUR", " up to 20,000 EUR"), (" up to 10,000 EUR", ""),
        ("may delegate to any Director until 2028-12-31 up to 10,000 EUR", "may not delegate"), ("Ana Ruiz", "Ben Okafor"),
        ("  held by Ana Ruiz\n", ""), ("  may", "  speaks for its party\n  may"),
    ]),
    "body": (BODY, [
        ("every Director\n", "every party\n"), ("every Director\n", "every Director, Chair\n"), ("seats 6", "seats 7"),
        ("  seats 6\n", ""), ("chair Chair", "chair Clerk"), ("  chair Chair\n", ""), ("two thirds", "three quarters"),
        ("quorum two", "quorum more than two"), ("two thirds of all members", "two thirds of fixed seats"),
        ("two thirds of all members", "4"), ("of all members\n  quorum half", "of all members present\n  quorum half"),
        ("quorum half of all members", "quorum none"), ("reconvened", "reconvened 2 times"),
        ("  quorum half of all members when reconvened\n", ""), ("at most 2", "at most 3"), ("per party", "per share"),
        ("at most 1 each", "at most 2 each"), (" to any Director", ""),
        ("proxies at most 1 each to any Director", "no proxies"),
        ("proxies at most 1 each to any Director", "substitutes allowed"),
    ]),
    "party": (PARTY, [
        ("Volt AG", "Volt SE"), ("Zurich", "Oslo"), ("  seat Zurich\n", ""), ("2026-02-01", "2026-03-01"),
        ("2028-12-31", "2029-12-31"), ("  until 2028-12-31\n", ""), ("20%", "21%"), ("500 EUR", "501 EUR"),
        (" from 2027-01-01", ""),
    ]),
    "asset": (ASSET, [
        ("results of", "background of"), ("results of", "sideground of"), ("60%, Norwind 40%", "70%, Norwind 30%"),
        (" 60%, Norwind 40%", ""), (" 60%, Norwind 40%", ", Norwind"), ("2026-02-01", "2026-02-02"),
        ("  confidential\n", ""), ("  on 2026-02-01\n", ""),
    ]),
    "ownership": (OWNERSHIP, [
        ("the party of their makers", "their makers"), ("the party of their makers", "Helios"),
        ("the party of their makers", "every party"), ("use, license", "license"), ("license non-exclusively", "license"),
        ("license non-exclusively", "assign"), ("for research", "for teaching"), (" for research", ""),
        ("45 days", "46 days"), ("    requires 45 days after notice\n", ""),
    ]),
    "assignment": (ASSIGNMENT, [
        ("of results", "of every asset"), ("of results", "of Model"), ("60 days", "61 days"),
        ("any party except proposer", "Helios"),
    ]),
    "notices": (NOTICES, [
        ("  in writing\n", ""), ("by e-mail,", "by portal,"), ("given when confirmed", "given on dispatch"),
        ("given when confirmed", "given 1 days after dispatch"),
        ("given when confirmed", "given when confirmed or 2 days after dispatch"), ("2 days", "3 days"),
        ("Bahnhofstrasse 1", "Bahnhofstrasse 2"), ("address of Helios", "address of Norwind"),
        ("address of Helios", "address of Helios by e-mail"), ("  only on working days\n", ""),
        ("  proposals are no notice\n", ""), ("  by courier, given 2 days after dispatch\n", ""),
    ]),
}  # fmt: skip
