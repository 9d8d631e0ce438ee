"""Schemas with their references followed, so that two documents can be laid side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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

BEHIND = " behind $ref"
"""Ends the name of a keyword that something outside of the reference says in another way."""

_NAMING = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_CONTENT = frozenset({"enum", "const"})


@dataclass(frozen=True, slots=True)
class Hop:
    """One schema on the way of the references, and what it says itself."""

    at: Location
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Schema:
    """What one schema says, and where each of its keywords stands.

    A keyword that stands both beside a `$ref` and at its target in two ways is kept a second
    time, under a name that no rule knows but the one for whatever has no rule.
    """

    document: Document
    hops: tuple[Hop, ...]
    """From where it is asked for to the target of its references; each is part of it."""
    keywords: Mapping[str, Any]
    locations: Mapping[str, Location]

    @property
    def start(self) -> Location:
        """Where it is asked for."""
        return self.hops[0].at

    @property
    def at(self) -> Location:
        """Of the target of its references."""
        return self.hops[-1].at

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
    hops = tuple(_hops(document, at))
    keywords: dict[str, Any] = {}
    locations: dict[str, Location] = {}
    for hop in hops:
        for name, value in hop.said.items():
            free = name
            while free in keywords and canonical(keywords[free]) != canonical(value):
                free += BEHIND
            if free not in keywords and (free == name or asserts(name)):
                keywords[free], locations[free] = value, (*hop.at, name)
    return Schema(document, hops, keywords, locations)


def no_schema(document: Document, at: Location) -> Schema:
    """Where nothing is said, everything is accepted; `at` is where it would be said."""
    return Schema(document, (Hop(at, {}),), {}, {})


def asserts(keyword: str) -> bool:
    """Whether a keyword accepts or refuses anything."""
    return keyword not in ANNOTATIONS and not keyword.startswith("x-")


def canonical(value: Any) -> str:
    """A JSON value as text that is the same for what JSON Schema takes to be equal."""
    return json.dumps(_unfloated(value), sort_keys=True, ensure_ascii=False)


def meaning(document: Document, at: Location) -> str:
    """All that is said at a location as text: references followed, annotations left out."""
    return canonical(_meaning(document, at, frozenset()))


def _hops(document: Document, at: Location) -> Iterator[Hop]:
    end, _ = resolve(document, at)
    while at != end:
        value = part(document.data, at)
        yield Hop(at, _said(value))
        at = located(document.data, ref_location(value["$ref"]))
    yield Hop(end, _said(part(document.data, end)))


def _said(value: Any) -> Mapping[str, Any]:
    """What a schema says itself; `false` accepts as little as an enumeration without values."""
    if isinstance(value, dict):
        return {name: said for name, said in value.items() if name != "$ref"}
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
