"""The shipped documents: right by themselves, and what the pages and the known facts say."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract_tests.contract import Contract, View, default_spec_folder, load_contract
from contract_tests.docs import read_page
from contract_tests.facts import Field, Page, Table

CONTRACT: Contract = load_contract()
DOCUMENTED, OBSERVED = CONTRACT.view("documented"), CONTRACT.view("observed")
PAGES = Path(
    os.environ.get("CONTRACT_TESTS_PAGES", Path(__file__).parents[2].parent / "shared" / "pages")
)
FAMILY = PAGES / "rst" / "modelarts" / "development_environment_management"
PAGE_FILES = {
    "StartNotebook": PAGES / "StartNotebook.html",
    "ShowNotebook": FAMILY / "querying_details_of_a_notebook_instance.rst",
    "ListNotebooks": FAMILY / "querying_notebook_instances.rst",
    "StopNotebook": FAMILY / "stopping_a_notebook_instance.rst",
}
KINDS = {"string": "string", "integer": "integer", "long": "integer", "boolean": "boolean"}
STATED_OTHERWISE = {("VolumeRes", "status"), ("EndpointsRes", "uri")}
"""Rows whose prose the spec reads as an enumeration or a format; the page has no list there."""


def page_of(operation: str) -> Page:
    """The vendor's page of an operation; skips where the pages are not at hand."""
    path = PAGE_FILES[operation]
    if not path.is_file():
        pytest.skip(f"the vendor's pages are not at {PAGES}; CONTRACT_TESTS_PAGES names them")
    if path.suffix == ".rst":
        pytest.importorskip("contract_tests.docs.rst", reason="RST pages cannot be read yet")
    return read_page(path)


def schema_of(operation: str, table: Table) -> dict[str, Any]:
    """The schema that a table with a response or a structure became."""
    schemas: dict[str, Any] = DOCUMENTED.document["components"]["schemas"]
    if table.role == "structure":
        found: dict[str, Any] = schemas[table.name]
        return found
    at = (*DOCUMENTED.operation(operation).at, "responses", "200", "content", "application/json")
    content: Any = DOCUMENTED.document
    for step in at:
        content = content[step]
    named: dict[str, Any] = schemas[content["schema"]["$ref"].rpartition("/")[2]]
    return named


def rows(operation: str) -> Iterator[tuple[str, Field, dict[str, Any]]]:
    """Each row of each table of a page, with the schema of the same name."""
    for table in page_of(operation).tables:
        if table.role in ("path", "query"):
            parameters = {p.name: p for p in DOCUMENTED.operation(operation).parameters}
            for field in table.fields:
                yield table.name, field, dict(parameters[field.name].schema)
        elif table.role in ("response", "structure"):
            properties = schema_of(operation, table)["properties"]
            for field in table.fields:
                yield table.name, field, properties[field.name]


@pytest.mark.parametrize("operation", list(PAGE_FILES))
def test_every_row_of_the_page_is_in_the_spec_as_it_says(operation: str) -> None:
    """Type, values, default, length, maximum and format of each row."""
    compared = 0
    for table, field, schema in rows(operation):
        items = schema.get("items", schema)
        where = f"{table}.{field.name}"
        assert _kind(field) == _kind_of(schema), where
        assert (field.type.kind == "long") == (schema.get("format") == "int64"), where
        if (table, field.name) not in STATED_OTHERWISE:
            assert [v.value for v in field.enum] == [str(v) for v in items.get("enum", [])], where
        assert field.limits.max_length == schema.get("maxLength"), where
        assert field.limits.maximum == schema.get("maximum"), where
        assert (field.limits.format == "uuid") == (schema.get("format") == "uuid"), where
        assert field.limits.pattern is None or "pattern" in schema, where
        compared += 1
    assert compared >= 60


@pytest.mark.parametrize("operation", list(PAGE_FILES))
def test_the_spec_has_no_row_that_the_page_lacks(operation: str) -> None:
    """It states what is documented and nothing beyond."""
    for table in page_of(operation).tables:
        if table.role in ("response", "structure"):
            names = {field.name for field in table.fields}
            assert set(schema_of(operation, table)["properties"]) == names, table.name
    known = {
        f.name for t in page_of(operation).tables if t.role in ("path", "query") for f in t.fields
    }
    assert {p.name for p in DOCUMENTED.operation(operation).parameters} == known


