"""A page to be edited: its rows, cells and examples found by the facts that were read of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from contract_tests.docs import html
from contract_tests.docs.reading.markup import counted_line
from contract_tests.facts import Example, Field, Page, Table

Element = etree._Element


@dataclass(frozen=True)
class Draft:
    """A page with its tree; what is put into the tree stays in it."""

    page: Page
    data: bytes

    @cached_property
    def root(self) -> Element:
        """The tree."""
        return _tree(self.data)

    @cached_property
    def _rows(self) -> dict[int, Element]:
        return {counted_line(row): row for row in self.root.iter("tr")}

    def row(self, field: Field) -> Element:
        """The row that a field was read from."""
        return self._rows[field.source.line]

    def cell(self, table: Table, field: Field, *heads: str) -> Element:
        """The cell of a field below the first of these heads that its table has."""
        at = next(place for place, head in enumerate(table.columns) if head.lower() in heads)
        return self.row(field)[at]

    def name(self, table: Table, field: Field) -> Element:
        """The cell of a field's name."""
        return self.cell(table, field, "parameter", "name", "header", "field")

    def type(self, table: Table, field: Field) -> Element:
        """The cell of a field's type."""
        return self.cell(table, field, "type", "parameter type")

    def mandatory(self, table: Table, field: Field) -> Element:
        """The cell that says whether a field is mandatory."""
        return self.cell(table, field, "mandatory", "required")

    def told(self, table: Table, field: Field) -> Element:
        """The cell of a field's description."""
        return self.cell(table, field, "description")

    def table(self, table: Table) -> Element:
        """The element of a table."""
        return next(e for e in self.root.iter("table") if counted_line(e) == table.source.line)

    def block(self, example: Example) -> Element:
        """The block of code of an example."""
        return list(self.root.iter("pre"))[example.block - 1]

    def rewrite(self, example: Example, pattern: str, text: str) -> None:
        """Replace what a pattern finds first in the body of an example."""
        block = self.block(example)
        whole = "".join(map(str, block.itertext()))
        start = whole.rfind(example.text)
        begin, end = start, start + len(example.text)
        body, count = re.subn(pattern, text, whole[begin:end], count=1, flags=re.DOTALL)
        if start < 0 or not count:
            raise LookupError(pattern)
        for child in list(block):
            block.remove(child)
        block.text = whole[:begin] + body + whole[end:]

    def written(self) -> bytes:
        """The page's bytes."""
        return etree.tostring(self.root, method="html", encoding="utf-8")


def drafts(files: list[Path]) -> Iterator[Draft]:
    """Each page written anew from its tree, so that edited and unedited pages differ by an edit."""
    for file in files:
        data = etree.tostring(_tree(file.read_bytes()), method="html", encoding="utf-8")
        yield Draft(html.read(data, str(file)), data)


def _tree(data: bytes) -> Element:
    return etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))


def rows(draft: Draft) -> Iterator[Element]:
    """The rows of all tables."""
    return draft.root.iter("tr")


def replace(element: Element, old: str, new: str) -> None:
    """Replace a text where it stands first inside of an element."""
    for inner in element.iter():
        for slot in ("text", "tail") if inner is not element else ("text",):
            written = getattr(inner, slot)
            if written and old in written:
                setattr(inner, slot, written.replace(old, new, 1))
                return
    raise LookupError(old)


def fill(element: Element, markup: str) -> None:
    """Let an element hold just this."""
    tail = element.tail
    for child in list(element):
        element.remove(child)
    element.text = None
    element.append(etree.fromstring(f"<p>{markup}</p>"))
    element.tail = tail


def drop(element: Element) -> None:
    """Take an element out, not what follows it."""
    parent = element.getparent()
    if parent is None:
        raise LookupError(element.tag)
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
