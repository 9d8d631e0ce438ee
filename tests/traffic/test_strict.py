"""Closed schemas: marks tell faults apart, and where each belongs."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.contract import build_view, load_contract, parse_document
from contract_tests.contract.strict import strict_schema
from tests.traffic.samples import notebook

VIEW = load_contract().view("documented")


def schema() -> Any:
    """Of a start's answer."""
    found = strict_schema(VIEW, "StartNotebook", 200)
    assert found is not None
    return found


def marks(value: Any) -> list[Any]:
    """What is wrong with a body."""
    return [mark for _, mark in schema().met(value)]


def test_it_accepts_what_breaks_nothing() -> None:
    """And has no marks for it."""
    assert schema().is_valid(notebook())
    assert schema().met(notebook()) == []


def test_its_faults_are_those_of_violations_and_undocumented_fields() -> None:
    """The same places and values, one for each."""
    body = notebook(
        status="SLEEPING",
        surprise=1,
        lease={"type": "TIMING", "create_at": "7", "x": 1},
        volume={"capacity": 99999},
    )
    faults = {(f.place, f.values) for _, f in schema().faults(body)}
    broken = {
        (v.place, v.values) for v in VIEW.response_violations("StartNotebook", 200, None, body)
    }
    unknown = {(p, (n,)) for p, _, n in VIEW.undocumented_fields("StartNotebook", 200, body)}
    assert faults == broken | unknown
    assert len(faults) == 6


def test_a_mark_is_the_same_for_the_same_fault_and_another_for_another() -> None:
    """Whatever else the bodies hold."""
    one, two, three = (
        marks(notebook(status=status, name=name))
        for status, name in (("SLEEPING", "a"), ("SLEEPING", "b"), ("DOZING", "a"))
    )
    assert one == two != three


def test_a_fault_of_a_field_names_its_object_and_what_is_wrong_with_it() -> None:
    """A value of the wrong type or beyond a limit, a field too many."""
    body = notebook(name=7, lease={"x": 1}, volume={"capacity": 99999})
    notebook_, lease, volume = (
        ("components", "schemas", name) for name in ("NotebookResp", "Lease", "VolumeRes")
    )
    found = {schema().field_of(mark) for _, mark in schema().met(body)}
    assert found == {
        (notebook_, "name", "type"),
        (lease, "x", "presence"),
        (volume, "capacity", "limit"),
    }


@pytest.mark.parametrize(
    "wrong", [{"lease": {"type": "TIMING"}}, {"billing_items": ["FREE"]}, {"billing_items": [1]}]
)
def test_values_of_few_and_items_of_lists_are_faults_of_no_field(wrong: dict[str, Any]) -> None:
    """The form of a body tells the former; the latter are as many as there are items."""
    strict = schema()
    assert {strict.field_of(mark) for _, mark in strict.met(notebook(**wrong))} == {None}


def test_a_fault_is_met_where_it_stands() -> None:
    """By the way through the body, indices as numbers."""
    body = notebook(lease={"type": "TIMING"}, billing_items=["STORAGE", "FREE"])
    assert {path for path, _ in schema().met(body)} == {("lease", "type"), ("billing_items", 1)}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
def test_combined_schemas_cannot_be_closed(keyword: str) -> None:
    """Whether a field is known depends on more than one schema."""
    view = build_view(
        "documented",
        parse_document(
            f"""
            openapi: 3.1.0
            info: {{title: x, version: '1'}}
            paths:
              /x:
                get:
                  operationId: X
                  responses:
                    '200':
                      description: x
                      content:
                        application/json:
                          schema:
                            type: object
                            properties:
                              a: {{{keyword}: [{{properties: {{b: {{type: string}}}}}}]}}
            """,
            "x.yaml",
        ),
    )
    assert strict_schema(view, "X", 200) is None
    assert strict_schema(view, "X", 200, closed=False) is not None
    assert strict_schema(view, "X", 404) is None
