"""Two pages document one method and URI.

Readers find either, and sooner or later only one is kept up to date. The same page in two
formats, which gives itself the same name, is one page.

Fails::

    page CreateDisk
    POST /v1/{project_id}/disks
    = path
    project_id | Yes | String | Project ID.
    page CreateDisk1
    POST /v1/{tenant_id}/disks
    = path
    tenant_id | Yes | String | Project ID.

Passes::

    page CreateDisk
    POST /v1/{project_id}/disks
    = path
    project_id | Yes | String | Project ID.
    page ListDisks
    GET /v1/{project_id}/disks
    = path
    project_id | Yes | String | Project ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Page
from contract_tests.findings import Severity, Source
from contract_tests.rules.reading import Problem, Readings, says

SEVERITY = Severity.MISLEADS
AREA = "across"
PARAMETER = re.compile(r"\{[^{}]*\}")


def check_all(readings: Readings) -> Iterator[Problem]:
    """Find the pages whose method and URI, parameter names apart, an earlier page has."""
    first: dict[tuple[str, str], Page] = {}
    for page in (reading.page for reading in readings):
        if not page.method or not page.uri:
            continue
        path = PARAMETER.sub("{}", page.uri.partition("?")[0].rstrip("/"))
        other = first.setdefault((page.method, path), page)
        if other.operation != page.operation:
            yield Problem(
                stem=page.stem,
                structure="operation",
                message=f"{other.stem} documents {page.method} {page.uri} as well",
                values=(page.stem, other.stem),
                source=page.uri_source or Source(page.file),
                claims=(
                    says(f"{other.stem}: {other.method} {other.uri}", other.uri_source),
                    says(f"{page.stem}: {page.method} {page.uri}", page.uri_source),
                ),
            )
