"""The URI and the table of its parameters name different parameters.

A parameter in braces without a row has no type and no description; a row without braces goes
nowhere, or belongs into the query or the body. Old pages put query and body parameters into the
table of the URI: a row that is optional, or that an example sends in its query, is left alone
when the request has no body, and many strangers in one table are one finding.

Fails::

    GET /v1/{id}
    = path
    thing_id | Yes | String | Thing ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    200 | OK

Fails::

    GET /v1/{project_id}/{id}
    = path
    project_id | Yes | String | Project ID.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    200 | OK

Passes::

    GET /v1/{id}?order={order}
    = path
    id | Yes | String | Thing ID.
    = query
    order | Yes | String | Order of the list.
    = header
    X-Auth-Token | Yes | String | User token.
    = statuses
    200 | OK
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field, Page, Table
from contract_tests.findings import Severity, Source
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "operation"
IN_BRACES = re.compile(r"\{([^{}]+)\}")
BODILESS = frozenset({"GET", "DELETE", "HEAD"})


def check(reading: Reading) -> Iterator[Problem]:
    """Hold the names in the URI's braces against the rows of the tables."""
    page = reading.page
    tables = [table for table in page.tables if table.role == "path"]
    if page.uri is None or not tables:
        return
    named = [name.strip() for name in IN_BRACES.findall(page.uri)]
    rows = {field.name for table in page.tables for field in table.fields if _in_uri(table)}
    missing = [name for name in named if name not in rows]
    strangers = [
        (table, field)
        for table in tables
        for field in table.fields
        if field.name not in named and not _is_query(page, field)
    ]
    if len(missing) == 1 and len(strangers) == 1:
        yield _renamed(page, missing[0], *strangers[0])
        return
    for name in missing:
        yield _missing(page, tables[0], name)
    if strangers:
        yield _strange(page, strangers)


def _in_uri(table: Table) -> bool:
    return table.role in {"path", "query"}


def _is_query(page: Page, field: Field) -> bool:
    """Whether a row of the URI's table can be meant as a parameter of the query."""
    if page.method in BODILESS and not field.mandatory:
        return True
    sent = re.compile(rf"[?&]{re.escape(field.name)}=")
    return any(sent.search(example.uri or "") for example in page.examples)


def _source(page: Page, table: Table) -> Source:
    return page.uri_source or table.source


def _renamed(page: Page, name: str, table: Table, field: Field) -> Problem:
    return Problem.at(
        table,
        field,
        f"the URI calls the parameter {{{name}}}, its table {field.name}",
        values=(name, field.name),
        claims=(says(f"{page.method} {page.uri}", page.uri_source), says(field.name, field.source)),
        suggestion=name,
    )


def _missing(page: Page, table: Table, name: str) -> Problem:
    return Problem(
        structure="path",
        field=name,
        message=f"the URI has {{{name}}}, but no row describes it",
        values=(name,),
        source=_source(page, table),
        claims=(says(f"{page.method} {page.uri}", page.uri_source),),
    )


def _strange(page: Page, strangers: list[tuple[Table, Field]]) -> Problem:
    names = tuple(field.name for _, field in strangers)
    return Problem(
        structure="path",
        field=names[0] if len(names) == 1 else "",
        message=f"the URI's table describes {', '.join(names)}, which the URI does not have",
        values=names,
        source=strangers[0][1].source,
        claims=(
            says(f"{page.method} {page.uri}", page.uri_source),
            *(says(field.name, field.source) for _, field in strangers),
        ),
    )
