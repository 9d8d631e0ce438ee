"""The type of a field: as its cell writes it, and as it is meant."""

from __future__ import annotations

from functools import lru_cache

from contract_tests.docs.reading.blocks import Cell, Paragraph
from contract_tests.docs.wording.types import (
    ARRAY_TYPES,
    KINDS,
    MAP_TYPE,
    OBJECT_TYPE,
    TABLE_REFERENCE,
)
from contract_tests.facts import FieldType, Kind

UNTYPED = FieldType("", "unknown")


def read_type(cell: Cell) -> FieldType:
    """The type that a cell states; which table it means is found out later, see `nesting`."""
    written = cell.text
    kind = KINDS.get(written.lower())
    if kind is not None:
        return _plain(written, kind)
    target = _target(cell)
    if target is None and (numbered := TABLE_REFERENCE.search(written)):
        target = numbered[0]
    kind, inside = _kind(written, linked=target is not None)
    if kind not in ("array", "map"):
        return FieldType(written, kind, target=target)
    items = _kind(inside, linked=target is not None)[0] if inside or target else None
    return FieldType(written, kind, items, target=target)


@lru_cache(maxsize=256)
def _plain(written: str, kind: Kind) -> FieldType:
    """Nearly every type is one of a few; one of each is enough."""
    return FieldType(written, kind)


def _target(cell: Cell) -> str | None:
    for block in cell.blocks:
        if isinstance(block, Paragraph) and block.references:
            return block.references[0].target
    return None


def _kind(written: str, *, linked: bool) -> tuple[Kind, str]:
    """The kind of a type, and what its array or map is said to hold."""
    if kind := KINDS.get(written.lower()):
        return kind, ""
    if values := MAP_TYPE.fullmatch(written):
        return "map", values[1].strip()
    for pattern in ARRAY_TYPES:
        if array := pattern.fullmatch(written):
            return "array", array[1].strip()
    return ("object" if linked or OBJECT_TYPE.fullmatch(written) else "unknown"), ""
