"""Schemas with their references followed, so that two documents can be laid side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.pointers import located, part, ref_location, resolve
from contract_tests.findings import Source

ANNOTATIONS = frozenset(
    {
        "$comment",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    }
)
"""Keywords that accept and refuse nothing; `default` has a rule of its own."""

_NAMING = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_CONTENT = frozenset({"enum", "const"})


@dataclass(frozen=True, slots=True)
class Schema:
    """What one schema says, and where each of its keywords stands.

    A keyword that stands both beside a `$ref` and at its target in two ways is kept a second
    time, under a name that no rule knows but the one for whatever has no rule.
    """

    document: Document
    start: Location
    """Where it is asked for; what stands beside a `$ref` there is part of it."""
    at: Location
    """Of the target of its references."""
    keywords: Mapping[str, Any]
    locations: Mapping[str, Location]

    def source(self, keyword: str = "") -> Source:
        """Where a keyword stands; the schema itself where it has none of that name."""
        return self.document.source(self.locations.get(keyword, self.at))

    def child(self, *steps: str | int) -> Schema:
        """The schema inside of it at these steps: `"properties", "lease"`."""
        return read_schema(self.document, (*self.locations[str(steps[0])], *steps[1:]))

    @property
    def fields(self) -> Mapping[str, Any]:
        """The properties by name."""
        found: Mapping[str, Any] = self.keywords.get("properties", {})
        return found

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the fields that have to be there."""
        return tuple(self.keywords.get("required", ()))

    @property
    def closed(self) -> bool:
        """Whether it takes no field but those that it names."""
        return self.keywords.get("additionalProperties") is False


def read_schema(document: Document, at: Location) -> Schema:
    """The schema at a location; raises InputError where a reference leads nowhere."""
    start, (end, _) = at, resolve(document, at)
    keywords: dict[str, Any] = {}
    locations: dict[str, Location] = {}
    while True:
        for name, value in _said(part(document.data, at)).items():
            if name != "$ref" and not _is_said(keywords, name, value):
                free = name if name not in keywords else f"{name} behind $ref"
                if free == name or asserts(name):
                    keywords[free], locations[free] = value, (*at, name)
        if at == end:
            return Schema(document, start, end, keywords, locations)
        at = located(document.data, ref_location(part(document.data, at)["$ref"]))


def no_schema(document: Document, at: Location) -> Schema:
    """Where nothing is said, everything is accepted; `at` is where it would be said."""
    return Schema(document, at, at, {}, {})


def asserts(keyword: str) -> bool:
    """Whether a keyword accepts or refuses anything."""
    return keyword not in ANNOTATIONS and not keyword.startswith("x-")


def canonical(value: Any) -> str:
    """A JSON value as text that is the same for what JSON Schema takes to be equal."""
    return json.dumps(_unfloated(value), sort_keys=True, ensure_ascii=False)


def meaning(document: Document, at: Location) -> str:
    """All that is said at a location as text: references followed, annotations left out."""
    return canonical(_meaning(document, at, frozenset()))


def _is_said(keywords: Mapping[str, Any], name: str, value: Any) -> bool:
    return name in keywords and canonical(keywords[name]) == canonical(value)


def _said(value: Any) -> Mapping[str, Any]:
    """What a schema says; `false` accepts as little as an enumeration without values."""
    if isinstance(value, dict):
        return value
    return {"enum": []} if value is False else {}


def _unfloated(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_unfloated(item) for item in value]
    if isinstance(value, dict):
        return {key: _unfloated(item) for key, item in value.items()}
    return value


def _meaning(document: Document, at: Location, around: frozenset[Location]) -> Any:
    value = part(document.data, at)
    if isinstance(value, list):
        return [_meaning(document, (*at, i), around) for i in range(len(value))]
    if not isinstance(value, dict):
        return value
    if "$ref" in value and at[-1:] != ("properties",):
        target, _ = resolve(document, at)
        if target in around:
            return {"$ref": [str(step) for step in target]}
        beside = _members(document, at, value.keys() - {"$ref"}, around)
        return [_meaning(document, target, around | {target}), beside]
    return _members(document, at, value.keys(), around)


def _members(document: Document, at: Location, keys: Any, around: frozenset[Location]) -> Any:
    names = at[-1:] and at[-1] in _NAMING
    return {
        key: part(document.data, (*at, key))
        if key in _CONTENT and not names
        else _meaning(document, (*at, key), around)
        for key in keys
        if names or asserts(key)
    }
