"""Questions to an element of an HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import TypeAlias, cast

from lxml import etree

Element: TypeAlias = etree._Element

LINE_ATTRIBUTE = "data-source-line"
"""Carries the line of an element where a page has more lines than libxml2 counts."""

WIDEST = 1000
"""Rows or columns that one cell may span."""

counted_line: Callable[[Element], int] = attrgetter("sourceline")
"""The line that the element's tag ends on."""


def carried_line(element: Element) -> int:
    """The line that an attribute carries, or the counted one without it."""
    return int(str(element.get(LINE_ATTRIBUTE) or 0)) or counted_line(element)


def all_text(element: Element) -> str:
    """All text inside of an element, as it stands there."""
    return "".join(cast("Iterator[str]", element.itertext()))


def begin_of_text(element: Element, length: int) -> str:
    """The first words inside of an element, white space folded."""
    text = ""
    for piece in cast("Iterator[str]", element.itertext()):
        text = f"{text} {' '.join(piece.split())}".strip()
        if len(text) >= length:
            break
    return text[:length]


def last_within(element: Element) -> Element:
    """The last element inside of an element, however deep; itself if it holds none."""
    while len(element):
        element = element[-1]
    return element


def is_head(row: Element) -> bool:
    """Whether a row holds the heads of columns."""
    parent = row.getparent()
    return (parent is not None and parent.tag == "thead") or row.find("td") is None


def span(element: Element, attribute: str) -> int:
    """How many rows or columns a cell spans; what is no number spans one."""
    written = element.get(attribute)
    return min(int(written), WIDEST) if written and written.isdecimal() and int(written) else 1


def only_plain_paragraph(cell: Element) -> Element | None:
    """The paragraph of a cell that holds nothing else, without markup in it: nearly every one.

    The cell itself where its text stands in no paragraph.
    """
    inside = len(cell)
    if not inside:
        return cell
    only = cell[0]
    if inside > 1 or only.tag != "p" or len(only):
        return None
    before, after = cell.text, only.tail
    return None if (before and not before.isspace()) or (after and not after.isspace()) else only
