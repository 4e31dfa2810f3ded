"""More of what can be changed in a clause (see `clause_variants`): turns, openings, licences of several, ladders, headers.

In: nothing. Out: texts and pairs of words to be replaced; clauses, and a sentence that is said of each.
"""

from __future__ import annotations

PROPOSER = """duty Settle Up
  owed by Helios
  when decision Order is taken
  within 10 days

power Step Aside
  held by proposer
  when duty Settle Up is violated
  within 10 days
"""
THING = """duty Monthly Report
  owed by Helios to Chair
  each month
  by its end
"""
REFUND = """duty Refund
  owed by Helios to Chair
  within 10 days
"""
PAY = """duty Pay Royalty
  owed by Helios to Norwind
  when decision Order is taken
  within 10 days
  amount the larger of amount and 1 EUR
  cured within 5 days
  suspended while dispute Main is open
"""
ROLLING = """duty Look Again
  owed by Helios
  each 12 months after the last
  by its end
"""
DATED = """duty Look Again
  owed by Helios
  from 2026-04-01
  by 2026-05-01
"""
CONTINUING = """duty Look Again
  owed by Helios
  when decision Order is taken
  continuing
  breach found by Chair
"""
TWICE = """duty Look Again
  owed by Helios
  when decision Order is taken
  when decision Other is taken
  by deliver-by
"""
UNTIMED = """power Step Aside
  held by Helios
  when decision Order is taken
"""
FORTNIGHT = """duty Look Again
  owed by Helios
  each 2 weeks
  within 3 days after its start
"""
OPENS = """duty Pay Fine
  owed by Norwind
  within 4 days

duty Look Again
  owed by Helios
  within 10 days
  if violated, duty Pay Fine within 3 days
"""
SILENT = """communication Daily
  between every party
  channels e-mail, portal
"""
SEVERAL = """licence Use
  from Helios
  to any party except Helios
  of Model
  for research
  in field Storage
  non-exclusive
  until the end
  ends on termination by Helios
  ends 14 days after stop recorded by Chair
  given insolvent: yes or no determined by Chair, careless: yes or no determined by Chair
  ends when insolvent
"""
COUNTED = """review Yearly Review
  each year
  led by Chair
  attended by Board
  quorum 2
"""
CAPS = """body Panel
  members every Director
  seats 9
  at most one third of fixed seats members per party
"""
MADE = """persons Ana Ruiz, Ben Okafor of Helios

asset Recipe
  results
  made by Ana Ruiz
"""
CLIMB = """dispute Steps
  given known-since: date, urgent: yes or no
  applies when urgent
  raised by any party within 3 years after known-since
  step First
    within 45 days after raised
    ends early when any of
      5 days after raised
      urgent
    decision final unless taken further within 20 days
  step Second
    before expert of 2
    decision final unless suit recorded within 10 days
  step Third
    before Board of 3
    decision final unless suit recorded by any party within 10 days
  step Fourth
    before "an arbitral tribunal"
    final
"""
WEIGHTS = """duty Deliver
  owed by Helios
  within 9 days

trust Competence
  over 12 months
  measures number of lying recorded by Chair
    weight 40%
  measures share of duties in time of Deliver
    weight 60%
  low below 75%
"""
TABLE = """table share for each party
  from 2026-01-01 until 2026-12-31
    Helios: 40%
    Norwind: 60%
  from 2027-01-01
    Helios: 50%
    Norwind: 50%
"""
EACH = """each person has employer: text, trained: yes or no, grade: one of junior or senior
"""
HEADER = """agreement Trial
  version 1
  effective 2026-01-01 until 2030-12-31
  renews for 2 years up to 3 times unless any party objects at least 6 months before the end
  law of Switzerland
  time zone Europe/Zurich
  currency EUR
  working days of Switzerland, Norway
  not working 2026-12-24
"""

