"""An example request leaves out a field that its row calls mandatory.

Who copies the example gets a 400, or the field is not mandatory at all.

Fails::

    POST /v1/disks
    = request
    size | Yes | Integer | Size of the disk.
    name | Yes | String | Name of the disk.
    = example request
    POST https://{endpoint}/v1/disks
    {"name": "disk-1"}

Passes::

    POST /v1/disks
    = request
    size | Yes | Integer | Size of the disk. This parameter is mandatory only when name is set.
    name | Yes | String | Name of the disk.
    = example request
    POST https://{endpoint}/v1/disks
    {"name": "disk-1"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.matching import Object
from contract_tests.rules.reading.members import missing, owner_elsewhere, shares, unknown
from contract_tests.rules.reading.spelling import slip_of

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"

CONDITION = re.compile(
    r"\b(?:mandatory|required|valid|available|specified|used|need\w*|take\w* effect)\b[^.]{0,40}?"
    r"\b(?:when|if|only|unless|for)\b|\boptional\b|\bnot need\b",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Problem]:
    """Mandatory rows without a condition that an object of a request lacks, each once."""
    seen: set[tuple[str, str]] = set()
    for owner in reading.objects:
        if not owner.is_request or owner.body.elided or not _comparable(owner, reading):
            continue
        absent = [field.name for field in missing(owner)]
        slips = {slip_of(name, absent) for name in unknown(owner, reading.page.tables)}
        for field in missing(owner):
            key = (owner.table.id, field.name)
            if key not in seen and field.name not in slips and _is_owed(field, owner):
                seen.add(key)
                yield _problem(owner, field)


def _comparable(owner: Object, reading: Reading) -> bool:
    """Whether the table is the body's or the query's, and the object is of its shape."""
    if owner.table.role == "path" or owner.is_flat:
        return False
    if not owner.path:
        return shares(owner)
    return owner_elsewhere(owner, reading.page.tables) is None


def _is_owed(field: Field, owner: Object) -> bool:
    everywhere = all(field.name in {f.name for f in t.fields} for t in owner.offered)
    return bool(field.mandatory) and everywhere and not CONDITION.search(field.description)


def _problem(owner: Object, field: Field) -> Problem:
    return Problem(
        structure=owner.table.name,
        field=field.name,
        source=owner.source,
        message=f"the example request leaves out {field.name}, which the table calls mandatory",
        values=("missing",),
        claims=(
            says("absent", owner.source),
            says(f"mandatory: {field.mandatory_written or 'Yes'}", field.source),
        ),
    )
