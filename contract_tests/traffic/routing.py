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
_END = r"/?(?:[?#]|\Z)"


class Route(NamedTuple):
    """An operation, the host it was asked of, and its path parameters, percent-decoded."""

    operation: Operation
    host: str
    path_params: Mapping[str, str]


@dataclass(frozen=True)
class Router:
    """Finds operations as `View.match` does, with one regular expression for each method."""

    view: View
    hosts: tuple[str, ...] = ()
    """Patterns of the hosts whose traffic counts (`*.t-systems.com`); all where there is none."""
    _methods: dict[str, tuple[re.Pattern[str], tuple[_Slots, ...]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Compile the templates of each method."""
        methods = {operation.method for operation in self.view.operations}
        object.__setattr__(self, "_methods", {name: _compile(self.view, name) for name in methods})

    def match(self, method: str, url: str) -> Route | None:
        """The operation of a request, None where it has none or its host does not count."""
        found = self._plain(method, url) or self._odd(method, url)
        if found is None or not self._counts(found.host):
            return None
        return found

    def template(self, method: str, url: str) -> str:
        """What a request without an operation is counted as: `GET /v1/{}/notebooks/flavors`.

        Segments that look like ids become `{}`. The host is named where only some count.
        """
        host, path = _host_and_path(url)
        segments = path.split("/")[1 : DEEPEST + 1]
        named = "/".join("{}" if _is_id(segment) else segment for segment in segments)
        return f"{method.upper()} {f'//{host}' if self.hosts else ''}/{named}"

    def _plain(self, method: str, url: str) -> Route | None:
        pattern, slots = self._methods.get(method.upper(), _NOTHING)
        found = pattern.match(url)
        if found is None or found.lastgroup is None:
            return None
        operation, names = slots[int(found.lastgroup[1:])]
        return Route(operation, found[1] or "", {name: found[i] for name, i in names})

    def _odd(self, method: str, url: str) -> Route | None:
        """Anything with percent-encoding, below a server's path, or not as URLs should be."""
        host, path = _host_and_path(url)
        found = self.view.match(method, path)
        return Route(found.operation, host, found.path_params) if found else None

    def _counts(self, host: str) -> bool:
        return not self.hosts or any(fnmatchcase(host, pattern) for pattern in self.hosts)


_Slots = tuple[Operation, tuple[tuple[str, int], ...]]
_NOTHING: tuple[re.Pattern[str], tuple[_Slots, ...]] = (re.compile(r"(?!)"), ())


def _compile(view: View, method: str) -> tuple[re.Pattern[str], tuple[_Slots, ...]]:
    """One alternative for each template, those with the fewest parameters first."""
    operations = [operation for operation in view.operations if operation.method == method]
    operations.sort(key=lambda operation: operation.path.count("{"))
    group, alternatives, slots = 1, [], []
    for i, operation in enumerate(operations):
        group += 1
        pattern, names = f"(?P<o{i}>", []
        for segment in operation.path.strip("/").split("/"):
            is_parameter = segment.startswith("{") and segment.endswith("}")
            if is_parameter:
                group += 1
                names.append((segment[1:-1], group))
            pattern += "/" + (_SEGMENT if is_parameter else re.escape(segment))
        alternatives.append(pattern + ")")
        slots.append((operation, tuple(names)))
    return re.compile(f"{_HOST}(?:{'|'.join(alternatives)}){_END}"), tuple(slots)


def _host_and_path(url: str) -> tuple[str, str]:
    """Host and undecoded path; a URL that cannot be taken apart is all path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return parts.netloc, parts.path


def _is_id(segment: str) -> bool:
    return IDENTIFIER.fullmatch(segment) is not None and VERSION.fullmatch(segment) is None
