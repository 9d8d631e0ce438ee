"""Nothing of a page disappears quietly: rows, list items and code blocks reconcile."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from contract_tests.docs import html, read_page, read_pages
from contract_tests.facts import Census, Page, UnaccountedError
from tests.vendor_pages import FOLDER, START_NOTEBOOK, needs_vendor_pages

PAGES = Path(__file__).parents[1] / "pages"


def test_a_page_that_lost_something_cannot_be_made() -> None:
    """The constructor counts; a reader that drops a field, note or example fails there."""
    page = read_page(PAGES / "FireKiln.html")
    assert page.census == Census(rows=12, items=4, examples=2)
    first, *others = page.tables
    for loss in (
        {"tables": tuple(others)},
        {"examples": page.examples[1:]},
        {"statuses": page.statuses[1:]},
        {"tables": (replace(first, fields=first.fields[1:]), *others)},
    ):
        with pytest.raises(UnaccountedError, match=r"FireKiln\.html: met Census"):
            replace(page, **loss)


def test_what_is_counted() -> None:
    """Values, other items, items outside of tables, in heads: each counts once."""
    page = html.read(
        b"<h4>Request</h4><ul><li>one</li><li><ul><li>two</li></ul></li></ul><table>"
        b"<tr><th>Parameter<ul><li>three</li></ul></th><th>Type</th></tr>"
        b"<tr><td>a</td><td>String<ul><li>four</li></ul></td></tr><tr><td>b</td></tr></table>"
        b"<pre>x</pre><table><tr><td><pre>y</pre></td></tr></table>",
        "x.html",
    )
    assert page.census == Census(rows=3, items=5, examples=2)
    assert {note.text for note in page.notes} == {"one", "", "two", "three"}
    assert [note.text for note in page.tables[0].fields[0].notes] == ["four"]
    assert [(d.unit, d.reason) for d in page.diagnostics] == [
        ("row", "1 cells where the head has 2"),
    ]


@pytest.fixture(scope="module")
def vendor_pages() -> list[Page]:
    """All of the vendor's pages."""
    return list(read_pages([FOLDER / "html", FOLDER / "rst", START_NOTEBOOK]))


@needs_vendor_pages
def test_all_vendor_pages_reconcile(vendor_pages: list[Page]) -> None:
    """All HTML and all RST pages: read without a loss, and with hardly a diagnostic."""
    pages = vendor_pages
    assert Counter(page.dialect for page in pages) == {"html": 218, "rst": 38}
    for page in pages:
        assert page.census is not None
        assert page.census == page.accounted()
    assert [(page.stem, d.reason) for page in pages for d in page.diagnostics] == []
    assert sum(page.census.rows for page in pages if page.census) > 6000


@needs_vendor_pages
def test_all_vendor_operations_have_a_method_and_a_uri(vendor_pages: list[Page]) -> None:
    """A page with a section on its URI states method and template."""
    for page in vendor_pages:
        if page.style != "other":
            assert page.method in {"GET", "POST", "PUT", "DELETE", "PATCH"}, page.file
            assert page.uri is not None
            assert page.uri.startswith("/"), page.file


@needs_vendor_pages
def test_all_vendor_fields_have_a_type_that_is_understood(vendor_pages: list[Page]) -> None:
    """Of the types of a thousand rows hardly one is not understood."""
    fields = [
        (page.stem, field)
        for page in vendor_pages
        for table in page.tables
        for field in table.fields
        if "Type" in table.columns
    ]
    unknown = {field.type.written for _, field in fields if field.type.kind == "unknown"}
    assert unknown <= {"Integer/Boolean"}
    assert len(fields) > 4000
