"""Lays two views side by side: operations, answers, bodies, and the schemas inside of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from contract_tests.changes.comparing.pairs import (
    ContentPair,
    Contents,
    OperationPair,
    SchemaPair,
    ViewPair,
)
from contract_tests.changes.comparing.schemas import Schema, no_schema, read_schema
from contract_tests.contract import Operation, Parameter, View
from contract_tests.contract.documents import Location
from contract_tests.contract.pointers import part, resolve
from contract_tests.contract.responses import media_fits
from contract_tests.findings import Place

Met = tuple[Location, Location]
"""Where the schemas of a pair are asked for, in either version."""


def pair_views(old: View, new: View) -> ViewPair:
    """Match operations by id, those left by method and path."""
    pairs = [_pair(old, new, o, n) for o in old.operations for n in new.operations if o.id == n.id]
    matched = {pair.new.id for pair in pairs}
    left = [o for o in old.operations if o.id not in matched]
    fresh = {_address(n): n for n in new.operations if n.id not in matched}
    pairs += [_pair(old, new, o, fresh[_address(o)]) for o in left if _address(o) in fresh]
    return ViewPair(old, new, tuple(pairs))


def pair_parameters(pair: OperationPair) -> Iterator[tuple[Parameter | None, Parameter | None]]:
    """The parameters of both versions; None where one lacks it."""
    old, new = _parameters(pair.old), _parameters(pair.new)
    for key in old | new:
        yield old.get(key), new.get(key)


def written(view: View, operation: Operation, parameter: Parameter) -> Mapping[str, Any]:
    """A parameter of an operation, or of its path, as it is written."""
    for owner in (operation.at, operation.at[:-1]):
        for i in range(len(part(view.document, owner).get("parameters") or [])):
            said: Mapping[str, Any] = resolve(view.source, (*owner, "parameters", i))[1]
            if (said["in"], said["name"]) == (parameter.location, parameter.name):
                return said
    raise KeyError(parameter.name)


def request_body(view: View, operation: Operation) -> tuple[Location, Mapping[str, Any]] | None:
    """Where the body of a request is described, and how; None without one."""
    if "requestBody" not in part(view.document, operation.at):
        return None
    return resolve(view.source, (*operation.at, "requestBody"))


def answers(view: View, operation: Operation) -> Mapping[str, Any]:
    """The documented answers by status, range of statuses (`4XX`) or `default`."""
    found: Mapping[str, Any] = part(view.document, operation.at).get("responses", {})
    return found


def covering(documented: Mapping[str, Any], status: str) -> str | None:
    """The entry that speaks of a status: its own, that of its range, `default`, or none."""
    candidates = (status, f"{status[:1]}XX", "default")
    return next((key for key in candidates if key in documented), None)


def pair_contents(pair: OperationPair) -> Iterator[ContentPair]:
    """The bodies of the request, and those of each status, where both versions have them."""
    old, new = pair.old_view, pair.new_view
    sent = [_sent(old, pair.old), _sent(new, pair.new)]
    if all(contents.media for contents in sent):
        yield ContentPair("request", pair.new.id, "", *sent)
    before, after = answers(old, pair.old), answers(new, pair.new)
    for status in dict.fromkeys((*before, *after)):
        was, becomes = covering(before, status), covering(after, status)
        if was and becomes:
            answered = [_answered(old, pair.old, was), _answered(new, pair.new, becomes)]
            yield ContentPair("response", pair.new.id, status, *answered)


def counterpart(media: Mapping[str, Any], wanted: str) -> str | None:
    """The media type of the other version that takes in this one."""
    if wanted in media:
        return wanted
    return next((key for key in media if media_fits(key, wanted)), None)


def pair_schemas(pair: OperationPair) -> Iterator[SchemaPair]:
    """The schemas of all parameters and bodies, from the outside in."""
    for old, new in pair_parameters(pair):
        if old and new:
            schemas = (
                read_schema(pair.old_view.source, old.at),
                read_schema(pair.new_view.source, new.at),
            )
            yield from _walk(SchemaPair("request", new.place, *schemas), set())
    for content in pair_contents(pair):
        body, met = Place(content.operation, "body"), set[Met]()
        for media in sorted(content.old.media):
            other = counterpart(content.new.media, media)
            if other is not None:
                schemas = _body(content.old, media), _body(content.new, other)
                yield from _walk(SchemaPair(content.side, body, *schemas), met)


def _walk(pair: SchemaPair, met: set[Met]) -> Iterator[SchemaPair]:
    """The pair, then what is inside of it; each is met once, or it would never end."""
    here = pair.old.start, pair.new.start
    if here not in met:
        met.add(here)
        yield pair
        for inner in _inner(pair):
            yield from _walk(inner, met)


def _inner(pair: SchemaPair) -> Iterator[SchemaPair]:
    old, new = pair.old, pair.new
    for name in sorted(old.fields.keys() | new.fields.keys()):
        was, becomes = _field(old, name), _field(new, name)
        if was and becomes:
            yield SchemaPair(pair.side, pair.inside("properties", name), was, becomes)
    for keyword in ("items", "additionalProperties"):
        said = [schema.keywords.get(keyword) for schema in (old, new)]
        if not (keyword == "additionalProperties" and False in said) and any(
            value not in (None, True) for value in said
        ):
            under = _under(old, keyword), _under(new, keyword)
            yield SchemaPair(pair.side, pair.inside(keyword), *under)


def _field(schema: Schema, name: str) -> Schema | None:
    """What a schema says of a field: by name, or as of any further one; None for nothing."""
    if name in schema.fields:
        return schema.child("properties", name)
    further = schema.keywords.get("additionalProperties")
    return schema.child("additionalProperties") if isinstance(further, dict) else None


def _under(schema: Schema, keyword: str) -> Schema:
    if keyword in schema.keywords:
        return schema.child(keyword)
    return no_schema(schema.document, (*schema.at, keyword))


def _pair(old_view: View, new_view: View, old: Operation, new: Operation) -> OperationPair:
    return OperationPair(old_view, new_view, old, new)


def _address(operation: Operation) -> tuple[str, str]:
    """Method and path; what the parameters in it are called does not matter."""
    return operation.method, re.sub(r"\{[^}]*\}", "{}", operation.path)


def _parameters(operation: Operation) -> dict[tuple[str, str], Parameter]:
    return {
        (p.location, p.name.lower() if p.location == "header" else p.name): p
        for p in operation.parameters
    }


def _sent(view: View, operation: Operation) -> Contents:
    found = request_body(view, operation)
    if found is None:
        return Contents(view, operation.at, {})
    at, body = found
    return Contents(view, (*at, "content"), body.get("content", {}))


def _answered(view: View, operation: Operation, key: str) -> Contents:
    at, answer = resolve(view.source, (*operation.at, "responses", key))
    return Contents(view, (*at, "content"), answer.get("content", {}))


def _body(contents: Contents, media: str) -> Schema:
    at = (*contents.at, media, "schema")
    document = contents.view.source
    return (
        read_schema(document, at) if "schema" in contents.media[media] else no_schema(document, at)
    )
