"""A field's description is that of another field, or of another document.

The field itself is then not described at all, and the copy says something false of it.

Fails::

    GET /v1/disks
    = response 200
    create_time | String | Time when the disk was created.
    update_time | String | Time when the disk was created.

Fails::

    GET /v1/disks
    = response 200
    address | String | This section describes how to mount a disk on a server.

Passes::

    GET /v1/disks
    = response 200
    create_time | String | Time when the disk was created.
    update_time | String | Time when the disk was updated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.twins import is_duplicate, words

SEVERITY = Severity.MISLEADS
AREA = "prose"

OTHER_DOCUMENT = re.compile(
    r"^this (?:section|topic|chapter|document|page|api|interface) (?:describes|is used|explains)",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Problem]:
    """Rows with the text of a chapter, and rows with the text of another row."""
    for table, field in reading.rows():
        if OTHER_DOCUMENT.search(field.description):
            yield Problem.at(
                table,
                field,
                f"the description of {field.name} introduces a chapter, not a field",
                values=("chapter",),
                claims=(says("text of another document", field.source),),
            )
    for table, first, second in reading.twins:
        if not is_duplicate(first, second):
            copy, origin = _copy_and_origin(first, second)
            yield Problem.at(
                table,
                copy,
                f"{copy.name} has the description of {origin.name}",
                values=(origin.name,),
                claims=(says(origin.name, origin.source), says(copy.name, copy.source)),
                certain=_betrays(copy, origin),
            )


def _copy_and_origin(first: Field, second: Field) -> tuple[Field, Field]:
    """The copy is the one whose name the description fits less."""
    return (first, second) if len(_named(first)) < len(_named(second)) else (second, first)


def _betrays(copy: Field, origin: Field) -> bool:
    """Whether the names are a pair (`update_time`, `create_time`) of which the text names one."""
    a, b = words(copy.name), words(origin.name)
    return bool(a & b and b - a) and b - a <= _named(origin) and not (a - b) & _named(copy)


def _named(field: Field) -> frozenset[str]:
    """The words of the name that the description has, in any form."""
    text = field.description.casefold()
    stems = {word: word[: max(4, len(word) - 2)] for word in words(field.name)}
    return frozenset(word for word, stem in stems.items() if stem in text)
