"""Every check finds its fault, at its place, and nothing where there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.checks import ABSENT, all_checks, read_json, run_checks
from contract_tests.contract import View, load_contract
from contract_tests.exchange import Exchange, Expectation, Failure, Request, Response
from contract_tests.findings import Finding

PROJECT = "0123456789abcdef0123456789abcdef"
NOTEBOOK = "f9937afa-4451-42db-a76b-72d624749f66"
START = f"https://example.org/v1/{PROJECT}/notebooks/{NOTEBOOK}/start"
JSON_HEADERS = (("Content-Type", "application/json"),)


@pytest.fixture(scope="module")
def view() -> View:
    """The documented view of the shipped contract."""
    return load_contract().view("documented")


def started(**fields: Any) -> dict[str, Any]:
    """A start's answer that the page documents, with some fields changed."""
    answer = {
        "id": NOTEBOOK,
        "status": "STARTING",
        "volume": {"category": "EVS", "capacity": 5, "ownership": "MANAGED"},
        "lease": {
            "create_at": 1_638_841_744_515,
            "update_at": 1_638_844_471_727,
            "duration": 6_327_212,
            "enable": True,
            "type": "timing",
        },
    }
    return answer | fields


def answered(
    body: bytes | Mapping[str, Any],
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = JSON_HEADERS,
    **given: Any,
) -> Exchange:
    """A start that was answered like this."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = Request(given.pop("method", "POST"), START + given.pop("query", ""))
    response = Response(status, headers, raw)
    return Exchange(request, response, operation="StartNotebook", **given)


def refused(code: str = "ModelArts.6357") -> dict[str, str]:
    """The vendor's error body."""
    return {"error_code": code, "error_msg": "it cannot be done"}


def due(outcome: Any, area: Any = "validation", about: str = "query.type") -> Expectation:
    """What a probe expects."""
    return Expectation(outcome, area, about, "a reason", (400,) if outcome == "refused" else ())


def found(view: View, exchange: Exchange) -> list[tuple[str, str, tuple[str, ...]]]:
    """Id, place and values of each finding."""
    return [(f.id, f.place.name, f.values) for f in run_checks(view, exchange)]


def test_a_documented_answer_yields_nothing(view: View) -> None:
    """The clean case: no check speaks."""
    assert found(view, answered(started())) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"status": "Starting"}, ("response-schema", "NotebookResp.status", ("Starting",))),
        ({"name": None}, ("response-schema", "NotebookResp.name", ("null",))),
        ({"volume": {"category": "efs"}}, ("response-schema", "VolumeRes.category", ("efs",))),
        ({"volume": {"capacity": "50"}}, ("response-schema", "VolumeRes.capacity", ("string",))),
        (
            {"volume": {"capacity": 5000}},
            ("response-schema", "VolumeRes.capacity", ("above 4096",)),
        ),
        ({"imageId": "x"}, ("undocumented-field", "NotebookResp.imageId", ("imageId",))),
    ],
)
def test_a_value_that_breaks_its_schema_is_found_once(
    view: View, change: dict[str, Any], expected: tuple[str, str, tuple[str, ...]]
) -> None:
    """One changed value, one finding, at its place, with its value."""
    assert found(view, answered(started(**change))) == [expected]


def test_an_integral_float_is_no_integer(view: View) -> None:
    """JSON Schema lets 50.0 pass for an integer; decoders of clients do not."""
    body = json.dumps(started(volume={"capacity": 50})).replace("50}", "50.0}").encode()
    assert found(view, answered(body)) == [("response-schema", "VolumeRes.capacity", ("number",))]


