"""A field of an answer is described as if the reader were to send it.

The text was copied from a request: nobody can set, enter or leave out what the service answers,
and what the field means in the answer is not said.

Fails::

    GET /v1/disks
    = response 200
    name | String | Name of the disk. Enter 1 to 64 characters.

Passes::

    POST /v1/disks
    = request
    name | Yes | String | Name of the disk. Enter 1 to 64 characters.
    = response 200
    id | String | ID of the disk. This parameter is returned only for disks in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "prose"

ADDRESSED = re.compile(
    r"\bthis (?:parameter|attribute|field) is (?:valid and )?(?:mandatory|optional)\b"
    r"|\bwhich is mandatory\b"
    r"|\bmust be (?:specified|set|passed|used together|configured)\b"
    r"|\bset (?:this (?:parameter|field)|the value)\b|, set \w+ to the\b"
    r"|\bif this (?:parameter|field) is (?:not )?(?:specified|passed|left blank|configured)\b"
    r"|\bleave this parameter\b"
    r"|(?:^|[.;] |\byou )enter\b"
    r"|\byou can (?:set|specify|configure)\b"
    r"|\bto be created\b|\bonly when you create\b"
    r"|\bby default, all \w+ are returned\b"
    r"|\bthis parameter (?:cannot be (?:specified|set)|can (?:only )?be set)\b",
)
"""Words that only make sense to somebody who writes a request, in small letters."""


def check(reading: Reading) -> Iterator[Problem]:
    """Rows of tables that only answers use, with the words that give the copy away."""
    for table in reading.answered:
        for field in table.fields:
            if match := ADDRESSED.search(field.description.lower()):
                words = match.group().strip(" .;")
                yield Problem.at(
                    table,
                    field,
                    f'{field.name} is answered, but its description says "{words}"',
                    values=(words,),
                    claims=(says(words, field.source), says(f"in {table.name}", table.source)),
                )
