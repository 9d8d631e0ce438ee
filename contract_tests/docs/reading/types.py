"""The type of a field: as its cell writes it, and as it is meant."""

from __future__ import annotations

from contract_tests.docs.reading.blocks import Cell, Paragraph
from contract_tests.docs.wording import (
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
        return FieldType(written, kind)
    target = next(
        (
            reference.target
            for block in cell.blocks
            if isinstance(block, Paragraph)
            for reference in block.references
        ),
        None,
    )
    if target is None and (numbered := TABLE_REFERENCE.search(written)):
        target = numbered[0]
    kind, items = _kinds(written, linked=target is not None)
    return FieldType(written, kind, items, target=target)


def _kinds(written: str, *, linked: bool) -> tuple[Kind, Kind | None]:
    if values := MAP_TYPE.fullmatch(written):
        return "map", _items(values[1].strip(), linked=linked)
    for pattern in ARRAY_TYPES:
        if array := pattern.fullmatch(written):
            return "array", _items(array[1].strip(), linked=linked)
    if OBJECT_TYPE.fullmatch(written) or linked:
        return "object", None
    return "unknown", None


def _items(written: str, *, linked: bool) -> Kind | None:
    if not written:
        return "object" if linked else None
    kind = KINDS.get(written.lower())
    return kind or _kinds(written, linked=linked)[0]
