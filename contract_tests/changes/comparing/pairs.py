"""What rules look at: one thing as OLD has it and as NEW has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.changes.comparing.change import Difference, Side
from contract_tests.changes.comparing.naming import place_said
from contract_tests.changes.comparing.schemas import Schema
from contract_tests.contract import Operation, View
from contract_tests.contract.documents import Location
from contract_tests.findings import Place, Source


@dataclass(frozen=True, slots=True)
class ViewPair:
    """Two versions of a view; `operations` are those that both have."""

    old: View
    new: View
    operations: tuple[OperationPair, ...]

    @property
    def removed(self) -> tuple[Operation, ...]:
        """The operations that NEW lacks."""
        kept = {pair.old.id for pair in self.operations}
        return tuple(o for o in self.old.operations if o.id not in kept)

    @property
    def added(self) -> tuple[Operation, ...]:
        """The operations that OLD lacked."""
        kept = {pair.new.id for pair in self.operations}
        return tuple(o for o in self.new.operations if o.id not in kept)


@dataclass(frozen=True, slots=True)
class OperationPair:
    """One operation in two versions, with the views that it is part of."""

    old_view: View
    new_view: View
    old: Operation
    new: Operation

    def differs(
        self,
        message: str,
        *values: str,
        at: tuple[str, str] = ("operation", ""),
        old: Source | None = None,
        new: Source | None = None,
    ) -> Difference:
        """A difference; `at` is structure and field, the sources are the operation's if None."""
        place = Place(self.new.id, *at)
        return Difference(place, message, values, old or self.old.source, new or self.new.source)


@dataclass(frozen=True, slots=True)
class Contents:
    """What bodies one side of an operation has, by media type; empty for no body."""

    view: View
    at: Location
    media: Mapping[str, Any]

    @property
    def source(self) -> Source:
        """Where they stand."""
        return self.view.source.source(self.at)


@dataclass(frozen=True, slots=True)
class ContentPair:
    """The bodies of a request, or of the answers with one status."""

    side: Side
    operation: str
    status: str
    """Empty for a request."""
    old: Contents
    new: Contents

    def differs(self, message: str, *values: str) -> Difference:
        """A difference at this body."""
        place = Place(self.operation, "status", self.status)
        place = place if self.status else Place(self.operation, "body")
        return Difference(place, message, values, self.old.source, self.new.source)


@dataclass(frozen=True, slots=True)
class SchemaPair:
    """The schema of one part of a request or an answer; `place` is where it is asked for."""

    side: Side
    place: Place
    old: Schema
    new: Schema

    def inside(self, keyword: str, field: str = "") -> Place:
        """The place of what a keyword says, or says of a field."""
        place = place_said(self.place, self.old, self.new, keyword)
        name = ".".join(filter(None, (place.field, field)))
        return Place(place.operation, place.structure, name)

    def differs(
        self, message: str, *values: str, keyword: str = "", field: str | None = None
    ) -> Difference:
        """A difference in a keyword, or at a field of the object that the schema describes.

        Where a keyword lists things, the line is that of the first one that only this side has.
        """
        place = self.inside(keyword or "properties", field or "")
        old = _source(self.old, self.new, keyword, field)
        new = _source(self.new, self.old, keyword, field)
        return Difference(place, message, values, old, new)


def _source(schema: Schema, other: Schema, keyword: str, field: str | None) -> Source:
    if not keyword and field is not None and field in schema.fields:
        return schema.document.source((*schema.locations["properties"], field))
    listed, others = schema.keywords.get(keyword), other.keywords.get(keyword)
    if isinstance(listed, list) and isinstance(others, list):
        own = next((i for i, item in enumerate(listed) if item not in others), None)
        if own is not None:
            return schema.document.source((*schema.locations[keyword], own))
    return schema.source(keyword or ("properties" if field else ""))
