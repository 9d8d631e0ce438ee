"""Walks the elements of an HTML page and emits blocks, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contract_tests.docs.reading.blocks import (
    Block,
    Cell,
    Code,
    Grid,
    Heading,
    Paragraph,
    Row,
)
from contract_tests.docs.reading.cells import read_head, text_and_rest
from contract_tests.docs.reading.flow import Flow
from contract_tests.docs.reading.folding import (
    BOLD,
    LINK_END,
    PLAIN,
    LinkStart,
    Mark,
    lines_before,
    visible,
)
from contract_tests.docs.reading.markup import (
    Element,
    all_text,
    begin_of_text,
    carried_line,
    counted_line,
    is_head,
    last_within,
    only_plain_paragraph,
    span,
)
from contract_tests.docs.reading.spans import spread
from contract_tests.docs.wording.markup import BOLD_CLASSES
from contract_tests.facts import Diagnostic, Unit
from contract_tests.findings import Source

DEEPEST = 150
"""Elements within elements; what lies deeper is reported, not read."""

_FLOWS = ("body", "div", "section", "article", "main", "header", "footer", "form", "fieldset")
_TEXTS = ("p", "blockquote", "address", "center", "hr", "figure", "figcaption", "dl", "dt", "dd")
_STRAYS = ("thead", "tbody", "tfoot", "td", "th", "caption")
"""Parts of tables where there is no table around them."""
_UNITS: dict[str, Unit] = {"tr": "row", "li": "item", "pre": "example"}


class Walker:
    """Collects the blocks of one page in its flow."""

    def __init__(self, file: str, *, lines_carried: bool, spans: bool) -> None:
        """Walk a page; say whether lines stand in attributes, and whether any cell spans more."""
        self.file = file
        self.flow = Flow()
        self.diagnostics: list[Diagnostic] = []
        self.heads = 0
        """Rows that are heads of tables."""
        self._line_of = carried_line if lines_carried else counted_line
        self._spans = spans
        self._level = 0

    def walk(self, element: Element) -> None:
        """Read what stands inside of an element."""
        flow = self.flow  # the same again after each child
        if element.text:
            flow.pieces.append(element.text)
        for child in element:
            self._child(child)
            tail = child.tail
            if tail and (flow.pieces or not tail.isspace()):
                flow.pieces.append(tail)

    def _child(self, child: Element) -> None:
        self._level += 1
        if self._level > DEEPEST:
            self._give_up(child, "nested deeper than can be read")
        elif handler := _HANDLERS.get(child.tag):
            handler(self, child)
        else:
            self.walk(child)
        self._level -= 1

    def _give_up(self, element: Element, reason: str) -> None:
        for lost in element.iter(*_UNITS):
            source = Source(self.file, self._line_of(lost))
            text = begin_of_text(lost, 80)
            self.diagnostics.append(Diagnostic(reason, text, source, _UNITS[str(lost.tag)]))

    def _inside(self, element: Element) -> list[Block]:
        """The blocks inside of an element, apart from those around it."""
        kept, self.flow = self.flow, Flow(self._line_of(element))
        self.walk(element)
        self.flow.flush()
        inside, self.flow = self.flow.blocks, kept
        return inside

    def _container(self, element: Element) -> None:
        self.flow.flush()
        self.flow.line = self._line_of(element)
        self.walk(element)
        self.flow.flush()
        if (tail := element.tail) and not tail.isspace():
            self.flow.line = self._line_of(last_within(element))

    def _list(self, element: Element) -> None:
        self.flow.flush()
        self.flow.depth += 1
        self._container(element)
        self.flow.depth -= 1

    def _item(self, element: Element) -> None:
        self.flow.flush()
        self.flow.end_empty_item()
        kept = self.flow.depth
        self.flow.depth = max(kept, 1)
        self.flow.start, self.flow.line = "item", self._line_of(element)
        self.flow.item_at = self.flow.line, "item", self.flow.depth
        self.walk(element)
        self.flow.flush()
        self.flow.end_empty_item()
        self.flow.depth = kept

    def _break(self, element: Element) -> None:
        self.flow.flush()
        self.flow.line = self._line_of(element)
        if self.flow.start != "item":
            self.flow.start = "line"

    def _bold(self, element: Element) -> None:
        self._within(element, BOLD, PLAIN)

    def _span(self, element: Element) -> None:
        if element.get("class") in BOLD_CLASSES:
            self._bold(element)
        else:
            self.walk(element)

    def _link(self, element: Element) -> None:
        target = element.get("href")
        if target is None:
            self.walk(element)
        else:
            self._within(element, LinkStart(target), LINK_END)

    def _within(self, element: Element, start: Mark | LinkStart, end: Mark) -> None:
        flow = self.flow
        if not flow.pieces:
            flow.line = self._line_of(element)
        flow.pieces.append(start)
        if len(element):
            flow.open.append(start)
            self.walk(element)
            flow.open.pop()
        elif element.text:
            flow.pieces.append(element.text)
        flow.pieces.append(end)

    def _heading(self, element: Element) -> None:
        self.flow.flush()
        text, rest = text_and_rest(self._inside(element))
        self.flow.emit(Heading(text, self._line_of(element), int(element.tag[1])))
        self.flow.blocks += rest

    def _code(self, element: Element) -> None:
        text = all_text(element)
        for inner in element:
            self._give_up(inner, "stands inside of a block of code")
        self.flow.emit(Code(text, self._line_of(element), self.flow.depth))

    def _skip(self, element: Element) -> None:
        self._give_up(element, f"stands inside of <{element.tag}>")

    def _stray_row(self, row: Element) -> None:
        apart: list[Block] = []
        line = self._line_of(row)
        cells = tuple(Cell(cell.blocks) for cell in self._cells(row, apart))
        self.flow.emit(Grid("", "", (), (Row(cells, line),), line))
        self.flow.blocks += apart

    def _table(self, table: Element) -> None:
        self.flow.flush()
        self._level += 2
        apart: list[Block] = []
        caption = ""
        columns: tuple[str, ...] = ()
        body: list[Row] = []
        for part in self._parts(table, apart):
            if part.tag == "caption":
                caption, rest = text_and_rest(self._inside(part))
                apart += rest
            elif not columns and not body and is_head(part):
                columns, rest_of_head = read_head(self._cells(part, apart))
                apart += rest_of_head
                self.heads += 1
            else:
                body.append(Row(self._cells(part, apart), self._line_of(part)))
        self._level -= 2
        line = self._line_of(table)
        rows = spread(body) if self._spans else tuple(body)
        self.flow.emit(Grid(caption, table.get("id", ""), columns, rows, line))
        self.flow.blocks += apart

    def _parts(self, table: Element, apart: list[Block]) -> Iterator[Element]:
        """The caption and the rows; what has no place in a table is read apart."""
        for child in table:
            if child.tag in ("thead", "tbody", "tfoot") and table.tag == "table":
                yield from self._parts(child, apart)
            elif child.tag in ("caption", "tr"):
                yield child
            else:
                apart += self._inside_of_wrapper(child)

    def _inside_of_wrapper(self, element: Element) -> list[Block]:
        kept, self.flow.blocks = self.flow.blocks, []
        self._child(element)
        self.flow.flush()
        inside, self.flow.blocks = self.flow.blocks, kept
        return inside

    def _cells(self, row: Element, apart: list[Block]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for child in row:
            if child.tag not in ("td", "th"):
                apart += self._inside_of_wrapper(child)
            elif self._spans:
                blocks = self._blocks(child, apart)
                cells.append(Cell(blocks, span(child, "colspan"), span(child, "rowspan")))
            else:
                cells.append(Cell(self._blocks(child, apart)))
        return tuple(cells)

    def _blocks(self, cell: Element, apart: list[Block]) -> tuple[Paragraph | Code, ...]:
        plain = only_plain_paragraph(cell)
        if plain is not None:
            piece = plain.text or ""
            text = " ".join(visible(piece).split())
            line = self._line_of(plain) + (lines_before([piece]) if piece[:1] == "\n" else 0)
            return (Paragraph(text, line),) if text else ()
        kept: list[Paragraph | Code] = []
        for block in self._inside(cell):
            if isinstance(block, Grid):
                apart.append(block)
            elif isinstance(block, Heading):
                kept.append(Paragraph(block.text, block.line))
            else:
                kept.append(block)
        return tuple(kept)


_HANDLERS: dict[str, Callable[[Walker, Element], None]] = {
    **dict.fromkeys((*_FLOWS, *_TEXTS, *_STRAYS), Walker._container),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Walker._heading),
    **dict.fromkeys(("ul", "ol", "dir", "menu"), Walker._list),
    **dict.fromkeys(("strong", "b", "code", "tt", "kbd"), Walker._bold),
    **dict.fromkeys(("script", "style", "title", "template"), Walker._skip),
    "li": Walker._item,
    "br": Walker._break,
    "span": Walker._span,
    "a": Walker._link,
    "pre": Walker._code,
    "table": Walker._table,
    "tr": Walker._stray_row,
}
