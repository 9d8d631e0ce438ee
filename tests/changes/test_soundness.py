"""No change of what is accepted goes by unseen: jsonschema-rs is asked, over many values.

Schemas are generated and mutated, the small values that they speak of are tried one by one.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, event, given, settings
from hypothesis import strategies as st

from contract_tests.changes import Change, all_rules, diff
from contract_tests.contract.view import View
from tests.changes.samples import bare_view_of

FIELDS = ("a", "b", "c")
TEXTS = ("", "a", "ab", "abcd", "2020-01-01", "00000000-0000-0000-0000-000000000000")
SCALARS: tuple[Any, ...] = (*TEXTS, 0, 1, 2, 5, 9, -1, 1.5, 2**31, 2**40, True, False, None)
SCHEMAS_PATH = ("paths", "/things", "post", "requestBody", "content", "application/json", "schema")

Versions = tuple[dict[str, Any], dict[str, Any]]
"""What a contract is made of, twice."""

SETTINGS = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)

limits = st.integers(0, 4)
kind = st.sampled_from(["string", "integer", "number", "boolean", "null", "object", "array"])


def _member(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, Any]]:
    """One keyword with a value, out of those that the rules read, and some that none does."""

    def keyword(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, Any]]:
        return st.tuples(st.just(name), values)

    some_schema = inner | st.booleans()
    some = st.lists(st.sampled_from(FIELDS), max_size=2, unique=True)
    return st.one_of(
        keyword("type", kind | st.lists(kind, min_size=1, max_size=2, unique=True)),
        keyword("enum", st.lists(st.sampled_from(SCALARS), min_size=1, max_size=4)),
        keyword("const", st.sampled_from(SCALARS)),
        keyword("format", st.sampled_from(["uuid", "date", "int32", "int64"])),
        keyword("pattern", st.sampled_from(["^a", "b$", "^[a-z]*$"])),
        *(keyword(name, limits) for name in ("minimum", "maximum", "exclusiveMinimum")),
        *(keyword(name, limits) for name in ("minLength", "maxLength", "minItems", "maxItems")),
        *(keyword(name, limits) for name in ("minProperties", "maxProperties")),
        keyword("multipleOf", st.sampled_from([2, 3])),
        keyword("uniqueItems", st.booleans()),
        keyword("required", some),
        keyword("additionalProperties", st.booleans() | inner),
        keyword("properties", st.dictionaries(st.sampled_from(FIELDS), some_schema, max_size=3)),
        keyword("items", some_schema),
        keyword("allOf", st.lists(inner, min_size=1, max_size=2)),
        keyword("anyOf", st.lists(inner, min_size=1, max_size=2)),
        keyword("oneOf", st.lists(inner, min_size=1, max_size=2)),
        keyword("not", inner),
        keyword("description", st.sampled_from(["One.", "Two."])),
        keyword("default", st.sampled_from(SCALARS)),
    )


def _schemas(depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """Schemas of a few keywords, nested so deep."""
    inner = _schemas(depth - 1) if depth else st.just({})
    few = st.lists(_member(inner), max_size=3).map(dict)
    return few | st.just({"$ref": "#/components/schemas/Inner"})


schemas = _schemas(1)
objects = st.builds(
    lambda fields, more: {"type": "object", "properties": fields, **dict(more)},
    st.dictionaries(st.sampled_from(FIELDS), schemas, min_size=1, max_size=3),
    st.lists(_member(_schemas(0)), max_size=1),
)


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """The schemas inside of a schema, itself first."""
    if not isinstance(schema, dict):
        return
    yield schema
    for name, value in schema.items():
        if name == "properties":
            yield from itertools.chain.from_iterable(map(_nodes, value.values()))
        elif name in ("items", "additionalProperties", "not"):
            yield from _nodes(value)
        elif name in ("allOf", "anyOf", "oneOf"):
            yield from itertools.chain.from_iterable(map(_nodes, value))


@st.composite
def versions(draw: st.DrawFn) -> Versions:
    """A contract and the same with a few keywords set, changed or dropped."""
    inner = draw(st.lists(_member(st.just({})), max_size=2).map(dict))
    old = {"schema": draw(objects | schemas), "schemas": {"Inner": inner}}
    new = _unshared(old)
    for _ in range(draw(st.integers(1, 2))):
        nodes = [*_nodes(new["schema"]), *_nodes(new["schemas"]["Inner"])]
        node = draw(st.sampled_from(nodes))
        name, value = _unshared(draw(_member(_schemas(0))))
        if name in node and draw(st.booleans()):
            del node[name]
        elif name == "properties" and isinstance(node.get(name), dict):
            node[name] = {**node[name], **value}
        else:
            node[name] = value
    assume("$ref" not in json.dumps(new["schemas"]))  # it would be part of itself, without end
    return old, new


def _unshared(data: Any) -> Any:
    """The same JSON data, no two parts of which are one object."""
    return json.loads(json.dumps(data))


def _values() -> Iterator[Any]:
    """Scalars, and objects and lists of them, two levels deep."""
    few: list[Any] = ["", "ab", 1, 5, 1.5, None, True, {}, []]
    yield from SCALARS
    yield from ([], ["a"], [1], ["a", "a"], [1, 2], [None, "ab"], [{}], [[1]], {})
    for name in FIELDS:
        yield from ([{name: value}] for value in few)
        yield from ({name: value} for value in (*SCALARS, [], [1], ["ab", "ab"], {}))
        yield from ({name: {other: value}} for other in FIELDS for value in few)
    for pair in itertools.combinations(FIELDS, 2):
        yield from (dict(zip(pair, both, strict=True)) for both in itertools.product(few, few))


VALUES = tuple(_values())


def _speaks(view: View, value: Any) -> bool:
    """Whether a document speaks of all fields of a value: what it does not name is not sent."""
    fields = view.shapes.visits(SCHEMAS_PATH, value)
    return all(
        visit.value.keys() <= visit.shape.named.keys() or bool(visit.shape.further)
        for visit in fields
        if isinstance(visit.value, dict)
    ) and _depth_known(view, value)


def _depth_known(view: View, value: Any) -> bool:
    """Whether each object inside of a value has a schema that names its fields."""
    met = [visit.value for visit in view.shapes.visits(SCHEMAS_PATH, value)]
    return all(any(part is m for m in met) for part in _objects(value) if part)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    yield from itertools.chain.from_iterable(map(_objects, inner))


def _accepts(view: View, value: Any) -> bool:
    accepted: bool = view.validators.compiled(SCHEMAS_PATH).is_valid(value)
    return accepted


def _breaking(changes: tuple[Change, ...], side: str) -> bool:
    return any(change.breaking and change.side in (side, "both") for change in changes)


@given(versions())
@settings(SETTINGS, max_examples=120)
def test_what_is_no_longer_accepted_is_always_told(pair: Versions) -> None:
    """A request or an answer that OLD accepts and NEW refuses: breaking, on either side.

    An answer that NEW accepts and OLD refuses breaks the clients made from OLD: breaking too.
    """
    _require_told(pair)


@pytest.mark.slow
@given(versions())
@settings(SETTINGS, max_examples=800)
def test_what_is_no_longer_accepted_is_always_told_at_length(pair: Versions) -> None:
    """The same, with many more pairs."""
    _require_told(pair)


def _views(pair: Versions) -> tuple[View, View]:
    return bare_view_of(pair[0], "old.yaml"), bare_view_of(pair[1], "new.yaml")


def _require_told(pair: Versions) -> None:
    old, new = _views(pair)
    changes = diff(old, new)
    for value in VALUES:
        before, after = _accepts(old, value), _accepts(new, value)
        if before and not after and _speaks(old, value):
            event("refused")
            assert _breaking(changes, "request"), f"{value!r} is refused now: {pair}"
            assert _breaking(changes, "response"), f"{value!r} is refused now: {pair}"
        if after and not before and _speaks(new, value):
            event("accepted")
            assert _breaking(changes, "response"), f"{value!r} is accepted now: {pair}"


@given(versions())
@settings(SETTINGS, max_examples=60)
def test_backwards_each_change_has_its_inverse(pair: Versions) -> None:
    """The same places, the inverse rules; and nothing from a document to itself."""
    old, new = _views(pair)
    inverses = {rule.id: rule.inverse for rule in all_rules()}
    there = {(inverses[c.rule], c.side, c.place.name) for c in diff(old, new)}
    back = {(c.rule, c.side, c.place.name) for c in diff(new, old)}
    assert there == back
    assert diff(old, old) == diff(new, new) == ()


@given(versions())
@settings(SETTINGS, max_examples=60)
def test_of_a_change_and_its_inverse_one_is_harmless_in_a_request(
    pair: Versions,
) -> None:
    """Unless it is one that goes both ways; in an answer they break different clients."""
    old, new = _views(pair)
    both_ways = {rule.id for rule in all_rules() if rule.inverse == rule.id}
    back = {(c.rule, c.side, c.place.name): c for c in diff(new, old)}
    inverses = {rule.id: rule.inverse for rule in all_rules()}
    for change in diff(old, new):
        twin = back[inverses[change.rule], change.side, change.place.name]
        if change.rule in both_ways:
            assert change.effect is twin.effect
        elif change.side == "request" and "field" not in change.rule:
            assert change.breaking is not twin.breaking
        elif change.side == "response":
            assert change.effect is not twin.effect or not change.breaking


@given(st.lists(st.sampled_from(SCALARS), min_size=1, max_size=5), st.data())
@settings(max_examples=40, deadline=None)
def test_the_values_of_an_enumeration_are_told_one_by_one(
    values: list[Any], data: st.DataObject
) -> None:
    """A subset of an enumeration is narrower, never wider: no false alarm in requests."""
    kept = data.draw(st.lists(st.sampled_from(values), min_size=1, max_size=5))
    old, new = bare_view_of({"schema": {"enum": values}}), bare_view_of({"schema": {"enum": kept}})
    assert {c.rule for c in diff(old, new)} <= {"enum-narrowed"}
    assert not any(c.breaking for c in diff(new, old) if c.side == "request")
