"""Walks the tree of an RST page and emits blocks, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeGuard

from docutils import nodes

from contract_tests.docs.reading.blocks import (
    Block,
    Cell,
    Code,
    Document,
    Grid,
    Heading,
    Paragraph,
    Row,
    Start,
)
from contract_tests.docs.reading.cells import read_head
from contract_tests.docs.reading.folding import BOLD, LINK_END, PLAIN, LinkStart, Piece, fold
from contract_tests.docs.reading.locating import Locator
from contract_tests.docs.reading.spans import spread
from contract_tests.docs.wording.markup import ORIGINAL_NAME
from contract_tests.facts import Diagnostic, Unit
from contract_tests.findings import Source

_CODE = (nodes.literal_block, nodes.doctest_block)
_UNITS: tuple[tuple[type[nodes.Node] | tuple[type[nodes.Node], ...], Unit], ...] = (
    (nodes.row, "row"),
    (nodes.list_item, "item"),
    (_CODE, "example"),
)
_NOTHING = (nodes.comment, nodes.image, nodes.substitution_definition, nodes.pending)


def read_nodes(
    tree: nodes.document, text: str, file: str, remarks: tuple[Diagnostic, ...]
) -> Document:
    """The blocks of a page, given its tree and its text."""
    anchors = frozenset(name for target in tree.findall(nodes.target) for name in target["names"])
    walker = _Walker(file, Locator(text), anchors)
    walker.walk(tree)
    return Document(
        blocks=tuple(walker.blocks),
        anchors=lambda: anchors,
        rows=sum(1 for _ in tree.findall(nodes.row)) - walker.heads,
        items=sum(1 for _ in tree.findall(nodes.list_item)),
        codes=sum(isinstance(node, _CODE) for node in tree.findall()),
        original=walker.original,
        diagnostics=remarks + tuple(walker.diagnostics),
    )


class _Walker:
    def __init__(self, file: str, locator: Locator, anchors: frozenset[str]) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self.diagnostics: list[Diagnostic] = []
        self.heads = 0
        self.original = ""
        self._locator = locator
        self._anchors = anchors
        self._anchor = ""
        self._start: Start = "paragraph"
        self._line = 1
        self._depth = 0
        self._item_at: tuple[int, Start, int] = (0, "item", 0)
        """Line and depth of the item that has no text yet."""
        self._level = 0

    def walk(self, node: nodes.Node) -> None:
        """Read what stands inside of a node."""
        for child in node.children:
            if isinstance(child, nodes.target):
                self._anchor = (child["names"] or [""])[-1]
            elif not isinstance(child, _NOTHING):
                self._read(child)
                self._anchor = ""

    def _read(self, node: nodes.Node) -> None:
        handler = _HANDLERS.get(type(node))
        if handler:
            handler(self, node)
        elif isinstance(node, nodes.TextElement):
            self._paragraph(node)
        else:
            if isinstance(node, nodes.Admonition):
                self._emit(
                    Paragraph(f"{node.__class__.__name__.upper()}:", self._line_of(node, ""))
                )
            self.walk(node)

    def _emit(self, block: Block) -> None:
        self._end_empty_item()
        self.blocks.append(block)

    def _end_empty_item(self) -> None:
        """An item that begins with something else than text stands there with none."""
        if self._start == "item":
            self.blocks.append(Paragraph("", *self._item_at))
            self._start = "paragraph"

    def _line_of(self, node: nodes.Node, text: str) -> int:
        hint = getattr(node, "line", None) or self._line
        self._line = self._locator.paragraph(text, hint)
        return self._line

    def _paragraph(self, node: nodes.Node) -> None:
        text, bold, references = fold(self._pieces(node))
        line = self._line_of(node, text)
        self.blocks.append(Paragraph(text, line, self._start, self._depth, bold, references))
        self._start = "paragraph"

    def _pieces(self, node: nodes.Node) -> Iterator[Piece]:
        for child in node.children:
            target = self._target(child) if isinstance(child, nodes.reference) else None
            if isinstance(child, nodes.Text):
                yield child.astext()
            elif isinstance(child, (nodes.strong, nodes.literal)):
                yield from (BOLD, *self._pieces(child), PLAIN)
            elif target:
                yield from (LinkStart(target), *self._pieces(child), LINK_END)
            else:
                yield from self._pieces(child)

    def _target(self, reference: nodes.reference) -> str | None:
        """Where a reference leads to: `#label` on this page, `label` on another, or a URL."""
        if name := reference.get("refname"):
            label = nodes.fully_normalize_name(name)
            return f"#{label}" if label in self._anchors else label
        url = str(reference.get("refuri", ""))
        written = url in (reference.astext(), f"mailto:{reference.astext()}")
        return None if written else url  # a URL in the text is no link that someone set

    def _section(self, node: nodes.Node) -> None:
        self._level += 1
        self.walk(node)
        self._level -= 1

    def _title(self, node: nodes.Node) -> None:
        text = fold(self._pieces(node)).text
        self._emit(Heading(text, self._line_of(node, text), max(self._level, 1)))

    def _list(self, node: nodes.Node) -> None:
        self._depth += 1
        self.walk(node)
        self._depth -= 1

    def _item(self, node: nodes.Node) -> None:
        self._end_empty_item()
        self._start, self._item_at = "item", (self._line, "item", self._depth)
        self.walk(node)
        self._end_empty_item()

    def _lines(self, node: nodes.Node) -> None:
        for child in node.children:
            if isinstance(child, nodes.line_block):
                self._lines(child)
            else:
                self._start = self._start if self._start == "item" else "line"
                self._paragraph(child)

    def _code(self, node: nodes.Node) -> None:
        text = node.astext()
        hint = getattr(node, "line", None) or self._line
        self._emit(Code(text, self._locator.code(text, hint), self._depth))

    def _field(self, node: nodes.Node) -> None:
        name, body = node.children[0].astext(), node.children[-1]
        if name == ORIGINAL_NAME and [type(part) for part in body.children] == [nodes.paragraph]:
            self.original = body.astext().strip()
        else:
            self.walk(node)

    def _message(self, node: nodes.Node) -> None:
        lines = node.astext().splitlines()
        source = Source(self.file, getattr(node, "line", None) or self._line)
        self.diagnostics.append(Diagnostic("not understood", lines[0] if lines else "", source))
        for inner in node.findall():
            for kind, unit in _UNITS:
                if isinstance(inner, kind):
                    reason, text = "stands inside of what is not understood", inner.astext()[:80]
                    self.diagnostics.append(Diagnostic(reason, text, source, unit))

    def _table(self, node: nodes.Node) -> None:
        anchor, apart = self._anchor, list[Block]()
        line = self._line = getattr(node, "line", None) or self._line
        caption = ""
        columns: tuple[str, ...] = ()
        body: list[Row] = []
        for part in _parts(node):
            if isinstance(part, nodes.title):
                caption = fold(self._pieces(part)).text
                continue
            cells = tuple(self._cell(entry, apart) for entry in part.children if _is_entry(entry))
            if columns or body or not isinstance(part.parent, nodes.thead):
                body.append(Row(cells, self._row_line(cells)))
            else:
                line = self._row_line(cells)
                columns, rest_of_head = read_head(cells)
                apart += rest_of_head
                self.heads += 1
        self._emit(Grid(caption, anchor, columns, spread(body), line))
        self.blocks += apart

    def _row_line(self, cells: tuple[Cell, ...]) -> int:
        lines = [block.line for cell in cells for block in cell.blocks]
        return min(lines, default=self._line)

    def _cell(self, entry: nodes.Element, apart: list[Block]) -> Cell:
        kept_blocks, kept = self.blocks, (self._start, self._depth)
        self.blocks, self._start, self._depth = [], "paragraph", 0
        self.walk(entry)
        inside, self.blocks = self.blocks, kept_blocks
        self._start, self._depth = kept
        blocks: list[Paragraph | Code] = []
        for block in inside:
            if isinstance(block, Grid):
                apart.append(block)
            elif isinstance(block, Heading):
                blocks.append(Paragraph(block.text, block.line))
            else:
                blocks.append(block)
        width, height = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
        return Cell(tuple(blocks), width, height)


_HANDLERS: dict[type[nodes.Node], Callable[[_Walker, nodes.Node], None]] = {
    nodes.section: _Walker._section,
    nodes.title: _Walker._title,
    nodes.bullet_list: _Walker._list,
    nodes.enumerated_list: _Walker._list,
    nodes.list_item: _Walker._item,
    nodes.line_block: _Walker._lines,
    nodes.literal_block: _Walker._code,
    nodes.doctest_block: _Walker._code,
    nodes.field: _Walker._field,
    nodes.system_message: _Walker._message,
    nodes.table: _Walker._table,
}


def _is_entry(node: nodes.Node) -> TypeGuard[nodes.Element]:
    return isinstance(node, nodes.entry)


def _parts(table: nodes.Node) -> Iterator[nodes.Node]:
    """The title and the rows of a table."""
    for child in table.children:
        if isinstance(child, (nodes.tgroup, nodes.thead, nodes.tbody)):
            yield from _parts(child)
        elif isinstance(child, (nodes.title, nodes.row)):
            yield child
