"""An example writes a listed value in another case.

Most clients compare case by case: one that lists `timing` refuses `TIMING`. Either the list or
the example is not what goes over the wire.

Fails::

    GET /v1/leases
    = response 200
    type | String | Kind of stop. * timing: at a time * idle: when idle
    = example response 200
    {"type": "TIMING"}

Passes::

    GET /v1/leases
    = response 200
    type | String | Kind of stop. * timing: at a time * idle: when idle
    = example response 200
    {"type": "timing"}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading
from contract_tests.rules.reading.mending import listing

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Values that equal a listed one but for case."""
    for stray in reading.strays:
        if stray.meant is not None:
            is_answer = not stray.value.owner.is_request
            listed = [item.value for item in stray.value.field.enum]
            further = [value for value in stray.recased if is_answer and value not in listed]
            yield Problem.shown(
                stray.value,
                f"the example shows {stray.text}, the row lists {stray.meant}",
                values=(stray.text,),
                claims=stray.claims,
                suggestion=", ".join(stray.recased) if is_answer else stray.meant,
                overlay_action=listing(reading.page, stray.value.table, stray.value.field, further),
            )