@pytest.mark.parametrize("operation", list(PAGE_FILES))
def test_method_uri_and_statuses_are_the_page_s(operation: str) -> None:
    """400 comes from the error-code page that each page refers to."""
    page, found = page_of(operation), DOCUMENTED.operation(operation)
    assert (found.method, found.path) == (page.method, page.uri)
    assert {*found.statuses} - {400} == {status.code for status in page.statuses}


def test_the_example_is_the_page_s() -> None:
    """Value by value."""
    (shown,) = [e for e in page_of("StartNotebook").examples if e.role == "response"]
    (example,) = DOCUMENTED.examples("StartNotebook")
    assert json.loads(shown.body or "") == example.value


def test_the_documented_example_breaks_the_documented_schema_in_two_known_places() -> None:
    """And fits the observed view."""
    (example,) = DOCUMENTED.examples("StartNotebook")
    body = example.value
    found = DOCUMENTED.response_violations("StartNotebook", 200, example.media, body)
    assert {(v.place.name, v.values) for v in found} == {
        ("VolumeRes.category", ("EFS",)),
        ("Lease.type", ("TIMING",)),
    }
    assert OBSERVED.response_violations("StartNotebook", 200, example.media, body) == []


def test_the_example_keeps_every_invariant_that_it_exercises() -> None:
    """Its lease is the time since the creation plus the asked hour."""
    (example,) = DOCUMENTED.examples("StartNotebook")
    request = {"path": {"id": example.value["id"]}, "query": {"duration": 3_600_000}, "headers": {}}
    response = {"status": 200, "headers": {}, "body": example.value}
    outcomes = OBSERVED.evaluate("StartNotebook", {"request": request, "response": response})
    assert [o.invariant.id for o in outcomes if o.held is False] == []
    kept = {o.invariant.id for o in outcomes if o.held}
    assert {"start-asked-duration-comes-back", "lease-updated-after-created"} <= kept


def answer() -> dict[str, Any]:
    """The documented example, to be spoiled."""
    copied: dict[str, Any] = json.loads(json.dumps(DOCUMENTED.examples("StartNotebook")[0].value))
    return copied


def spoiled(view: View, change: Any) -> set[str]:
    """What an example with one change breaks: places of violations and of invariants."""
    body = answer()
    before = dict(answer(), status="STOPPED")
    change(body)
    request = {"path": {"id": before["id"]}, "query": {}, "headers": {"x-auth-token": "secret"}}
    variables = {"request": request, "response": {"status": 200, "body": body}, "before": before}
    broken = {v.place.name for v in view.response_violations("StartNotebook", 200, None, body)}
    outcomes = view.evaluate("StartNotebook", variables)
    return broken | {o.place.name for o in outcomes if o.held is False}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda b: b["volume"].update(category="efs"), "VolumeRes.category"),
        (lambda b: b.update(status="Starting"), "NotebookResp.status"),
        (lambda b: b["volume"].update(capacity="50"), "VolumeRes.capacity"),
        (lambda b: b.update(id="e1a07296-22a8-4f05-8bc8-e936c8e54090"), "NotebookResp.id"),
        (lambda b: b.update(status="STOPPED"), "NotebookResp.status"),
        (lambda b: b["lease"].update(update_at=1), "Lease.update_at"),
        (lambda b: b.update(token="secret"), "NotebookResp.token"),
        (lambda b: b.update(name="renamed"), "NotebookResp.name"),
        (lambda b: b["volume"].update(capacity=0), "VolumeRes.capacity"),
        (
            lambda b: b["volume"].update(ownership="DEDICATED", category="EVS"),
            "VolumeRes.ownership",
        ),
        (lambda b: b["image"].update(tag="1.0"), "Image.tag"),
        (lambda b: b.update(url="http://example.com/" + b["id"]), "NotebookResp.url"),
        (lambda b: b["lease"].update(create_at=1_638_841_744), "Lease.create_at"),
        (
            lambda b: b.update(action_progress=[{"step": 1}, {"step": 1}]),
            "NotebookResp.action_progress",
        ),
        (lambda b: b.update(action_progress=[{"notebook_id": "x"}]), "JobProgress.notebook_id"),
        (lambda b: b["volume"].update(mount_path="/tmp"), "VolumeRes.mount_path"),  # noqa: S108
    ],
)
def test_a_spoiled_answer_is_told_at_the_field_that_was_spoiled(change: Any, place: str) -> None:
    """Without naming fields that nobody touched, but for relations that it cannot be told from."""
    found = spoiled(OBSERVED, change)
    assert place in found
    assert found - {place} <= {"VolumeRes.category", "Lease.duration"}


