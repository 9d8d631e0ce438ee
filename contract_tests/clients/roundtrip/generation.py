"""Answers by chance: a Hypothesis strategy for what a schema of the view accepts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from contract_tests.clients.roundtrip.answers import UNKNOWN
from contract_tests.contract import Location, View
from contract_tests.contract.responses import body_schema
from contract_tests.targets.mock.values import resolved

Schema = Mapping[str, Any]

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_TEXTS: dict[str, SearchStrategy[str]] = {
    "uuid": st.uuids().map(str),
    "uri": st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{0,8}", fullmatch=True),
    "date-time": st.datetimes().map(lambda at: f"{at.isoformat()}Z"),
    "date": st.dates().map(str),
    "ipv4": st.ip_addresses(v=4).map(str),
}
_WIDTHS = {"int32": 2**31, "int64": 2**63}
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_TEXT, inner, max_size=2),
    max_leaves=3,
)


def answers(view: View, operation: str, status: int, *, unknown: bool) -> SearchStrategy[Any]:
    """Bodies that the view accepts; with `unknown` their objects may hold unknown fields."""
    at: Location | None = body_schema(view.source, view.operation(operation), status, None)
    schema: Any = view.document
    for step in at or ():
        schema = schema[step]
    accepted = _values(view.document, schema, unknown=unknown)
    return accepted.filter(
        lambda value: not view.response_violations(operation, status, None, value)
    )


def some(strategy: SearchStrategy[Any], count: int, number: int) -> list[Any]:
    """So many values of a strategy; the same number gives the same ones."""
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def _values(document: Mapping[str, Any], schema: Schema, *, unknown: bool) -> SearchStrategy[Any]:
    schema = resolved(document, schema)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return st.one_of(*(_values(document, one, unknown=unknown) for one in schema[keyword]))
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    return st.one_of(
        *(
            _of_kind(kind, document, schema, unknown=unknown)
            for kind in ([kinds] if isinstance(kinds, str) else kinds)
        )
    )


def _of_kind(
    kind: str, document: Mapping[str, Any], schema: Schema, *, unknown: bool
) -> SearchStrategy[Any]:
    if kind == "object":
        return _objects(document, schema, unknown=unknown)
    if kind == "array":
        items = _values(document, schema.get("items", {}), unknown=unknown)
        return st.lists(items, min_size=schema.get("minItems", 0), max_size=3)
    if kind == "integer":
        width = _WIDTHS.get(str(schema.get("format")), 2**63)
        low, high = schema.get("minimum", -width), schema.get("maximum", width - 1)
        return st.integers(low, high)
    if kind == "string":
        return _texts(schema)
    simple: dict[str, SearchStrategy[Any]] = {
        "boolean": st.booleans(),
        "null": st.none(),
        "number": st.floats(allow_nan=False, allow_infinity=False),
    }
    return simple[kind]


def _texts(schema: Schema) -> SearchStrategy[Any]:
    if schema.get("format") in _TEXTS:
        return _TEXTS[schema["format"]]
    if "pattern" in schema:
        return st.from_regex(schema["pattern"])
    least = schema.get("minLength", 0)
    return st.text(
        st.characters(exclude_categories=["Cs"]),
        min_size=least,
        max_size=min(schema.get("maxLength", least + 20), least + 20),
    )


def _objects(
    document: Mapping[str, Any], schema: Schema, *, unknown: bool
) -> SearchStrategy[dict[str, Any]]:
    fields = {
        name: _values(document, inner, unknown=unknown)
        for name, inner in schema.get("properties", {}).items()
    }
    required = {name: fields.pop(name) for name in schema.get("required", ()) if name in fields}
    further = {UNKNOWN: _ANYTHING} if unknown else {}
    return st.fixed_dictionaries(required, optional={**fields, **further})
