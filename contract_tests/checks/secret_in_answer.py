"""A secret of the request, or of another tenant, came back in the answer.

Why it matters: answers are logged, cached and shown; a token in one is a token lost.

How to mend: never echo credentials, and never put one tenant's data into another's answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from contract_tests.checks._reading import Reading
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding per part of the answer (a header, the body) that holds a secret."""
    response = reading.exchange.response
    if response is None:
        return
    body = response.body.decode(errors="replace")
    parts = [("body", body), *((f"header {name}", value) for name, value in response.headers)]
    asked = unquote(reading.exchange.request.url)
    secrets = [text for text in reading.exchange.secrets if text and text not in asked]
    for name, text in parts:
        if any(secret in text for secret in secrets):
            yield Finding(
                id="secret-in-answer",
                place=reading.place("security", name),
                severity=SEVERITY,
                message=f"the {name} of {response.status} holds a credential or another's data",
                values=(name,),
                claims=(Claim("service", f"a secret in the {name}"),),
                exchange=reading.exchange,
            )
