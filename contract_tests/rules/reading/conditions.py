"""What descriptions say of the value of another field: `when **type** is set to **PATH**`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contract_tests.facts import Field, Table

VALUE = r"[\"“]?[A-Za-z0-9][\w./-]*\w[\"”]?|[0-9]+"
STATES = re.compile(
    rf"(?: parameter| field)?(?: of the (?P<owner>[a-z]+(?: [a-z]+){{0,3}}?))?"
    rf"(?: (?:is|are|was)(?: not| only)? set to| is not| is| to| ?=) "
    rf"(?P<values>(?:{VALUE})(?:(?:, or |, and |, | or | and )(?:{VALUE}))*)"
)
"""What follows the name of a field where its value is given."""
BEFORE_NAME = re.compile(r"(?<![\w/.@-])")
BEHIND_NAME = re.compile(r"(?![\w:@])")
SHOUTED = re.compile(r"[A-Z0-9][A-Z0-9_]+")
ELSEWHERE = re.compile(r" (?:of|for|in) (?:the|a|an|each)\b")
SPLIT = re.compile(r", or |, and |, | or | and ")


@dataclass(frozen=True, slots=True)
class Mention:
    """A row that says what another row's value may be."""

    table: Table
    field: Field
    """The row that speaks."""
    about: tuple[tuple[Table, Field], ...]
    """The rows of the name it speaks of: those of its own table, else all of the page."""
    value: str


def mentions(
    rows: Sequence[tuple[Table, Field]],
    by_field: Mapping[str, Sequence[tuple[Table, Field]]],
    holders: Callable[[Table], Sequence[Table]],
) -> Iterator[Mention]:
    """Every value that a description gives to a field of the page which lists its values."""
    told = "\n".join(field.description for _, field in rows)
    listing = [
        name
        for name, found in by_field.items()
        if any(field.enum for _, field in found) and name in told
    ]
    for table, field in rows if listing else ():
        for name in listing:
            if name in field.description:
                about = _rows(by_field[name], table, holders)
                for value in _stated(name, field, about) if about else ():
                    if value not in by_field:
                        yield Mention(table, field, about, value)


def _stated(name: str, field: Field, about: Sequence[tuple[Table, Field]]) -> Iterator[str]:
    """The values that a description gives to a name: such as it emphasises, or in capitals."""
    text = field.description
    for end in _ends(name, text):
        match = STATES.match(text, end)
        if match is None or ELSEWHERE.match(text, match.end()):
            continue
        if match["owner"] and not any(_speaks_of(match["owner"], row) for _, row in about):
            continue
        named = {value.value for value in field.named_values}
        values = (value.strip('"“”') for value in SPLIT.split(match["values"]))
        yield from (value for value in values if value in named or SHOUTED.fullmatch(value))


def _ends(name: str, text: str) -> Iterator[int]:
    """Where a text names a field, and no URL, path or longer name: the ends of the name."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if BEFORE_NAME.match(text, start) and BEHIND_NAME.match(text, end):
            yield end
        start = text.find(name, end)


def _rows(
    rows: Sequence[tuple[Table, Field]], table: Table, holders: Callable[[Table], Sequence[Table]]
) -> tuple[tuple[Table, Field], ...]:
    """The rows that a name means in a table: its own, else those of the tables around it.

    None where one of them lists no values, or says that it does not list them all.
    """
    near = tuple(row for row in rows if row[0] is table)
    near = near or tuple(row for row in rows if row[0] in holders(table))
    return near if all(field.enum and not field.enum_open for _, field in near) else ()


def _speaks_of(owner: str, field: Field) -> bool:
    """Whether a row is that of the thing named: `protocol` of the `backend server group`."""
    return owner in field.description.partition(". ")[0]
