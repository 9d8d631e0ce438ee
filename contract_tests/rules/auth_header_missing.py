"""An operation documents no authentication header.

The vendor's page on authentication asks for `X-Auth-Token` (or a signature in `Authorization`) in
every request. A page that names neither lets readers, and the clients generated from it, send
requests that are answered 401. Queries for API versions need no token.

Fails::

    GET /v1/{id}
    = path
    id | Yes | String | Thing ID.
    = statuses
    200 | OK

Passes::

    GET /v1/{id}
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    200 | OK

Passes::

    GET /{api_version}
    = path
    api_version | Yes | String | Version.
    = statuses
    200 | OK
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Page
from contract_tests.findings import Severity, Source
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "operation"
HEADERS = frozenset({"x-auth-token", "authorization"})
WITHOUT_TOKEN = re.compile(r"/?(\{[^{}]*version[^{}]*\}|v[\d.]+)?/?|.*/auth/tokens", re.IGNORECASE)
"""Version queries, and the request for the token itself."""


def check(reading: Reading) -> Iterator[Problem]:
    """Find the operation whose tables name no authentication header."""
    page = reading.page
    if not page.method or page.uri is None or WITHOUT_TOKEN.fullmatch(page.uri.strip()):
        return
    if any(field.name.lower() in HEADERS for _, field in reading.rows):
        return
    yield Problem(
        structure="security",
        message="no request header for authentication is documented: X-Auth-Token is missing",
        values=("X-Auth-Token",),
        source=page.uri_source or Source(page.file),
        claims=tuple(
            says(f"{status.code} {status.description}", status.source)
            for status in page.statuses
            if status.code == 401
        ),
        suggestion="X-Auth-Token | Yes | String | User token.",
        certain=not _is_in_an_example(page),
    )


def _is_in_an_example(page: Page) -> bool:
    """Whether an example at least shows the header that no table names."""
    return any(name.lower() in HEADERS for example in page.examples for name, _ in example.headers)
