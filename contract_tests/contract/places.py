"""From a part of the spec to the place that page, spec and service call it by."""

from __future__ import annotations

from functools import cache

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.pointers import located, part, ref_location
from contract_tests.findings import Place

_ABOUT_FIELDS = frozenset(
    {
        "required",
        "dependentRequired",
        "minProperties",
        "maxProperties",
        "additionalProperties",
        "unevaluatedProperties",
        "propertyNames",
        "anyOf",
        "oneOf",
        "not",
    }
)
_SCHEMAS: Location = ("components", "schemas")


@cache
def place_of(operation: str, schema: Location) -> Place:
    """The place of the schema at a location: the named schema it is part of, and its field.

    Array indices and combinators vanish; a schema that no name leads to is part of `body`.
    """
    if schema[:2] == _SCHEMAS:
        return Place(operation, str(schema[2]), _field(schema[3:]))
    inline = schema[schema.index("schema") + 1 :] if "schema" in schema else ()
    return Place(operation, "body", _field(inline))


def place_met(document: Document, operation: str, root: Location, evaluation: Location) -> Place:
    """The place of a keyword, by the way on which validation met it.

    A keyword about the value as a whole, at the very root of a named schema, speaks of the
    field that refers to it: a text where a Lease belongs is wrong at `NotebookResp.lease`.
    """
    way, keyword = evaluation[:-1], evaluation[-1] if evaluation else "not"  # `false` has none
    place = place_of(operation, arrived(document, root, way))
    if place.field or keyword in _ABOUT_FIELDS:
        return place
    while way and way[-1] == "$ref":
        way = way[:-1]
    referring = place_of(operation, arrived(document, root, way))
    return referring if referring.field else place


def arrived(document: Document, root: Location, way: Location) -> Location:
    """The location of a schema after following each step of the way, `$ref` among them."""
    at = root
    for step in way:
        onward = ref_location(part(document.data, at)["$ref"]) if step == "$ref" else (*at, step)
        at = located(document.data, onward)
    return at


def _field(inside: Location) -> str:
    """The property names on the way, dotted: what stands behind each `properties`."""
    names: list[str] = []
    steps = iter(inside)
    for step in steps:
        if step == "properties":
            names.append(str(next(steps, "")))
        elif step in ("patternProperties", "$defs", "dependentSchemas"):
            next(steps, None)
    return ".".join(names)
