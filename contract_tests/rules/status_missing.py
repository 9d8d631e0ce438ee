"""A status code that the page itself uses stands not in its list of codes.

The sections, the examples and the constraints of a page name codes; a client that was written
from the list alone does not expect them. A list that has no success code at all is incomplete
too.

Fails::

    DELETE /v1/{id}
    = text Constraints
     * A thing in use cannot be deleted. If it is in use, 409 will be returned.
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    204 | No Content

Passes::

    DELETE /v1/{id}
    = text Constraints
     * A thing in use cannot be deleted. If it is in use, 409 will be returned.
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    204 | No Content
    409 | Conflict
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Page
from contract_tests.findings import Severity, Source
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "operation"
RETURNED = re.compile(
    r"\b(?:error|status|HTTP|return(?:ed|s)?)(?: code)?:? ([45]\d\d)\b"
    r"|\b([45]\d\d)\b[^.;]{0,20}? (?:is|will be) returned",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Problem]:
    """Find the codes that the page uses and does not list."""
    page = reading.page
    listed = {status.code for status in page.statuses}
    if not page.method or not listed:
        return
    for code, (where, source) in _used(page).items():
        if code not in listed and not (code < 300 and _differs(page, listed)):
            yield Problem(
                structure="status",
                message=f"{where} has {code}, which the list of status codes lacks",
                values=(str(code),),
                source=source,
                claims=(
                    says(f"{where}: {code}", source),
                    says(f"codes {sorted(listed)}", page.statuses[0].source),
                ),
            )


def _used(page: Page) -> dict[int, tuple[str, Source]]:
    """The codes of sections, examples and constraints, and where each stands first."""
    found: dict[int, tuple[str, Source]] = {}
    for table in page.tables:
        if table.role == "response" and table.status:
            found.setdefault(table.status, ("a section of the response", table.source))
    for example in page.examples:
        if example.role == "response" and example.status:
            found.setdefault(example.status, ("an example response", example.source))
    for note in page.notes:
        for match in RETURNED.finditer(note.text):
            found.setdefault(int(match[1] or match[2]), ("the text", note.source))
    return found


def _differs(page: Page, listed: set[int]) -> bool:
    """Whether a success code is listed that no section describes: `status-without-body`."""
    described = {table.status for table in page.tables if table.role == "response"}
    return any(200 <= code < 300 and code not in described for code in listed)
