"""Pages that are none, or spoilt: a diagnostic or one line, never a traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from contract_tests.docs import html, pinned, read_page, read_pages, rst
from contract_tests.errors import InputError

TABLE = b"<table><tr><th>Parameter</th><th>Type</th></tr><tr><td>a</td><td>"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the page is empty"),
        (b" \n\t", "the page is empty"),
        (bytes(range(256)), "this is no text"),
        (b'{"a": 1}', "no HTML element in it"),
        (b"just words", "no HTML element in it"),
        (b"<p>x" * (13 * 2**20), "larger than any page"),
    ],
)
def test_no_page(data: bytes, problem: str) -> None:
    """What holds no page is one line: what is wrong, and what to do."""
    with pytest.raises(InputError) as raised:
        html.read(data, "x.html")
    assert raised.value.problem == problem
    assert str(raised.value).startswith(f"x.html: {problem}; ")
    assert "\n" not in str(raised.value)


def test_tables_nested_100_deep() -> None:
    """As deep as can be read, each is; each row beyond that is a diagnostic."""
    page = html.read(TABLE * 100 + b"</td></tr></table>" * 100, "x.html")
    read = sum(len(table.fields) for table in page.tables)
    reported = [d for d in page.diagnostics if d.unit == "row"]
    assert read > 20
    assert read + len(reported) == 150
    assert {d.reason for d in reported} == {"nested deeper than can be read"}


def test_deeper_than_the_parser_goes() -> None:
    """Where libxml2 stops, the page says so."""
    page = html.read(b"<ul><li>x" * 3000, "x.html")
    assert "not read to the end" in [d.reason for d in page.diagnostics]


def test_a_page_cut_in_the_middle() -> None:
    """What is there is read; that something is missing is a diagnostic."""
    page = html.read(TABLE + b"Str", "x.html")
    assert page.tables[0].fields[0].type.written == "Str"
    (diagnostic,) = page.diagnostics
    assert diagnostic.reason == "of 1 <table> 0 end: the page may have been cut"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ("<h1>Brûlé</h1>".encode(), "Brûlé"),
        ("\ufeff<h1>Brûlé</h1>".encode(), "Brûlé"),
        ("<h1>Brûlé</h1>".encode("utf-16"), "Brûlé"),
        ('<meta charset="gb2312"><h1>窑炉点火</h1>'.encode("gb2312"), "窑炉点火"),
        ('<meta charset="iso-8859-1"><h1>Brûlé</h1>'.encode("latin-1"), "Brûlé"),
    ],
)
def test_encodings(data: bytes, title: str) -> None:
    """The byte order mark, UTF-8, or what the page declares."""
    page = html.read(data, "x.html")
    assert page.title == title
    assert page.diagnostics == ()


@pytest.mark.parametrize("declared", [b"", b"<meta charset=martian>", b"<meta charset=ascii>"])
def test_an_encoding_that_nothing_tells(declared: bytes) -> None:
    """Bytes that nothing explains are read as Latin-1, and the page says so."""
    page = html.read(b"<p>\n</p>" + declared + b"<h1>Br\xfbl\xe9</h1>", "x.html")
    assert page.title == "Brûlé"
    (diagnostic,) = page.diagnostics
    assert diagnostic.reason.endswith("read as Latin-1")
    assert diagnostic.source.line == 2


def test_no_entity_and_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """External entities, scripts and images stay what they are; no socket is opened."""

    def refuse(*_: object) -> None:
        raise AssertionError("a page must not reach the network")

    monkeypatch.setattr(socket, "socket", refuse)
    page = html.read(
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">'
        b'<!ENTITY y SYSTEM "http://localhost:1/">]><h1>a&x;&y;b</h1>'
        b'<img src="http://localhost:1/"><script src="http://localhost:1/"></script>',
        "x.html",
    )
    assert page.title == "a&x;&y;b"


def test_rst_that_docutils_cannot_read() -> None:
    """Too deep, or no text: one line."""
    deep = "\n\n".join(" " * (2 * depth) + "x" for depth in range(600)).encode()
    with pytest.raises(InputError, match="nested deeper than can be read"):
        rst.read(deep, "x.rst")
    with pytest.raises(InputError, match="this is no text"):
        rst.read(b"\0", "x.rst")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"a: [", 1),
        (b"- x", 1),
        (b"page: x\ntables: 3", 2),
        (b"page: x\ntables:\n- {name: x}", 3),
        (b"tables:\n- {name: x, role: path, fields:\n   [3]}", 3),
        (b"page: x\nstatuses: [abc]", 2),
        (b"a: !!python/object:os.system x", 1),
    ],
)
def test_spoilt_pinned_facts(text: bytes, line: int) -> None:
    """One line with the place."""
    with pytest.raises(InputError) as raised:
        pinned.read(text, "x.facts.yaml")
    expected = f"x.facts.yaml:{line}: no pinned facts; write them with `contract-tests docs pin`"
    assert str(raised.value) == expected


def test_files(tmp_path: Path) -> None:
    """A file that is not there, is no page by its name, or a folder without pages."""
    with pytest.raises(InputError, match="cannot be read"):
        read_page(tmp_path / "no.html")
    (tmp_path / "x.docx").write_bytes(b"x")
    with pytest.raises(InputError, match="not a page by its name"):
        read_page(tmp_path / "x.docx")
    with pytest.raises(InputError, match=r"no page in this folder \(.*\.html.*\)"):
        list(read_pages([tmp_path]))


def test_folders(tmp_path: Path) -> None:
    """Every page below a folder, sorted, each once; hidden folders apart."""
    for name in ("b.html", "a/c.rst", ".git/d.html", "a/e.HTM", "f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<h1>T</h1>")
    pages = list(read_pages([tmp_path, tmp_path / "b.html"]))
    assert [Path(page.file).relative_to(tmp_path).as_posix() for page in pages] == [
        "a/c.rst",
        "a/e.HTM",
        "b.html",
    ]


def test_an_unreadable_page_among_others(tmp_path: Path) -> None:
    """It is a page without facts, with the reason; only where none can be read is it an error."""
    (tmp_path / "a.html").write_bytes(b"")
    with pytest.raises(InputError, match="the page is empty"):
        list(read_pages([tmp_path]))
    (tmp_path / "b.html").write_text("<h1>T</h1>")
    empty, good = read_pages([tmp_path])
    assert [diagnostic.reason for diagnostic in empty.diagnostics] == [
        "not read: the page is empty"
    ]
    assert empty.census is None
    assert good.title == "T"


@pytest.mark.parametrize(
    ("type_", "description"),
    [
        ("Map&lt;a," * 3000, ""),
        ("Array of " * 3000, ""),
        ("", "The default value is " + "5 GB for GAS and " * 3000),
        ("", "<b>x" * 3000),
        ("", "<table><tbody>" * 1500),
        ("", "<tr><td>" * 1500),
    ],
)
def test_repeats_without_end(type_: str, description: str) -> None:
    """However often a page repeats itself inside of a cell, the row is read."""
    page = html.read(
        f"<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr><tr><td>a</td>"
        f"<td>{type_}</td><td>{description}</td></tr></table>".encode(),
        "x.html",
    )
    assert page.census == page.accounted()
    assert page.census is not None
    assert page.census.rows > 0
