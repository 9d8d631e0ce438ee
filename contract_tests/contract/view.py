"""A view of the contract: one OpenAPI document, and what can be asked of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from contract_tests.contract import responses
from contract_tests.contract.documents import Document
from contract_tests.contract.fields import DescribedField, described_fields
from contract_tests.contract.invariants import Invariant, Outcome, read_invariants
from contract_tests.contract.lifecycle import Lifecycle, read_lifecycle
from contract_tests.contract.operations import (
    Match,
    Operation,
    Parameter,
    match_request,
    read_operations,
    server_bases,
)
from contract_tests.contract.pointers import json_path, resolve
from contract_tests.contract.questions import Questions
from contract_tests.contract.responses import DocumentedExample
from contract_tests.contract.violations import Validators, Violation
from contract_tests.contract.walk import Shapes, exercised, undocumented_fields
from contract_tests.findings import Place

ViewName = Literal["documented", "observed", "client"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one party's word for the API is: *documented*, *observed* or *client*."""

    name: ViewName
    source: Document
    """The OpenAPI document with the file and line of every part."""
    operations: tuple[Operation, ...]
    lifecycle: Lifecycle | None
    all_invariants: tuple[Invariant, ...]
    validators: Validators = field(repr=False)
    shapes: Shapes = field(repr=False)
    _questions: dict[str, Questions] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    @property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document as plain data, its references kept; not to be changed."""
        data: dict[str, Any] = self.source.data
        return data

    def operation(self, id_: str) -> Operation:
        """The operation of that id; raises KeyError where there is none."""
        for operation in self.operations:
            if operation.id == id_:
                return operation
        raise KeyError(id_)

    def match(self, method: str, path: str) -> Match | None:
        """The operation that a method and a URL's path (without its query) are for.

        The path parameters come percent-decoded; the path of a server and a trailing slash
        change nothing.
        """
        return match_request(self.operations, server_bases(self.source), method, path)

    def media_types(self, operation: str, status: int) -> tuple[str, ...]:
        """The documented media types of an answer; empty where no body is documented."""
        return tuple(responses.content(self.source, self.operation(operation), status)[1])

    def examples(self, operation: str) -> tuple[DocumentedExample, ...]:
        """The example answers of an operation."""
        return tuple(responses.examples(self.source, self.operation(operation)))

    def response_violations(
        self, operation: str, status: int, media: str | None, value: Any
    ) -> list[Violation]:
        """What of an answer's body its schema does not accept.

        Args:
            operation: an operationId.
            status: of the answer; where nothing documents it, no body of it is wrong.
            media: the Content-Type as sent; None for the documented one.
            value: the body as JSON read it.

        Returns:
            One violation for each keyword broken at each part of the value.
        """
        found = self.operation(operation)
        schema = responses.body_schema(self.source, found, status, media)
        if schema is None:
            return []
        return list(self.validators.violations(operation, schema, value))

    def undocumented_fields(
        self, operation: str, status: int, value: Any
    ) -> list[tuple[Place, str, str]]:
        """The fields of an answer's body that no schema names.

        Returns:
            For each its place (`NotebookResp.create_at`), the JSONPath of the object that
            holds it, and its name.
        """
        found = self.operation(operation)
        schema = responses.body_schema(self.source, found, status, None)
        if schema is None:
            return []
        fields = undocumented_fields(self.shapes, operation, schema, value)
        return [(place, json_path(at), name) for place, at, name in fields]

    def exercised(self, operation: str, status: int, value: Any) -> list[tuple[Place, Any]]:
        """The documented fields that an answer's body holds, with what they hold."""
        found = self.operation(operation)
        schema = responses.body_schema(self.source, found, status, None)
        return [] if schema is None else list(exercised(self.shapes, operation, schema, value))

    def body_name(self, operation: str, status: int) -> str | None:
        """The name of the schema of an answer's body (`NotebookResp`); None where it has none."""
        schema = responses.body_schema(self.source, self.operation(operation), status, None)
        if schema is None:
            return None
        at, _ = resolve(self.source, schema)
        return str(at[2]) if at[:2] == ("components", "schemas") and len(at) == 3 else None

    def fields(self, operation: str) -> tuple[DescribedField, ...]:
        """Every field that an answer of the operation may hold."""
        return tuple(described_fields(self.source, self.operation(operation)))

    def parameter_violation(self, parameter: Parameter, raw_text: str) -> Violation | None:
        """Why a parameter's text, percent-decoded, is not what its schema accepts; None: it is."""
        operation = parameter.place.operation
        value = typed(parameter, raw_text)
        found = self.validators.violations(operation, parameter.at, value)
        return next((_at(parameter, violation) for violation in found), None)

    def invariants(self, operation: str) -> tuple[Invariant, ...]:
        """The invariants of an operation: its own, and those of all schemas of its answers."""
        return self._questions_of(operation).invariants

    def evaluate(self, operation: str, variables: Mapping[str, Any]) -> list[Outcome]:
        """Ask every invariant of an operation of one exchange.

        A value that already breaks its schema breaks no invariant besides: one fault is one
        finding. An invariant that such a value keeps is kept all the same.

        Args:
            operation: an operationId.
            variables: `request` {method, path, query, headers, body}, `response` {status,
                headers, body}, and, where the run looked, `before`, `after`, `listed`,
                `neighbours_before`, `neighbours_after`, `now`. Header names in lower case,
                path and query values typed (`typed`); what is absent stays away.

        Returns:
            One outcome for each invariant of the operation, and one for each object that a
            schema's invariant was asked of; one `held=None` where it was asked of none.
        """
        response = variables.get("response", {})
        status, body = response.get("status", 0), response.get("body")
        schema = responses.body_schema(self.source, self.operation(operation), status, None)
        visits = self.shapes.visits(schema, body) if schema else ()

        def broken() -> set[Place]:
            return {v.place for v in self.response_violations(operation, status, None, body)}

        return self._questions_of(operation).asked(variables, visits, broken)

    def _questions_of(self, operation: str) -> Questions:
        if operation not in self._questions:
            found = self.operation(operation)
            places = responses.answer_schemas(self.source, found) | {found.at}
            asked = (i for i in self.all_invariants if i.location in places)
            self._questions[operation] = Questions(operation, asked)
        return self._questions[operation]


def build_view(name: ViewName, document: Document) -> View:
    """Make a view of an OpenAPI document; raises InputError for what is wrong in it."""
    return View(
        name=name,
        source=document,
        operations=read_operations(document),
        lifecycle=read_lifecycle(document),
        all_invariants=read_invariants(document),
        validators=Validators(document),
        shapes=Shapes(document),
    )


def typed(parameter: Parameter, raw_text: str) -> Any:
    """A parameter's text as the type that its schema names; the text where it is none such."""
    kind = parameter.schema.get("type")
    if kind == "integer" and re.fullmatch(r"-?\d{1,4000}", raw_text, re.ASCII):
        return int(raw_text)
    if kind == "boolean" and raw_text in ("true", "false"):
        return raw_text == "true"
    return raw_text


def _at(parameter: Parameter, violation: Violation) -> Violation:
    """The violation at the parameter's place: its schema has no name of its own."""
    return replace(violation, place=parameter.place, instance_path="$")
