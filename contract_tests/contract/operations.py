"""The operations of a document: their parameters, their statuses, the URLs they answer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.pointers import part, resolve
from contract_tests.errors import InputError
from contract_tests.findings import Place, Source

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

ParameterLocation = Literal["path", "query", "header", "cookie"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation; `schema` is its schema with the references resolved."""

    name: str
    location: ParameterLocation
    required: bool
    schema: Mapping[str, Any]
    source: Source
    place: Place
    at: Location
    """Where its schema stands in the document."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `statuses` are the documented ones, `success` those below 300."""

    id: str
    method: str
    """In capitals."""
    path: str
    """The template: `/v1/{project_id}/notebooks`."""
    parameters: tuple[Parameter, ...]
    statuses: tuple[int, ...]
    source: Source
    at: Location
    """Where it stands in the document."""

    @property
    def success(self) -> tuple[int, ...]:
        """The documented statuses that mean that it worked."""
        return tuple(status for status in self.statuses if 200 <= status < 300)

    def parameter(self, name: str, location: ParameterLocation | None = None) -> Parameter:
        """The parameter of that name; raises KeyError where there is none."""
        for parameter in self.parameters:
            if parameter.name == name and location in (None, parameter.location):
                return parameter
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Match:
    """An operation that a request is for, and its path parameters, percent-decoded."""

    operation: Operation
    path_params: Mapping[str, str]


def read_operations(document: Document) -> tuple[Operation, ...]:
    """All operations, in the order of the document.

    Raises:
        InputError: an operation has no id, or that of another.
    """
    operations: dict[str, Operation] = {}
    for path in document.data.get("paths") or {}:
        at, item = resolve(document, ("paths", path))
        for method in (key for key in item if key in METHODS):
            operation = _operation(document, (*at, method), path)
            if operation.id in operations:
                problem = f"the operationId {operation.id} stands here twice"
                raise _error(operation.source, problem, "give each its own")
            operations[operation.id] = operation
    return tuple(operations.values())


def match_request(
    operations: tuple[Operation, ...], bases: tuple[str, ...], method: str, path: str
) -> Match | None:
    """The operation that a method and a URL's path (without its query) are for.

    `bases` are path prefixes of the servers; a trailing slash changes nothing; where several
    templates fit, the one with the most literal segments counts.
    """
    found = [
        Match(operation, params)
        for operation in operations
        if operation.method == method.upper()
        for rest in _without_base(path, bases)
        if (params := _fit(operation.path, rest)) is not None
    ]
    return min(found, key=lambda match: len(match.path_params), default=None)


def server_bases(document: Document) -> tuple[str, ...]:
    """The path prefixes of the document's servers, without those that have none."""
    servers = document.data.get("servers") or []
    paths = (urlsplit(str(server.get("url", ""))).path.rstrip("/") for server in servers)
    return tuple(path for path in paths if path)


def _without_base(path: str, bases: tuple[str, ...]) -> Iterator[str]:
    yield path
    for base in bases:
        if path.startswith(f"{base}/"):
            yield path[len(base) :]


def _fit(template: str, path: str) -> dict[str, str] | None:
    wanted, given = template.strip("/").split("/"), path.removeprefix("/").split("/")
    if len(given) == len(wanted) + 1 and not given[-1]:
        given.pop()
    if len(wanted) != len(given):
        return None
    params: dict[str, str] = {}
    for segment, text in zip(wanted, given, strict=True):
        if segment.startswith("{") and segment.endswith("}") and text:
            params[segment[1:-1]] = unquote(text)
        elif segment != unquote(text):
            return None
    return params


def _operation(document: Document, at: Location, path: str) -> Operation:
    value, source = part(document.data, at), document.source(at)
    id_ = value.get("operationId")
    if not isinstance(id_, str):
        raise _error(source, f"{at[-1]} {path} has no operationId", "name it after its page")
    return Operation(
        id=id_,
        method=str(at[-1]).upper(),
        path=path,
        parameters=_parameters(document, at, id_),
        statuses=tuple(sorted(int(s) for s in value.get("responses") or {} if str(s).isdigit())),
        source=source,
        at=at,
    )


def _parameters(document: Document, at: Location, operation: str) -> tuple[Parameter, ...]:
    """Those of the path and those of the operation, which override the former."""
    found: dict[tuple[str, str], Parameter] = {}
    for owner in (at[:-1], at):
        for i in range(len(part(document.data, owner).get("parameters") or [])):
            parameter = _parameter(document, (*owner, "parameters", i), operation)
            found[parameter.location, parameter.name] = parameter
    return tuple(found.values())


def _parameter(document: Document, at: Location, operation: str) -> Parameter:
    at, value = resolve(document, at)
    source = document.source(at)
    try:
        name, location = value["name"], value["in"]
        schema_at, schema = resolve(document, (*at, "schema"))
    except (KeyError, TypeError):
        raise _error(
            source, "a parameter without name, in or schema", "give it all three"
        ) from None
    return Parameter(
        name=name,
        location=location,
        required=bool(value.get("required", False)),
        schema=schema,
        source=source,
        place=Place(operation, location, name),
        at=schema_at,
    )


def _error(source: Source, problem: str, remedy: str) -> InputError:
    return InputError(problem, remedy, source.file, source.line)