SPECIAL: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "proposer of what brought it about": (PROPOSER, [("Order", "Other"), ("proposer", "supplier")]),
    "what is owed by its name": (THING, [
        ("to Chair", "to Clerk"), (" to Chair", ""), ("by Helios", "by Norwind"), ("by Helios", "by Helios, Norwind"),
        ("month", "quarter"),
    ]),
    "refund": (REFUND, [("to Chair", "to Clerk"), ("to Chair", "to every party"), (" to Chair", ""),
        ("10 days", "11 days")]),
    "amounts": (PAY, [
        ("of amount", "of price"), ("1 EUR", "2 EUR"), ("larger", "smaller"),
        ("the larger of amount and 1 EUR", "disputed"),
        ("the larger of amount and 1 EUR", "undisputed"), ("the larger of amount and 1 EUR", "fee"),
        ("the larger of amount and 1 EUR", "dues"), ("the larger of amount and 1 EUR", "amount"),
        ("dispute Main", "dispute Side"),
        ("5 days", "6 days"), ("to Norwind", "to Cetra"), ("by Helios", "by every party"),
    ]),
    "counted from the last time": (ROLLING, [
        ("12 months", "11 months"), ("the last", "the last from 2026-02-01"), ("the last", "the last from 2026-03-01"),
        ("the last", "the last until 2029-02-01"), ("the last", "the last until 2029-03-01"),
        ("by its end", "within 5 days after its end"), ("by its end", "within 6 days after its end"),
        ("the last\n  by its end", "the last from 2026-02-01\n  within 5 days after its end"),
        ("the last\n  by its end", "the last until 2029-02-01\n  within 5 days after its end"),
        ("12 months after the last\n  by its end", "11 months after the last\n  within 5 days after its end"),
        ("by its end", "within 5 days after its start"), ("by its end", "within 6 days after its start"),
        ("12 months after the last\n  by its end", "11 months after the last\n  within 5 days after its start"),
        ("the last\n  by its end", "the last from 2026-02-01\n  within 5 days after its start"),
        ("the last\n  by its end", "the last until 2029-02-01\n  within 5 days after its start"),
    ]),
    "days": (DATED, [("04-01", "04-02"), ("05-01", "05-02"), ("  from 2026-04-01\n", ""),
        ("by 2026-05-01", "within 30 days")]),
    "continuing": (CONTINUING, [
        ("Order", "Other"), ("by Chair", "by Clerk"), ("  breach found by Chair\n", ""),
        ("  when decision Order is taken\n", ""),
        ("when decision Order is taken", "when decision Order is taken\n  when any party leaves"),
    ]),
    "two occasions": (TWICE, [
        ("Other is taken", "Other is denied"), ("by deliver-by", "by invoice-date"),
        ("by deliver-by", "within 3 days after deliver-by"),
        ("by deliver-by", "within 4 days after deliver-by"), ("by deliver-by", "within 3 days after bill"),
        ("by deliver-by", "within 3 days after invoice-date"),
    ]),
    "a power without a time": (UNTIMED, [("Order", "Other"), ("held by Helios", "held by Norwind"),
        ("held by Helios", "held by any party")]),
    "turns of their own length": (FORTNIGHT, [
        ("2 weeks", "3 weeks"), ("3 days", "4 days"), ("2 weeks", "week"), ("2 weeks", "month"),
        ("2 weeks", "2 weeks from 2026-01-05"),
        ("2 weeks", "2 weeks from 2026-01-06"), ("2 weeks", "2 weeks until 2029-01-05"),
        ("2 weeks", "2 weeks until 2029-01-06"),
        ("2 weeks", "month from 2026-02-01"), ("2 weeks", "month from 2026-03-01"), ("2 weeks", "month until 2029-02-01"),
        ("2 weeks", "month until 2029-03-01"), ("its start", "its end"), ("within 3 days after its start", "by 2026-06-01"),
    ]),
    "what opens": (OPENS, [
        ("if violated, duty Pay Fine within 3 days", f"if violated, {opened}") for opened in (
            "duty Pay Fine within 4 days", "duty Pay Fine", "review Look within 3 days", "review Check within 3 days",
            "review Look within 4 days", "decision Order within 3 days", "decision Other within 3 days",
            "decision Order within 4 days",
            "dispute Main within 3 days", "dispute Side within 3 days", "dispute Main", "dispute Main within 4 days",
            "duty Pay Fine, dispute Main", "duty Pay Fine, dispute Side",
        )
    ]),
    "ways alone": (SILENT, [("e-mail, portal", "e-mail"), ("e-mail, portal", "e-mail, fax"),
        ("  channels e-mail, portal\n", "  contact Chair\n")]),
    "a licence of several": (SEVERAL, [
        ("termination by Helios", "termination by any party"), ("14 days", "15 days"),
        ("ends 14 days after stop", "ends when stop"),
        ("stop recorded by Chair", "stop recorded"), ("ends when insolvent", "ends when careless"),
        ("ends when insolvent", "ends when not careless"),
        ("in field Storage", "in territory Storage"), ("in field Storage", "in field Storage, Vehicles"),
        ("except Helios", "except Norwind"),
        ("until the end", "from 2026-02-01"), ("until the end", "from 2026-02-02"),
        ("until the end", "from 2026-02-01 until the end"),
        ("until the end", "perpetual"), ("ends on termination by Helios", "ends on default of licensee"),
        ("ends on termination by Helios", "suspended during default of licensee"),
        ("ends on termination by Helios", "ends when licensee leaves"),
        ("ends on termination by Helios", "survives leaving of licensee"),
        ("non-exclusive", "sole"), ("non-exclusive", "exclusive"),
    ]),
    "the quorum of a review": (COUNTED, [
        ("quorum 2", "quorum 1"), ("quorum 2", "quorum 3"), ("quorum 2", "quorum more than 2"),
        ("quorum 2", "quorum half of all members"),
        ("quorum 2", "quorum half of fixed seats"), ("quorum 2", "quorum one third of fixed seats"),
        ("quorum 2", "quorum all members"),
        ("quorum 2", "quorum more than half of all members"), ("  quorum 2\n", ""), ("by Board", "by every party"),
    ]),
    "caps": (CAPS, [
        ("one third of fixed seats members", f"{size} members") for size in (
            "half of fixed seats", "one third of all members", "2", "3", "the smaller of 3 and half of all members",
            "the larger of 3 and half of all members", "half of all members plus 1", "half of all members minus 1",
            "3 times square root of all members", "2 times square root of all members",
        )
    ]),
    "makers": (MADE, [("made by Ana Ruiz", "made by Ben Okafor"), ("made by Ana Ruiz", "made by Ana Ruiz, Ben Okafor"),
                      ("  results\n  made by Ana Ruiz", "  results of Helios")]),
    "steps": (CLIMB, [
        ("applies when urgent", "applies when not urgent"), ("  applies when urgent\n", ""), ("3 years", "4 years"),
        (" within 3 years after known-since", ""), ("raised by any party", "raised by Board"),
        ("45 days after raised", "45 days"),
        ("45 days after raised", "45 days after known-since"), ("any of", "all of"),
        ("      urgent\n", "      not urgent\n"),
        ("within 20 days", "within 21 days"), ("suit recorded within 10 days", "suit recorded within 11 days"),
        ("suit recorded within", "writ recorded within"), ("by any party within 10 days", "by Chair within 10 days"),
        ("by any party within 10 days", "by any party within 11 days"), ("suit recorded by", "writ recorded by"),
        ("expert of 2", "expert of 3"),
        ("expert of 2", "expert"), ("expert of 2", "judge of 2"), ("Board of 3", "Board of 2"), ("Board of 3", "Board"),
        ('"an arbitral tribunal"', '"a state court"'), ('"an arbitral tribunal"', "courts of Delaware"),
    ]),
    "weights and acts": (WEIGHTS, [
        ("lying", "hiding"), (" by Chair", ""), (" by Chair", " by Clerk"),
        ("40%\n  measures share of duties in time of Deliver\n    weight 60%",
        "60%\n  measures share of duties in time of Deliver\n    weight 40%"), (" of Deliver", ""),
        ("75%", "76%"), ("duties in time of Deliver", "reviews in time of Look"),
        ("lying recorded by Chair", "findings of lying by Chair"),
    ]),
    "a table": (TABLE, [("2026-12-31", "2026-11-30"), ("2027-01-01", "2027-02-01"), ("40%", "41%"),
        ("Norwind: 50%", "Cetra: 50%")]),
    "attributes": (EACH, [("employer", "funder"), ("text", "number"), ("yes or no", "date"),
        ("junior or senior", "junior or expert")]),
}  # fmt: skip
HEADERS = [
    ("version 1", "version 2"), ("2026-01-01", "2026-01-02"), ("2030-12-31", "2030-12-30"), ("2 years", "3 years"),
    ("3 times", "4 times"),
    (" up to 3 times", ""), ("any party objects", "Chair objects"), ("6 months", "7 months"),
    (" at least 6 months before the end", ""),
    (" unless any party objects at least 6 months before the end", ""), ("Switzerland\n  time", "Norway\n  time"),
    ("law of Switzerland", "law of Switzerland, Norway"), ("Europe/Zurich", "Europe/Oslo"), ("EUR", "USD"),
    ("Switzerland, Norway", "Switzerland"),
    ("Switzerland, Norway", "banks in Zurich, Norway"), ("Switzerland, Norway", "Zurich in Switzerland, Norway"),
    ("2026-12-24", "2026-12-23"), ("2026-12-24", "2026-12-24, 2026-12-31"),
    ("  not working", "  weekend Sunday\n  not working"),
    ("  working days of Switzerland, Norway\n", ""), ("  not working 2026-12-24\n", ""),
]  # fmt: skip

