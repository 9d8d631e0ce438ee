"""HTML pages: markup to blocks. lxml keeps the line of each element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import cast

from lxml import etree

from contract_tests.docs.reading.blocks import Document
from contract_tests.docs.reading.elements import Walker
from contract_tests.docs.reading.encoding import decode
from contract_tests.docs.reading.markup import LINE_ATTRIBUTE
from contract_tests.docs.reading.pages import read_document
from contract_tests.errors import InputError
from contract_tests.facts import Diagnostic, Page
from contract_tests.findings import Source

SUFFIXES = (".html", ".htm")

_COUNTED_LINES = 65535
"""libxml2 counts no further; longer pages carry their lines in an attribute."""
_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9]*(?=[\s/>])")
_PAIRED = re.compile(r"<(?:/table>|table|/div>|div)")
_ANCHORS = etree.XPath("//@id | //a/@name", smart_strings=False)


def read(data: bytes, file: str) -> Page:
    """Read an HTML page.

    Raises:
        InputError: if there is nothing in it that could be read.
    """
    return read_document(parse(data, file), file, "html")


def parse(data: bytes, file: str) -> Document:
    """The blocks of an HTML page; see `read`."""
    text, remarks = decode(data, file)
    if not _TAG.search(text):
        raise InputError("no HTML element in it", "pass an HTML or RST page", file)
    carried = text.count("\n") >= _COUNTED_LINES
    root, stops = _tree(_carry_lines(text) if carried else text, file)
    walker = Walker(file, lines_carried=carried, spans="span=" in text)
    walker.walk(root)
    walker.flow.flush()
    met = Counter(element.tag for element in root.iter("tr", "li", "pre"))
    return Document(
        blocks=tuple(walker.flow.blocks),
        anchors=lambda: frozenset(cast("list[str]", _ANCHORS(root))),
        rows=met["tr"] - walker.heads,
        items=met["li"],
        codes=met["pre"],
        diagnostics=(*remarks, *_cuts(text, file), *stops, *walker.diagnostics),
    )


def _tree(text: str, file: str) -> tuple[etree._Element, list[Diagnostic]]:
    """The tree, and what the parser gave up on; no network, no entities, no comments."""
    parser = etree.HTMLParser(
        encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if root is None:
        raise InputError("no HTML document", "pass an HTML or RST page", file)
    fatal = parser.error_log.filter_from_fatals()
    return root, [
        Diagnostic("not read to the end", error.message, Source(file, error.line))
        for error in fatal
    ]


def _cuts(text: str, file: str) -> Iterator[Diagnostic]:
    """Tables and divisions that do not end: the page was cut, or lost lines."""
    tags = Counter(_PAIRED.findall(text))
    for tag in ("table", "div"):
        begins, ends = tags[f"<{tag}"], tags[f"</{tag}>"]
        if begins > ends:
            reason = f"of {begins} <{tag}> {ends} end: the page may have been cut"
            yield Diagnostic(reason, text[-60:].strip(), Source(file, text.count("\n") + 1))


def _carry_lines(text: str) -> str:
    line, last = 1, 0

    def with_line(tag: re.Match[str]) -> str:
        nonlocal line, last
        line += text.count("\n", last, tag.start())
        last = tag.start()
        return f'{tag[0]} {LINE_ATTRIBUTE}="{line}"'

    return _TAG.sub(with_line, text)
