"""From a recorded request to its operation; and what to call a request that has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from operator import itemgetter
from urllib.parse import urlsplit

from msgspec import Struct

from contract_tests.contract import Operation, View
from contract_tests.contract.operations import server_bases

IDENTIFIER = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9a-fA-F]{16,}|\d+|.*%.*|.*\d.*\d.*\d.*|.{33,}"
)
"""A path segment that names one thing of many: a UUID, a project's id, a number, and the like."""
VERSION = re.compile(r"v\d+(\.\d+)*")
DEEPEST = 10
"""Segments of a path template; what is deeper is cut off, so that templates stay few."""

PLAIN = re.compile(r"[A-Za-z0-9._~:@!$&'()*+,;=/-]*")
"""Paths, with what may stand before them, that are written in one way only."""
ABSOLUTE = (("http:", ""), ("https:", ""))
"""How absolute URLs begin, split at slashes; their host comes next."""


class Route(Struct, gc=False):
    """An operation, the host it was asked of, and its path parameters."""

    operation: Operation
    host: str
    texts: tuple[str, ...]
    """The parameters of the path in its order, percent-decoded."""
    names: tuple[str, ...]
    query: str = ""
    """The query string, undecoded."""

    @property
    def path_params(self) -> dict[str, str]:
        """The parameters of the path by their names."""
        return dict(zip(self.names, self.texts))  # noqa: B905 (as long as each other; it is quicker)


@dataclass(frozen=True, slots=True)
class _Templates:
    """Templates that have parameters at the same places."""

    places: tuple[int, ...]
    """Of the parameters."""
    literals: Callable[[list[str]], tuple[str, ...]]
    """What stands at the other places of a path that is split at slashes."""
    parameters: Callable[[list[str]], tuple[str, ...]]
    operations: dict[tuple[str, ...], tuple[Operation, tuple[str, ...]]]
    """By literals, with the names of the parameters."""


@dataclass(frozen=True)
class Router:
    """Finds operations as `View.match` does, by the segments of a path."""

    view: View
    hosts: tuple[str, ...] = ()
    """Patterns of the hosts whose traffic counts (`*.t-systems.com`); all where there is none."""
    _templates: dict[tuple[str, int], list[_Templates]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the templates by method and length."""
        object.__setattr__(self, "_templates", _compile(self.view))

    def match(self, method: str, url: str) -> Route | None:
        """The operation of a request, None where it has none or its host does not count."""
        path, _, query = url.partition("?")
        parts = path.split("/")
        for known in self._templates.get((method, len(parts)), ()):
            found = known.operations.get(known.literals(parts))
            if found is not None and PLAIN.fullmatch(path):
                texts = known.parameters(parts)
                if "" in texts:
                    break
                host = parts[2] if parts[0] else ""
                query = query.partition("#")[0] if "#" in query else query
                route = Route(found[0], host, texts, found[1], query)
                return self._of_counting_host(route) if self.hosts else route
        return self._of_counting_host(self._odd(method, url))

    def template(self, method: str, url: str) -> str:
        """What a request without an operation is counted as: `GET /v1/{}/notebooks/flavors`.

        Segments that look like ids become `{}`. The host is named where only some count.
        """
        host, path = _host_and_path(url)
        segments = path.split("/")[1 : DEEPEST + 1]
        named = "/".join("{}" if _is_id(segment) else segment for segment in segments)
        return f"{method.upper()} {f'//{host}' if self.hosts else ''}/{named}"

    def _odd(self, method: str, url: str) -> Route | None:
        """Anything with percent-encoding, below a server's path, or not as URLs should be."""
        host, path = _host_and_path(url)
        found = self.view.match(method, path)
        if found is None:
            return None
        names, texts = tuple(found.path_params), tuple(found.path_params.values())
        query = url.partition("#")[0].partition("?")[2]
        return Route(found.operation, host, texts, names, query)

    def _of_counting_host(self, route: Route | None) -> Route | None:
        if route is None or not self.hosts:
            return route
        return route if any(fnmatchcase(route.host, pattern) for pattern in self.hosts) else None


def _compile(view: View) -> dict[tuple[str, int], list[_Templates]]:
    """The templates by method and length of their paths, those with the fewest parameters first.

    None where servers have paths: what is below of one may be of two templates.
    """
    found: dict[tuple[str, int], list[_Templates]] = {}
    if server_bases(view.source):
        return found
    for operation in sorted(view.operations, key=_count_parameters):
        segments = operation.path.strip("/").split("/")
        for begin in (("",), *((*begin, None) for begin in ABSOLUTE)):
            _add(found, operation, (*begin, *segments))
    return found


def _count_parameters(operation: Operation) -> int:
    return len(set(_named(operation.path.split("/")).values()))


def _named(segments: Sequence[str | None]) -> dict[int, str]:
    """The names of parameters by their places."""
    return {i: s[1:-1] for i, s in enumerate(segments) if s and s[0] == "{" and s[-1] == "}"}


def _add(
    found: dict[tuple[str, int], list[_Templates]],
    operation: Operation,
    segments: tuple[str | None, ...],
) -> None:
    """Add a template, split at slashes; None stands for the host."""
    names = _named(segments)
    literals = {i: s for i, s in enumerate(segments) if s is not None and i not in names}
    same_length = found.setdefault((operation.method, len(segments)), [])
    for known in same_length[-1:]:  # of others equal ones come first, as in the document
        if known.places == tuple(names):
            known.operations.setdefault(
                tuple(literals.values()), (operation, tuple(names.values()))
            )
            return
    operations = {tuple(literals.values()): (operation, tuple(names.values()))}
    same_length.append(_Templates(tuple(names), _getter(literals), _getter(names), operations))


def _getter(places: Iterable[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Takes what stands at some places: always a tuple."""
    found = tuple(places)
    if len(found) > 1:
        return itemgetter(*found)
    return lambda parts: tuple(parts[place] for place in found)


def _host_and_path(url: str) -> tuple[str, str]:
    """Host and undecoded path; a URL that cannot be taken apart is all path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return parts.netloc, parts.path


def _is_id(segment: str) -> bool:
    return IDENTIFIER.fullmatch(segment) is not None and VERSION.fullmatch(segment) is None
