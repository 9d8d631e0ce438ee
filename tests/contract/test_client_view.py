"""The client view: what code generators get."""

from __future__ import annotations

from typing import Any

from contract_tests.contract import build_view, load_contract
from contract_tests.contract.client_view import shape_for_clients
from tests.contract.sample_contract import SPEC, spec_document

OBSERVED = spec_document(
    SPEC.replace("enum: [WHEEL, DOOR]", "enum: [WHEEL, DOOR, wheel]").replace(
        "        - name: quick\n",
        "        - name: kind\n          in: query\n          schema: {enum: [wheel, WHEEL]}\n"
        "        - name: quick\n",
    )
)


def shaped() -> Any:
    """The sample, shaped."""
    return shape_for_clients(OBSERVED).data


def test_no_two_values_of_an_enum_differ_by_case_alone() -> None:
    """In an answer the one observed last is left, in a request the one documented first."""
    kind = shaped()["components"]["schemas"]["Part"]["properties"]["kind"]
    assert kind["enum"] == ["DOOR", "wheel"]
    parameters = shaped()["paths"]["/v1/things/{id}"]["post"]["parameters"]
    assert parameters[1]["schema"]["enum"] == ["wheel"]


def test_extensions_are_left_out_and_fields_called_like_one_stay() -> None:
    """`x-…` is for this toolkit; a field may be called anything."""
    spec = SPEC.replace(
        "        kind:\n          type: string", "        x-kind:\n          type: string"
    )
    data = shape_for_clients(spec_document(spec)).data
    assert "x-lifecycle" not in data
    assert "x-source" not in data["components"]["schemas"]["Thing"]
    assert "x-kind" in data["components"]["schemas"]["Part"]["properties"]


def test_a_body_that_can_hold_nothing_is_left_out() -> None:
    """A generator would make a class without fields of it; any other body stays."""
    body = "      requestBody: {content: {application/json: {schema: {type: object%s}}}}\n"
    for more, stays in ((", maxProperties: 0", False), ("", True)):
        spec = SPEC.replace(
            "      operationId: StartThing\n", "      operationId: StartThing\n" + body % more
        )
        post = shape_for_clients(spec_document(spec)).data["paths"]["/v1/things/{id}"]["post"]
        assert ("requestBody" in post) is stays


def test_examples_stay_as_they_are() -> None:
    """What an example holds is data, not a schema."""
    assert shaped()["components"]["examples"]["thing"]["value"] == {"id": "a", "state": "ON"}


def test_the_observed_document_itself_stays_as_it_is() -> None:
    """The views are made from one another, never by changing one."""
    before = str(OBSERVED.data)
    shape_for_clients(OBSERVED)
    assert str(OBSERVED.data) == before


def test_the_result_is_a_view_like_the_others() -> None:
    """With lines for whatever is left."""
    view = build_view("client", shape_for_clients(OBSERVED))
    assert [operation.id for operation in view.operations] == [
        "ListThings",
        "ShowThing",
        "StartThing",
    ]
    (found,) = view.response_violations("ShowThing", 200, None, {"parts": [{"kind": "WHEEL"}]})
    assert found.values == ("WHEEL",)


def test_the_shipped_one_answers_what_is_answered_and_sends_what_is_sent() -> None:
    """TIMING and IDLE come back, timing and idle go out."""
    view = load_contract().view("client")
    schemas = view.document["components"]["schemas"]
    assert schemas["Lease"]["properties"]["type"]["enum"] == ["TIMING", "IDLE"]
    assert view.operation("StartNotebook").parameter("type").schema["enum"] == ["timing", "idle"]
    assert "EFS" in schemas["VolumeRes"]["properties"]["category"]["enum"]
