"""What every dialect makes of a page: a stream of headings, paragraphs, code and grids.

A dialect knows markup and nothing of the vendor; what follows it knows the vendor's wording
and nothing of markup. Tuples rather than dataclasses: a page has hundreds of these.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from contract_tests.facts import Diagnostic

Span: TypeAlias = tuple[int, int]
Start: TypeAlias = Literal["paragraph", "item", "line"]


class Reference(NamedTuple):
    """A link inside a paragraph: where it leads and what stands for it."""

    target: str
    text: str


class Words(NamedTuple):
    """What a paragraph says, without where it says it; see `Paragraph`."""

    text: str
    start: Start
    depth: int
    bold: tuple[Span, ...]


class Paragraph(NamedTuple):
    """A run of text, white space folded.

    `start` says how it begins: as a paragraph, as a list item, or after a line break. `depth`
    counts the lists that it stands in; a second paragraph of an item keeps the item's depth.
    `bold` are offsets into the text.
    """

    text: str
    line: int
    start: Start = "paragraph"
    depth: int = 0
    bold: tuple[Span, ...] = ()
    references: tuple[Reference, ...] = ()


class Heading(NamedTuple):
    """A heading; level 1 is the page's title."""

    text: str
    line: int
    level: int


class Code(NamedTuple):
    """A block of code, as written; `line` is that of its first character."""

    text: str
    line: int
    depth: int = 0


class Cell(NamedTuple):
    """A cell: what stands in it, tables apart; how many columns and rows it spans."""

    blocks: tuple[Paragraph | Code, ...]
    width: int = 1
    height: int = 1

    @property
    def text(self) -> str:
        """The text of the cell, white space folded."""
        blocks = self.blocks
        return blocks[0].text if len(blocks) == 1 else " ".join(b.text for b in blocks if b.text)


class Row(NamedTuple):
    """A row; a cell that spans several rows stands in each of them."""

    cells: tuple[Cell, ...]
    line: int


class Grid(NamedTuple):
    """A table. `columns` is empty where the markup names no head."""

    caption: str
    anchor: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int


Block: TypeAlias = Heading | Paragraph | Code | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page as blocks; the counts are taken from the markup, apart from the blocks."""

    blocks: tuple[Block, ...]
    anchors: Callable[[], Collection[str]]
    """What a link of the page can lead to; called where a link leads to no table."""
    rows: int
    items: int
    codes: int
    original: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
