"""Whether two words are spellings of one: by case, separators or one letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

SEPARATORS = re.compile(r"[\W_]+")
DIGITS = re.compile(r"\D+")
LONG = 6
"""From so many letters on, one letter more, less or other is a slip and not another word."""


@cache
def fold(word: str) -> str:
    """The word without case and separators."""
    return SEPARATORS.sub("", word).lower()


@cache
def keys(word: str) -> frozenset[str]:
    """What two spellings share that are a letter apart: the folded word, less one letter each."""
    folded = fold(word)
    return frozenset(_keys(folded)) if any(map(str.isalpha, folded)) else frozenset()


def _keys(folded: str) -> Iterator[str]:
    yield folded
    if len(folded) >= LONG:
        for at, letter in enumerate(folded):
            if letter.isalpha():
                yield folded[:at] + folded[at + 1 :]


def are_one_letter_apart(one: str, other: str) -> bool:
    """Whether only a letter tells the words apart, never a digit: `tls-1-1` is not `tls-1-2`."""
    if fold(one) == fold(other) or DIGITS.sub("", one) != DIGITS.sub("", other):
        return False
    return not keys(one).isdisjoint(keys(other))


def are_alike(one: str, other: str) -> bool:
    """Whether the words are spellings of one."""
    return (fold(one) == fold(other) and bool(keys(one))) or are_one_letter_apart(one, other)
