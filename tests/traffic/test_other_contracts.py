"""Whatever the contract, the quick way finds what the checks themselves find."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.contract import Operation, View
from contract_tests.errors import InputError
from contract_tests.traffic import quick
from contract_tests.traffic import verify as core
from contract_tests.traffic.guards import unguarded
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.plans import Plan
from contract_tests.traffic.reading.records import Record, to_raw
from contract_tests.traffic.verifier import Verifier
from contract_tests.traffic.verify import verify
from tests.traffic.made_up import OBJECTS, URL, changed, contract, values

TEXT: Any = {"type": "string"}
NUMBER: Any = {"type": "number"}


class Slow(Verifier):
    """Glances at nothing, and asks CEL of everything."""

    steps = (unguarded,)

    def plan(self, operation: Operation, status: int) -> Plan:
        """One without the quick way."""
        found = super().plan(operation, status)
        found.quick = None
        return found


def tally(by: Verifier, bodies: list[Any]) -> Tally:
    """What answers show that come again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core, "HANDFUL", 3)
        patch.setattr(quick, "OFTEN", 2)
        return verify(by, [_record(body, i) for i, body in enumerate(bodies * 4)], "b")


def _record(body: Any, number: int) -> Record:
    text = body if isinstance(body, str) else json.dumps(body)
    answer = {"status": 200, "headers": [("Content-Type", "application/json")], "body": text}
    raw = {"request": {"method": "GET", "url": URL}, "response": answer}
    return Record("made-up.ndjson", number, to_raw(raw), 1.7e9)


def assert_same(documented: View, bodies: list[Any], observed: View | None = None) -> None:
    """The same counts and samples, by both ways."""
    fast, slow = (tally(kind(documented, 1.8e9, observed), bodies) for kind in (Verifier, Slow))
    assert fast.counts == slow.counts
    assert fast == slow


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_contract(data: st.DataObject) -> None:
    """With an overlay that says otherwise, and bodies that are wrong in many ways."""
    root, part = data.draw(OBJECTS), data.draw(OBJECTS)
    other = data.draw(changed(root))
    bodies = data.draw(st.lists(values(root, part) | values(other, part), min_size=1, max_size=4))
    assert_same(contract(root, part), bodies, contract(other, part, "observed"))


def fields(**properties: Any) -> dict[str, Any]:
    """An object of these fields."""
    return {"type": "object", "properties": properties}


def kept(rule: str, **properties: Any) -> dict[str, Any]:
    """An object of these fields, with an invariant."""
    return {**fields(**properties), "x-invariants": [rule]}


@pytest.mark.parametrize(
    ("root", "bodies"),
    [
        (fields(**{'q"x': TEXT}), [{'q"x': 1}, {'q"x': "x", "\n": 1}]),
        ({**fields(a=TEXT), "additionalProperties": TEXT}, [{"b": 1}, {"b": "x"}]),
        ({**fields(a=TEXT), "additionalProperties": False}, [{"b": 1}, {"b": 1, "c": 2}]),
        (fields(a={"multipleOf": 2}), [{"a": 50.0}, {"a": 50}]),
        (fields(a={**NUMBER, "maximum": 1}), [{"a": 1.0}, {"a": 1}]),
        (fields(a={"type": "object"}), [{"a": 7}, {"a": 50.0}]),
        (fields(a=TEXT), ['{"a": 1e400}', '{"a": null}', '{"a": NaN}']),
        (fields(a=kept("self.b == null", b=TEXT)), [{"a": {"b": 1}}, {"a": {"b": None}}]),
        (fields(a=kept("self.b == null")), [{"a": {"b": 1}}]),
        (fields(a={"x-invariants": ["self.b == 1"]}), [{"a": {"b": 2}}, {"a": {"b": 1}}]),
        (fields(a=kept('self.b == "A"', b=TEXT)), [{"a": [{"b": "A"}]}, {"a": {"b": "A"}}]),
        (fields(a=kept("size(self) > 1", b=TEXT)), [{"a": "abc"}, {"a": {}}]),
        (
            fields(
                a={**kept("self == null || size(self) < 1", b=TEXT), "type": ["object", "null"]}
            ),
            [{"a": None}, {"a": {"b": "x"}}],
        ),
        (fields(a=fields(properties=fields(b=TEXT), c=TEXT)), [{"a": {"additionalProperties": 1}}]),
        ({"type": [], "properties": {"a": TEXT}}, [{"b": 1}]),
        ({"type": "string", "properties": {"a": TEXT}}, [{"b": 1}]),
        ({"type": "object", "additionalProperties": fields(b=TEXT)}, [{"": {"b": 1}}]),
        (fields(a=True, b={"type": "array", "items": True}), [{"a": 1, "b": [1]}]),
        (False, [{"a": 1}]),
    ],
)
def test_what_is_rare_is_found_all_the_same(root: Any, bodies: list[Any]) -> None:
    """Each of these was once lost, miscounted, or ended the run."""
    assert_same(contract(root), bodies)


@pytest.mark.parametrize(
    ("root", "other", "bodies"),
    [
        (
            {**fields(a=TEXT), "additionalProperties": True},
            {**fields(a=TEXT), "additionalProperties": False},
            [{"a": "x", "b": 1}, {"b": 1, "c": 2}],
        ),
        (
            fields(a=kept('self.b == "x"', b=TEXT)),
            fields(a={"type": "array", "items": kept('self.c == "x"', c=TEXT)}),
            [{"a": {"b": "x"}}, {"a": [{"c": 1}]}, {"a": {"b": 1}}, {"a": [{"c": "x"}]}],
        ),
        (
            fields(a={"$ref": "#/components/schemas/Part"}),
            fields(b={"$ref": "#/components/schemas/Part"}),
            [{"a": {"c": "A"}}, {"b": {"c": "A"}}],
        ),
    ],
)
def test_views_may_differ(root: Any, other: Any, bodies: list[Any]) -> None:
    """One is closed where the other is open; lists an object; asks its invariants elsewhere."""
    part = kept('self.c == "A"', c=TEXT)
    assert_same(contract(root, part), bodies, contract(other, part, "observed"))


def test_a_query_parameter_that_is_required_may_be_left_out() -> None:
    """A refusal was due, though the request has no query at all."""
    needed = {"name": "k", "in": "query", "required": True, "schema": TEXT}
    assert_same(contract(fields(a=TEXT), parameters=[needed]), [{"a": "x"}])


@pytest.mark.parametrize("schema", [{"type": "text"}, {"type": "string", "pattern": "("}])
def test_what_is_no_schema_is_said_to_be_none(schema: Any) -> None:
    """With its line, and not by a traceback."""
    with pytest.raises(InputError, match="no JSON Schema"):
        tally(Verifier(contract(fields(a=schema)), 1.8e9), [{"a": "x"}])


def test_a_field_without_a_name_is_refused() -> None:
    """Validators do not say where they met it."""
    with pytest.raises(InputError, match="a name that is empty"):
        contract(fields(**{"": TEXT}))


@pytest.mark.parametrize("responses", [None, {}, {"200": None}, {"200": {"content": None}}])
def test_answers_need_not_be_described(responses: Any) -> None:
    """Then there is no body to hold them against."""
    assert_same(contract({}, responses=responses), [{"a": "x"}])