def test_a_claim_of_the_service_is_what_it_answered(view: View) -> None:
    """To the last digit: `50.0` is told as `50.0`."""
    body = json.dumps(started(volume={"capacity": 50})).replace("50}", "50.0}").encode()
    (finding,) = run_checks(view, answered(body))
    assert {claim.party: claim.says for claim in finding.claims}["service"] == "50.0"


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda text: text.replace('"id"', '"id": "x", "id"', 1), "duplicate-key"),
        (lambda text: text.replace("6327212", "NaN"), "not-a-number"),
        (lambda text: text + "}", "trailing-text"),
        (lambda text: "\ufeff" + text, "byte-order-mark"),
        (lambda text: text[: len(text) // 2], "not-json"),
        (lambda _: "<html></html>", "not-json"),
    ],
)
def test_a_body_that_is_not_strict_json_is_found(view: View, spoil: Any, kind: str) -> None:
    """Each way of not being JSON is named."""
    exchange = answered(spoil(json.dumps(started())).encode())
    assert ("strict-json", "body.200", (kind,)) in found(view, exchange)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_strict_json_is_read_as_it_was_written(value: Any) -> None:
    """What a JSON library writes is read back whole and without fault."""
    assert read_json(json.dumps(value).encode()) == (value, ())


@given(st.binary())
def test_no_body_makes_the_reader_fail(body: bytes) -> None:
    """Whatever the bytes, there is a value or a fault that says why not."""
    value, faults = read_json(body)
    assert value is not ABSENT or faults


@pytest.mark.parametrize(
    ("exchange", "expected"),
    [
        (answered(refused(), 418), ("undocumented-status", "status.418", ("418",))),
        (answered(refused(), 500), ("server-error", "operation.answer", ("500",))),
        (answered(b"", 200), ("missing-body", "body.200", ("no body",))),
        (
            answered(started(), headers=(("Content-Type", "text/html"),)),
            ("content-type", "header.Content-Type", ("text/html",)),
        ),
        (
            answered(started(), expectation=due("refused")),
            ("invalid-request-accepted", "query.type", ("a reason",)),
        ),
        (
            answered(refused(), 400, expectation=due("accepted")),
            ("valid-request-refused", "query.type", ("a reason",)),
        ),
        (
            answered(refused(), 404, expectation=due("refused")),
            ("wrong-refusal-status", "query.type", ("404",)),
        ),
        (
            answered(
                started(), expectation=due("refused", "authentication", "header.X-Auth-Token")
            ),
            ("authentication-bypassed", "header.X-Auth-Token", ("a reason",)),
        ),
        (
            answered(started(name="s3cret-token"), secrets=("s3cret-token",)),
            ("secret-in-answer", "security.body", ("body",)),
        ),
        (
            answered({**refused(), "error_msg": "SELECT id FROM notebooks"}, 400),
            ("internals-in-answer", "security.body", ("SQL",)),
        ),
        (
            answered(started(), headers=(*JSON_HEADERS, ("X-Debug-Info", "on"))),
            ("internals-in-answer", "security.header x-debug-info", ("internal header",)),
        ),
        (
            answered(started(), around={"trail": ("STARTING", "STOPPED")}),
            ("lifecycle", "lifecycle.STARTING", ("STOPPED",)),
        ),
    ],
)
def test_each_fault_is_found(
    view: View, exchange: Exchange, expected: tuple[str, str, tuple[str, ...]]
) -> None:
    """One exchange per check."""
    assert expected in found(view, exchange)


def test_a_broken_connection_is_found(view: View) -> None:
    """No answer is a finding of its own."""
    exchange = Exchange(Request("POST", START), None, Failure("reset", "by peer"))
    assert found(view, exchange) == [("no-answer", "operation.answer", ("reset",))]


def test_another_notebooks_id_breaks_an_invariant(view: View) -> None:
    """The answer is valid by itself; only beside its request it is wrong."""
    (finding,) = run_checks(view, answered(started(id="00000000-0000-4000-8000-000000000000")))
    assert finding.place.name == "NotebookResp.id"
    assert isinstance(finding, Finding)


def test_what_echoes_the_request_is_no_internal(view: View) -> None:
    """An error that names the id it was asked for shows nothing of the inside."""
    body = {**refused("ModelArts.6309"), "error_msg": "no notebook /etc/passwd"}
    exchange = answered(body, 404, query="?x=/etc/passwd")
    assert all(id_ != "internals-in-answer" for id_, _, _ in found(view, exchange))


def test_every_check_says_what_why_and_how_to_mend() -> None:
    """The catalogue is made of the docstrings: each has all three parts."""
    for check in all_checks():
        assert "Why it matters:" in check.doc, check.id
        assert "How to mend:" in check.doc, check.id
