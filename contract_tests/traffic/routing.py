"""From a recorded request to its operation; and what to call a request that has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
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

PATH = re.compile(r"(?:[^/?#]*//[^/?#]*)?([^?#]*).*", re.DOTALL)
"""The path of a URL, of one that cannot be taken apart as well; the rest may hold secrets."""
PORT = re.compile(r":\d*$")
PLAIN = "[A-Za-z0-9._~:@!$&'()*+,;=-]"
"""What is written in one way only."""


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
class _Template:
    """Where the path of an operation stands in a pattern of many."""

    operation: Operation
    names: tuple[str, ...]
    texts: slice
    """The groups that are its parameters."""


@dataclass(frozen=True, slots=True)
class _Templates:
    """All paths of one method as one pattern."""

    match: Callable[[str], re.Match[str] | None]
    """Of a URL up to its query; its first group is the host."""
    by_last: Mapping[int, _Template]
    """By the group that is empty and stands behind each path."""


@dataclass(frozen=True)
class Router:
    """Finds operations as `View.match` does, by one pattern for each method."""

    view: View
    hosts: tuple[str, ...] = ()
    """Patterns of the hosts whose traffic counts (`*.t-systems.com`); all where there is none."""
    _templates: dict[str, _Templates] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Compile the patterns."""
        methods = {operation.method for operation in self.view.operations}
        found = {method: _compile(self.view, method) for method in methods}
        object.__setattr__(self, "_templates", found)

    def match(self, method: str, url: str) -> Route | None:
        """The operation of a request, None where it has none or its host does not count."""
        path, _, query = url.partition("?")
        known = self._templates.get(method)
        found = known.match(path) if known else None
        if known is None or found is None or "#" in query:
            return self._of_counting_host(self._odd(method, url))
        template = known.by_last[found.lastindex]  # type: ignore[index]  # an empty group is one
        groups = found.groups()
        host, texts = groups[0] or "", groups[template.texts]
        route = Route(template.operation, host, texts, template.names, query)
        return self._of_counting_host(route) if self.hosts else route

    def template(self, method: str, url: str) -> str:
        """What a request without an operation is counted as: `GET /v1/{}/notebooks/flavors`.

        Segments that look like ids become `{}`. The host is named where only some count.
        """
        segments = PATH.sub(r"\1", url).split("/")[1 : DEEPEST + 1]
        named = "/".join("{}" if _is_id(segment) else segment for segment in segments)
        host = f"//{_bare(_host_and_path(url)[0])}" if self.hosts else ""
        return f"{method.upper()} {host}/{named}"

    def _odd(self, method: str, url: str) -> Route | None:
        """Anything with percent-encoding, or not as URLs should be."""
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
        host = _bare(route.host)
        names = host, PORT.sub("", host)  # a pattern may leave out the port
        wanted = (pattern.lower() for pattern in self.hosts)
        return route if any(fnmatchcase(n, p) for p in wanted for n in names) else None


def _compile(view: View, method: str) -> _Templates:
    """The paths of a method, those with the fewest parameters first: of these the first counts."""
    operations = [operation for operation in view.operations if operation.method == method]
    written, by_last, groups = [], {}, 1
    for operation in sorted(operations, key=lambda each: len(set(_named(each)))):
        segments = operation.path.strip("/").split("/")
        written.append("/".join(f"({PLAIN}+)" if _is_name(s) else re.escape(s) for s in segments))
        names = _named(operation)
        groups += len(names) + 1
        by_last[groups] = _Template(operation, names, slice(groups - len(names) - 1, groups - 1))
    bases = "|".join(map(re.escape, server_bases(view.source)))
    paths = "|".join(f"(?:{bases})?/{path}()" for path in written)
    pattern = rf"(?:https?://({PLAIN}*))?(?:{paths})/?"
    return _Templates(re.compile(pattern).fullmatch, by_last)


def _named(operation: Operation) -> tuple[str, ...]:
    """The names of the parameters of a path, in its order."""
    return tuple(s[1:-1] for s in operation.path.strip("/").split("/") if _is_name(s))


def _is_name(segment: str) -> bool:
    return segment[:1] == "{" and segment[-1:] == "}"


def _host_and_path(url: str) -> tuple[str, str]:
    """Host and undecoded path; a URL that cannot be taken apart is all path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return parts.netloc, parts.path


def _bare(host: str) -> str:
    """A host, with its port, as hosts are compared: without what may be a password before it."""
    return host.rpartition("@")[2].lower()


def _is_id(segment: str) -> bool:
    return IDENTIFIER.fullmatch(segment) is not None and VERSION.fullmatch(segment) is None
