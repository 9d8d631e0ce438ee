"""An example request calls another URI than the page states.

One of the two is wrong, and who copies the example gets a 404. Calls of other operations, which
some pages show on the way, are not meant; nor is a placeholder in a path. Another method is
`method-mismatch`.

Fails::

    GET /v1/{project_id}/disks/{disk_id}
    = example request
    GET https://{endpoint}/v1/{project_id}/disk/10

Passes::

    GET /v1/{project_id}/disks/{disk_id}
    = example request
    GET https://{endpoint}/v1/{project_id}/disks/10

Passes::

    POST /v1/{project_id}/disks/{disk_id}/start
    = example request
    GET https://{endpoint}/v2.0/ports?device_id=10
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.facts import Example
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.calls import fit, is_by_other_method, target

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Request lines that nearly are the page's, or that no client could send."""
    for example in reading.examples:
        if example.role != "request" or example.uri is None or reading.page.uri is None:
            continue
        if fit(reading.page, example) == "near":
            if not is_by_other_method(reading.page, example):
                yield _problem(reading, example, "is not")
        elif slips := target(example.uri).slips:
            yield _problem(reading, example, f"is, but for {', '.join(slips)},")


def _problem(reading: Reading, example: Example, verb: str) -> Problem:
    page = reading.page
    called, stated = f"{example.method or ''} {example.uri}".strip(), f"{page.method} {page.uri}"
    return Problem(
        structure="example",
        field="request",
        source=example.source,
        message=f"the example calls {called}, which {verb} the page's {stated}",
        values=(called,),
        claims=(says(called, example.source), says(stated, page.uri_source)),
        suggestion=stated,
    )
