"""Reads a YAML or JSON document into plain data and remembers the line of everything in it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from contract_tests.errors import InputError
from contract_tests.findings import Source

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml: slower, otherwise the same
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

Location = tuple[str | int, ...]
"""Where something stands inside a document: `("components", "schemas", "Lease")`."""

LARGEST = 500_000
"""Parts that a document may have; aliases of aliases swell a small file beyond all bounds."""

_PLAIN = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Which plain words are no text, by their first letters: those of JSON, and YAML's `~`.

    YAML 1.1, which PyYAML follows, would take `OFF` for false, 012 for ten and 1:30 for ninety.
    """
    kinds = {
        "bool": ("tf", r"true|false"),
        "null": ("~n", r"~|null|"),
        "int": ("-0123456789", r"-?(0|[1-9][0-9]*)"),
        "float": ("-0123456789", r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?"),
        "float-like": ("+-.", r"[-+]?\.(inf|Inf|INF|nan|NaN|NAN)"),
    }
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {"": []}
    for kind, (firsts, pattern) in kinds.items():
        tag = f"tag:yaml.org,2002:{kind.removesuffix('-like')}"
        for first in firsts:
            found.setdefault(first, []).append((tag, re.compile(rf"(?:{pattern})\Z")))
    found[""].append(("tag:yaml.org,2002:null", re.compile(r"\Z")))
    return found


RESOLVERS = _resolvers()


class _Loader(_BaseLoader):
    """Reads what JSON can say and no more: a date stays the text that it was written as."""

    yaml_implicit_resolvers = RESOLVERS


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data (dict, list, str, int, float, bool, None) and where each part was written.

    A view made of several files keeps the file of each part, so that a message can name it.
    """

    file: str
    data: Any
    sources: dict[Location, Source]

    def source(self, location: Location) -> Source:
        """Where the part at `location` stands, or else the nearest part around it."""
        for end in range(len(location), -1, -1):
            found = self.sources.get(location[:end])
            if found is not None:
                return found
        return Source(self.file)


def read_document(path: Path, shown: str | None = None) -> Document:
    """Read one file; `shown` is the name that messages give it.

    Raises:
        InputError: it cannot be read, is not UTF-8, is not YAML or JSON, names a key twice, or
            holds something that JSON cannot say.
    """
    name = shown or str(path)
    return parse_document(_text(path, name), name)


def parse_document(text: str, name: str) -> Document:
    """Read a document that is at hand as text; raises as `read_document` does."""
    try:
        return _parse(text, name)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise InputError(f"not YAML: {problem}", "mend the syntax there", name, line) from error
    except (yaml.YAMLError, ValueError) as error:
        problem = " ".join(str(error).split())
        raise InputError(f"not YAML: {problem}", "mend the text there", name) from error
    except RecursionError as error:
        raise InputError("nested too deeply", "flatten it", name) from error


def _text(path: Path, name: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", "save it as UTF-8", name) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", "check the path", name) from error


def _parse(text: str, name: str) -> Document:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Document(name, None, {(): Source(name, 1)})
        sources: dict[Location, Source] = {}
        data = _Builder(loader, name, sources).build(node, (), ())
    finally:
        loader.dispose()
    return Document(name, data, sources)


@dataclass(frozen=True, slots=True)
class _Builder:
    """Turns YAML nodes into data and notes the line of each."""

    loader: Any
    name: str
    sources: dict[Location, Source]

    def build(self, node: yaml.Node, at: Location, around: tuple[yaml.Node, ...]) -> Any:
        self.sources.setdefault(at, self._source(node))
        if any(node is outer for outer in around):
            raise self._error("an alias leads back into itself", "write it out", node)
        if len(self.sources) > LARGEST:
            raise self._error(f"more than {LARGEST} parts", "write less by alias", node)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if node.tag not in _PLAIN:
            raise self._error(f"the tag {node.tag} says what JSON cannot", "drop it", node)
        inside = (*around, node)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*at, i), inside) for i, item in enumerate(node.value)]
        return {
            key: self.build(child, (*at, key), inside) for key, child in self._members(node, at)
        }

    def _members(self, node: yaml.Node, at: Location) -> Iterator[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error("a key that is no text", "use a plain key", key_node)
            key = str(key_node.value)
            if key in seen:
                raise self._error(f"the key {key!r} stands here twice", "remove one", key_node)
            seen.add(key)
            self.sources[*at, key] = self._source(key_node)
            yield key, child

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        value = self.loader.construct_object(node)
        finite = not isinstance(value, float) or math.isfinite(value)
        if finite and (value is None or isinstance(value, str | int | float | bool)):
            return value
        raise self._error(f"JSON cannot say {node.value!r}", "quote the value", node)

    def _source(self, node: yaml.Node) -> Source:
        return Source(self.name, node.start_mark.line + 1)

    def _error(self, problem: str, remedy: str, node: yaml.Node) -> InputError:
        return InputError(problem, remedy, self.name, node.start_mark.line + 1)
