"""An example shows a body although the page documents none.

Whether the body may, must or must not be sent cannot be known; generated clients send none.

Fails::

    POST /v1/disks/{id}/start
    = path
    id | Yes | String | ID of the disk.
    = text Request Parameters
    None
    = example request
    POST https://{endpoint}/v1/disks/{id}/start
    { }

Passes::

    POST /v1/disks/{id}/start
    = path
    id | Yes | String | ID of the disk.
    = text Request Parameters
    None
    = example request
    POST https://{endpoint}/v1/disks/{id}/start
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.matching import Matching
from contract_tests.rules.reading.members import is_fault, shares

SEVERITY = Severity.MISLEADS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Bodies on the side of a page, request or response, that has no table of fields."""
    seen: set[str] = set()
    for matching in reading.matchings:
        role = matching.body.example.role
        if role in seen or role == "other" or _is_documented(reading, matching):
            continue
        seen.add(role)
        shown = "{ }" if matching.body.value == {} else "a body"
        source = matching.body.source_of(())
        yield Problem(
            structure="example",
            field=role,
            source=source,
            message=f"the example {role} shows {shown}, the page documents no {role} body",
            values=(shown,),
            claims=(says(shown, source), says(f"no {role} body")),
            suggestion="" if shown == "{ }" else None,
            certain=role == "request" or shown != "{ }",
        )


def _is_documented(reading: Reading, matching: Matching) -> bool:
    """By a table of its role, or by any that shares a name with the body."""
    body = matching.body
    if body.is_query or not reading.page.uri or not reading.page.tables:
        return True
    if any(table.role == body.example.role for table in reading.page.tables):
        return True
    return any(shares(owner) or is_fault(owner) for owner in matching.objects)
