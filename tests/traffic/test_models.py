"""Models: what is seen of a body at a glance is what the validators say of it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.contract import View, ViewName, build_view, parse_document
from contract_tests.traffic import quick as quick_way
from contract_tests.traffic.plans import Plan, fields_of, make_plan
from contract_tests.traffic.quick import Quick
from contract_tests.traffic.typed.forms import Form

DOCUMENTED = """
type: object
required: [id, kind, part]
properties:
  id: {type: string, format: uuid}
  kind: {type: string, enum: [A, B]}
  level: {type: integer, enum: [1, 2]}
  is_on: {type: boolean}
  count: {type: integer, format: int32}
  small: {type: integer, minimum: 1, maximum: 9}
  even: {type: integer, multipleOf: 2}
  share: {type: number, maximum: 1}
  maybe: {type: [string, "null"], maxLength: 3}
  name: {type: string, minLength: 1, maxLength: 5}
  code: {type: string, pattern: "^[a-z]+$"}
  part: {$ref: "#/components/schemas/Part"}
  other: {$ref: "#/components/schemas/Part"}
  parts: {type: array, items: {$ref: "#/components/schemas/Part"}}
  tags: {type: array, items: {type: string, maxLength: 3}, maxItems: 3}
  modes: {type: array, items: {type: string, enum: [X, Y]}}
  free: {type: object}
  any: {}
  "odd name": {type: string}
  documented_only: {type: string}
"""
PART = """
type: object
required: [size]
additionalProperties: false
properties:
  size: {type: integer}
  color: {type: string, enum: [red, blue]}
  inner: {type: object, properties: {deep: {type: string, enum: [up, down]}}}
"""
OBSERVED = {
    "count": {"type": "string"},
    "maybe": {"type": ["string", "null", "integer"], "maxLength": 4},
    "kind": {"type": "string", "enum": ["A", "B", "C"]},
    "observed_only": {
        "type": "object",
        "properties": {"state": {"enum": ["on"], "type": "string"}},
    },
}


def view(name: ViewName, changes: Any) -> View:
    """A view whose root schema has these properties changed."""
    root, part = yaml.safe_load(DOCUMENTED), yaml.safe_load(PART)
    root["properties"] |= changes
    if changes:
        del root["properties"]["documented_only"]
    answer = {"description": "x", "content": {"application/json": {"schema": root}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "paths": {"/x": {"get": {"operationId": "X", "responses": {"200": answer}}}},
        "components": {"schemas": {"Part": part}},
    }
    return build_view(name, parse_document(yaml.safe_dump(document), f"{name}.yaml"))


VIEWS = view("documented", {}), view("observed", OBSERVED)


def plan_of(*, closed: bool = True) -> Plan:
    """A plan that has seen nothing yet."""
    operation = VIEWS[0].operation("X")
    return make_plan(VIEWS, fields_of(VIEWS), operation, 200, closed=closed, ask=False)


def quick_of(*, closed: bool = True) -> Quick:
    """The quick way of a plan that has seen nothing yet."""
    quick = plan_of(closed=closed).quick
    assert quick is not None
    return quick


BODY = {"id": "6d7b3f0e-7f0f-4b2e-9f43-1c6d2a7c0b11", "kind": "A", "part": {"size": 1}}
TEXTS = ["", "A", "C", "red", "X", "abc", "abcd", "abcdef", "ABC", "up", "on", BODY["id"], "\u00e9"]
NUMBERS = [0, 1, 2, 3, 9, 10, -1, 2**31, 2**63, 10**30, 1.0, 0.5, 1.5]
SCALARS: st.SearchStrategy[Any] = st.sampled_from([None, True, False, *NUMBERS, *TEXTS])
OBJECTS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        "size": SCALARS,
        "color": SCALARS,
        "inner": st.fixed_dictionaries({}, optional={"deep": SCALARS, "x": SCALARS}) | SCALARS,
        "state": SCALARS,
        "more": SCALARS,
    },
)
VALUES = SCALARS | OBJECTS | st.lists(SCALARS | OBJECTS, max_size=4)
NAMES = [*yaml.safe_load(DOCUMENTED)["properties"], *OBSERVED, "unknown", "unknown too"]
GOOD = {
    "level": 1, "is_on": True, "count": 7, "small": 3, "even": 4, "share": 0.5, "maybe": "x",
    "name": "n", "code": "abc", "other": {"size": 2, "color": "red"}, "tags": ["a", "b"],
    "parts": [{"size": 1}, {"size": 2, "color": "blue", "inner": {"deep": "up"}}],
    "modes": ["X", "Y"], "free": {"a": 1}, "any": [1], "odd name": "o",
}  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn) -> list[Any]:
    """Bodies that are alike but for a field or two."""
    first: dict[str, Any] = copy.deepcopy({**BODY, **GOOD})
    for name in draw(st.sets(st.sampled_from(list(first)), max_size=8)):
        del first[name]
    found = [first]
    for _ in range(draw(st.integers(1, 4))):
        other = copy.deepcopy(draw(st.sampled_from(found)))
        for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2)):
            other[name] = draw(VALUES)
        found.append(other)
    return found


def seen(quick: Quick, body: Any) -> tuple[Form, ...] | None:
    """The forms that a glance at a body shows."""
    found = quick.glance(json.dumps(body))
    return None if found is None else found.forms


def told(forms: tuple[Form, ...] | list[Form] | None) -> Any:
    """What forms say, to be compared."""
    if forms is None:
        return None
    return [
        (
            [(field.name, kind) for field, kind in form.kinds],
            [(field.name, text) for field, text in form.texts()],
            [sorted(map(id, of_view)) for of_view in form.faults],
        )
        for form in forms
    ]


@settings(max_examples=300, deadline=None)
@given(bodies(), st.booleans())
def test_a_glance_says_what_the_validators_say(values: list[Any], closed: bool) -> None:  # noqa: FBT001 (drawn)
    """Of bodies that were seen before, and after fields that often break it were left to forms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick_way, "OFTEN", 2)
        quick = quick_of(closed=closed)
        for value in values:
            for faults in quick.faults:
                faults.learn(value, ())
        for value in values * 4:
            expected = told(quick.described(value))
            assert told(seen(quick, value)) == expected


