"""An example request shows no method and URI.

A body alone cannot be tried out, and where an operation takes parameters in the query the reader
never sees one used.

Fails::

    POST /v1/disks
    = request
    size | Yes | Integer | Size of the disk.
    = example request
    {"size": 100}

Passes::

    POST /v1/disks
    = request
    size | Yes | Integer | Size of the disk.
    = example request
    POST https://{endpoint}/v1/disks
    {"size": 100}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Example
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.COSMETIC
AREA = "example"

METHOD = re.compile(r"\s*(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s")


def check(reading: Reading) -> Iterator[Problem]:
    """One finding for a page whose example requests all lack the line."""
    requests = [example for example in reading.examples if example.role == "request"]
    if requests and reading.page.uri and not any(map(_shows_one, requests)):
        stated = f"{reading.page.method} {reading.page.uri}"
        yield Problem(
            structure="example",
            field="request",
            source=requests[0].source,
            message=f"the example request does not show {stated}",
            values=("no request line",),
            claims=(
                says("no request line", requests[0].source),
                says(stated, reading.page.uri_source),
            ),
            suggestion=stated,
        )


def _shows_one(example: Example) -> bool:
    """Whether an example begins with a method, whatever follows it."""
    return bool(example.uri or METHOD.match(example.text))
