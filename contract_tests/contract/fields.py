"""The fields that answers may hold, one by one, as the document describes each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.contract import responses
from contract_tests.contract.documents import Document, Location
from contract_tests.contract.operations import Operation
from contract_tests.contract.places import place_of
from contract_tests.contract.pointers import part, ref_location
from contract_tests.findings import Place, Source


@dataclass(frozen=True, slots=True)
class DescribedField:
    """One field: its place, its schema as written (a `$ref` kept), and where that stands."""

    place: Place
    schema: Mapping[str, Any]
    source: Source
    refers: str | None
    """The named schema that it, or of an array each item, refers to."""

    @property
    def page(self) -> str | None:
        """The page that the spec takes it from (`x-source`)."""
        origin = self.schema.get("x-source")
        return origin.get("page") if isinstance(origin, Mapping) else None


def described_fields(document: Document, operation: Operation) -> Iterator[DescribedField]:
    """Every field of every answer of an operation, in the order of the document's locations."""
    schemas = responses.answer_schemas(document, operation)
    for at in sorted(schemas, key=str):
        value = part(document.data, at)
        fields = value.get("properties") if isinstance(value, Mapping) else None
        if isinstance(fields, Mapping) and at[-1] != "properties":
            for name in fields:
                yield _described(document, operation.id, (*at, "properties", name))


def _described(document: Document, operation: str, at: Location) -> DescribedField:
    written = part(document.data, at)
    schema: Mapping[str, Any] = written if isinstance(written, Mapping) else {}  # or a boolean
    item = schema.get("items", schema)
    ref = item.get("$ref") if isinstance(item, Mapping) else None
    refers = str(ref_location(ref)[-1]) if isinstance(ref, str) else None
    return DescribedField(place_of(operation, at), schema, document.source(at), refers)
