"""The answer holds a field that the contract does not know.

Why it matters: strict decoders reject it, lenient ones lose it; and it is how renamed fields,
camel-case keys, extra wrappers and leaks look from outside.

How to mend: document the field in page and spec, accept it in the ledger, or stop sending it.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.checks._reading import ABSENT, Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.MISLEADS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding per field."""
    operation, status = reading.operation, reading.status
    if operation is None or status is None or reading.value is ABSENT or not reading.is_governed:
        return
    for place, path, name in reading.view.undocumented_fields(operation.id, status, reading.value):
        yield Finding(
            id="undocumented-field",
            place=place,
            severity=SEVERITY,
            message=f"{path}: the field {name!r} is not documented",
            values=(name,),
            claims=(Claim("spec", "no such field"), Claim("service", name)),
            exchange=reading.exchange,
        )
