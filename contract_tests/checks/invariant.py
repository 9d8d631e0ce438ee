"""The answer breaks an invariant of the contract: a relation that a schema cannot say.

Why it matters: each value by itself is fine, together they cannot be: another notebook's id, a
lease that ends before it began, a lease that is not the one asked for.

How to mend: the finding's id is the invariant's; its rule and what it rests on stand in the
spec beside the schema or operation it speaks of (`x-invariants`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from contract_tests.checks._reading import ABSENT, Reading
from contract_tests.contract import Operation, Outcome, typed
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.BREAKS_CLIENTS


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding per invariant that does not hold."""
    for outcome in outcomes(reading):
        if outcome.held is False:
            yield _finding(reading, outcome)


def outcomes(reading: Reading) -> list[Outcome]:
    """What became of each invariant of the operation; empty where nothing was answered."""
    if reading.operation is None or reading.exchange.response is None:
        return []
    return reading.view.evaluate(reading.operation.id, _variables(reading, reading.operation))


def _variables(reading: Reading, operation: Operation) -> dict[str, Any]:
    exchange = reading.exchange
    return {
        "request": _request(reading, operation),
        "response": _response(reading),
        "now": int(exchange.sent_at * 1000),
        **exchange.around,
    }


def _request(reading: Reading, operation: Operation) -> Mapping[str, Any]:
    request = reading.exchange.request
    asked = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    known = {(p.location, p.name): p for p in operation.parameters}
    query = {
        name: typed(known["query", name], text) if ("query", name) in known else text
        for name, text in asked.items()
    }
    headers = {name.lower(): str(value) for name, value in request.headers}
    return {
        "method": request.method,
        "path": dict(reading.path),
        "query": query,
        "headers": headers,
    }


def _response(reading: Reading) -> Mapping[str, Any]:
    response = reading.exchange.response
    found: dict[str, Any] = {"status": reading.status}
    if response is not None:
        found["headers"] = {name.lower(): value for name, value in response.headers}
    return found if reading.value is ABSENT else {**found, "body": reading.value}


def _finding(reading: Reading, outcome: Outcome) -> Finding:
    invariant = outcome.invariant
    return Finding(
        id=invariant.id,
        place=outcome.place,
        severity=SEVERITY,
        message=f"{outcome.instance_path}: {invariant.message}",
        claims=(
            Claim("spec", invariant.rule, invariant.source),
            Claim("service", f"{invariant.id} does not hold"),
        ),
        source=invariant.source,
        exchange=reading.exchange,
    )
