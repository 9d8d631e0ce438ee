"""Requests outside of the contract break nothing, start nothing and show nothing internal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract_tests.exchange import Expectation
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.probes import Outcome, Probe
from contract_tests.suite.recorder import Recorder

TURN = 35
ANY_REFUSAL = (301, 308, 400, 401, 403, 404, 405, 406, 411, 413, 414, 415, 417, 422, 426, 431, 501)
NO_METHOD = (400, 401, 403, 404, 405, 501)
START = "/v1/{project_id}/notebooks/{id}/start"


def odd(reason: str, about: str = "operation.StartNotebook", **changes: object) -> Probe:
    """A request that the contract does not describe: answered somehow, harmless."""
    outcome: Outcome = changes.pop("outcome", "either")  # type: ignore[assignment]
    statuses = changes.pop("statuses", ANY_REFUSAL)
    due = Expectation(outcome, "robustness", about, reason, statuses)  # type: ignore[arg-type]
    return Probe("StartNotebook", due, **changes)  # type: ignore[arg-type]


def methods() -> Iterator[Probe]:
    """Every other method at the start's path, and methods that a header asks for."""
    for method in ("GET", "PUT", "PATCH", "DELETE", "HEAD", "TRACE", "PROPFIND", "BOGUS"):
        yield odd(
            f"method {method}", "operation.method", method=method, outcome="refused",
            statuses=NO_METHOD,
        )  # fmt: skip
    yield odd("method post", "operation.method", method="post")
    yield odd("method OPTIONS", "operation.method", method="OPTIONS")
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        yield odd(
            f"GET with {header}: POST", "operation.method", method="GET", outcome="refused",
            headers=((header, "POST"),), statuses=NO_METHOD,
        )  # fmt: skip
    yield odd(
        "GET with _method=POST", "operation.method", method="GET", query="_method=POST",
        outcome="refused", statuses=NO_METHOD,
    )  # fmt: skip


def paths() -> Iterator[Probe]:
    """Paths near the start's."""
    for reason, path in {
        "a trailing slash": f"{START}/",
        "two slashes": "/v1/{project_id}//notebooks/{id}/start",
        "a dot segment": "/v1/{project_id}/notebooks/{id}/./start",
        "a traversal inside the path": "/v1/{project_id}/notebooks/x/../{id}/start",
        "capitals": "/v1/{project_id}/notebooks/{id}/START",
        "another version": "/v2/{project_id}/notebooks/{id}/start",
        "a word behind it": f"{START}/now",
        "an unknown action": "/v1/{project_id}/notebooks/{id}/begin",
        "an encoded path": "/v1/{project_id}/notebooks/{id}%2Fstart",
        "an encoded question mark": f"{START}%3Fduration=3600000",
    }.items():
        yield odd(f"a path with {reason}", "operation.path", raw_path=path)


def bodies() -> Iterator[Probe]:
    """Bodies and headers that no source speaks of."""
    for reason, body in {
        "a broken JSON body": b'{"a":',
        "a JSON array as body": b"[]",
        "a JSON null as body": b"null",
        "a body that is no JSON": b"duration=1",
        "a body of bytes": b"\x00\xff\xfe\x01",
        "a body with unknown fields": b'{"duration": "abc", "type": 7}',
        "a body nested 2000 deep": b"[" * 2000 + b"]" * 2000,
        "a body of 300 KB": b'{"a":"' + b"a" * 300_000 + b'"}',
    }.items():
        yield odd(reason, "body", body=body)
    for reason, header in {
        "a header of 7000 characters": ("X-Long", "a" * 7000),
        "an unknown Content-Type": ("Content-Type", "text/x-unknown"),
        "an XML Content-Type": ("Content-Type", "application/xml"),
        "an Accept that cannot be met": ("Accept", "image/png"),
        "bytes in a header": ("X-Bytes", "caf\u00e9"),
        "a foreign Origin": ("Origin", "https://example.org"),
        "a range": ("Range", "bytes=0-10"),
        "a condition": ("If-None-Match", "*"),
        "an encoding that is unknown": ("Accept-Encoding", "bogus"),
    }.items():
        yield odd(reason, "header", headers=(header,))


@pytest.mark.parametrize(
    "probe", [*methods(), *paths(), *bodies()], ids=lambda p: p.expectation.reason
)
def test_an_odd_request_harms_nothing(
    recorder: Recorder, notebooks: Notebooks, probe: Probe
) -> None:
    """No 5xx, no reset, no hang, nothing internal shown, nothing changed by a refusal."""
    send(notebooks, probe)
    assert recorder.news() == []


def test_an_unsettled_query_harms_nothing(
    recorder: Recorder, notebooks: Notebooks, unsettled_start: Probe
) -> None:
    """Unknown, repeated and oddly written parameters may go either way, but never 5xx."""
    send(notebooks, unsettled_start)
    assert recorder.news() == []


def test_a_wrong_filter_of_the_list_breaks_nothing(
    recorder: Recorder, notebooks: Notebooks, careless_list: Probe
) -> None:
    """A list may ignore a wrong parameter or refuse it; it answers, and in documented form."""
    if "ListNotebooks" not in notebooks.operations:
        pytest.skip("the target has no ListNotebooks")
    if recorder.probe(careless_list) is None:
        pytest.skip("withheld by the safety rules")
    assert recorder.news() == []


def send(notebooks: Notebooks, probe: Probe) -> None:
    """Send it at a notebook that stands STOPPED, so that a side effect shows."""
    notebook = notebooks.stopped()
    if notebook is None:
        pytest.skip("no notebook of the target could be had STOPPED")
    if notebooks.change(notebook, probe) is None:
        pytest.skip("withheld by the safety rules")