def test_a_body_that_was_seen_before_takes_no_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does another of the same form, whatever its other values are."""
    quick = quick_of()
    quick.faults[1].learn(BODY | GOOD, ())  # a count is a text to the overlay
    assert seen(quick, BODY | GOOD) is not None
    monkeypatch.setattr(Quick, "described", None)
    again = BODY | GOOD | {"name": "other", "small": 9, "share": 0.75, "even": 100}
    assert seen(quick, again) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": 7},
        {"small": 10},
        {"code": "A1"},
        {"unknown": [1]},
        {"part": {"size": 1, "unknown": 2}},
        {"part": {}},
        {"level": "high"},
        {"count": "7"},
        {"other": "none"},
    ],
)
def test_a_fault_that_keeps_coming_is_soon_seen_at_a_glance(
    wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is left to the form; a body without it stays as it was."""
    quick = quick_of()
    bad = BODY | wrong
    for faults in quick.faults:
        faults.learn(bad, ())
    expected = told(seen(quick, bad))
    for _ in range(2 * quick_way.OFTEN):
        seen(quick, bad)
        seen(quick, BODY)
    monkeypatch.setattr(Quick, "described", None)
    assert told(seen(quick, bad)) == expected
    assert told(seen(quick, BODY)) != expected


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [{"type": "string"}]},
        {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "array"}}}},
        {"type": "object", "minProperties": 1, "properties": {}},
        {"type": "object", "properties": {"a": {"enum": [1]}}},
        {"type": "object", "required": ["b"], "properties": {"a": {"type": "string"}}},
    ],
)
def test_what_takes_more_than_fields_has_no_quick_way(schema: Any) -> None:
    """It goes through the checks themselves."""
    odd = view("documented", {"odd": schema})
    plan = make_plan((odd,), fields_of((odd,)), odd.operation("X"), 200)
    assert plan.quick is None
