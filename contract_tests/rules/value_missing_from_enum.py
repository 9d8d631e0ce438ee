"""A description names a value which the list of another field, or its own, does not have.

Either the list lacks a value that the service knows, and clients that check it refuse the
answer, or the sentence is out of date. Where a sentence lists the values and a list explains them
one by one, both have to be whole.

Fails::

    GET /v1/disks
    = response 200
    category | String | Supported storage types. Options: * SFS * EVS
    owner | String | Owner of the disk, only when the disk category is EFS.

Fails::

    GET /v1/disks
    = response 200
    category | String | Supported storage types. Options: * SFS * EVS
    capacity | Integer | Capacity. The default is 10 GB for EVS and 40 GB for EFS.

Fails::

    GET /v1/disks
    = response 200
    state | String | State of the disk. The value can be ON or OFF. * ON: on * OFF: off * LOST: lost

Passes::

    GET /v1/disks
    = response 200
    category | String | Supported storage types. Options: * SFS * EVS * EFS
    owner | String | Owner of the disk, only when the disk category is EFS.
    status | String | Status of the disk. Options: * ON * OFF
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.mending import listing

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "prose"

ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,7}")
TOLD = re.compile(
    r"\bvalues?(?: of this parameter)? (?:can|must|may) (?:only )?be ((?:[^.:]|\.(?=\w))*)\.", re.I
)
"""A sentence that lists values."""
KIND = re.compile(r"\b(?!data|value|supported|the)([a-z]+) types?\b|\btypes? of ([a-z]+)", re.I)
"""What a field's values are types of: `storage` in "Supported storage types"."""


def check(reading: Reading) -> Iterator[Problem]:
    """Values in conditions on a field, beside a listed value, or before the noun they are of."""
    yield from _told_twice(reading)
    seen: set[tuple[str, str, str]] = set()
    for table, field, owner, about, value in (*_stated(reading), *_implied(reading)):
        key = (table.id, field.name, value)
        if key not in seen:
            seen.add(key)
            action = listing(reading.page, owner, about, [value])
            yield _problem(table, field, about, value, action)


def _problem(table: Table, field: Field, about: Field, value: str, action: str | None) -> Problem:
    listed = ", ".join(item.value for item in about.enum)
    return Problem.at(
        table,
        field,
        f"the description names {value}, {about.name} lists {listed}",
        values=(value,),
        claims=(says(value, field.source), says(f"{about.name}: {listed}", about.source)),
        suggestion=f"{listed}, {value}",
        overlay_action=action,
    )


def _told_twice(reading: Reading) -> Iterator[Problem]:
    """Values that only the sentence or only the list of one description has."""
    for table, field in reading.saying("value"):
        told = TOLD.search(field.description) if field.enum else None
        if told is None:
            continue
        named = {item.value for item in field.enum if _is_in(item.value, told[1])}
        explained = {item.value for item in field.enum if item.item}
        explained |= {note.text.partition(":")[0].strip() for note in field.notes} & named
        both = len(named) > 1 and explained
        for value in sorted(named ^ explained) if both else ():
            where = "sentence" if value in named else "list"
            yield Problem.at(
                table,
                field,
                f"only the {where} of {field.name} has {value}",
                values=(value,),
                claims=(says(f"{where}: {value}", field.source),),
            )


def _is_in(value: str, text: str) -> bool:
    return value in text and bool(re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", text))


def _stated(reading: Reading) -> Iterator[tuple[Table, Field, Table, Field, str]]:
    """`when category is EFS`: none of the rows it can mean lists the value, in any case."""
    for mention in reading.mentions:
        listed = {item.value.casefold() for _, field in mention.about for item in field.enum}
        value = mention.value.casefold()
        if value not in listed and not any(text.startswith(f"{value} ") for text in listed):
            yield mention.table, mention.field, *mention.about[0], mention.value


def _implied(reading: Reading) -> Iterator[tuple[Table, Field, Table, Field, str]]:
    """`10 GB for EVS and 40 GB for EFS`, `OBS storage`: acronyms among acronyms that are listed."""
    for table in reading.page.tables:
        for about in table.fields:
            if not _lists_acronyms(about):
                continue
            kind = KIND.search(about.description)
            noun = (kind[1] or kind[2]) if kind else None
            for field in table.fields:
                if field is not about:
                    for value in _unlisted(field, about, noun):
                        yield table, field, table, about, value


def _lists_acronyms(field: Field) -> bool:
    if len(field.enum) < 2 or field.enum_open:
        return False
    return all(ACRONYM.fullmatch(item.value) for item in field.enum)


def _unlisted(field: Field, about: Field, noun: str | None) -> Iterator[str]:
    """Acronyms in prose beside those that another row lists, or before what they are kinds of."""
    listed = [item.value for item in about.enum]
    for named in field.named_values:
        if not ACRONYM.fullmatch(named.value) or named.value in listed:
            continue
        beside = any(_parallel(named.value, value, named.context) for value in listed)
        phrase = f"{named.value} {noun}"
        before = phrase in named.context and re.search(rf"\b{phrase}\b", named.context)
        if beside or before:
            yield named.value


def _parallel(value: str, other: str, sentence: str) -> bool:
    """Whether the same word leads to both in one sentence: `for EVS and 50 GB for EFS`."""
    if other not in sentence:
        return False
    leads = [
        {match.lower() for match in re.findall(rf"\b(for|to|from|as|of) {text}\b", sentence)}
        for text in (value, other)
    ]
    return bool(leads[0] & leads[1])
