"""Every format yields the same exchange, and reports what it cannot read."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.traffic.reading.formats import all_formats
from contract_tests.traffic.reading.records import exchange_of
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

BETAMAX = {
    "http_interactions": [
        {
            "request": {
                "method": "POST",
                "uri": START,
                "body": {"encoding": "utf-8", "string": ""},
                "headers": {"Content-Type": ["application/json"]},
            },
            "response": {
                "status": {"code": 200, "message": "OK"},
                "headers": {"Content-Type": ["application/json"]},
                "body": {"encoding": "utf-8", "string": json.dumps(notebook())},
                "url": START,
            },
            "recorded_at": "2025-11-23T12:13:20",
        }
    ],
    "recorded_with": "betamax/0.9.0",
}
SCHEMATHESIS_YAML = f"""command: 'schemathesis run'
recorded_with: 'Schemathesis 4.32.5'
seed: 1
http_interactions:
- id: 'abc'
  status: 'SUCCESS'
  metadata: null
  recorded_at: '2025-11-23T12:13:20+00:00'
  checks: []
  request:
    uri: '{START}'
    method: 'POST'
    headers:
      "Content-Type":
      - "application/json"
    body:
      encoding: 'utf-8'
      string: ""
  response:
    status:
      code: '200'
      message: "OK"
    elapsed: '0.25'
    headers:
      "content-type":
      - "application/json"

    body:
      encoding: 'utf-8'
      string: {json.dumps(json.dumps(notebook()))}
    http_version: '1.1'
