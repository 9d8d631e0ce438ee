"""Every format yields the same exchange, and reports what it cannot read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.traffic.reading.formats import all_formats
from contract_tests.traffic.reading.records import exchange_of
from tests.traffic.formats.recordings import FILES, SCHEMATHESIS_YAML
from tests.traffic.samples import (
    START,
    har,
    har_entry,
    ndjson,
    notebook,
    packed,
    raw,
    read_all,
    vcrpy,
)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("pack", [bytes, packed], ids=["plain", "gzip"])
def test_each_format_yields_the_exchange(name: str, pack: object) -> None:
    """The format is told from the content, whether packed or not, and read into one shape."""
    filename, content = FILES[name]
    assert callable(pack)
    records, diagnostics = read_all(pack(content), filename)
    assert not diagnostics
    exchange, faults = exchange_of(records[0])
    assert not faults
    assert (exchange.request.method, exchange.request.url) == ("POST", START)
    assert exchange.response is not None
    assert exchange.response.status == 200
    assert json.loads(exchange.response.body) == notebook()
    assert [k.lower() for k, _ in exchange.response.headers] == ["content-type"]


@pytest.mark.parametrize("name", FILES)
def test_names_do_not_matter(name: str) -> None:
    """Standard input has no name; the content says enough."""
    records, diagnostics = read_all(FILES[name][1], "stdin")
    assert records
    assert not diagnostics


def test_an_interaction_without_an_answer_is_a_request_alone() -> None:
    """Schemathesis writes `response: null` where the transport failed."""
    records, _ = read_all(SCHEMATHESIS_YAML.encode())
    assert len(records) == 2
    assert exchange_of(records[1])[0].response is None


def test_every_format_documents_itself() -> None:
    """The catalogue of formats is made of the docstrings."""
    assert {known.id for known in all_formats()} == {"cassette", "har", "ndjson", "schemathesis"}
    assert all(known.doc.strip() for known in all_formats())


def test_the_offset_of_a_record_is_where_it_stands_in_the_file() -> None:
    """A reader finds the record with `tail -c +OFFSET`, multi-byte text before it or not."""
    for content, filename in (
        (ndjson(raw(notebook(name="Zürich")), raw()), "a.ndjson"),
        (har(*(har_entry(raw(notebook(name=n))) for n in ("Zürich", "b"))), "a.har"),
        (vcrpy(raw(notebook(name="Zürich")), raw()), "a.yaml"),
    ):
        records, _ = read_all(content, filename)
        assert len(records) == 2
        begin = content[records[1].offset :].lstrip(b"- \n")
        assert begin.startswith((b'{"request"', b'{"startedDateTime"', b"request:"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_than_utf_8_are_named(encoding: str) -> None:
    """One diagnostic for the file, not one for each of its lines."""
    records, (found,) = read_all(ndjson(raw(), raw()).decode().encode(encoding))
    assert records == []
    assert "UTF-16" in found.reason


@pytest.mark.parametrize("content", [b"   ", b"hello", b"\x00\x01", b"[1, 2]", b"<html>"])
def test_a_file_in_no_known_format_says_which_there_are(content: bytes) -> None:
    """One diagnostic, and no guess."""
    records, diagnostics = read_all(content, "a.txt")
    assert not records
    assert (
        "none of the formats known (cassette, har, ndjson, schemathesis)" in diagnostics[0].reason
    )


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_content_raises(content: bytes) -> None:
    """Whatever stands in a file, in whatever format it is taken to be: records or diagnostics."""
    for known in all_formats():
        read_all(content, "a", known.id)


@pytest.mark.parametrize("filename", ["a.har", "a.yaml", "a.json", "a.ndjson"])
def test_files_that_follow_each_other_are_all_read(filename: str) -> None:
    """As `cat *.har |` hands them over."""
    of_name = dict(FILES.values())
    content = of_name[filename]
    for between in (b"", b"\n"):
        records, diagnostics = read_all(between.join([content] * 3), filename)
        assert not diagnostics
        assert [record.offset - records[0].offset for record in records] == [
            number * len(content + between) for number in range(3)
        ]
