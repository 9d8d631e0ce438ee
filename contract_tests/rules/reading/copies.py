"""Rows of one page that were written once and copied: one name, two tables, the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from contract_tests.facts import Field, Table
from contract_tests.rules.reading.reading import Reading

Copies = tuple[tuple[Table, Field], tuple[Table, Field]]
FIGURE = re.compile(r"\d+")


def copies(reading: Reading, words: Callable[[Field], str]) -> Iterator[Copies]:
    """The pairs of rows of one name in two tables of which these words are the same."""
    for rows in reading.by_field.values():
        told = [(row, words(row[1])) for row in rows] if len(rows) > 1 else []
        said = [(row, text) for row, text in told if text]
        for (one, text), (other, other_text) in combinations(said, 2):
            if text == other_text and one[0] is not other[0]:
                yield one, other


def before_values(field: Field) -> str:
    """A description up to the first value that it lists; "" without a list that is closed."""
    if not field.enum or field.enum_open:
        return ""
    places = [field.description.find(item.value) for item in field.enum]
    return field.description[: min((place for place in places if place >= 0), default=0)]


def without_figures(field: Field) -> str:
    """A description without its numbers; "" where it states no greatest value or length."""
    greatest = field.limits.maximum is not None or field.limits.max_length is not None
    return FIGURE.sub("#", field.description) if greatest else ""