- id: 'def'
  status: 'ERROR'
  recorded_at: '2025-11-23T12:13:21+00:00'
  request:
    uri: '{START}'
    method: 'POST'
    headers:
  response: null"""
SCHEMATHESIS_NDJSON = ndjson(
    {"Initialize": {"command": "st run", "schemathesis_version": "4.32.5", "seed": 1}},
    {
        "ScenarioFinished": {
            "id": "x",
            "recorder": {
                "label": "POST /start",
                "interactions": {
                    "abc": {
                        "request": {
                            "method": "POST",
                            "uri": START,
                            "headers": {"Content-Type": ["application/json"]},
                        },
                        "response": {
                            "status_code": 200,
                            "headers": {"content-type": ["application/json"]},
                            "content": {
                                "$base64": base64.b64encode(
                                    json.dumps(notebook()).encode()
                                ).decode()
                            },
                            "elapsed": 0.25,
                        },
                        "timestamp": 1763900000.0,
                    }
                },
            },
        }
    },
    {"EngineFinished": {"running_time": 1.0}},
)
FILES = {
    "ndjson": ("a.ndjson", ndjson(raw())),
    "har": ("a.har", har(har_entry(raw()))),
    "vcrpy": ("a.yaml", vcrpy(raw())),
    "betamax": ("a.json", json.dumps(BETAMAX).encode()),
    "schemathesis-yaml": ("vcr.yaml", SCHEMATHESIS_YAML.encode()),
    "schemathesis-ndjson": ("report.ndjson", SCHEMATHESIS_NDJSON),
}


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


BROKEN = {
    "no JSON": '{"request": {"method": "GE',
    "no exchange": json.dumps({"hello": "world"}),
    "wrong type": json.dumps({"request": {"method": 7, "url": START}}),
    "binary": "\x00\x01\x02{",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_line_of_ndjson_costs_no_other(kind: str) -> None:
    """One diagnostic with the offset; the lines before and behind it are read."""
    content = ndjson(raw(), BROKEN[kind], raw())
    records, diagnostics = read_all(content)
    assert len(records) == 2
    assert [found.offset for found in diagnostics] == [len(ndjson(raw()))]


@pytest.mark.parametrize(
    "odd",
    [
        '{"request":',
        json.dumps(raw()) + " " + json.dumps(raw()),
        json.dumps(raw()).replace('"request"', '"request"\n', 1),
        json.dumps(raw()).replace("{", "{\n", 2),
        json.dumps(raw()) + "}\n{",
        "\r",
        "[1]",
    ],
)
def test_an_odd_line_is_nothing_to_the_others(odd: str) -> None:
    """One that is odd changes neither the others nor where they stand."""
    content = ndjson(raw(), odd, raw(notebook(name="after")), raw())
    together = read_all(content)
    alone = [read_all(line) for line in content.splitlines(keepends=True)]
    assert len(together[0]) == sum(len(records) for records, _ in alone)
    assert len(together[1]) == sum(len(diagnostics) for _, diagnostics in alone)
    last = len(content) - len(ndjson(raw()))
    assert [record.offset for record in together[0]][-1] == last


def test_the_diagnostic_of_a_record_names_the_field_but_not_its_value() -> None:
    """The text of a record may hold a token."""
    _, diagnostics = read_all(ndjson(raw(), {"request": {"method": {"X": "hunter2"}, "url": "/"}}))
    assert str(diagnostics[0]).startswith("traffic.ndjson@")
    assert "Expected `str`, got `object` - at `$.request.method`" in diagnostics[0].reason
    assert "hunter2" not in str(diagnostics[0])


HAR_BROKEN = {
    "cut off": json.dumps(har_entry(raw()))[:300],
    "cut off in a text": json.dumps(har_entry(raw()))[:180],
    "no entry": '{"time": 1}',
    "status is a word": json.dumps(har_entry(raw())).replace('"status": 200', '"status": "OK"'),
    "no JSON": "what is this",
    "bare word": '{"request": {"method": GET}}',
    "status is beyond measure": json.dumps(har_entry(raw())).replace("200", "1e999"),
    "more digits than fit": json.dumps(har_entry(raw())).replace("250", "9" * 5000),
    "nested beyond measure": f'{{"request": {"[" * 100_000}{"]" * 100_000}}}',
}


@pytest.mark.parametrize("kind", HAR_BROKEN)
def test_a_broken_entry_of_a_har_costs_no_other(kind: str) -> None:
    """One diagnostic or more; the entries before and behind it are read."""
    good = har_entry(raw())
    records, diagnostics = read_all(har(good, HAR_BROKEN[kind], good, good), "a.har")
    assert len(records) == 3
    assert diagnostics


def test_a_har_that_breaks_off_is_read_up_to_there() -> None:
    """As a browser leaves it that was killed."""
    whole = har(har_entry(raw()), har_entry(raw()))
    records, diagnostics = read_all(whole[: whole.rindex(b'"response"')], "a.har")
    assert len(records) == 1
    assert diagnostics


@pytest.mark.parametrize("status", [0, -1, None])
def test_an_entry_without_an_answer_is_a_request_alone(status: int | None) -> None:
    """As browsers write what was blocked or aborted; some have -1 where others have 0."""
    entry = har_entry(raw())
    entry["response"]["status"] = status
    records, diagnostics = read_all(har(entry | {"time": -1}, har_entry(raw())), "a.har")
    assert not diagnostics
    assert [record.raw.response is None for record in records] == [True, False]


def test_a_broken_interaction_of_schemathesis_costs_no_other() -> None:
    """Though both stand in one line, which is all one scenario."""
    begin = SCHEMATHESIS_NDJSON.index(b'{"request"')
    good = SCHEMATHESIS_NDJSON[begin : SCHEMATHESIS_NDJSON.index(b"}}}}}", begin) + 1]
    broken = good.replace(b"200", b'"OK"')
    content = SCHEMATHESIS_NDJSON.replace(good, good + b', "b": ' + broken + b', "c": ' + good)
    records, diagnostics = read_all(content, "report.ndjson")
    assert len(records) == 2
    assert [found.reason for found in diagnostics] == [
        "not an interaction of schemathesis (ValueError)"
    ]


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


def test_a_gzip_file_that_breaks_off_is_read_up_to_there() -> None:
    """The records before the break are verified, and the break is reported."""
    lines = [raw(notebook(name=f"n{i:06}")) for i in range(2000)]
    content = gzip.compress(ndjson(*lines), mtime=0)
    records, diagnostics = read_all(content[: len(content) // 2], "a.ndjson.gz")
    assert 0 < len(records) < 2000
    assert any("breaks off" in found.reason for found in diagnostics)


@pytest.mark.parametrize(
    ("rest", "fault"),
    [(b"", None), (b"\0" * 512, None), (b"garbage", "broken from here on"), (b"\x1f\x8b", "off")],
    ids=["members", "padded", "garbage", "cut"],
)
def test_what_stands_before_a_fault_of_gzip_is_read(rest: bytes, fault: str | None) -> None:
    """Of a short file too, whose fault is met with its first bytes; members follow each other."""
    records, diagnostics = read_all(packed(ndjson(raw())) + packed(ndjson(raw())) + rest)
    assert len(records) == 2
    assert [fault in found.reason for found in diagnostics if fault] == ([True] if fault else [])


def test_gzip_is_read_up_to_where_it_is_broken() -> None:
    """Though it is one piece, and only its sum at the end is wrong."""
    names = (hashlib.sha512(bytes([number])).hexdigest() for number in range(50))
    content = packed(ndjson(*(raw(notebook(name=name)) for name in names)))
    for at, least in ((-6, 50), (len(content) * 3 // 4, 25)):
        broken = bytearray(content)
        broken[at] ^= 0xFF
        records, diagnostics = read_all(bytes(broken), "a.ndjson.gz")
        assert len(records) >= least
        assert "the gzip file is broken from here on" in diagnostics[-1].reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_than_utf_8_are_named(encoding: str) -> None:
    """One diagnostic for the file, not one for each of its lines."""
    records, (found,) = read_all(ndjson(raw(), raw()).decode().encode(encoding))
    assert records == []
    assert "UTF-16" in found.reason


def test_a_gzip_file_that_is_broken_in_the_middle_is_read_up_to_there() -> None:
    """A flipped byte ends the file there, with a diagnostic and no traceback."""
    lines = [raw(notebook(name=f"n{i:06}")) for i in range(2000)]
    content = bytearray(gzip.compress(ndjson(*lines), mtime=0))
    content[len(content) // 2 : len(content) // 2 + 40] = b"\xff" * 40
    _, diagnostics = read_all(bytes(content), "a.ndjson.gz")
    assert any("gzip" in found.reason or "broken" in found.reason for found in diagnostics)


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


@settings(deadline=None)
@given(st.integers(0, 1500), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_har_raises_or_invents(at: int, junk: bytes) -> None:
    """Damage costs records or bodies; it never makes more records than there were entries."""
    whole = har(*(har_entry(raw()) for _ in range(3)))
    records, _ = read_all(whole[:at] + junk + whole[at + len(junk) :], "a.har")
    assert len(records) <= 3
    for record in records:
        exchange_of(record)


TIMELESS = ["now", 1e300, 1763900000000, -1e12, "Mon, 01 Jan 99999999999 00:00:00 GMT"]
BEYOND_JSON = ["NaN", "Infinity", "-Infinity", "1e999"]


@pytest.mark.parametrize("written", [*map(json.dumps, TIMELESS), *BEYOND_JSON])
def test_a_time_that_is_none_is_a_diagnostic_and_the_exchange_counts(written: str) -> None:
    """Milliseconds, a year that no calendar has, what is no number: its time is not known."""
    odd = json.dumps(raw()).replace("1763900000.0", written)
    records, diagnostics = read_all(ndjson(raw(), odd, raw()))
    assert [record.sent_at for record in records] == [1763900000.0, 0.0, 1763900000.0]
    assert [found.reason for found in diagnostics] == ["when it was sent cannot be made out"]


@pytest.mark.parametrize("written", BEYOND_JSON)
def test_what_an_answer_took_is_a_number(written: str) -> None:
    """Reports are JSON, which has no NaN and no infinity."""
    records, _ = read_all(ndjson(json.dumps(raw()).replace("0.25", written)))
    response = exchange_of(records[0])[0].response
    assert response is not None
    assert response.elapsed == 0.0


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


@pytest.mark.parametrize("behind", [b"{}", b"x", b"}"])
def test_what_stands_behind_a_har_is_a_diagnostic(behind: bytes) -> None:
    """It may be traffic; the entries before it are read."""
    content = har(har_entry(raw()))
    records, diagnostics = read_all(content + behind, "a.har")
    assert len(records) == 1
    (found,) = diagnostics
    assert found.offset >= len(content)
    assert found.reason.startswith("not the document it should be")


def test_the_end_of_a_har_may_be_missing() -> None:
    """All its entries are there, and it says that something is not."""
    content = har(har_entry(raw()))
    records, diagnostics = read_all(content[:-1], "a.har")
    assert len(records) == 1
    assert [found.reason for found in diagnostics] == [
        "the document does not end as it should: it ends here"
    ]


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
