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
        for one, other in combinations(rows, 2) if len(rows) > 1 else ():
            if one[0] is not other[0] and words(one[1]) == words(other[1]) != "":
                yield one, other


def before_values(field: Field) -> str:
    """A description up to the first value that it lists; "" without a list that is closed."""
    places = [field.description.find(item.value) for item in field.enum]
    known = [place for place in places if place >= 0]
    return field.description[: min(known)] if known and not field.enum_open else ""


def without_figures(field: Field) -> str:
    """A description without its numbers."""
    return FIGURE.sub("#", field.description)
