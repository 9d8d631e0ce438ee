"""What a request may be taken for: each method and path that a service could read out of it.

A method-override header makes a DELETE of a GET, a rewrite header makes one path of another.
Whoever decides whether a request is harmless has to judge all of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from contract_tests.exchange import Request
from contract_tests.targets.resource import ID, PROJECT, START
from contract_tests.targets.routes import Matched, Routes
from contract_tests.targets.target import Target
from contract_tests.targets.wire import request_target

METHOD_OVERRIDES = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
PATH_OVERRIDES = frozenset({"x-original-url", "x-rewrite-url", "x-forwarded-uri"})


@dataclass(frozen=True, slots=True)
class Start:
    """A request that may start a notebook, and which; the id is None where it names none."""

    project_id: str
    notebook_id: str | None


def methods(request: Request) -> tuple[str, ...]:
    """The method of the request, and those that its headers and query would put in its place."""
    query = request_target(request.url).partition("?")[2]
    named = [value for name, value in request.headers if name.lower() in METHOD_OVERRIDES]
    named += [value for name, value in parse_qsl(query) if name == "_method"]
    return (request.method, *(value.strip() for value in named if value.strip()))


def paths(request: Request, target: Target) -> tuple[str, ...]:
    """The undecoded path below the base URL, and those that headers would put in its place."""
    named = [value for name, value in request.headers if name.lower() in PATH_OVERRIDES]
    found = (path.partition("?")[0] for path in (request_target(request.url), *named))
    return tuple(path.removeprefix(target.prefix) for path in found)


def start_of(request: Request, target: Target, routes: Routes) -> Start | None:
    """Whether a service, even a lenient one, may start a notebook for this request."""
    for path in paths(request, target):
        for matched in _matches(request, path, routes):
            if matched.operation.id == START:
                params = matched.path_params
                return Start(params.get(PROJECT, target.project_id), params.get(ID))
        if lenient := _lenient_start(path, target, routes):
            return lenient
    return None


def _matches(request: Request, path: str, routes: Routes) -> Iterator[Matched]:
    for method in methods(request):
        matched = routes.match(method.upper(), path)
        if matched is not None:
            yield matched


def _lenient_start(path: str, target: Target, routes: Routes) -> Start | None:
    """A path that only ends as the start operation's does, and so is one to a lenient router."""
    endings = {route.path.rpartition("/")[2] for route in routes.operations if route.id == START}
    plain = unquote(unquote(path)).rstrip("/").lower()
    if plain.rpartition("/")[2] not in endings:
        return None
    named = (own for own in target.notebook_ids if own.lower() in plain)
    return Start(target.project_id, next(named, None))
