"""Whole pages: generated, written by hand, an appendix of error codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contract_tests.docs import html, read_page
from contract_tests.docs.files import dialects
from contract_tests.facts import ErrorCode, Page, Record, Table
from contract_tests.findings import Source

PAGES = Path(__file__).parents[1] / "pages"


@pytest.fixture(scope="module")
def generated() -> Page:
    """A page as the vendor's generator writes them."""
    return read_page(PAGES / "FireKiln.html")


@pytest.fixture(scope="module")
def by_hand() -> Page:
    """A page as it was written before there was a generator."""
    return read_page(PAGES / "kilns_by_hand.html")


def table(page: Page, name: str) -> Table:
    """The table of that name."""
    return next(table for table in page.tables if table.name == name)


def test_operation(generated: Page) -> None:
    """Title, method and URI template, with their line."""
    assert generated.title == "Firing a Kiln"
    assert generated.operation == "FireKiln"
    assert generated.style == "generated"
    assert (generated.method, generated.uri) == ("POST", "/v1/{studio_id}/kilns/{id}/fire")
    assert generated.uri_source == Source(generated.file, 5)


def test_tables(generated: Page) -> None:
    """What each table describes, and what it is called: by caption, anchor and status."""
    read = [(t.name, t.role, t.number, t.status, t.section) for t in generated.tables]
    assert read == [
        ("path", "path", 1, None, "URI"),
        ("FiringReq", "request", 2, None, "Request Parameters"),
        ("Cone", "structure", 3, None, "Request Parameters"),
        ("Firing", "response", 4, 200, "Response Parameters"),
        ("Fault", "response", 5, 400, "Response Parameters"),
    ]


def test_rows_carry_their_lines(generated: Page) -> None:
    """The line of a field is that of its row."""
    fields = table(generated, "FiringReq").fields
    assert [(field.name, field.source.line) for field in fields] == [
        ("atmosphere", 27),
        ("hold", 31),
        ("cones", 32),
    ]
    assert [value.source.line for value in fields[0].enum] == [28, 29]


def test_mandatory(generated: Page) -> None:
    """As written and as meant; None where the table has no such column."""
    assert [field.mandatory for field in table(generated, "FiringReq").fields] == [
        True,
        False,
        False,
    ]
    assert {field.mandatory for field in table(generated, "Firing").fields} == {None}


def test_nesting_by_link(generated: Page) -> None:
    """A link in the type cell names the table of the items."""
    cones = table(generated, "FiringReq").fields[2].type
    assert (cones.kind, cones.items, cones.structure) == ("array", "object", "kiln__request_Cone")


def test_examples(generated: Page) -> None:
    """Request line, headers and body of the request; status of the response; true lines."""
    request, response = generated.examples
    assert (request.role, request.method) == ("request", "POST")
    assert request.uri == "https://{endpoint}/v1/{studio_id}/kilns/{id}/fire"
    assert request.headers == (("X-Auth-Token", "made-up"),)
    assert request.title == "Glaze firing"
    assert (request.source.line, request.body_line) == (57, 60)
    assert request.body is not None
    assert request.body.startswith('{\n  "atmosphere"')
    assert (response.role, response.status, response.body_line) == ("response", 200, 68)


def test_links(generated: Page) -> None:
    """A link inside the page resolves or does not; of one that leaves it nothing is said."""
    links = {link.target: (link.internal, link.resolved) for link in generated.links}
    assert links == {
        "studios.html": (False, None),
        "#kiln__request_Cone": (True, True),
        "#nowhere": (True, False),
    }


def test_statuses(generated: Page) -> None:
    """The table of status codes."""
    read = [(status.code, status.description) for status in generated.statuses]
    assert read == [(200, "OK"), (400, "Bad Request")]


def test_captions_that_say_nothing(by_hand: Page) -> None:
    """The section decides; but a table that a field refers to is a structure."""
    assert by_hand.style == "hand-written"
    assert [(t.name, t.role) for t in by_hand.tables] == [
        ("path", "path"),
        ("body", "request"),
        ("shelf", "structure"),
        ("posts", "structure"),
        ("burner of gas", "structure"),
        ("burner of wood", "structure"),
    ]


def test_nesting_by_prose_caption_and_choice(by_hand: Page) -> None:
    """By "see Table 3", by the caption that names the field, and several tables to choose from."""
    shelf, posts, burner = (field.type for field in table(by_hand, "body").fields)
    assert shelf.structure == "hand__shelf"
    assert (posts.structure, posts.items) == ("hand__posts", "object")
    assert burner.structure is None
    assert burner.alternatives == ("hand__gas", "hand__wood")


def test_nesting_by_the_name_of_the_type(generated: Page) -> None:
    """A type that names a structure of the page means it, also where the link is lost."""
    written = (PAGES / "FireKiln.html").read_text(encoding="utf-8")
    unlinked = re.sub(r'<a href="#[^"]*">(\w+)</a>', r"\1", written)
    read = html.read(unlinked.encode(), "FireKiln.html")
    linked = [field.type.structure for table in generated.tables for field in table.fields]
    assert [f.type.structure for table in read.tables for f in table.fields] == linked


