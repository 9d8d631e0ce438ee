"""What is wrong in an OpenAPI document: as such, and in what this toolkit adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import jsonschema_rs
from openapi_spec_validator import OpenAPIV31SpecValidator

from contract_tests.contract.audit.trial import Trial
from contract_tests.contract.documents import Document, Location
from contract_tests.contract.invariants import (
    Invariant,
    read_invariant,
    read_invariants,
    written_invariants,
)
from contract_tests.contract.lifecycle import Lifecycle, read_lifecycle
from contract_tests.contract.operations import Operation, read_operations
from contract_tests.contract.places import place_of
from contract_tests.contract.pointers import part, resolve
from contract_tests.contract.responses import answer_schemas
from contract_tests.contract.violations import Validators
from contract_tests.errors import InputError
from contract_tests.findings import Source

WITHOUT_SCHEMA = frozenset(
    {
        "path",
        "query",
        "header",
        "body",
        "status",
        "security",
        "example",
        "invariant",
        "lifecycle",
        "operation",
    }
)
"""Structures of a place that no schema describes."""


def audit_document(document: Document) -> list[InputError]:
    """Everything wrong in one document, stage by stage: a later one needs the earlier clean."""
    for stage in (_references, _structure, _schemas, _meaning, _rest):
        problems = list(stage(document))
        if problems:
            return problems
    return []


def audit_sources(document: Document) -> Iterator[InputError]:
    """Schemas, properties and parameters of the spec that do not say where they come from."""
    for at in document.sources:
        value = part(document.data, at) if _is_described(at) else None
        if isinstance(value, dict) and not _has_source(value):
            where, name = document.source(at), value.get("name", at[-1])
            yield _error(where, f"{name} has no x-source", "add x-source: {page, table, row}")


def knows_place(document: Document, structure: str, field: str) -> bool:
    """Whether a place exists in a document; of places without a schema that is not asked."""
    if structure in WITHOUT_SCHEMA:
        return True
    root: Location = ("components", "schemas", structure)
    if not field:
        return root in document.sources
    fields = (at for at in document.sources if at[:3] == root and at[-2] == "properties")
    return any(place_of("", at).field == field for at in fields)


def _references(document: Document) -> list[InputError]:
    trial = Trial()
    for at in document.sources:
        if at and at[-1] == "$ref":
            trial.attempt(partial(resolve, document, at[:-1]))
    return trial.problems


def _structure(document: Document) -> Iterator[InputError]:
    for error in OpenAPIV31SpecValidator.schema_validator.iter_errors(document.data):
        where = document.source(tuple(error.absolute_path))
        yield _error(where, f"not OpenAPI 3.1: {_short(error.message)}", "see its specification")


def _schemas(document: Document) -> Iterator[InputError]:
    """Schemas that are none, and patterns that do not compile."""
    for at in document.sources:
        value = part(document.data, at)
        if (_named(at) or at[-1:] == ("schema",)) and isinstance(value, dict):
            yield from _schema(document, at, value)
        elif at[-1:] == ("pattern",) and isinstance(value, str):
            yield from _schema(document, at[:-1], {"pattern": value})


def _schema(document: Document, at: Location, schema: dict[str, Any]) -> Iterator[InputError]:
    try:
        jsonschema_rs.meta.validate(schema)
        if "pattern" in schema:
            jsonschema_rs.Draft202012Validator({"pattern": schema["pattern"]})
    except jsonschema_rs.ValidationError as error:
        where = document.source((*at, *error.instance_path))
        yield _error(where, f"no JSON Schema: {_short(error.message)}", "mend it")


def _meaning(document: Document) -> list[InputError]:
    """What this toolkit reads from a document, and what it needs to compile."""
    trial = Trial()
    operations = trial.attempt(partial(read_operations, document))
    if operations is None:
        return trial.problems
    lifecycle = trial.attempt(partial(read_lifecycle, document))
    if lifecycle:
        trial.problems += _lifecycle(document, lifecycle, operations)
    trial.problems += _invariants(document)
    validators = Validators(document)
    for at in {parameter.at for operation in operations for parameter in operation.parameters}:
        trial.attempt(partial(validators.compiled, at))
    for at in {at for op in operations for at in answer_schemas(document, op) if _named(at)}:
        trial.attempt(partial(validators.compiled, at))
    return trial.problems


def _rest(document: Document) -> Iterator[InputError]:
    """What only the specification's own validator knows; it names no place."""
    for error in OpenAPIV31SpecValidator(document.data).iter_errors():
        where = document.source(tuple(error.absolute_path))
        yield _error(where, f"not OpenAPI 3.1: {_short(error.message)}", "see its specification")


