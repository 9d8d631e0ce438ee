"""An example shows a value of another type than its row states.

Generated clients decode by the type: `"100"` where the table says Integer fails in a typed
language, and a request copied from the example may be refused.

Fails::

    GET /v1/disks
    = response 200
    size | Integer | Size of the disk.
    = example response 200
    {"size": "100"}

Passes::

    GET /v1/disks
    = query
    limit | No | Integer | Number of disks.
    = response 200
    size | Integer | Size of the disk.
    weight | Float | Weight of the disk.
    owner | String | Owner of the disk.
    = example request
    GET https://{endpoint}/v1/disks?limit=10
    = example response 200
    {"size": 100, "weight": 2, "owner": null}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.kinds import is_of_kind, is_one_type, kind_of
from contract_tests.rules.reading.matching import Value
from contract_tests.rules.reading.placeholders import is_placeholder

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Values whose JSON type is none that the row's type takes, one finding a row."""
    seen: set[tuple[str, str]] = set()
    for value in reading.values:
        key = (value.table.id, value.field.name)
        if key in seen or not _is_wrong(value):
            continue
        seen.add(key)
        kind = kind_of(value.value)
        yield Problem.shown(
            value,
            f"the example shows {_article(kind)}, the row says {value.field.type.written}",
            values=(kind,),
            claims=(
                says(kind, value.source),
                says(value.field.type.written, value.field.source),
            ),
        )


def _is_wrong(value: Value) -> bool:
    type_ = value.field.type
    kind = (type_.items or "unknown") if value.item else type_.kind
    if is_placeholder(value.value) or not is_one_type(type_.written):
        return False
    return not is_of_kind(value.value, kind, is_text=value.owner.body.is_query)


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
