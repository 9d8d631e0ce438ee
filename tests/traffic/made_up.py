"""Contracts that nobody wrote, and bodies of answers to go with them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from contract_tests.contract import View, ViewName, build_view, parse_document

URL = "https://host.example/x"
NAMES = [
    "a",
    "b",
    "c",
    "d",
    "f0",
    "class",
    "__class__",
    "do.t",
    "\u00e9",
    "12",
    'q"x',
    "properties",
]
SCALARS: list[Any] = [
    {"type": "string"},
    {"type": "string", "enum": ["A", "B", "1"]},
    {"type": "string", "minLength": 1, "maxLength": 3},
    {"type": "string", "pattern": "^[a-z]+$"},
    {"type": "string", "format": "uuid"},
    {"type": ["string", "null"], "maxLength": 2},
    {"type": "integer"},
    {"type": "integer", "format": "int32"},
    {"type": "integer", "enum": [0, 1, 2]},
    {"type": "integer", "minimum": 0, "maximum": 2**63},
    {"type": ["integer", "boolean"], "enum": [1, False]},
    {"type": "number"},
    {"type": "number", "minimum": 0, "maximum": 1},
    {"type": "number", "multipleOf": 0.5},
    {"type": "boolean"},
    {"type": "string", "const": "A"},
    {"type": "object"},
    {"type": "array"},
    {"type": "array", "items": {"type": "integer"}, "uniqueItems": True},
    {"multipleOf": 2},
    {},
    {"$ref": "#/components/schemas/Part"},
    {"$ref": "#/components/schemas/Part", "description": "another"},
]
RARE: list[Any] = [{"type": []}, {"enum": [1, None]}, {"allOf": [{"type": "string"}]}, True]
RULES = [
    *("self.a == self.b", "self.a != null", "has(self.a) && self.a > 0", "!has(self.b)"),
    *("self.a == 1 || self.b == 2", "size(self) > 1", "self.c.all(i, i.a == self.b)", "self.d"),
    *('self.a in ["A", "B"]', "size(self.c) < 2", "self.c.a + 1 > self.b", "self.a.b == self.c"),
]
ODD: list[Any] = [
    *(None, True, False, 0, 1, 2, -1, 5, 2**31, 2**63, 10**30, 0.5, 1.0, 1.5, 50.0),
    *("", "A", "B", "abc", "abcd", "1", "\u00e9", "x" * 90, [], {}, [1], [1, 1.0], ["A"]),
    *([{}], [{"a": 1}, {"a": "A"}], {"a": 1}, {"a": "A", "b": "A"}, {"": {"a": 1}}, "\ud800"),
]


def _object(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    required = {"required": st.lists(st.sampled_from(NAMES[:3]), max_size=2, unique=True)}
    rules = st.lists(st.sampled_from(RULES), min_size=1, max_size=2)
    further = st.sampled_from([True, False, {"type": "string"}])
    return st.fixed_dictionaries(
        {
            "type": st.sampled_from(["object", "object", ["object", "null"]]),
            "properties": st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
        },
        optional={**required, "additionalProperties": further, "x-invariants": rules},
    ).map(_kept)


def _kept(schema: Any) -> Any:
    """Without asking for what is not there, which takes more than fields."""
    named = [name for name in schema.get("required", ()) if name in schema["properties"]]
    return {**schema, "required": named}


def _inside(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = inner.map(lambda items: {"type": "array", "items": items})
    return _object(inner) | lists | inner.map(lambda schema: schema)


SCHEMAS = st.recursive(st.sampled_from(SCALARS * 4 + RARE), _inside, max_leaves=12)
OBJECTS = _object(SCHEMAS)


def contract(root: Any, part: Any = None, name: ViewName = "documented", **operation: Any) -> View:
    """A view of one operation whose answers have a schema."""
    answer = {"description": "d", "content": {"application/json": {"schema": root}}}
    document: Any = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/x": {"get": {"operationId": "X", "responses": {"200": answer}, **operation}}},
        "components": {"schemas": {"Part": part or {"type": "object", "properties": {}}}},
    }
    document = copy.deepcopy(document)
    for number, rules in enumerate(_rules(document)):
        rules[:] = [_invariant(f"{number}-{i}", rule) for i, rule in enumerate(rules)]
    return build_view(name, parse_document(json.dumps(document), f"{name}.yaml"))


def _invariant(id_: str, rule: str) -> dict[str, str]:
    return {"id": id_, "rule": rule, "message": "m", "source": "s"}


def _rules(value: Any) -> Iterator[list[Any]]:
    """Every list of rules of a document."""
    if isinstance(value, dict):
        yield from (inner for key, inner in value.items() if key == "x-invariants")
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _rules(inner)


@st.composite
def changed(draw: st.DrawFn, root: Any) -> Any:
    """The same schema with a field or two changed, as an overlay does."""
    root = copy.deepcopy(root)
    fields = st.dictionaries(st.sampled_from(NAMES), SCHEMAS, max_size=2)
    root["properties"] |= draw(fields)
    for name in draw(st.lists(st.sampled_from(NAMES[:3]), max_size=1)):
        root["properties"].pop(name, None)
    return _kept(root)


@st.composite
def values(draw: st.DrawFn, schema: Any, part: Any) -> Any:
    """A value that its schema takes, more or less."""
    if not isinstance(schema, dict) or draw(st.integers(0, 9)) == 9:
        return draw(st.sampled_from(ODD))
    if "$ref" in schema:
        schema = part
    if "properties" in schema:
        inner = {name: values(each, part) for name, each in schema["properties"].items()}
        needed = {name: inner.pop(name) for name in schema["required"]}
        return draw(st.fixed_dictionaries(needed, optional=inner))
    if "items" in schema:
        return draw(st.lists(values(schema["items"], part), max_size=3))
    few = schema.get("enum") or [item for item in ODD if _is_of(item, schema.get("type"))]
    return draw(st.sampled_from(few or ODD))


def _is_of(item: Any, kinds: Any) -> bool:
    types: dict[str, Any] = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    named = [kinds] if isinstance(kinds, str) else kinds or ()
    return any(isinstance(item, types.get(kind, ())) for kind in named)
