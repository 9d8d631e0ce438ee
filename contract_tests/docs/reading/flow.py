"""The paragraph under way and the blocks before it, while the elements of a page are walked."""

from __future__ import annotations

from dataclasses import dataclass, field

from contract_tests.docs.reading.blocks import Block, Paragraph, Start
from contract_tests.docs.reading.folding import (
    BOLD,
    LINK_END,
    PLAIN,
    LinkStart,
    Mark,
    Piece,
    fold,
    lines_before,
    visible,
)


@dataclass(slots=True)
class Flow:
    """What stands in one place of a page: the page itself, a cell, a heading.

    The paragraph under way is `pieces`; it is folded and emitted when a block begins or ends.
    """

    line: int = 0
    depth: int = 0
    start: Start = "paragraph"
    blocks: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    open: list[Mark | LinkStart] = field(default_factory=list)
    """What is set in bold, or linked, and goes on."""
    item_at: tuple[int, Start, int] = (0, "item", 0)
    """Line and depth of the item that has no text yet."""

    def flush(self) -> None:
        """End the paragraph under way."""
        if not self.pieces:
            return
        pieces = self.pieces
        only = pieces[0]
        if len(pieces) == 1 and isinstance(only, str):
            self._emit_plain(only)
            return
        if self.open:
            pieces += (PLAIN if mark is BOLD else LINK_END for mark in reversed(self.open))
        text, bold, references = fold(pieces)
        if text:
            line = self.line + lines_before(pieces)
            self.blocks.append(Paragraph(text, line, self.start, self.depth, bold, references))
            self.start = "paragraph"
        self.pieces = list(self.open)

    def _emit_plain(self, piece: str) -> None:
        self.pieces = []
        text = " ".join(visible(piece).split())
        if text:
            line = self.line + (lines_before([piece]) if piece[0].isspace() else 0)
            self.blocks.append(Paragraph(text, line, self.start, self.depth))
            self.start = "paragraph"

    def emit(self, block: Block) -> None:
        """A block that is no paragraph begins and ends here."""
        self.flush()
        self.end_empty_item()
        self.blocks.append(block)

    def end_empty_item(self) -> None:
        """An item that begins with something else than text stands there with none."""
        if self.start == "item":
            self.blocks.append(Paragraph("", *self.item_at))
            self.start = "paragraph"
