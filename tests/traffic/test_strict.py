"""Closed schemas: marks tell faults apart, habits are found without validating."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.contract import build_view, load_contract, parse_document
from contract_tests.contract.strict import Habit, strict_schema
from tests.traffic.samples import notebook

VIEW = load_contract().view("documented")


def schema() -> Any:
    """Of a start's answer."""
    found = strict_schema(VIEW, "StartNotebook", 200)
    assert found is not None
    return found


def test_it_accepts_what_breaks_nothing() -> None:
    """And has no marks for it."""
    assert schema().is_valid(notebook())
    assert schema().marks(notebook()) == []


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
        schema().marks(notebook(status=status, name=name))
        for status, name in (("SLEEPING", "a"), ("SLEEPING", "b"), ("DOZING", "a"))
    )
    assert one == two != three


def test_habits_are_accepted_and_nothing_else_is() -> None:
    """A value of an enumeration, a field too many."""
    strict = schema()
    body = notebook(lease={"type": "TIMING"}, create_at=1, billing_items=["FREE"])
    found = [strict.habit(mark, fault) for mark, fault in strict.faults(body)]
    assert {(h.field, h.value) for h in found if h} == {
        ("type", "TIMING"),
        ("create_at", None),
        ("billing_items", "FREE"),
    }
    accepts = strict.tolerating([habit for habit in found if habit])
    assert accepts(body)
    assert not accepts(notebook(lease={"type": "Timing"}))
    assert not accepts(notebook(update_at=1))
    assert not strict.is_valid(body)


@pytest.mark.parametrize("wrong", [{"lease": "x"}, {"volume": {"capacity": 9999}}, {"name": 7}])
def test_other_faults_are_no_habits(wrong: dict[str, Any]) -> None:
    """A type, a limit: seeing them takes more than a look at one value."""
    strict = schema()
    assert [strict.habit(mark, fault) for mark, fault in strict.faults(notebook(**wrong))] == [None]


def test_a_habit_is_a_key() -> None:
    """Two that are the same are one."""
    owner = ("components", "schemas", "Lease")
    assert len({Habit(owner, "type", "TIMING"), Habit(owner, "type", "TIMING")}) == 1


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
