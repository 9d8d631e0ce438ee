"""The type cell and the description cannot both be right.

Clients are generated from the type, people write by the description: a list where the cell says
Object, decimals where it says Integer.

Fails::

    GET /v1/disks
    = response 200
    share | Integer | Share of the disk, which can be decimals.

Fails::

    GET /v1/disks
    = response 200
    size | Array of objects | Sizes of the disk. For example, [100,200,3] is valid.

Passes::

    GET /v1/disks
    = response 200
    share | Float | Share of the disk, which can be decimals.
    size | Array of integers | Sizes of the disk. For example, [100,200,3] is valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.kinds import is_one_type

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "prose"

LIST = re.compile(r"\bwith (?:the|a) ?type of list\b|\bwith type of list\b|\btype is list\b", re.I)
DECIMAL = re.compile(r"\bcan be (?:a )?decimals?\b|\bdecimal places?\b", re.I)
NUMBERS = re.compile(r"\[\s*-?\d+(?:\.\d+)?\s*(?:,\s*-?\d+(?:\.\d+)?\s*)*\]")
MAP = re.compile(r"\btype is (map\s*<.+>)(?=[.\s])", re.I)
TRUTH = re.compile(r"(?:specifies )?whether\b", re.I)
LISTS = re.compile(r"(?:lists the|list of)\b", re.I)
OTHER_THAN_LIST = frozenset({"object", "map", "string"})
WHOLE = frozenset({"integer", "long"})
BOOLEAN = frozenset({"true", "false"})
NUMERIC = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")


def check(reading: Reading) -> Iterator[Problem]:
    """Rows whose description states another type, in words, by values, or by an example."""
    for table, field in reading.rows:
        for words, certain in _contradictions(field):
            yield Problem.at(
                table,
                field,
                f"the type is {field.type.written}, the description says {words}",
                values=(field.type.kind, words),
                claims=(
                    says(field.type.written, field.source),
                    says(words, field.source),
                ),
                certain=certain,
            )
            break


def _contradictions(field: Field) -> Iterator[tuple[str, bool]]:
    """What the description says instead, and whether that is certain."""
    kind, text = field.type.kind, field.description
    if kind == "unknown" or not is_one_type(field.type.written):
        return
    if kind in OTHER_THAN_LIST and "type" in text and "ist" in text and LIST.search(text):
        yield "a list", True
    if kind in WHOLE and "decimal" in text and DECIMAL.search(text):
        yield "decimals", True
    if _is_array_of_objects(field) and (numbers := NUMBERS.search(text)):
        yield numbers.group(), True
    if kind == "map" and (map_ := MAP.search(text)) and _head(map_[1]) != _head(field.type.written):
        yield map_[1], True
    yield from _values(field)
    if kind == "string" and TRUTH.match(text) and (field.default or "").lower() in BOOLEAN:
        yield "true or false", False
    if kind == "string" and LISTS.match(text):
        yield "a list", False


def _values(field: Field) -> Iterator[tuple[str, bool]]:
    """Listed values that the type does not have."""
    if not field.enum or field.enum_open:
        return
    listed = [item.value for item in field.enum]
    if field.type.kind in {*WHOLE, "number"} and not all(map(NUMERIC.fullmatch, listed)):
        yield ", ".join(listed), True
    if field.type.kind == "boolean" and not {v.lower() for v in listed} <= BOOLEAN:
        yield ", ".join(listed), True


def _is_array_of_objects(field: Field) -> bool:
    """An array whose items are objects that no table describes."""
    return field.type.kind == "array" and field.type.items == "object" and not field.type.structure


def _head(type_: str) -> str:
    """A type without case and blanks, up to the second kind that it names."""
    return re.sub(r"\s", "", type_).casefold().partition(",")[0]
