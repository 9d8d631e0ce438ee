"""Rows of one table that have one description between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contract_tests.facts import Field, Table

SHORTEST = 8
"""Descriptions of fewer letters (`Name`, `Label`) say too little to be a copy."""
SAYS_NOTHING = re.compile(r"reserved|unsupported|^(?:none|n/?a|-)\.?$", re.IGNORECASE)


def twins(tables: Iterable[Table]) -> Iterator[tuple[Table, Field, Field]]:
    """Each row that repeats the description of an earlier row of its table, with that row."""
    for table in tables:
        first: dict[str, Field] = {}
        for field in table.fields:
            earlier = first.setdefault(field.description, field)
            if earlier.name != field.name and _says_something(field.description):
                yield table, earlier, field


def _says_something(text: str) -> bool:
    return len(text) >= SHORTEST and not SAYS_NOTHING.search(text)


def is_duplicate(first: Field, second: Field) -> bool:
    """Whether twins are one field twice: same type and values, one's words all in the other."""
    if first.type.kind != second.type.kind or first.type.structure != second.type.structure:
        return False
    values = [[item.value for item in field.enum] for field in (first, second)]
    a, b = (words(field.name) for field in (first, second))
    return bool(values[0]) and values[0] == values[1] and bool(a & b)


def words(name: str) -> frozenset[str]:
    """The words of a name: of `supportResCategories` `support`, `res`, `categorie`."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)
    return frozenset(part.casefold().rstrip("s") for part in parts)
