"""What an operation documents of its answers: schemas, media types, examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.operations import Operation
from contract_tests.contract.pointers import part, resolve
from contract_tests.findings import Source


@dataclass(frozen=True, slots=True)
class DocumentedExample:
    """One example answer that the document holds."""

    name: str
    status: int
    media: str
    value: Any
    source: Source


def content(document: Document, operation: Operation, status: int) -> tuple[Location, Any]:
    """Where the contents of an answer are described, by media type; nothing for no body.

    The very status counts before its range (`4XX`), that before `default`.
    """
    at = (*operation.at, "responses")
    documented = part(document.data, operation.at).get("responses") or {}
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in documented:
            location, response = resolve(document, (*at, key))
            return (*location, "content"), (response or {}).get("content") or {}
    return at, {}


def body_schema(
    document: Document, operation: Operation, status: int, media: str | None
) -> Location | None:
    """Where the schema of an answer's body stands; None where none is documented.

    `media` is a Content-Type as it was sent; with None the first documented one is meant.
    """
    at, contents = content(document, operation, status)
    for key, value in contents.items():
        if (media is None or media_fits(key, media)) and "schema" in value:
            return (*at, key, "schema")
    return None


def media_fits(documented: str, sent: str) -> bool:
    """Whether a Content-Type is the documented one, or in its range (`application/*`)."""
    wanted, given = _essence(documented).split("/", 1), _essence(sent).split("/", 1)
    return all(want in ("*", got) for want, got in zip(wanted, given, strict=False))


def examples(document: Document, operation: Operation) -> Iterator[DocumentedExample]:
    """The example answers of an operation."""
    for status in operation.statuses:
        at, contents = content(document, operation, status)
        for media, value in contents.items():
            for name in value.get("examples", {}):
                where, example = resolve(document, (*at, media, "examples", name))
                source = document.source((*where, "value"))
                yield DocumentedExample(name, status, media, example["value"], source)


def answer_schemas(document: Document, operation: Operation) -> frozenset[Location]:
    """Every schema that any answer of the operation may come to, with those inside of it."""
    found: set[Location] = set()
    has_any = "responses" in part(document.data, operation.at)
    ahead: list[Location] = [(*operation.at, "responses")] if has_any else []
    while ahead:
        at = ahead.pop()
        at, value = resolve(document, at)
        if at in found:
            continue
        found.add(at)
        ahead.extend(_inside(at, value))
    return frozenset(found)


def _inside(at: Location, value: Any) -> Iterator[Location]:
    if isinstance(value, Mapping):
        yield from ((*at, key) for key in value if not key.startswith("x-") and key != "examples")
    elif isinstance(value, list):
        yield from ((*at, index) for index in range(len(value)))


def _essence(media: str) -> str:
    return media.partition(";")[0].strip().lower()