def _short(message: str) -> str:
    line = message.splitlines()[0]
    return line if len(line) <= 160 else f"{line[:157]}…"


def _named(at: Location) -> bool:
    return at[:2] == ("components", "schemas") and len(at) == 3


def _is_described(at: Location) -> bool:
    is_parameter = len(at) > 1 and at[-2] == "parameters"
    return _named(at) or is_parameter or (at[:2] == ("components", "schemas") and _is_property(at))


def _is_property(at: Location) -> bool:
    return len(at) >= 5 and at[-2] == "properties" and "x-invariants" not in at


def _has_source(value: dict[str, Any]) -> bool:
    source = value.get("x-source")
    is_reference = set(value) == {"$ref"}
    return is_reference or (
        isinstance(source, dict) and "page" in source and source.keys() <= {"page", "table", "row"}
    )


def _lifecycle(
    document: Document, lifecycle: Lifecycle, operations: tuple[Operation, ...]
) -> Iterator[InputError]:
    where = document.source(("x-lifecycle", "states"))
    structure, _, name = lifecycle.field.partition(".")
    if not knows_place(document, structure, name):
        where = document.source(("x-lifecycle", "field"))
        yield _error(where, f"there is no field {lifecycle.field}", "name an enum of a schema")
        return
    schema = part(document.data, ("components", "schemas", structure, "properties", name))
    for state in set(lifecycle.states) ^ set(schema.get("enum", ())):
        problem = f"{state} is a state here or a value of {lifecycle.field}, not both"
        yield _error(where, problem, "list it in both")
    ids = {operation.id for operation in operations}
    named = [(move.operation, move.source) for move in lifecycle.transitions]
    named += [(refusal.operation, refusal.source) for refusal in lifecycle.refusals]
    for operation, source in named:
        if operation is not None and operation not in ids:
            yield _error(source, f"no operation {operation}", f"use one of {', '.join(ids)}")


def _invariants(document: Document) -> list[InputError]:
    trial = Trial()
    locations = trial.attempt(lambda: list(written_invariants(document))) or []
    read = [trial.attempt(partial(read_invariant, document, at)) for at in locations]
    found = [invariant for invariant in read if invariant]
    if len(found) == len(locations):
        trial.attempt(partial(read_invariants, document))
    trial.problems += _without_place(document, found)
    return trial.problems


def _without_place(document: Document, found: list[Invariant]) -> Iterator[InputError]:
    for invariant in found:
        place = invariant.place("")
        if not invariant.at or not knows_place(document, place.structure, place.field):
            problem = f"the invariant {invariant.id} is about no field: at {invariant.at!r}"
            yield _error(_at_of(document, invariant), problem, "name a field")


def _at_of(document: Document, invariant: Invariant) -> Source:
    value = part(document.data, (*invariant.location, "x-invariants"))
    index = next(i for i, item in enumerate(value) if item.get("id") == invariant.id)
    return document.source((*invariant.location, "x-invariants", index, "at"))


def _error(source: Source, problem: str, remedy: str) -> InputError:
    return InputError(problem, remedy, source.file, source.line)
