"""Pages cut, shuffled and corrupted: read to the last row, or refused in one line."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.docs import html, pin, pinned, rst
from contract_tests.errors import InputError

PAGES = Path(__file__).parents[1] / "pages"
HTML = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]
RST = [path.read_bytes() for path in sorted(PAGES.glob("*.rst"))]
TAGS = (
    b"<li> <ul> </ul> <table> </table> <tr> <td> <td\x20rowspan=3> <th\x20colspan=2> <thead> "
    b"<caption> <pre> </pre> <b> </b> <br> <h4> </h4> <title> <script> <a\x20href='#x'> <!-- "
).split(b" ")

quick = settings(max_examples=60, deadline=None)
slower = settings(max_examples=12, deadline=None)


def read_or_refuse(dialect: ModuleType, data: bytes) -> None:
    """The page accounts for everything and can be pinned; or it is refused with one line."""
    try:
        page = dialect.read(data, "page")
    except InputError as refused:
        lines = str(refused).split("\n")
        page = None
    if page is None:
        assert len(lines) == 1
        return
    assert page.census == page.accounted()
    text = pin(page)
    again = pinned.read(text.encode(), "page.facts.yaml")
    assert [[field.name for field in table.fields] for table in again.tables] == [
        [field.name for field in table.fields] for table in page.tables
    ]
    assert yaml.safe_load(text)["page"] == page.stem


@quick
@given(page=st.sampled_from(HTML), data=st.data())
def test_cut(page: bytes, data: st.DataObject) -> None:
    """Any stretch of a page."""
    begin = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(begin, len(page)))
    read_or_refuse(html, page[begin:end])


@quick
@given(page=st.sampled_from(HTML), random=st.randoms(use_true_random=False))
def test_shuffled(page: bytes, random: st.DrawFn) -> None:
    """The elements of a page in any order."""
    parts = re.split(rb"(?=<)", page)
    random.shuffle(parts)  # type: ignore[attr-defined]
    read_or_refuse(html, b"".join(parts))


@quick
@given(
    page=st.sampled_from(HTML),
    places=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(TAGS)), max_size=20),
)
def test_with_stray_tags(page: bytes, places: list[tuple[float, bytes]]) -> None:
    """Tags where they have no place."""
    for place, tag in places:
        at = int(place * len(page))
        page = page[:at] + tag + page[at:]
    read_or_refuse(html, page)


@quick
@given(
    page=st.sampled_from(HTML + RST),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=40),
)
def test_corrupted(page: bytes, places: list[tuple[float, int]]) -> None:
    """Bytes that are anything."""
    spoilt = bytearray(page)
    for place, byte in places:
        spoilt[min(int(place * len(page)), len(page) - 1)] = byte
    read_or_refuse(html, bytes(spoilt))


@slower
@given(page=st.sampled_from(RST), random=st.randoms(use_true_random=False))
def test_rst_shuffled(page: bytes, random: st.DrawFn) -> None:
    """The lines of an RST page in any order, grids torn apart."""
    lines = page.split(b"\n")
    random.shuffle(lines)  # type: ignore[attr-defined]
    read_or_refuse(rst, b"\n".join(lines))


@slower
@given(page=st.sampled_from(RST), data=st.data())
def test_rst_cut(page: bytes, data: st.DataObject) -> None:
    """Any stretch of an RST page."""
    begin = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(begin, len(page)))
    read_or_refuse(rst, page[begin:end])


@quick
@given(st.text(max_size=300))
def test_any_description(text: str) -> None:
    """Any text in a cell is its description, white space folded."""
    escaped = re.sub(r"[&<>]", lambda found: f"&#{ord(found[0])};", text)
    table = (
        "<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>"
        f"<tr><td>a</td><td>String</td><td>{escaped}</td></tr></table>"
    )
    try:
        page = html.read(table.encode(), "x.html")
    except InputError:
        assert "\0" in text
        return
    printable = "".join(char for char in text if char.isprintable() or char.isspace())
    if printable == text and "\r" not in text:
        assert page.tables[0].fields[0].description == " ".join(text.split())
