"""What of an answer its schema does not accept, and where that is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.contract import Violation, build_view, parse_document
from tests.contract.sample_contract import SPEC, line_of, sample_view

VIEW = sample_view()
UUID = "f9937afa-4451-42db-a76b-72d624749f66"


def violations(body: Any, operation: str = "ShowThing", status: int = 200) -> list[Violation]:
    """What is wrong with a body."""
    return VIEW.response_violations(operation, status, "application/json", body)


@pytest.mark.parametrize(
    ("body", "place", "keyword", "path", "values", "message"),
    [
        (
            {"state": "on"},
            *("Thing.state", "enum", "$.state", ("on",)),
            "on is none of OFF, WARMING, ON, BROKEN",
        ),
        (
            {"state": None},
            *("Thing.state", "type", "$.state", ("null",)),
            "null where string belongs",
        ),
        (
            {"size": "5"},
            *("Thing.size", "type", "$.size", ("string",)),
            "string where integer belongs",
        ),
        ({"size": 11}, *("Thing.size", "maximum", "$.size", ("above 10",)), "above 10; at most 10"),
        ({"made": 2**63}, *("Thing.made", "format", "$.made", ("not int64",)), "not int64"),
        ({"size": -(2**31) - 1}, *("Thing.size", "format", "$.size", ("not int32",)), "not int32"),
        ({"id": "x"}, *("Thing.id", "format", "$.id", ("not uuid",)), "not uuid"),
        ({"name": "abcdef"}, *("Thing.name", "maxLength", "$.name", ("longer than 5",)), "longer"),
        ({"name": "A"}, *("Thing.name", "pattern", "$.name", ("not ^[a-z]*$",)), "not ^[a-z]*$"),
        ({"parts": {}}, *("Thing.parts", "type", "$.parts", ("object",)), "object where array"),
        ({"parts": ["x"]}, *("Thing.parts", "type", "$.parts[0]", ("string",)), "string where ob"),
        ({"parts": [{}]}, *("Part.kind", "required", "$.parts[0]", ("kind",)), "kind is missing"),
        (
            {"parts": [{"kind": "DOOR"}, {"kind": "door"}]},
            *("Part.kind", "enum", "$.parts[1].kind", ("door",)),
            "door is none of WHEEL, DOOR",
        ),
        (
            {"parts": [{"kind": "DOOR", "seen": "yesterday"}]},
            *("Part.seen", "format", "$.parts[0].seen", ("not date-time",)),
            "not date-time",
        ),
        ({"state": 5}, *("Thing.state", "type", "$.state", ("integer",)), "integer where string"),
        ([], *("Thing", "type", "$", ("array",)), "array where object belongs"),
        (None, *("Thing", "type", "$", ("null",)), "null where object belongs"),
    ],
)
def test_a_violation_says_what_is_wrong_and_where(
    body: Any, place: str, keyword: str, path: str, values: tuple[str, ...], message: str
) -> None:
    """One fault, one violation: place, keyword, JSONPath, smallest form, words."""
    (found,) = violations(body)
    assert (found.place.name, found.keyword, found.instance_path) == (place, keyword, path)
    assert found.place.operation == "ShowThing"
    assert found.values == values
    assert message in found.message


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"unknown": 1},
        {"free": {"any": 5.0}},
        {"id": UUID, "state": "ON", "name": "", "parts": [], "free": {"any": [1]}},
        {"made": 2**63 - 1, "changed": -(2**63), "size": 10},
    ],
)
def test_what_the_schema_accepts_is_no_violation(body: Any) -> None:
    """Unknown fields among it, and numbers of which nothing is said."""
    assert violations(body) == []


@pytest.mark.parametrize("size", [5.0, 1e300])
def test_a_number_written_with_a_fraction_is_no_integer(size: float) -> None:
    """JSON Schema takes it for one; the decoders of clients do not. It is told as it came."""
    (found,) = violations({"size": size})
    assert (found.keyword, found.value, found.values) == ("type", size, ("number",))
    assert found.message == "number where integer belongs"


@pytest.mark.parametrize(("share", "broken"), [(1.0, []), (1, []), (2.0, ["maximum"])])
def test_where_any_number_does_it_is_judged_as_it_is(share: float, broken: list[str]) -> None:
    """`1.0` is not above one."""
    text = SPEC.replace("size:\n", "share: {type: number, maximum: 1}\n        size:\n", 1)
    view = build_view("documented", parse_document(text, "spec.yaml"))
    found = view.response_violations("ShowThing", 200, None, {"share": share})
    assert [violation.keyword for violation in found] == broken


def test_a_violation_names_the_line_of_the_keyword() -> None:
    """Where a reader mends it."""
    (found,) = violations({"parts": [{"kind": "x"}]})
    assert found.source.file == "spec.yaml"
    assert found.source.line == line_of(SPEC, "enum: [WHEEL, DOOR]")


def test_several_faults_are_several_violations() -> None:
    """Each by itself, none hidden by another."""
    found = violations({"state": "x", "size": "x", "parts": [{}, {}]})
    assert sorted(v.place.name for v in found) == [
        *("Part.kind", "Part.kind"),
        "Thing.size",
        "Thing.state",
    ]


def test_an_inline_schema_is_the_body() -> None:
    """A schema that no name leads to; what it refers to has its own name."""
    assert violations({"things": 1}, "ListThings")[0].place.name == "body.things"
    assert violations({"things": [{"size": "x"}]}, "ListThings")[0].place.name == "Thing.size"
    assert violations([], "ListThings")[0].place.name == "body"


@pytest.mark.parametrize(
    ("status", "media", "count"),
    [
        (200, "application/json; charset=utf-8", 1),
        (200, "APPLICATION/JSON", 1),
        (200, None, 1),
        (200, "text/html", 0),
        (404, "application/problem+json", 1),
        (499, None, 1),
        (500, None, 0),
        (302, None, 0),
    ],
)
def test_the_schema_is_that_of_status_and_media_type(
    status: int, media: str | None, count: int
) -> None:
    """A range (`4XX`) counts too; where nothing is documented, nothing of the body is wrong."""
    assert len(VIEW.response_violations("ShowThing", status, media, [])) == count


def test_an_answer_without_a_body_has_no_schema() -> None:
    """A documented 204 says nothing of a body."""
    assert VIEW.response_violations("StartThing", 204, None, "x") == []
    assert VIEW.media_types("StartThing", 204) == ()
    assert VIEW.media_types("StartThing", 200) == ("application/json",)


@pytest.mark.parametrize("value", ["\ud800", {"deep": "\udfff"}])
def test_what_json_cannot_say_is_a_violation_not_a_crash(value: Any) -> None:
    """A lone surrogate, which a JSON reader lets through."""
    found = violations({"id": value})
    assert [v.keyword for v in found] in (["json"], ["type"])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from(["id", "state", "made", "size", "name", "parts", "free", "0"])


@given(st.dictionaries(fields, json_values) | json_values)
def test_whatever_is_answered_every_violation_has_a_place_and_a_line(body: Any) -> None:
    """No body, however odd, breaks the validation; no message is more than one line."""
    for found in violations(body):
        assert found.place.structure in ("Thing", "Part")
        assert found.source.line > 0
        assert found.values
        assert len(found.message) < 400


@given(st.text(min_size=20))
def test_a_message_shows_no_text_but_that_of_an_enumeration(secret: str) -> None:
    """A value may be a secret; its kind is not."""
    for found in violations({"id": secret, "name": secret + "!", "size": secret}):
        assert secret not in found.message
