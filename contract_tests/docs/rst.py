"""RST pages: markup to blocks. docutils parses; `Locator` finds the true lines."""

from __future__ import annotations

from contract_tests.docs.reading.blocks import Document
from contract_tests.docs.reading.encoding import decode
from contract_tests.docs.reading.nodes import read_nodes
from contract_tests.docs.reading.pages import read_document
from contract_tests.docs.reading.restructured import parse_text
from contract_tests.errors import InputError
from contract_tests.facts import Page

SUFFIXES = (".rst",)


def read(data: bytes, file: str) -> Page:
    """Read an RST page.

    Raises:
        InputError: if there is nothing in it that could be read.
    """
    return read_document(parse(data, file), file, "rst")


def parse(data: bytes, file: str) -> Document:
    """The blocks of an RST page; see `read`."""
    text, remarks = decode(data, file)
    try:
        return read_nodes(parse_text(text, file), text, file, remarks)
    except RecursionError:
        problem = "nested deeper than can be read"
        raise InputError(problem, "pass a page with less nesting", file) from None