def test_tables_without_captions() -> None:
    """Anchors bear names and roles; a row for the token makes a table of headers."""
    head = "<tr><th>Parameter</th><th>Type</th></tr>"
    page = html.read(
        f"""<h4>URI</h4><p>GET /v1/kilns</p>
        <table id="FireKiln__queryParameter">{head}<tr><td>limit</td><td>Integer</td></tr></table>
        <h4>Request Parameters</h4>
        <table>{head}<tr><td>X-Auth-Token</td><td>String</td></tr></table>
        <h4>Response Parameters</h4>
        <table id="k__response_Kiln">{head}<tr><td>cone</td><td>Cone object</td></tr></table>
        """.encode(),
        "kilns.html",
    )
    read = [(table.role, table.name) for table in page.tables]
    assert read == [("query", "query"), ("header", "header"), ("response", "Kiln")]


def test_several_requests_in_one_block(by_hand: Page) -> None:
    """Each request line begins an example; an elision stays text; labels give the roles."""
    read = [(e.role, e.block, e.body, e.title) for e in by_hand.examples]
    assert read == [
        ("request", 1, '{\n  "shelf": {"material": "MULLITE"}\n}', "Sample request: one shelf"),
        ("request", 2, '{"shelf": {}}', "Sample request: two shelves"),
        ("request", 2, '{"shelf": ......}', "Sample request: two shelves"),
        ("response", 3, '{"id": "3"}', "Successful sample response"),
        ("other", 4, '{"material": "ALUMINA"}', "A shelf looks so:"),
    ]


def test_a_status_that_spans_rows(by_hand: Page) -> None:
    """A code over two rows stands in both; a code outside of a table is one too."""
    read = [(s.code, s.message, s.description, s.row) for s in by_hand.statuses]
    assert read == [
        (201, "", "", False),
        (400, "badRequest", "No such material.", True),
        (400, "badRequest", "Too many posts.", True),
    ]


def test_a_row_that_is_no_status(by_hand: Page) -> None:
    """What cannot be read is a diagnostic with line and reason."""
    (diagnostic,) = by_hand.diagnostics
    assert (diagnostic.reason, diagnostic.unit) == ("no status code in it", "row")
    assert diagnostic.source.line == 43
    assert diagnostic.text == "about | nothing | No code at all."


def test_error_codes() -> None:
    """An appendix: code, status, message; a row with too few cells is a diagnostic."""
    page = read_page(PAGES / "kiln_errors.html")
    assert page.error_codes == (
        ErrorCode("Kiln.0001", 400, "Cold.", Source(page.file, 3), "The kiln is cold."),
        ErrorCode("Kiln.0002", 404, "Gone.", Source(page.file, 4), "No such kiln."),
    )
    assert [diagnostic.reason for diagnostic in page.diagnostics] == [
        "2 cells where the head has 5"
    ]
    assert page.tables[0].records == (Record(("Celadon", "green"), Source(page.file, 6)),)


@pytest.mark.parametrize(
    ("written", "kind", "items"),
    [
        ("String", "string", None),
        ("Long", "long", None),
        ("Int", "integer", None),
        ("Float", "number", None),
        ("Bool", "boolean", None),
        ("Array of strings", "array", "string"),
        ("Array of Cone objects", "array", "object"),
        ("List&lt;String&gt;", "array", "string"),
        ("String array", "array", "string"),
        ("JSON Array", "array", None),
        ("Array", "array", None),
        ("Map&lt;String,Integer&gt;", "map", "integer"),
        ("Map&lt;String,Array&lt;String&gt;&gt;", "map", "array"),
        ("Object", "object", None),
        ("Cone object", "object", None),
        ("list data structure. For details, see Table 9", "array", "object"),
        ("Integer/Boolean", "unknown", None),
        ("whatever", "unknown", None),
    ],
)
def test_types(written: str, kind: str, items: str | None) -> None:
    """Types as they are written and as they are meant."""
    page = (
        "<h4>Response</h4><table><tr><th>Parameter</th><th>Type</th></tr>"
        f"<tr><td>a</td><td>{written}</td></tr></table>"
    )
    type_ = html.read(page.encode(), "x.html").tables[0].fields[0].type
    assert (type_.kind, type_.items) == (kind, items)
    assert type_.written in page.replace("&lt;", "<").replace("&gt;", ">")


def test_nested_table_is_read_beside_its_own() -> None:
    """A table in a cell is a table of its own; its rows count once."""
    page = html.read(
        b"<h4>Request</h4><table><tr><th>Parameter</th><th>Type</th></tr><tr><td>a</td><td>Object"
        b"<table id=inner><caption>Table 2 Inner</caption><tr><th>Parameter</th><th>Type</th></tr>"
        b"<tr><td>b</td><td>String</td></tr></table></td></tr></table>",
        "x.html",
    )
    assert [(t.name, [f.name for f in t.fields]) for t in page.tables] == [
        ("body", ["a"]),
        ("Inner", ["b"]),
    ]


def test_lines_beyond_what_the_parser_counts() -> None:
    """libxml2 stops counting lines at 65535; sources do not."""
    page = html.read(
        b"<html>" + b"\n" * 70_000 + b"<table><tr><th>Parameter</th><th>Type</th></tr>\n"
        b"<tr><td>a</td><td>String</td></tr></table>",
        "x.html",
    )
    assert page.tables[0].source.line == 70_001
    assert page.tables[0].fields[0].source.line == 70_002


def test_dialects() -> None:
    """A module beside these with `SUFFIXES` and `read` is a dialect; nothing else lists them."""
    assert set(dialects()) == {".html", ".htm", ".rst", ".facts.yaml"}
    assert all(callable(dialect.read) for dialect in dialects().values())
