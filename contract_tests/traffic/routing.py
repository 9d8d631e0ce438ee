"""From a recorded request to its operation; and what to call a request that has none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import urlsplit

from contract_tests.contract import Operation, View

IDENTIFIER = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9a-fA-F]{16,}|\d+|.*%.*|.*\d.*\d.*\d.*|.{33,}"
)
"""A path segment that names one thing of many: a UUID, a project's id, a number, and the like."""
VERSION = re.compile(r"v\d+(\.\d+)*")
DEEPEST = 10
"""Segments of a path template; what is deeper is cut off, so that templates stay few."""

_HOST = r"(?:[A-Za-z][A-Za-z0-9+.-]*://([^/?#\s]*))?"
_SEGMENT = r"([^/?#%\x00-\x20\x7f-\xa0\\]+)"
_PARAMETER = re.compile(r"\{.*\}")
_END = r"/?(?:[?#]|\Z)"


class Route(NamedTuple):
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
        return dict(zip(self.names, self.texts, strict=True))


_Templates = tuple[re.Pattern[str], Mapping[int, tuple[Operation, tuple[str, ...]]]]
"""What finds the templates of one method, and the operation of each by its group."""
_NOTHING: _Templates = (re.compile(r"(?!)"), {})


@dataclass(frozen=True)
class Router:
    """Finds operations as `View.match` does, with one regular expression for each method."""

    view: View
    hosts: tuple[str, ...] = ()
    """Patterns of the hosts whose traffic counts (`*.t-systems.com`); all where there is none."""
    _methods: dict[str, _Templates] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Compile the templates of each method."""
        methods = {operation.method for operation in self.view.operations}
        object.__setattr__(self, "_methods", {name: _compile(self.view, name) for name in methods})

    def match(self, method: str, url: str) -> Route | None:
        """The operation of a request, None where it has none or its host does not count."""
        pattern, known = self._methods.get(method) or self._methods.get(method.upper(), _NOTHING)
        found = pattern.match(url)
        if found is None:
            return self._of_counting_host(self._odd(method, url))
        groups, at = found.groups(), found.lastindex or 0  # the group of a template closes last
        operation, names = known[at]
        query = url[found.end() :].partition("#")[0] if url[found.end() - 1] == "?" else ""
        route = Route(operation, groups[0] or "", groups[at : at + len(names)], names, query)
        return self._of_counting_host(route) if self.hosts else route

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


def _compile(view: View, method: str) -> _Templates:
    """One alternative for each template, those with the fewest parameters first."""
    operations = [operation for operation in view.operations if operation.method == method]
    operations.sort(key=lambda operation: operation.path.count("{"))
    group, alternatives = 1, []
    known: dict[int, tuple[Operation, tuple[str, ...]]] = {}
    for operation in operations:
        segments = operation.path.strip("/").split("/")
        names = tuple(s[1:-1] for s in segments if s.startswith("{") and s.endswith("}"))
        steps = (
            _SEGMENT if s.startswith("{") and s.endswith("}") else re.escape(s) for s in segments
        )
        alternatives.append("(" + "".join(f"/{step}" for step in steps) + ")")
        known[group + 1] = operation, names
        group += 1 + len(names)
    return re.compile(f"{_HOST}(?:{'|'.join(alternatives)}){_END}"), known


def _host_and_path(url: str) -> tuple[str, str]:
    """Host and undecoded path; a URL that cannot be taken apart is all path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return parts.netloc, parts.path


def _is_id(segment: str) -> bool:
    return IDENTIFIER.fullmatch(segment) is not None and VERSION.fullmatch(segment) is None
