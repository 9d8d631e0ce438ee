"""Rows that were written once and copied: one name, the same words, two tables or two pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from itertools import combinations

from contract_tests.facts import Field
from contract_tests.rules.reading.families import Copy, Readings
from contract_tests.rules.reading.problem import Problem, says
from contract_tests.rules.reading.reading import Reading

SHORT = 12
"""So few letters (`Task ID.`) may describe several things."""
FIGURE = re.compile(r"\d+")


def copies(reading: Reading, words: Callable[[Field], str]) -> Iterator[tuple[Copy, Copy]]:
    """The pairs of rows of one name in two tables of which these words are the same."""
    for rows in reading.by_field.values():
        told = [(row, words(row[1])) for row in rows] if len(rows) > 1 else []
        said = [(row, text) for row, text in told if text]
        for (one, text), (other, other_text) in combinations(said, 2):
            if text == other_text and one[0] is not other[0]:
                yield Copy(reading.page, *one), Copy(reading.page, *other)


def odd_copies(
    readings: Readings, words: Callable[[Field], str], trait: Callable[[Field], Hashable]
) -> Iterator[tuple[Copy, Copy]]:
    """The rows of one structure and one wording whose trait is not the usual one, with a usual."""
    for rows in readings.homonyms:
        groups: dict[str, list[Copy]] = defaultdict(list)
        for row in rows:
            groups[words(row.field)].append(row)
        for text, group in groups.items():
            traits = Counter(trait(row.field) for row in group) if text and len(group) > 2 else {}
            if len(traits) > 1:
                usual = max(group, key=lambda row: traits[trait(row.field)])
                odd = (row for row in group if trait(row.field) != trait(usual.field))
                yield from ((row, usual) for row in odd)


def name_of(row: Copy, beside: Copy) -> str:
    """What tells a row from one like it: its page, or on one page its table."""
    return row.table.name if row.page is beside.page else row.page.stem


def unlike(
    odd: Copy, usual: Copy, said: tuple[str, str], message: str, values: tuple[str, ...]
) -> Problem:
    """A problem with a row that says something else than one like it; `said` is what either."""
    return Problem(
        stem=odd.page.stem,
        structure=odd.table.name,
        field=odd.field.name,
        message=message,
        values=values,
        source=odd.field.source,
        claims=(
            says(f"{name_of(odd, usual)}: {said[0]}", odd.field.source),
            says(f"{name_of(usual, odd)}: {said[1]}", usual.field.source),
        ),
    )


def before_values(field: Field) -> str:
    """A description up to the first value that it lists; "" without a list that is closed."""
    if not field.enum or field.enum_open:
        return ""
    places = [field.description.find(item.value) for item in field.enum]
    return field.description[: min((place for place in places if place >= 0), default=0)]


def whole(field: Field) -> str:
    """A description that is long enough to be that of one thing."""
    return field.description if len(field.description) > SHORT else ""


def without_figures(field: Field) -> str:
    """A description without its numbers; "" where it states no greatest value or length."""
    greatest = field.limits.maximum is not None or field.limits.max_length is not None
    return FIGURE.sub("#", field.description) if greatest else ""
