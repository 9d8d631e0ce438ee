"""Fields that no schema names, and those that one does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.sample_contract import SPEC, sample_view

VIEW = sample_view()


def undocumented(body: Any, spec: str = SPEC) -> list[tuple[str, str, str]]:
    """Place, path and name of the undocumented fields of a Thing."""
    view = VIEW if spec is SPEC else sample_view(spec)
    found = view.undocumented_fields("ShowThing", 200, body)
    return [(place.name, path, name) for place, path, name in found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"id": "a", "size": 1}, []),
        ({"more": 1}, [("Thing.more", "$", "more")]),
        ({"parts": [{}, {"odd": 1}]}, [("Part.odd", "$.parts[1]", "odd")]),
        ({"free": {"any": {"thing": 1}}}, []),
        ({"parts": [["x"], None, 3]}, []),
        ({"Id": 1}, [("Thing.Id", "$", "Id")]),
        ({"": 1}, [("Thing", "$", "")]),
        ([{"more": 1}], []),
        (None, []),
    ],
)
def test_a_field_that_no_schema_names_is_found(
    body: Any, found: list[tuple[str, str, str]]
) -> None:
    """With its place, the object that holds it, and its name."""
    assert undocumented(body) == found


def test_an_open_object_may_hold_what_it_likes() -> None:
    """`additionalProperties` is the document's own word that more may come."""
    spec = SPEC.replace("      required: [kind]\n", "      additionalProperties: true\n")
    assert undocumented({"parts": [{"odd": 1}]}, spec) == []


def test_combined_schemas_name_fields_together() -> None:
    """A field that any part of `allOf` or `anyOf` names is documented."""
    spec = SPEC.replace(
        "          items: {$ref: '#/components/schemas/Part'}",
        "          items: {allOf: [{$ref: '#/components/schemas/Part'}, {properties: {odd: {}}}]}",
    )
    assert undocumented({"parts": [{"kind": "DOOR", "odd": 1, "other": 1}]}, spec) == [
        ("Part.other", "$.parts[0]", "other")
    ]


def test_an_inline_object_is_dotted() -> None:
    """The field's place says where it nests."""
    spec = SPEC.replace(
        "        free:\n          type: object\n",
        "        free:\n          type: object\n          properties: {a: {type: string}}\n",
    )
    assert undocumented({"free": {"b": 1}}, spec) == [("Thing.free.b", "$.free", "b")]


def test_an_undocumented_answer_has_no_undocumented_fields() -> None:
    """Where no body is documented at all, that is another finding."""
    assert VIEW.undocumented_fields("ShowThing", 500, {"x": 1}) == []


def test_exercised_fields_come_with_their_values() -> None:
    """Every documented field that is there, items one by one."""
    body = {"id": "a", "more": 1, "parts": [{"kind": "DOOR"}, {"kind": "WHEEL"}]}
    found = [(p.name, v) for p, v in VIEW.exercised("ShowThing", 200, body) if p.field != "parts"]
    assert sorted(found) == [("Part.kind", "DOOR"), ("Part.kind", "WHEEL"), ("Thing.id", "a")]
