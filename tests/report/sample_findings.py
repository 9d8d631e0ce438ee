"""Exchanges and findings made by hand, as the service and the checks leave them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from contract_tests.exchange import Exchange, Request, Response
from contract_tests.findings import Claim, Finding, Place, Severity, Source

PAGE = "StartNotebook.html"
SPEC = "spec/modelarts-notebook.openapi.yaml"
NOTEBOOK = "f9937afa-4451-42db-a76b-72d624749f66"
PROJECT = "0123456789abcdef0123456789abcdef"
BASE = f"http://127.0.0.1:40123/v1/{PROJECT}"
STARTED = datetime(2026, 11, 23, 12, 26, 7, tzinfo=UTC)

OPERATIONS = ("StartNotebook", "ShowNotebook", "ListNotebooks", "StopNotebook")


def notebook(**changes: Any) -> dict[str, Any]:
    """A notebook as the service answers it."""
    return {
        "description": "api-test",
        "feature": "NOTEBOOK",
        "flavor": "modelarts.vm.cpu.2u",
        "id": NOTEBOOK,
        "image": {"id": "e1a07296-22a8-4f05-8bc8-e936c8e54090", "type": "BUILD_IN"},
        "lease": {
            "create_at": 1638841744515,
            "duration": 6327212,
            "enable": True,
            "type": "TIMING",
            "update_at": 1638844471727,
        },
        "name": "notebooks_test",
        "status": "STARTING",
        "token": "[masked]",
        "volume": {"capacity": 50, "category": "EFS", "ownership": "MANAGED"},
        "workspace_id": "0",
        **changes,
    }


def exchange(
    body: bytes | dict[str, Any],
    status: int = 200,
    query: str = "",
    operation: str = "StartNotebook",
    sent: bytes = b"{}",
) -> Exchange:
    """A start of the notebook and its answer, secrets already masked."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Exchange(
        Request(
            "POST",
            f"{BASE}/notebooks/{NOTEBOOK}/start{query}",
            (("Content-Type", "application/json"), ("X-Auth-Token", "[masked]")),
            sent,
        ),
        Response(
            status,
            (("Content-Type", "application/json"), ("X-Request-Id", "8d1c3f")),
            content,
            elapsed=0.0123,
        ),
        sent_at=STARTED.timestamp() + 1.5,
        operation=operation,
        label="test_valid_requests",
    )


def place(name: str, operation: str = "StartNotebook") -> Place:
    """`VolumeRes.category` as a place of the operation."""
    structure, _, field = name.partition(".")
    return Place(operation, structure, field)


def curl(query: str = "") -> str:
    """A line that repeats the request."""
    return (
        f"curl -X POST -H 'X-Auth-Token: $CONTRACT_TESTS_TOKEN' -d '{{}}' "
        f"'{BASE}/notebooks/{NOTEBOOK}/start{query}'"
    )


def finding(
    check: str,
    where: str,
    values: tuple[str, ...],
    message: str,
    *,
    severity: Severity = Severity.BREAKS_CLIENTS,
    page: tuple[str, int] | None = None,
    spec: tuple[str, int] | None = None,
    service: str | None = None,
    certain: bool = True,
    operation: str = "StartNotebook",
) -> Finding:
    """A finding with one claim per party that says something."""
    claims = [
        *([Claim("page", page[0], Source(PAGE, page[1]))] if page else []),
        *([Claim("spec", spec[0], Source(SPEC, spec[1]))] if spec else []),
        *([Claim("service", service)] if service else []),
    ]
    return Finding(
        id=check,
        place=place(where, operation),
        severity=severity,
        message=message,
        values=values,
        claims=tuple(claims),
        source=claims[0].source if claims else None,
        certain=certain,
    )
