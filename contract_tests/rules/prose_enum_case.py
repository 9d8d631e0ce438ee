"""A description writes a listed value in another case.

Readers copy the value from the sentence, and services that compare case by case refuse it.

Fails::

    POST /v1/disks
    = request
    type | Yes | String | Kind of disk. Options: * fast: quick * large: slow
    size | No | Integer | Size of the disk. It is valid only when type is set to **Large**.

Passes::

    POST /v1/disks
    = request
    type | Yes | String | Kind of disk. Options: * fast: quick * large: slow
    size | No | Integer | Size of the disk. It is valid only when type is set to **large**.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.mending import defaulting

SEVERITY = Severity.MISLEADS
AREA = "prose"


def check(reading: Reading) -> Iterator[Problem]:
    """Values in conditions, defaults and emphasised words that equal a listed one but for case."""
    seen: set[tuple[str, str, str]] = set()
    for table, field, about, value, certain in (*_stated(reading), *_named(reading)):
        meant = _but_for_case(value, about)
        key = (table.id, field.name, value)
        if meant is None or key in seen:
            continue
        seen.add(key)
        is_default = about is field and value in {default.value for default in field.defaults}
        yield Problem.at(
            table,
            field,
            f"the description writes {value}, {about.name} lists {meant}",
            values=(value,),
            claims=(says(value, field.source), says(meant, about.source)),
            suggestion=meant,
            overlay_action=defaulting(reading.page, table, field, meant) if is_default else None,
            certain=certain,
        )


def _stated(reading: Reading) -> Iterator[tuple[Table, Field, Field, str, bool]]:
    for mention in reading.mentions:
        listed = {item.value for _, field in mention.about for item in field.enum}
        if mention.value not in listed:
            yield mention.table, mention.field, mention.about[0][1], mention.value, True


def _named(reading: Reading) -> Iterator[tuple[Table, Field, Field, str, bool]]:
    """A row's own default, and what its own prose sets in bold or quotes."""
    for table, field in reading.rows:
        if field.enum and field.type.kind != "boolean":
            for default in field.defaults:
                yield table, field, field, default.value, True
            for named in field.named_values:
                if named.notation in {"bold", "quoted"}:
                    yield table, field, field, named.value, False


def _but_for_case(value: str, field: Field) -> str | None:
    """The listed value that a value is but for its case; None where it is listed itself."""
    listed = [item.value for item in field.enum]
    if value in listed:
        return None
    return next((text for text in listed if text.casefold() == value.casefold()), None)
