"""An example request, or the page's title, means another method than the page's URI has.

Whoever copies the example calls another operation, or gets 405. Requests to other URIs, which a
page may show on the way, are not compared. A title is held against the URI where no example shows
its method: nothing is queried by PUT, and nothing is sent by GET. POST can mean anything where
the URI ends with an action, or where a body says what is meant.

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

Fails::

    title Deleting a Disk
    POST /v1/{id}
    = path
    id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    200 | OK

Passes::

    title Deleting Disks
    POST /v1/disks/batch-delete
    = header
    X-Auth-Token | Yes | String | User token.
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

import re
from collections.abc import Iterator, Mapping

from contract_tests.facts import Page
from contract_tests.findings import Severity, Source
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.calls import is_by_other_method

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "operation"
READ, REMOVED, MADE, CHANGED = "GET HEAD", "DELETE", "POST PUT", "PUT PATCH"
MEANT: Mapping[str, str] = {
    **dict.fromkeys(("querying", "obtaining", "viewing", "listing", "showing", "getting"), READ),
    **dict.fromkeys(("deleting", "removing"), REMOVED),
    **dict.fromkeys(("creating", "adding", "registering"), MADE),
    **dict.fromkeys(("updating", "modifying", "changing"), CHANGED),
    **dict.fromkeys(("starting", "stopping"), f"{CHANGED} POST"),
}
"""The first word of a title, and the methods that do so."""
ACTION = re.compile(
    r"/(?:[\w-]*(?:action|delete|remove|search|query|filter|list|batch)[\w-]*)/?(?:\?.*)?$"
)
"""The end of a URI that says what is done, so that its method need not."""


def check(reading: Reading) -> Iterator[Problem]:
    """Find the example requests whose method is not the page's, and titles that mean another."""
    shown = list(_shown(reading.page))
    yield from shown or _titled(reading)


def _titled(reading: Reading) -> Iterator[Problem]:
    page = reading.page
    word = page.title.partition(" ")[0].lower()
    meant = MEANT.get(word) or _meant_by_body(page)
    if not meant or not page.method or page.method in meant.split():
        return
    shown = {example.method for example in reading.examples if example.role == "request"}
    if page.method in shown or (page.method == "POST" and _says_what(page)):
        return
    yield Problem(
        structure="operation",
        message=f"the page is about {page.title!r}, its URI has the method {page.method}",
        values=(page.method,),
        source=page.uri_source or Source(page.file),
        claims=(says(f"{page.method} {page.uri}", page.uri_source), says(page.title)),
    )


def _meant_by_body(page: Page) -> str | None:
    """Methods that take a body, where one is described; older pages call a query so."""
    has_body = any(table.role == "request" and table.fields for table in page.tables)
    return f"{CHANGED} POST DELETE" if has_body and page.style == "generated" else None


def _says_what(page: Page) -> bool:
    """Whether a URI ends with an action, or with a collection that a body is sent to."""
    uri = (page.uri or "").rstrip("/")
    has_body = any(table.role == "request" for table in page.tables)
    return bool(ACTION.search(uri)) or (has_body and not uri.endswith("}"))


def _shown(page: Page) -> Iterator[Problem]:
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
