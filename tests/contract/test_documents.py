"""Reading YAML and JSON with the line of every part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.contract import parse_document, read_document
from contract_tests.errors import InputError

TEXT = """\
one:
  two: 2
  list:
    - a
    - {b: 1}
"""

texts = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=8)
"""Without the pairs of escapes that JSON writes beyond U+FFFF, which YAML does not know."""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("location", "line"),
    [
        ((), 1),
        (("one",), 1),
        (("one", "two"), 2),
        (("one", "list"), 3),
        (("one", "list", 0), 4),
        (("one", "list", 1, "b"), 5),
        (("one", "list", 1, "unwritten", "below"), 5),
        (("elsewhere",), 1),
    ],
)
def test_every_part_has_its_line(location: tuple[str | int, ...], line: int) -> None:
    """A part that was never written has the line of the nearest part around it."""
    source = parse_document(TEXT, "a.yaml").source(location)
    assert (source.file, source.line) == ("a.yaml", line)


@given(json_values)
def test_json_comes_back_as_it_is(value: Any) -> None:
    """Whatever JSON says is read as what it says: YAML adds no dates, no octal numbers."""
    text = json.dumps(value)
    assert parse_document(text, "a.json").data == value


@pytest.mark.parametrize(
    "word",
    ["2027-05-31", "OFF", "no", "y", "True", "012", "1:30", "1_000", "0x1F", "+1", "1.", "."],
)
def test_what_json_would_not_read_stays_text(word: str) -> None:
    """The words that YAML 1.1 takes for dates, booleans and odd numbers."""
    assert parse_document(f"a: {word}", "a.yaml").data == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", True), ("null", None), ("~", None), ("", None), ("-5", -5), ("1e3", 1000.0)],
)
def test_what_json_reads_is_read(word: str, value: object) -> None:
    """And YAML's own two ways to say nothing."""
    assert parse_document(f"a: {word}", "a.yaml").data == {"a": value}


def test_a_number_as_a_key_becomes_text() -> None:
    """`200:` without quotes, as many write it, is the same as with them."""
    assert parse_document("200: OK", "a.yaml").data == {"200": "OK"}


def test_an_alias_stands_for_what_it_names() -> None:
    """Aliases are YAML's own and cost nothing to allow."""
    assert parse_document("a: &x {b: 1}\nc: *x", "a.yaml").data == {"a": {"b": 1}, "c": {"b": 1}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\nb: 2\na: 3", "a.yaml:3: the key 'a' stands here twice; remove one"),
        ('{"a": 1,\n "a": 2}', "a.yaml:2: the key 'a' stands here twice"),
        ("a: [1, 2", "a.yaml:2: not YAML: while parsing a flow sequence"),
        ("a: 1\n\tb: 2", "a.yaml:2: not YAML: "),
        ("a: .nan", "a.yaml:1: JSON cannot say '.nan'; quote the value"),
        ("a:\n  - .inf", "a.yaml:2: JSON cannot say '.inf'"),
        ("? [a, b]\n: 1", "a.yaml:1: a key that is no text"),
        ("a: &x\n  b: *x", "a.yaml:1: an alias leads back into itself"),
        ("a: !!python/object/apply:os.system [ls]", "a.yaml:1: the tag tag:yaml.org,2002:python/"),
        ("a: 1\n---\nb: 2", "a.yaml:2: not YAML: "),
        ("a: \x07", "a.yaml: not YAML: "),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(text: str, words: str) -> None:
    """Whatever is wrong: file, line, problem, remedy, in one line."""
    with pytest.raises(InputError) as raised:
        parse_document(text, "a.yaml")
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "; " in str(raised.value)


def test_nothing_in_a_document_is_executed() -> None:
    """A tag that would make PyYAML's full loader run a program is refused."""
    with pytest.raises(InputError, match="says what JSON cannot"):
        parse_document("!!python/object/apply:os.system ['exit 1']", "a.yaml")


def test_aliases_of_aliases_are_bounded() -> None:
    """A file of a few lines cannot fill the memory."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(InputError, match="more than 500000 parts"):
        parse_document("\n".join(lines), "bomb.yaml")


def test_nesting_beyond_measure_is_an_input_error() -> None:
    """Not a RecursionError."""
    with pytest.raises(InputError):
        parse_document("[" * 20_000 + "]" * 20_000, "deep.json")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a: \xff\xfe", "not UTF-8; save it as UTF-8"), (None, "cannot be read: No such file")],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None, words: str) -> None:
    """The message says why and what to do."""
    path = tmp_path / "a.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_document(path)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    """Editors of one system write it; it says nothing."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_document(path).data == {"a": 1}


def test_an_empty_document_is_null() -> None:
    """Whoever needs more says so."""
    assert parse_document("", "a.yaml").data is None
