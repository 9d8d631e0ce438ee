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

ADDRESSED = {
    "mandatory": r"\bthis (?:parameter|attribute|field) is (?:valid and )?mandatory\b"
    r"|\bwhich is mandatory\b",
    "optional": r"\bthis (?:parameter|attribute|field) is optional\b",
    "must be": r"\bmust be (?:specified|set|passed|used together|configured)\b",
    "set th": r"\bset (?:this (?:parameter|field)|the value)\b",
    ", set ": r", set \w+ to the\b",
    "you can set": r"\byou can set\b",
    "this parameter can ": r"\bthis parameter can (?:only )?be set\b",
    "if this": r"\bif this (?:parameter|field) is (?:not )?(?:specified|passed|left blank|config)",
    "leave this": r"\bleave this parameter\b",
    "enter": r"(?:^|[.;,] |\byou )enter\b",
    "if you": r"\bif you (?:configure|specify|set) this\b",
    "you can ": r"\byou can (?:specify|configure)\b",
    "to be created": r"\bto be created\b",
    "only when you create": r"\bonly when you create\b",
    "are returned": r"\bby default, all \w+ are returned\b",
    "this parameter cannot": r"\bthis parameter cannot be (?:specified|set)\b",
}
"""Words that only make sense to somebody who writes a request, each with a part quick to see."""
PATTERNS = {part: re.compile(pattern) for part, pattern in ADDRESSED.items()}


def check(reading: Reading) -> Iterator[Problem]:
    """Rows of tables that only answers use, with the words that give the copy away."""
    for table, field in reading.saying(*PATTERNS):
        words = _addressed(field.description.lower()) if table.id in reading.answered else None
        if words:
            yield Problem.at(
                table,
                field,
                f'{field.name} is answered, but its description says "{words}"',
                values=(words,),
                claims=(says(words, field.source), says(f"in {table.name}", table.source)),
            )


def _addressed(text: str) -> str | None:
    for part, pattern in PATTERNS.items():
        if part in text and (match := pattern.search(text)):
            return match.group().strip(" .;,")
    return None