def test_all_schemas_fields_and_parameters_are_in_the_family() -> None:
    """Eleven tables, the list and the error body; each invariant belongs to something answered."""
    schemas = DOCUMENTED.document["components"]["schemas"]
    assert len(schemas) == 11
    reached = {i.id for o in OBSERVED.operations for i in OBSERVED.invariants(o.id)}
    assert reached == {i.id for i in OBSERVED.all_invariants}


def test_the_observed_view_accepts_what_is_known_of_the_service() -> None:
    """Values, fields, errors of both spellings, and next to nothing."""
    body = {
        "create_at": 1,
        "user_id": "u",
        "tags": [],
        "data_volumes": [{"category": "EFS"}],
        "endpoints": [{"uri": "ssh://root@host:30010", "key_pair_names": ["k"]}],
        "lease": {"type": "IDLE"},
        "volume": {"status": "MOUNTED", "read_only": False, "uri": "u", "id": "i"},
        "action_progress": [{"description": "d"}],
    }
    for answered in (body, {}, answer()):
        assert OBSERVED.response_violations("StartNotebook", 200, None, answered) == []
        assert OBSERVED.undocumented_fields("StartNotebook", 200, answered) == []
    for error in ({"error_msg": "m"}, {"error_message": "m"}):
        refused = {"error_code": "ModelArts.6305", **error}
        assert OBSERVED.response_violations("StartNotebook", 400, None, refused) == []
    assert {400, 429} <= set(OBSERVED.operation("StartNotebook").statuses)


def test_accepting_a_value_accepts_that_value_only() -> None:
    """EFS, not `efs`; TIMING, not `Timing`."""
    for category in ("efs", "Efs", "TOTALLY_DIFFERENT"):
        body = {"volume": {"category": category}}
        (found,) = OBSERVED.response_violations("StartNotebook", 200, None, body)
        assert not any(e.is_at(found.place) and category in e.observed for e in CONTRACT.ledger)


def test_every_known_violation_of_the_documented_view_has_its_entry() -> None:
    """What the observed view allows beyond the documented one is in the ledger, by value."""
    body = {
        "volume": {"category": "EFS", "status": "IN_USE"},
        "lease": {"type": "TIMING"},
        "endpoints": [{"uri": "https://example.com"}],
    }
    for found in DOCUMENTED.response_violations("StartNotebook", 200, None, body):
        entries = [e for e in CONTRACT.ledger if e.is_at(found.place)]
        assert any(set(found.values) <= set(e.observed) for e in entries), found


def test_the_lifecycle_is_that_of_the_known_facts() -> None:
    """Start from STOPPED only, then STARTING, then RUNNING; failures beside it."""
    cycle = DOCUMENTED.lifecycle
    assert cycle is not None
    assert [s for s in cycle.states if cycle.allowed("StartNotebook", s)] == ["STOPPED"]
    assert cycle.next("StartNotebook", "STOPPED") == ("STARTING",)
    assert cycle.next(None, "STARTING")[:2] == ("RUNNING", "START_FAILED")
    for state in cycle.states:
        assert cycle.allowed("StartNotebook", state) or cycle.refused("StartNotebook", state)
        assert cycle.allowed("StopNotebook", state) or cycle.refused("StopNotebook", state)


def test_no_ledger_entry_is_without_its_words_and_evidence() -> None:
    """Each fact of the service that differs from the page, with who is wrong."""
    assert len(CONTRACT.ledger) >= 25
    assert {entry.wrong for entry in CONTRACT.ledger} <= {"docs", "service", "undetermined"}


def test_the_documents_hold_no_path_and_no_secret() -> None:
    """They are shipped to everybody."""
    for path in default_spec_folder().glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "/work/" not in text.replace("/home/ma-user/work/", "")
        assert "eyJ" not in text


def _kind(field: Field) -> tuple[str, str | None]:
    kind = KINDS.get(field.type.kind, field.type.kind)
    items = field.type.items
    return kind, KINDS.get(items, items) if items else None


def _kind_of(schema: dict[str, Any]) -> tuple[str, str | None]:
    items = schema.get("items")
    kind = schema.get("type", "object")
    return kind, None if items is None else items.get("type", "object")
