"""The start request that an SDK really sends, held against the documented view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from contract_tests.clients._worker import Raised, Worker
from contract_tests.clients.roundtrip.answers import Sample
from contract_tests.clients.roundtrip.meanings import REQUEST_INVALID
from contract_tests.clients.sdk import Start
from contract_tests.contract import Operation, View
from contract_tests.errors import ContractTestsError
from contract_tests.findings import Finding, Place, Source
from contract_tests.targets.mock import Answer, Call
from contract_tests.targets.mock.server import listening

OPERATION = "StartNotebook"
_PROJECT, _NOTEBOOK = "0123456789abcdef0123456789abcdef", "5cc60e8b-8772-4690-afd6-a5874ca387c0"
_ORDER = Start("", _PROJECT, _NOTEBOOK, "made-up-token")
_MORE: tuple[dict[str, Any], ...] = ({}, {"duration": 3_600_000, "type": "timing"})


def sent_requests(worker: Worker, samples: Iterable[Sample]) -> tuple[Call, ...]:
    """Let the SDK start a notebook, without parameters and with all of them.

    It is answered by the mock's server, with the sample of a started notebook: whatever the
    spec, and whatever token or signature the SDK sends.

    Returns:
        The requests as they came; none where contract or SDK know no such operation.

    Raises:
        ContractTestsError: it hangs, or sends nothing at all.
    """
    answers = (Answer(s.status, s.full) for s in samples if s.operation == OPERATION)
    answer = next((a for a in answers if a.is_success), None)
    if answer is None:
        return ()
    calls: list[Call] = []

    def note(call: Call) -> Answer:
        calls.append(call)
        return answer

    with listening(note) as url:
        outcomes = [worker.start(replace(_ORDER, base_url=url, **more)) for more in _MORE]
    if not calls:
        said = next((o.detail for o in outcomes if isinstance(o, Raised)), "without a word")
        raise ContractTestsError(f"the SDK {worker.name} sends no start request: {said}")
    return tuple(calls)


def request_findings(sdk: str, view: View, calls: tuple[Call, ...]) -> Iterator[Finding]:
    """What of the requests the documented view does not name or accept."""
    for call in calls:
        operation = view.operation(OPERATION)
        match = view.match(call.method, call.path)
        if match is None or match.operation.id != OPERATION:
            said = f"sends {call.method} where {operation.method} {operation.path} belongs"
            yield _finding(sdk, "path", "", said, operation.source)
            continue
        yield from _query(sdk, view, operation, call)
        yield from _content(sdk, operation, call)
        yield from _security(sdk, view, operation, call)


def _query(sdk: str, view: View, operation: Operation, call: Call) -> Iterator[Finding]:
    known = {p.name: p for p in operation.parameters if p.location == "query"}
    for name, text in call.query:
        if name not in known:
            yield _finding(sdk, "query", name, f"sends {name}", operation.source)
            continue
        violation = view.parameter_violation(known[name], text)
        if violation is not None:
            said = f"sends a wrong {name}: {violation.message}"
            yield _finding(sdk, "query", name, said, violation.source)


def _content(sdk: str, operation: Operation, call: Call) -> Iterator[Finding]:
    media = (call.header("content-type") or "").partition(";")[0].strip().lower()
    if media not in ("", "application/json"):
        yield _finding(sdk, "header", "Content-Type", f"sends {media}", operation.source)
    if call.body.strip() not in (b"", b"{}", b"{ }"):
        yield _finding(sdk, "body", "", "sends a body", operation.source)


def _security(sdk: str, view: View, operation: Operation, call: Call) -> Iterator[Finding]:
    """One of the documented schemes that stand in a header has to be there."""
    schemes = view.document.get("components", {}).get("securitySchemes", {}).values()
    headers = [scheme["name"] for scheme in schemes if scheme.get("in") == "header"]
    if headers and not any(call.header(name) for name in headers):
        sent = "Authorization" if call.header("Authorization") else "no authentication"
        yield _finding(sdk, "security", "", f"sends {sent}", operation.source)


def _finding(sdk: str, structure: str, name: str, said: str, source: Source) -> Finding:
    return Finding(
        id=REQUEST_INVALID.id,
        place=Place(OPERATION, structure, name),
        severity=REQUEST_INVALID.severity,
        message=f"{sdk} {said}, which the page does not document",
        values=(f"{sdk}: {said}",),
        source=source,
    )
