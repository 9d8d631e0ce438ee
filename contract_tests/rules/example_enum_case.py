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

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "example"


def check(reading: Reading) -> Iterator[Problem]:
    """Values that equal a listed one but for case."""
    for stray in reading.strays:
        if stray.meant is not None:
            yield Problem.shown(
                stray.value,
                f"the example shows {stray.text}, the row lists {stray.meant}",
                values=(stray.text,),
                claims=stray.claims,
                suggestion=stray.meant if stray.value.owner.is_request else stray.recased,
            )