# A clause, and a sentence that is said of it.
SENTENCES = [
    ("duty Meet\n  owed by any Director\n  within 5 days",
     "One of the Directors must Meet within five days after the start of the agreement."),
    ("duty Circulation\n  owed by Helios, Norwind to Chair\n  by 2026-05-01",
     "Helios and Norwind owe the Circulation to the Chair by 1 May 2026."),
    ("duty Circulation\n  owed by Helios\n  each quarter\n  by its end", "Helios owes the Circulation in each quarter."),
    ("power Call Option\n  held by Helios\n  each year\n  by its end",
     "Helios may exercise the Call Option once in each year."),
    ("power Stand Down\n  held by Helios\n  each year\n  by its end",
     "Helios may exercise the Stand Down once in each year."),
    ("power Take Over\n  held by every party except the party concerned\n  when any party defaults\n  within 10 days",
     "Within ten days after a party comes into default, every party other than the party concerned may Take Over."),
    ("duty Pay Fee\n  owed by every party to every party\n  within 1 month\n  amount fee",
     "Every party must pay its fee to every other party within one month after the start of the agreement."),
    ("duty Refund\n  owed by Helios to Chair\n  by 2026-05-01", "Helios must Refund the Chair by 1 May 2026."),
    ("duty Explain\n  owed by Helios to Chair\n  when review Look is missed 2 times in a row\n  within 24 hours",
     "Helios must Explain to the Chair within 24 hours after the review Look is missed twice in a row."),
    ("duty Keep Quiet\n  owed by Helios to Chair\n  continuing\n  if violated, decision Order within 3 days",
     "If it is violated, the decision Order must be put to the vote within three days."),
    ("duty Keep Quiet\n  owed by Helios to Chair\n  continuing\n  if violated, decision Order within 3 days",
     "One of the Directors must put the decision Order to the vote within three days after the duty Keep Quiet is violated."),
    ("duty Keep Quiet\n  owed by Helios to Chair\n  continuing\n  if violated, dispute Main",
     "When the duty Keep Quiet is violated, the Chair may raise a dispute under the ladder Main."),
    ("review Board Review\n  each year\n  led by Chair\n  attended by Board\n  minutes within 3 days by Clerk",
     "The Chair must call and lead the Board Review in each year; the Board attends it."),
    ("review Board Review\n  each year\n  led by Chair\n  attended by Board\n  minutes within 3 days by Clerk",
     "The Clerk must send the minutes of the Board Review within three days after the Board Review is held."),
    ("asset Design Files\n  results",
     "The Design Files are results; to whom they belong follows from the rule on results."),
    ("asset Design Files\n  background of Helios", "The Design Files are background, and belong to Helios."),
    ("asset Lens\n  results of Helios, Norwind",
     "The Lens is a result, and belongs to Helios and Norwind, in equal shares."),
    ("ownership\n  results belong to every party", "Results belong to every party, in equal shares."),
    ("licence Pool\n  from Helios, Norwind\n  to Helios, Norwind\n  of results\n  for any purpose\n  non-exclusive\n  perpetual",
     "Helios and Norwind grant each other a non-exclusive licence of their results for any purpose, in perpetuity."),
    ("licence Brand\n  from Helios\n  to Norwind\n  of Model\n  for any purpose\n  in field Ships, Cars\n  sole\n  perpetual",
     "Helios grants Norwind a sole licence of the Model for any purpose in the fields of Ships and Cars, in perpetuity."),
    ("body Winners\n  members every Director", "The Winners are made up of the Directors."),
    ("body Panel\n  members every Director\n  quorum 2 present",
     "In a meeting, it can decide only if at least two members of the Panel are present."),
    ("communication Daily\n  between every party\n  share delay with every party within 1 days",
     "A party that records “delay” must share it with every other party within one day."),
    ("dispute Ladder\n  raised by any party\n  step Court\n    before courts of Delaware\n    final",
     "The only step is Court, before the courts of Delaware."),
]  # fmt: skip
