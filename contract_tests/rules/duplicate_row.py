"""A table has the same row twice.

One of the two is a leftover, or was meant for another field. Rows of one name and different types
are `same-name-two-types`.

Fails::

    GET /v1/{id}
    = response 200
    id | String | Thing ID.
    name | String | Name.
    id | String | Thing ID.

Passes::

    GET /v1/{id}
    = response 200
    id | String | Thing ID.
    name | String | Name.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "structure"


def check(reading: Reading) -> Iterator[Problem]:
    """Find the second row of one name and one type in one table."""
    for table in reading.page.tables:
        first: dict[tuple[str, str], Field] = {}
        for field in table.fields:
            before = first.setdefault((field.name, field.type.kind), field)
            if before is not field and field.name:
                yield Problem.at(
                    table,
                    field,
                    f"{field.name} stands twice in this table",
                    values=(field.name,),
                    claims=(
                        says(f"{field.name}: {field.type.written}", before.source),
                        says(f"{field.name}: {field.type.written}", field.source),
                    ),
                )
