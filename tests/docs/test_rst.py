"""RST pages: the same facts as their HTML twins, on their own lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from contract_tests.docs import read_page, rst
from contract_tests.facts import Page
from contract_tests.findings import Source
from tests.vendor_pages import START_NOTEBOOK, START_NOTEBOOK_RST, needs_vendor_pages

PAGES = Path(__file__).parents[1] / "pages"
OWN_TO_A_DIALECT = frozenset(
    # where it stands, what it is called there, how its markup spells links and indents code
    {"stem", "file", "dialect", "original", "id", "target", "structure", "links"}
    | {"body_line", "text", "body"}
)


def facts(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """All that a page states, as path and value; sources apart."""
    if isinstance(value, Source):
        return
    if is_dataclass(value):
        for field in fields(value):
            if field.name not in OWN_TO_A_DIALECT:
                yield from facts(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from facts(item, f"{path}[{number}]")
    else:
        yield path, value


def comparable(page: Page) -> dict[str, Any]:
    """The facts of a page. RST folds the case of anchors, so they give no names to roots there."""
    roots = {"request", "response"}
    tables = tuple(
        replace(table, name="") if table.role in roots else table for table in page.tables
    )
    return dict(facts(replace(page, tables=tables)))


def structures(page: Page) -> list[tuple[str, str, str | None]]:
    """Which structure each field refers to, by name."""
    names = {table.id: table.name for table in page.tables}
    return [
        (table.caption, field.name, names.get(field.type.structure or ""))
        for table in page.tables
        for field in table.fields
    ]


def pages_alike(html_page: Page, rst_page: Page) -> None:
    """Assert that both state the same."""
    left, right = comparable(html_page), comparable(rst_page)
    assert {key: value for key, value in left.items() if right.get(key) != value} == {}
    assert right.keys() == left.keys()
    assert structures(html_page) == structures(rst_page)
    for one, other in zip(html_page.examples, rst_page.examples, strict=True):
        assert (one.body or "").split() == (other.body or "").split()
    texts = [link.text for link in rst_page.links]
    assert [link.text for link in html_page.links][: len(texts)] == texts


def test_same_facts() -> None:
    """A page of ours in both dialects."""
    pages_alike(read_page(PAGES / "FireKiln.html"), read_page(PAGES / "firing_a_kiln.rst"))


@needs_vendor_pages
def test_same_facts_on_the_page_that_matters() -> None:
    """The vendor's page and its RST twin."""
    pages_alike(read_page(START_NOTEBOOK), read_page(START_NOTEBOOK_RST))


def test_operation_is_that_of_the_original() -> None:
    """The page's own name, not the name of the file, says which operation it is."""
    page = read_page(PAGES / "firing_a_kiln.rst")
    assert page.stem == "firing_a_kiln"
    assert page.operation == "FireKiln"


def test_lines() -> None:
    """Rows, values inside of a grid, and code: each on its true line."""
    page = read_page(PAGES / "firing_a_kiln.rst")
    lines = (PAGES / "firing_a_kiln.rst").read_text().split("\n")
    for table in page.tables:
        for field in table.fields:
            assert f" {field.name} " in lines[field.source.line - 1]
            for value in field.enum:
                assert value.value in lines[value.source.line - 1]
    for example in page.examples:
        assert example.body is not None
        assert example.body.split("\n")[0] == lines[example.body_line - 1].strip()
    assert page.uri_source is not None
    assert lines[page.uri_source.line - 1].startswith("POST")


def test_nothing_is_included() -> None:
    """Directives that would read files or the network are diagnostics."""
    page = rst.read(
        b"T\n=\n\n.. include:: /etc/hostname\n\n.. raw:: html\n   :file: /etc/hostname\n\n"
        b".. csv-table::\n   :url: http://localhost:1/\n",
        "x.rst",
    )
    assert page.tables == ()
    remarks = [diagnostic.text for diagnostic in page.diagnostics if diagnostic.unit == "page"]
    assert ['"include"' in remarks[0], '"raw"' in remarks[1], "URL access" in remarks[2]] == [
        True
    ] * 3


def test_notes_and_lines() -> None:
    """Admonitions, line blocks and definition lists are read as text."""
    page = rst.read(
        b"T\n=\n\n.. note::\n\n   Hot.\n\n   -  one\n\n| a\n| b\n\nterm\n   meaning\n", "x.rst"
    )
    assert [note.text for note in page.notes] == ["one"]
    assert page.diagnostics == ()


@pytest.mark.parametrize(
    "markup", [b"=====\nA\n=====\n=====\n", b"+--+\n|a\n+--+\n", b"\n`x <y>`_\n"]
)
def test_malformed(markup: bytes) -> None:
    """What docutils does not understand is a diagnostic or nothing, never an error."""
    assert rst.read(markup, "x.rst").tables == ()
