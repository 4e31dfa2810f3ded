"""Phrases that scenarios expect in an answer.

In: a text and a phrase. Out: whether the one holds the other.
"""

from __future__ import annotations


def contains(text: str, phrase: str) -> bool:
    """Whether the words of a phrase stand together in a text, without regard to case and spacing."""
    haystack = f" {' '.join(text.casefold().replace(',', ' ').replace('(', ' ').replace(')', ' ').split())} "
    needle = " ".join(phrase.casefold().replace(",", " ").replace("(", " ").replace(")", " ").split())
    haystack = haystack.replace(";", " ").replace(":", " ")
    needle = needle.replace(";", " ").replace(":", " ")
    return f" {' '.join(needle.split())} " in f" {' '.join(haystack.split())} "
