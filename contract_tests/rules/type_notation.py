"""A type is written in words of its own instead of the vendor's notation.

`Int`, `string`, `JSON Array` or `engines array` say what `Integer`, `String` and `Array of engines
objects` say; whoever reads the column with a program takes each of them for an unknown type.

Fails::

    POST /v1/{id}
    = request
    size | Yes | Int | Size.

Fails::

    POST /v1/{id}
    = request
    disks | Yes | disks array | Disks.
    = disks
    id | Yes | String | Disk ID.

Passes::

    POST /v1/{id}
    = request
    size | Yes | Integer | Size.
    disks | Yes | Array of disks objects | Disks.
    labels | No | Map<String,Array<String>> | Labels.
    = disks
    id | Yes | String | Disk ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from contract_tests.facts import FieldType
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.COSMETIC
AREA = "structure"
WORD = r"(?:String|Integer|Long|Float|Double|Number|Boolean|Object|Date|File)"
VENDORS = re.compile(
    rf"{WORD}|Array|Map"
    rf"|Array of (?:(?:string|integer|long|float|double|number|boolean|object|array)s|\S+ objects)"
    rf"|\S+ object"
    rf"|Map<\s*{WORD}\s*,.+>"
)
MEANT = {
    "int": "Integer",
    "bool": "Boolean",
    "str": "String",
    "dict": "Map",
    "json": "Object",
}
ARRAY = re.compile(r"(?:json |\S+ )array|list|array ?<\w+>", re.IGNORECASE)


def check(reading: Reading) -> Iterator[Problem]:
    """Find the type cells that are not in the vendor's notation."""
    for table, field in reading.rows:
        if field.type.written and not _is_vendors(field.type.written):
            meant = _meant(field.type)
            yield Problem.at(
                table,
                field,
                f"the type is written {field.type.written!r}"
                + (f"; the vendor's notation is {meant!r}" if meant else ", which is no type"),
                values=(field.type.written,),
                claims=(says(field.type.written, field.source),),
                suggestion=meant,
            )


@cache
def _is_vendors(written: str) -> bool:
    return VENDORS.fullmatch(written) is not None


def _meant(cell: FieldType) -> str | None:
    """The vendor's word for it, None where that cannot be told."""
    word = cell.written.lower()
    if ARRAY.fullmatch(word):
        return _array(cell)
    title = cell.written.title()
    return MEANT.get(word) or (title if _is_vendors(title) else None)


def _array(cell: FieldType) -> str:
    first, _, rest = cell.written.partition(" ")
    if rest.lower() == "array" and cell.structure:
        return f"Array of {first} objects" if first.lower() != "json" else "Array of objects"
    return f"Array of {cell.items}s" if cell.items else "Array"
