"""A field is named in another style than the rest of the page.

`tenantId` among `vpc_id` and `job_id` is mistyped by everyone who writes the request by hand, and
clients that derive names get it wrong.

Fails::

    POST /v1/{id}
    = request
    vpc_id | Yes | String | VPC ID.
    subnet_id | Yes | String | Subnet ID.
    job_type | Yes | String | Type of the job.
    tenantId | Yes | String | Project ID.

Passes::

    POST /v1/{id}
    = request
    vpcId | Yes | String | VPC ID.
    subnetId | Yes | String | Subnet ID.
    jobType | Yes | String | Type of the job.
    name | Yes | String | Name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.COSMETIC
AREA = "structure"
STYLES = {
    "snake_case": re.compile(r"_?[a-z][a-z0-9]*(?:_[a-z0-9]+)+_?"),
    "camelCase": re.compile(r"[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]*)+"),
    "PascalCase": re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)*"),
    "kebab-case": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+"),
}
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
SURE = 3
"""So many fields in the page's style for each field in another make a style of it."""


def check(reading: Reading) -> Iterator[Problem]:
    """Find the fields outside of the style that the page's names are in."""
    named: dict[str, dict[str, tuple[Table, Field]]] = {style: {} for style in STYLES}
    for table, field in reading.rows:
        style = _style(field.name)
        renamed = table.role == "path" and _is_renamed(reading, field.name)
        if style and table.role != "header" and not renamed:
            named[style].setdefault(field.name, (table, field))
    usual = max(named, key=lambda style: len(named[style]))
    others = [
        place for style, places in named.items() if style != usual for place in places.values()
    ]
    if len(named[usual]) < SURE * len(others):
        return
    for table, field in others:
        yield Problem.at(
            table,
            field,
            f"{field.name} is {_style(field.name)}, the page's names are {usual}",
            values=(field.name,),
            claims=(
                says(field.name, field.source),
                *(says(name, other.source) for name, (_, other) in list(named[usual].items())[:1]),
            ),
        )


@lru_cache(maxsize=4096)
def _style(name: str) -> str | None:
    """The style of a name, None for a single word, which has none."""
    return next((style for style, form in STYLES.items() if form.fullmatch(name)), None)


def _is_renamed(reading: Reading, name: str) -> bool:
    """Whether the URI has the name in another style: `uri-parameter-mismatch` says so."""
    snake = HUMP.sub("_", name).lower()
    return snake != name and f"{{{snake}}}" in (reading.page.uri or "")
