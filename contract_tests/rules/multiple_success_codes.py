"""An operation lists more than one success code.

A client that checks for the one code it knows fails on the other, and nothing on the page says
when which comes. The error-code appendices list codes for every operation, so only a page with a
method and a URI is held to one.

Fails::

    POST /v1/{id}/start
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    200 | OK
    201 | Created

Passes::

    POST /v1/{id}/start
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    200 | OK
    401 | Unauthorized
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "operation"


def check(reading: Reading) -> Iterator[Problem]:
    """Find the success codes of an operation that has several."""
    successes = {row.code: row for row in reading.page.statuses if 200 <= row.code < 300}
    if reading.page.method and len(successes) > 1:
        codes = " and ".join(str(code) for code in successes)
        yield Problem(
            structure="status",
            message=f"the page lists {codes} as success codes and does not say when which comes",
            values=tuple(str(code) for code in successes),
            source=list(successes.values())[1].source,
            claims=tuple(
                says(f"{row.code} {row.description}", row.source) for row in successes.values()
            ),
        )
