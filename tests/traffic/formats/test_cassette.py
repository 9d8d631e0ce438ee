"""Cassettes: however they were written, by vcrpy, by Ruby, by hand."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest

from contract_tests.traffic.reading.records import exchange_of
from tests.traffic.samples import (
    START,
    notebook,
    raw,
    read_all,
    vcrpy,
)


def test_a_broken_interaction_of_a_cassette_costs_no_other() -> None:
    """Items are cut by their indentation, before YAML is parsed."""
    content = vcrpy(raw(), raw(), raw())
    first = content.index(b"- request")
    second = content.index(b"- request", first + 1)
    broken = content[:second] + b"- request: {unclosed: [\n" + content[second:]
    records, diagnostics = read_all(broken, "a.yaml")
    assert len(records) == 3
    assert [found.offset for found in diagnostics] == [second]


def test_anchors_hold_across_the_items_of_a_cassette() -> None:
    """YAML writers share equal parts; an alias may stand items behind its anchor."""
    record = raw()
    shared = [record["request"]["url"]]
    record["request"]["headers"] = [["X", "y"]]
    text = vcrpy(record, record).decode()
    head, second = text.split("- request:")[0], text.split("- request:")[2]
    first = text.split("- request:")[1].replace("method: POST", "method: &m POST")
    content = "- request:".join([head, first, second.replace("method: POST", "method: *m")])
    records, diagnostics = read_all(content.encode(), "a.yaml")
    assert not diagnostics
    assert [found.raw.request.method for found in records] == ["POST", "POST"]
    assert shared == [records[1].raw.request.url]


def test_what_is_no_text_in_a_cassette_of_ruby_is_read() -> None:
    """Ruby writes its own tag where YAML has one for bytes."""
    body = json.dumps(notebook()).encode()
    for tag in ("!binary", "!!binary"):
        content = vcrpy(raw("BODY")).replace(
            b"BODY", f"{tag} {base64.b64encode(body).decode()}".encode()
        )
        records, diagnostics = read_all(content, "a.yml")
        assert not diagnostics
        response = exchange_of(records[0])[0].response
        assert response is not None
        assert response.body == body


def test_a_cassette_of_an_older_vcrpy_is_read() -> None:
    """It wrote answers to httpx in a form of its own."""
    interaction = {
        "request": {"method": "POST", "uri": START, "headers": {}, "body": ""},
        "response": {
            "status_code": 201,
            "content": "{}",
            "headers": {},
            "http_version": "HTTP/1.1",
        },
    }
    records, diagnostics = read_all(json.dumps({"interactions": [interaction]}).encode(), "a.json")
    assert not diagnostics
    response = exchange_of(records[0])[0].response
    assert response is not None
    assert (response.status, response.body) == (201, b"{}")


@pytest.mark.parametrize(
    "odd",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content.replace(b"interactions:\n", b"interactions: # all\n\n# first\n"),
        lambda content: b"# by hand\n---\n" + content + b"...\n",
        lambda content: b"interactions: []\nversion: 1\n---\n" + content,
    ],
    ids=["byte order mark", "line ends", "comments", "document marks", "an empty one before"],
)
def test_a_cassette_may_be_written_in_other_ways(odd: Callable[[bytes], bytes]) -> None:
    """What changes nothing in YAML changes nothing here."""
    records, diagnostics = read_all(odd(vcrpy(raw(), raw())), "a.yaml")
    assert not diagnostics
    assert len(records) == 2


UNREADABLE = {
    "method: *nobody": "an alias without its anchor",
    f"method: {'[' * 20_000}": "it nests too deeply",
    "method: PO\0ST": "control characters are not allowed",
}


@pytest.mark.parametrize("written", UNREADABLE)
def test_why_an_interaction_cannot_be_read_is_said_in_words(written: str) -> None:
    """Those of YAML, or of ours; the interactions beside it are read."""
    first = vcrpy(raw())
    broken = first.replace(b"method: POST", written.encode()).removeprefix(b"interactions:\n")
    records, diagnostics = read_all(first.replace(b"version: 1\n", b"") + broken, "a.yaml")
    assert len(records) == 1
    assert [found.reason for found in diagnostics] == [f"broken record: {UNREADABLE[written]}"]
