"""What `diff` says of whole contracts."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from contract_tests.changes import diff
from contract_tests.contract import ViewName, build_view, load_contract, parse_document
from contract_tests.contract.documents import Document
from contract_tests.contract.view import View
from tests.changes.samples import view_of
from tests.contract.sample_contract import SPEC, line_of


def _view(text: str, name: str = "new.yaml") -> View:
    return build_view("documented", parse_document(text, name))


def _rules(old: View, new: View) -> list[tuple[str, str, str]]:
    return [(c.rule, c.side, c.place.name) for c in diff(old, new)]


@pytest.mark.parametrize("name", ["documented", "observed", "client"])
def test_nothing_changed_from_a_contract_to_itself(name: ViewName) -> None:
    """The shipped one, each of its views."""
    view = load_contract().view(name)
    assert diff(view, view) == ()


def test_what_is_only_written_differently_is_no_change() -> None:
    """Descriptions, the order of enumerations, a schema under a name or in its place."""
    schema = {"type": "string", "enum": ["b", "a"], "title": "Kind", "x-unit": "none"}
    named = view_of({"schema": {"$ref": "#/components/schemas/Kind"}, "schemas": {"Kind": schema}})
    inline = view_of({"schema": {"type": ["string"], "enum": ["a", "b"], "description": "Kind."}})
    assert diff(named, inline) == ()
    assert diff(inline, named) == ()


def test_place_and_lines_of_both_sides() -> None:
    """The lines of the value itself, where there is one, in the words of page and spec."""
    old = _view(SPEC, "old.yaml")
    text = SPEC.replace("enum: [WHEEL, DOOR]", "enum:\n            - WHEEL")
    (change,) = diff(old, _view(text))
    assert (change.rule, change.place.name, change.values) == (
        "enum-narrowed",
        "Part.kind",
        ("DOOR",),
    )
    assert str(change.old) == f"old.yaml:{line_of(SPEC, 'enum: [WHEEL, DOOR]')}"
    assert str(change.new) == f"new.yaml:{line_of(text, '- WHEEL') - 1}"
    assert change.operations == ("ListThings", "ShowThing", "StartThing")


def test_one_change_of_a_shared_schema_is_told_once() -> None:
    """With all the operations that it reaches."""
    number = "made:\n          type: integer\n          format: int64"
    removed = SPEC.replace(number, "made:\n          type: string")
    found = diff(_view(SPEC), _view(removed))
    assert {(c.rule, c.side) for c in found} >= {("type-changed", "response")}
    assert len([c for c in found if c.rule == "type-changed"]) == 1


def test_a_renamed_path_parameter_is_no_other_operation() -> None:
    """It is matched by method and path; what generated code calls it has changed all the same."""
    renamed = SPEC.replace("/v1/things/{id}", "/v1/things/{thing}").replace(
        "- name: id\n        in: path", "- name: thing\n        in: path"
    )
    assert set(_rules(_view(SPEC), _view(renamed))) == {
        ("parameter-removed", "request", "path.id"),
        ("required-parameter-added", "request", "path.thing"),
    }


def test_a_status_may_move_into_a_range() -> None:
    """What a range or a default speaks of is documented."""
    one = {"responses": {"404": {"description": "No."}}}
    many = {"responses": {"4XX": {"description": "No."}}}
    assert diff(view_of(one), view_of(many))[0].rule == "status-added"
    assert [c.rule for c in diff(view_of(many), view_of(one))] == ["status-removed"]
    both = {"responses": {"404": {"description": "No."}, "4XX": {"description": "No."}}}
    assert diff(view_of(many), view_of(both)) == ()


def test_schemas_behind_a_range_are_compared() -> None:
    """A status of its own says something else than its range did."""

    def answer(kind: str) -> dict[str, Any]:
        schema = {"type": kind}
        return {"description": "No.", "content": {"application/json": {"schema": schema}}}

    old = view_of({"responses": {"4XX": answer("object")}})
    new = view_of({"responses": {"4XX": answer("object"), "404": answer("array")}})
    assert _rules(old, new) == [("type-changed", "response", "body")]


def test_schemas_that_contain_themselves_are_compared_once() -> None:
    """And what changed inside is found."""

    def tree(kind: str) -> dict[str, Any]:
        fields = {"name": {"type": kind}, "next": {"$ref": "#/components/schemas/Tree"}}
        return {
            "schema": {"$ref": "#/components/schemas/Tree"},
            "schemas": {"Tree": {"type": "object", "properties": fields}},
        }

    found = _rules(view_of(tree("string")), view_of(tree("integer")))
    assert set(found) == {("type-changed", side, "Tree.name") for side in ("request", "response")}


def test_what_stands_beside_a_reference_counts_too() -> None:
    """OpenAPI 3.1 lets keywords stand beside `$ref`; they accept and refuse as any other."""
    ref: dict[str, Any] = {"$ref": "#/components/schemas/Name"}
    schemas = {"Name": {"type": "string", "maxLength": 9}}
    plain = view_of({"schema": ref, "schemas": schemas})
    limited = view_of({"schema": {**ref, "minLength": 2}, "schemas": schemas})
    clashing = view_of({"schema": {**ref, "maxLength": 5}, "schemas": schemas})
    assert {c.rule for c in diff(plain, limited)} == {"limit-tightened"}
    assert {c.rule for c in diff(plain, clashing)} >= {"limit-tightened"}
    assert any(c.breaking and c.side == "request" for c in diff(plain, clashing))


def test_one_reference_of_two_is_given_a_limit() -> None:
    """That the other was compared first does not hide it."""
    ref: dict[str, Any] = {"$ref": "#/components/schemas/Name"}
    schemas = {"Name": {"type": "string"}}

    def both(second: dict[str, Any]) -> View:
        fields = {"first": ref, "second": second}
        return view_of({"schema": {"properties": fields}, "schemas": schemas})

    found = diff(both(ref), both({**ref, "maxLength": 5}))
    assert {(c.rule, c.side) for c in found} == {
        ("limit-tightened", "request"),
        ("limit-tightened", "response"),
    }


def _places(old: View, new: View) -> set[str]:
    """The names of the places that changed, which are the same backwards."""
    there, back = ({c.place.name for c in diff(*views)} for views in ((old, new), (new, old)))
    assert there == back
    return there


def _with_inner(field: Any, inner: dict[str, Any], **more: Any) -> View:
    """A body with a field `a`, and a schema with the name `Inner`."""
    schema = {"type": "object", "properties": {"a": field}}
    return view_of({"schema": schema, "schemas": {"Inner": inner, **more}})


INNER: dict[str, Any] = {"$ref": "#/components/schemas/Inner"}


def test_what_stands_beside_a_reference_is_named_by_where_it_stands() -> None:
    """What the items have to be is said at the field; the schema referred to says nothing."""
    items = {**INNER, "items": {"type": "string"}}
    assert _places(_with_inner(INNER, {}), _with_inner(items, {})) == {"body.a"}
    clashing = {**INNER, "maxLength": 5}
    limit = {"maxLength": 9}
    assert _places(_with_inner(INNER, limit), _with_inner(clashing, limit)) == {"body.a"}


def test_what_changes_in_a_schema_referred_to_is_named_by_the_schema() -> None:
    """Whatever stands beside the reference, if that stayed as it was."""
    plain, fields = {"type": "object"}, {"type": "object", "properties": {"b": {"type": "string"}}}
    for field in (INNER, {**INNER, "minProperties": 1}):
        assert _places(_with_inner(field, plain), _with_inner(field, fields)) == {"Inner.b"}
    own = {**INNER, "maxLength": 5}
    assert _places(_with_inner(own, {}), _with_inner(own, {"maxLength": 9})) == {"Inner"}


def test_what_one_version_alone_refers_to_is_named_by_the_way_to_it() -> None:
    """The named schema did not change; what stands in its place did."""
    text, number = (
        {"type": "object", "properties": {"b": {"type": t}}} for t in ("string", "null")
    )
    assert _places(_with_inner(INNER, text), _with_inner(number, text)) == {"body.a.b"}
    other = {"$ref": "#/components/schemas/Other"}
    views = [_with_inner(ref, text, Other=number) for ref in (INNER, other)]
    assert _places(*views) == {"body.a.b"}


def test_a_renamed_schema_is_called_as_the_new_version_calls_it() -> None:
    """It is one schema with another name, not told at each reference to it."""
    thing = {"type": "object", "properties": {"b": {"type": "string"}}}
    old = view_of({"schema": {"$ref": "#/components/schemas/A"}, "schemas": {"A": thing}})
    thing = {"type": "object", "properties": {"b": {"type": "integer"}}}
    new = view_of({"schema": {"$ref": "#/components/schemas/B"}, "schemas": {"B": thing}})
    assert {c.place.name for c in diff(old, new)} == {"B.b"}
    assert {c.place.name for c in diff(new, old)} == {"A.b"}


def test_a_limit_in_the_middle_of_a_chain_of_references_is_seen() -> None:
    """Each of three schemas has a limit of its own, and all of them hold."""

    def chain(limit: int) -> View:
        middle = {"$ref": "#/components/schemas/Last", "maxLength": limit}
        return _with_inner({**INNER, "maxLength": 5}, middle, Last={"maxLength": 7})

    assert _places(chain(9), chain(3)) == {"Inner"}
    assert all(c.breaking for c in diff(chain(9), chain(3)))


def test_a_limit_that_comes_with_the_type_is_named_by_where_the_type_stands() -> None:
    """An integer of 32 bits has limits without saying them."""
    inner = {"type": "integer", "format": "int32"}
    beside = {**INNER, "type": "number"}
    assert _places(_with_inner(INNER, inner), _with_inner(beside, inner)) == {"body.a"}
    wider = {**inner, "type": "number"}
    assert _places(_with_inner(INNER, inner), _with_inner(INNER, wider)) == {"Inner"}


def test_a_constraint_is_told_where_it_stands_and_not_a_second_time_for_other_fields() -> None:
    """Neither when it comes nor when it goes."""
    fields: dict[str, Any] = {"properties": {"b": {}}}
    old, new = _with_inner(INNER, fields), _with_inner({**INNER, "multipleOf": 2}, {})
    told = {("constraint-changed", side, "body.a") for side in ("request", "response")}
    assert {found for found in _rules(old, new) if found[0] == "constraint-changed"} == told
    assert {found for found in _rules(new, old) if found[0] == "constraint-changed"} == told


def test_a_field_that_is_named_now_is_named_by_its_name() -> None:
    """Before, it was one of any further ones."""
    further = {"type": "object", "additionalProperties": {"type": "string"}}
    named = {**further, "properties": {"b": {"type": "integer"}}}
    assert _places(_with_inner(further, {}), _with_inner(named, {})) == {"body.a.b"}


def test_a_removed_schema_keyword_deep_inside_combined_schemas_is_seen() -> None:
    """References inside of `anyOf` are followed."""
    schema = {"anyOf": [{"$ref": "#/components/schemas/Name"}, {"type": "null"}]}
    old = view_of({"schema": schema, "schemas": {"Name": {"type": "string", "maxLength": 9}}})
    new = view_of({"schema": schema, "schemas": {"Name": {"type": "string", "title": "Name"}}})
    assert {(c.rule, c.values) for c in diff(old, new)} == {("constraint-changed", ("anyOf",))}


def test_an_operation_is_told_moved_renamed_or_gone() -> None:
    """By id first, then by method and path."""
    moved = SPEC.replace("/v1/things/all:", "/v2/things:")
    assert _rules(_view(SPEC), _view(moved)) == [("operation-moved", "both", "operation")]
    renamed = SPEC.replace("operationId: ListThings", "operationId: AllThings")
    (change,) = diff(_view(SPEC), _view(renamed))
    assert (change.rule, change.values) == ("operation-renamed", ("ListThings", "AllThings"))


def test_the_order_of_the_changes_does_not_hang_on_the_order_of_the_document() -> None:
    """The worst first, then by place: two runs print the same."""
    view = load_contract().view("documented")
    data = copy.deepcopy(view.document)
    data["paths"] = dict(reversed(data["paths"].items()))
    turned = build_view("documented", Document("turned.yaml", data, view.source.sources))
    observed = load_contract().view("observed")
    plain = [(c.rule, c.place.name, c.side, c.values) for c in diff(view, observed)]
    assert [(c.rule, c.place.name, c.side, c.values) for c in diff(turned, observed)] == plain
