"""The text of a pinned file as facts; its lines are their sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any, TypeAlias, TypeVar

import yaml

from contract_tests.errors import InputError
from contract_tests.facts import (
    Bound,
    Default,
    EnumValue,
    ErrorCode,
    Example,
    Field,
    FieldType,
    Limits,
    Link,
    NamedValue,
    Page,
    Record,
    StatusCode,
    Table,
)
from contract_tests.findings import Source

Entry: TypeAlias = dict[str, Any]
"""A mapping of the file as it is read; what it lacks is empty."""
Fact = TypeVar("Fact")

_SUFFIX = ".facts.yaml"


class _Loader(yaml.SafeLoader):
    """Turns a part of the tree into plain data."""


def read_pinned(text: str, file: str) -> Page:
    """The page that was pinned.

    Raises:
        InputError: if the text is no pinned facts.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
        return _Reader(file).page(root)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _no_facts(file, mark.line + 1 if mark else None) from error


def _no_facts(file: str, line: int | None) -> InputError:
    return InputError("no pinned facts", "write them with `contract-tests docs pin`", file, line)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._loader = _Loader("")

    def page(self, root: yaml.Node | None) -> Page:
        """The page of the whole file."""
        parts = self._parts(root)
        plain: Entry = {
            name: self._plain(node)
            for name, node in parts.items()
            if isinstance(node, yaml.ScalarNode)
        }

        def facts(name: str, build: Callable[[Any, Source], Fact]) -> tuple[Fact, ...]:
            return tuple(self._each(parts.get(name), build))

        uri = parts.get("uri")
        return Page(
            stem=plain.get("page") or PurePath(self._file).name.removesuffix(_SUFFIX),
            file=self._file,
            dialect="pinned",
            title="",
            style=plain.get("style", "other"),
            original=plain.get("original", ""),
            method=plain.get("method"),
            uri=plain.get("uri"),
            uri_source=self._source(uri) if uri else None,
            tables=tuple(self._table(node) for node in self._nodes(parts.get("tables"))),
            examples=facts("examples", _example),
            statuses=facts("statuses", lambda code, at: StatusCode(int(code), "", at)),
            error_codes=facts("error_codes", _error_code),
            links=facts("links", _link),
            sections=facts("sections", lambda heading, at: (str(heading), at)),
        )

    def _table(self, node: yaml.Node) -> Table:
        parts = self._parts(node)
        fields = tuple(self._each(parts.get("fields"), _field))
        plain = {name: self._plain(part) for name, part in parts.items() if name != "fields"}
        return self._built(lambda entry, at: _table(entry, fields, at), plain, self._source(node))

    def _each(self, node: yaml.Node | None, build: Callable[[Any, Source], Fact]) -> list[Fact]:
        return [
            self._built(build, self._plain(item), self._source(item)) for item in self._nodes(node)
        ]

    def _built(self, build: Callable[[Any, Source], Fact], entry: Any, source: Source) -> Fact:
        try:
            return build(entry, source)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise _no_facts(self._file, source.line) from error

    def _source(self, node: yaml.Node) -> Source:
        return Source(self._file, node.start_mark.line + 1)

    def _plain(self, node: yaml.Node) -> Any:
        return self._loader.construct_object(node, deep=True)

    def _nodes(self, node: yaml.Node | None) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise _no_facts(self._file, node.start_mark.line + 1)
        return list(node.value)

    def _parts(self, node: yaml.Node | None) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise _no_facts(self._file, node.start_mark.line + 1 if node else None)
        return {str(name.value): part for name, part in node.value}


def _table(entry: Entry, fields: tuple[Field, ...], source: Source) -> Table:
    return Table(
        id=entry.get("id") or entry["name"],
        name=entry["name"],
        role=entry["role"],
        caption="",
        source=source,
        fields=fields,
        status=entry.get("status"),
        number=entry.get("number"),
        section=entry.get("section", ""),
        columns=tuple(entry.get("columns", ())),
        records=tuple(Record((text,), source) for text in entry.get("records", ())),
    )


def _field(entry: Entry, source: Source) -> Field:
    return Field(
        name=entry["name"],
        type=FieldType(
            entry.get("type", ""),
            entry["kind"],
            entry.get("items"),
            entry.get("structure"),
            entry.get("dangling"),
            tuple(entry.get("alternatives", ())),
        ),
        source=source,
        mandatory=entry.get("mandatory"),
        enum=tuple(EnumValue(value, "", source) for value in entry.get("enum", ())),
        enum_notation=entry.get("enum_notation", ""),
        enum_open=entry.get("enum_open", False),
        default=entry.get("default"),
        defaults=tuple(Default(**default) for default in entry.get("defaults", ())),
        limits=Limits(**entry.get("limits", {})),
        bounds=tuple(Bound(**bound) for bound in entry.get("bounds", ())),
        named_values=tuple(NamedValue(value, "", source) for value in entry.get("named", ())),
        pinned_digest=entry.get("description", ""),
    )


def _example(entry: Entry, source: Source) -> Example:
    return Example(
        role=entry["role"],
        source=source,
        text="",
        method=entry.get("method"),
        uri=entry.get("uri"),
        headers=tuple((name, "") for name in entry.get("headers", ())),
        status=entry.get("status"),
        block=entry.get("block", 0),
        values=tuple(entry.get("values", {}).items()),
    )


def _error_code(entry: Entry, source: Source) -> ErrorCode:
    return ErrorCode(entry["code"], entry.get("status"), "", source)


def _link(entry: Entry, source: Source) -> Link:
    internal = entry.get("internal", False)
    return Link(entry["target"], "", internal, entry.get("resolved"), source)
