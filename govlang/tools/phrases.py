"""Phrases that scenarios expect in an answer.

In: a text and a phrase. Out: whether the one holds the other.
"""

from __future__ import annotations

from datetime import datetime, timedelta


def contains(text: str, phrase: str) -> bool:
    """Whether the words of a phrase stand together in a text, without regard to case and spacing."""
    haystack = f" {' '.join(text.casefold().replace(',', ' ').replace('(', ' ').replace(')', ' ').split())} "
    needle = " ".join(phrase.casefold().replace(",", " ").replace("(", " ").replace(")", " ").split())
    haystack = haystack.replace(";", " ").replace(":", " ")
    needle = needle.replace(";", " ").replace(":", " ")
    return f" {' '.join(needle.split())} " in f" {' '.join(haystack.split())} "


def last_day(over: datetime | None) -> str:
    """The last day (or instant) before something is over, in words; nothing where no end is set."""
    if over is None:
        return ""
    midnight = (over.hour, over.minute) == (0, 0)
    return f"{over - timedelta(days=1):%Y-%m-%d}" if midnight else f"{over:%Y-%m-%d %H:%M}"
