"""An example request uses another method than the page's URI.

Whoever copies the example calls another operation, or gets 405. Requests to other URIs, which a
page may show on the way, are not compared.

Fails::

    PUT /v1/{id}
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = example request
    POST https://{endpoint}/v1/7
    = statuses
    200 | OK

Passes::

    PUT /v1/{id}
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = example request
    PUT https://{endpoint}/v1/7
    = statuses
    200 | OK
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.calls import is_by_other_method

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "operation"


def check(reading: Reading) -> Iterator[Problem]:
    """Find the example requests whose method is not the page's."""
    page = reading.page
    for example in page.examples:
        if example.role == "request" and is_by_other_method(page, example):
            yield Problem(
                structure="example",
                field="request",
                message=f"the example request uses {example.method}, the page's URI {page.method}",
                values=(str(example.method),),
                source=example.source,
                claims=(
                    says(f"{page.method} {page.uri}", page.uri_source),
                    says(f"{example.method} {example.uri}", example.source),
                ),
                suggestion=f"{page.method} {example.uri}",
            )
