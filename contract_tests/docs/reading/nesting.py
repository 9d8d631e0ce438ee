"""Which table a field means: by the link in its cell, by "Table N", by the caption."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from contract_tests.docs.reading.blocks import Cell, Paragraph
from contract_tests.docs.reading.captions import Title
from contract_tests.docs.wording.types import STRUCTURE_NAME, TABLE_REFERENCE
from contract_tests.facts import FieldType


@dataclass(frozen=True, slots=True)
class Index:
    """The tables of a page, to be found by anchor, number and name."""

    anchors: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, title: Title, ordinal: int) -> None:
        """Let a table be found."""
        self.anchors.setdefault(title.id, title.id)
        if title.number is not None:
            self.numbers.setdefault(f"Table {title.number}", title.id)
        if title.role == "structure":
            self.names.setdefault(title.name, []).append((ordinal, title.id))

    def find(self, target: str) -> str | None:
        """The table that a link (`#anchor`) or a reference (`Table 3`) leads to."""
        if target.startswith("#"):
            return self.anchors.get(target[1:])
        return self.numbers.get(target)

    def find_named(self, name: str, ordinal: int) -> str | None:
        """The table of that name: the next one after `ordinal`, or the last one before."""
        named = self.names.get(name)
        if not named:
            return None
        return next((id_ for place, id_ in named if place > ordinal), named[-1][1])


def nest(type_: FieldType, name: str, description: Cell, index: Index, ordinal: int) -> FieldType:
    """The type, with the table that describes it; `ordinal` is that of the field's own table."""
    if type_.target is not None:
        return _with(type_, type_.target, index.find(type_.target))
    if not _could_nest(type_):
        return type_
    targets = list(dict.fromkeys(_targets(description.blocks)))
    found = list(dict.fromkeys(id_ for target in targets if (id_ := index.find(target))))
    target = targets[0] if targets else None
    if len(found) > 1:
        return replace(type_, target=target, alternatives=tuple(found))
    structure = found[0] if found else _named(type_, name, index, ordinal)
    return _with(type_, target, structure) if target or structure else type_


def _named(type_: FieldType, name: str, index: Index, ordinal: int) -> str | None:
    """The table called as the type says (`Array of Foo objects`), else as the field is."""
    said = STRUCTURE_NAME.fullmatch(type_.written)
    return (index.find_named(said[1], ordinal) if said else None) or index.find_named(name, ordinal)


def _with(type_: FieldType, target: str | None, structure: str | None) -> FieldType:
    """What a table describes are objects, also where the cell says no more than "Array"."""
    described = structure and type_.kind in ("array", "map") and type_.items in (None, "unknown")
    items = "object" if described else type_.items
    return replace(type_, target=target, structure=structure, items=items)


def _could_nest(type_: FieldType) -> bool:
    if type_.kind in ("array", "map"):
        return type_.items in (None, "object", "unknown")
    return type_.kind in ("object", "unknown")


def _targets(blocks: Iterable[object]) -> Iterable[str]:
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        linked = ""
        for reference in block.references:
            if reference.target.startswith("#"):
                linked += reference.text
                yield reference.target
        for numbered in TABLE_REFERENCE.finditer(block.text):
            if numbered[0] not in linked:
                yield numbered[0]
