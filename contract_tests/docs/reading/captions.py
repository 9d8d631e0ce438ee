"""What a table describes and what it is called: by its caption, its anchor, its section."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contract_tests.docs.reading.blocks import Grid
from contract_tests.docs.wording.sections import HEADER_SECTIONS, Section
from contract_tests.docs.wording.tables import (
    CAPTION,
    CAPTION_ROLES,
    GENERAL_CAPTION,
    HEADER_ROW,
    ROLE_ANCHOR,
    STRUCTURE_ANCHOR,
    STRUCTURE_CAPTION,
)
from contract_tests.facts import TableRole

_ONE_WORD = re.compile(r"\S+")
_SECTION_ROLES: dict[Section, TableRole] = {
    "uri": "path",
    "request": "request",
    "response": "response",
}
_ROLES: dict[str, TableRole] = {"path": "path", "query": "query", "header": "header"}
ROOT_NAMES: dict[TableRole, str] = {
    "path": "path",
    "query": "query",
    "header": "header",
    "request": "body",
    "response": "response",
}


@dataclass(frozen=True, slots=True)
class Title:
    """What is known of a table before its rows are read."""

    id: str
    name: str
    role: TableRole
    number: int | None
    caption: str


def read_title(grid: Grid, ordinal: int, section: Section, heading: str) -> Title:
    """The title of a grid; `ordinal` counts the grids of the page from 1."""
    found = CAPTION.fullmatch(grid.caption)
    number = int(found[1]) if found and found[1] else None
    caption = found[2].strip() if found else grid.caption
    id_ = grid.anchor or f"table-{number or ordinal}"
    role, name = _role_and_name(caption, section, heading)
    if not caption and name in ("path", "body"):
        role = _role_without_caption(grid) or role
        name = ROOT_NAMES[role]
    if role in ("request", "response") and (named := STRUCTURE_ANCHOR.search(grid.anchor)):
        name = named[1]
    return Title(id_, name, role, number, grid.caption)


def _role_without_caption(grid: Grid) -> TableRole | None:
    """What a table describes by its anchor, or by a row that only one kind of table has."""
    if told := ROLE_ANCHOR.search(grid.anchor):
        return _ROLES[told[1].lower()]
    names = (cell.text.lower() for row in grid.rows for cell in row.cells[:1])
    return "header" if HEADER_ROW in names else None


def _role_and_name(caption: str, section: Section, heading: str) -> tuple[TableRole, str]:
    role = CAPTION_ROLES.get(caption.lower())
    if role is None and GENERAL_CAPTION.fullmatch(caption):
        role = CAPTION_ROLES.get(heading.lower()) or _SECTION_ROLES.get(section, "other")
        if heading.lower() in HEADER_SECTIONS:
            role = "header"
    if role is not None:
        return role, ROOT_NAMES.get(role, caption)
    if structure := STRUCTURE_CAPTION.fullmatch(caption):
        return "structure", f"{structure[1]} of {structure[2]}" if structure[2] else structure[1]
    if _ONE_WORD.fullmatch(caption) or section in _SECTION_ROLES:
        return "structure", caption
    return "other", caption
