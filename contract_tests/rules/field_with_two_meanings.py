"""One field, or one of its values, is given two meanings.

Readers cannot tell which of them holds.

Fails::

    GET /v1/disks
    = response 200
    state | Integer/Boolean | State of the disk. / 0 or false: indicates that it rests. / 2 or false: indicates that it is frozen.

Fails::

    GET /v1/disks
    = response 200
    kind | String | Kind of disk. Options: * SSD: fast * HDD: large * SSD: cheap

Passes::

    GET /v1/disks
    = response 200
    state | Integer/Boolean | State of the disk. / 0 or false: indicates that it rests. / 1 or true: indicates that it runs.
"""  # noqa: E501 (a sentence of a cell stands in one line)

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.twins import words

SEVERITY = Severity.MISLEADS
AREA = "prose"

PAIR = re.compile(r"\b(\w+) or (\w+): (?:indicates )?(?:that )?([^.:]+)\.")
OR = re.compile(r" or \w+: ")
"""In every text that has such a pair: quick to see."""
SPECIFIES = re.compile(r"(?:^|(?<=[.] ))Specifies ([^.]+)\.")


def check(reading: Reading) -> Iterator[Problem]:
    """Values listed twice with other words, and rows that begin their description twice."""
    for table, field in reading.rows:
        for value, first, second in _twice(field):
            yield Problem.at(
                table,
                field,
                f"{value} has two meanings: {first}; {second}",
                values=(value,),
                claims=(says(f"{value}: {first}"), says(f"{value}: {second}")),
            )
        leads = _leads(field.description)
        if len(leads) > 1 and not words(leads[0]) & words(leads[1]) - COMMON:
            yield Problem.at(
                table,
                field,
                f"{field.name} is described twice: {leads[0]}; {leads[1]}",
                values=("described twice",),
                claims=tuple(says(lead, field.source) for lead in leads[:2]),
                certain=False,
            )


COMMON = words("the a an of to how whether is are be and or in for by")


def _leads(text: str) -> list[str]:
    return SPECIFIES.findall(text) if text.count("Specifies ") > 1 else []


def _listed_again(field: Field) -> Iterator[tuple[str, str]]:
    """List items that begin with a value that another item gave."""
    values = {item.value for item in field.enum}
    for note in field.notes:
        value, colon, meaning = note.text.partition(":")
        if colon and value.strip() in values:
            yield value.strip(), meaning.strip()


def _twice(field: Field) -> Iterator[tuple[str, str, str]]:
    """Values with two meanings: as listed, or as in `0 or false: …`, `2 or false: …`."""
    if not field.enum and " or " not in field.description:
        return
    meanings: dict[str, str] = {}
    listed = [(item.value, item.meaning) for item in field.enum if item.meaning]
    listed += _listed_again(field)
    if OR.search(field.description):
        for first, other, text in PAIR.findall(field.description):
            listed += [(first, text), (other, text)]
    for value, meaning in listed:
        meaning = meaning.removeprefix("indicates ").removeprefix("that ").rstrip(".")
        first = meanings.setdefault(value, meaning)
        if not first.startswith(meaning) and not meaning.startswith(first):
            yield value, first, meaning
