"""A success code stands in the list of codes, but no section describes its answer.

Where a page describes the body of one success code and lists another, a client cannot know
whether the other answers the same body, another one or none. 204 and 205 have no body by
definition.

Fails::

    DELETE /v1/{id}
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = response 200
    id | String | Thing ID.
    = example response 200
    {"id": "7"}
    = statuses
    202 | Accepted

Passes::

    DELETE /v1/{id}
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = response 200
    id | String | Thing ID.
    = statuses
    200 | OK
    404 | Not Found
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "operation"
WITHOUT_BODY = frozenset({204, 205})


def check(reading: Reading) -> Iterator[Problem]:
    """Find the success codes without a section, where another success code has one."""
    described = {
        table.status: table
        for table in reading.page.tables
        if table.role == "response" and table.status is not None
    }
    for row in reading.page.statuses:
        if described and 200 <= row.code < 300 and row.code not in {*described, *WITHOUT_BODY}:
            yield Problem(
                structure="status",
                message=f"the page lists {row.code}, but describes the answer of "
                f"{' and '.join(str(code) for code in described)} only",
                values=(str(row.code),),
                source=row.source,
                claims=(says(f"{row.code} {row.description}", row.source),),
            )
