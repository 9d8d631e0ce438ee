"""Which operation a request is for, and what an operation has."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.contract import typed
from contract_tests.errors import InputError
from contract_tests.findings import Place
from tests.contract.sample_contract import SPEC, sample_view

VIEW = sample_view()


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("GET", "/v1/things/7", "ShowThing"),
        ("get", "/v1/things/7", "ShowThing"),
        ("POST", "/v1/things/7", "StartThing"),
        ("POST", "/v1/things/7/", "StartThing"),
        ("GET", "/v1/things/all", "ListThings"),
        ("GET", "/things-api/v1/things/7", "ShowThing"),
        ("POST", "/v1/things/all", "StartThing"),
        ("DELETE", "/v1/things/7", None),
        ("GET", "/v1/things", None),
        ("GET", "/v1/things/", None),
        ("GET", "/v1/things//", None),
        ("GET", "/v1/things/7/8", None),
        ("GET", "/v1/Things/7", None),
        ("GET", "/other/v1/things/7", None),
        ("GET", "", None),
        ("GET", "*", None),
    ],
)
def test_a_request_is_matched_by_method_and_path(
    method: str, path: str, operation: str | None
) -> None:
    """Literal segments count before parameters; a server's path and a last slash do not count."""
    match = VIEW.match(method, path)
    assert (match.operation.id if match else None) == operation


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_path_parameter_comes_as_it_was_meant(id_: str) -> None:
    """Whatever an id holds, percent-encoded it is one segment, and comes back decoded."""
    match = VIEW.match("POST", f"/v1/things/{quote(id_, safe='')}")
    assert match is not None
    assert match.path_params == {"id": id_}


def test_an_operation_has_what_the_document_says() -> None:
    """Parameters of the path item too; statuses in order, ranges left out."""
    operation = VIEW.operation("StartThing")
    assert (operation.method, operation.path) == ("POST", "/v1/things/{id}")
    assert [(p.name, p.location, p.required) for p in operation.parameters] == [
        ("id", "path", True),
        ("minutes", "query", False),
        ("quick", "query", False),
    ]
    assert operation.parameter("minutes").place == Place("StartThing", "query", "minutes")
    assert (operation.statuses, operation.success) == ((200, 204), (200, 204))
    assert VIEW.operation("ShowThing").statuses == (200,)


def test_an_operation_overrides_a_parameter_of_its_path() -> None:
    """The same name in the same place is one parameter."""
    own = "        - {name: id, in: path, required: true, schema: {type: integer}}\n"
    text = SPEC.replace("        - name: minutes\n", f"{own}        - name: minutes\n")
    found = sample_view(text).operation("StartThing").parameters
    assert [(p.name, p.schema["type"]) for p in found] == [
        ("id", "integer"),
        ("minutes", "integer"),
        ("quick", "boolean"),
    ]


def test_what_there_is_not_is_a_key_error() -> None:
    """A name in code that the contract lacks is a mistake of the code."""
    with pytest.raises(KeyError, match="StopThing"):
        VIEW.operation("StopThing")
    with pytest.raises(KeyError, match="hours"):
        VIEW.operation("StartThing").parameter("hours")
    with pytest.raises(KeyError, match="minutes"):
        VIEW.operation("StartThing").parameter("minutes", "header")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("minutes", "5", 5),
        ("minutes", "-5", -5),
        ("minutes", "007", 7),
        ("minutes", "5.0", "5.0"),
        ("minutes", "+5", "+5"),
        ("minutes", "٣", "٣"),
        ("minutes", "", ""),
        ("minutes", "9" * 5000, "9" * 5000),
        ("quick", "true", True),
        ("quick", "True", "True"),
        ("id", "5", "5"),
    ],
)
def test_a_text_becomes_the_type_of_its_parameter(name: str, text: str, value: object) -> None:
    """What is none such stays text, for the schema to refuse."""
    found = typed(VIEW.operation("StartThing").parameter(name), text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("minutes", "5", None),
        ("minutes", "0", "below 1; at least 1 belongs here"),
        ("minutes", "abc", "string where integer belongs"),
        ("minutes", "", "string where integer belongs"),
        ("minutes", str(2**63), "not int64"),
        ("quick", "yes", "string where boolean belongs"),
        ("id", "", None),
    ],
)
def test_a_wrong_parameter_is_told_at_its_place(name: str, text: str, words: str | None) -> None:
    """The violation names the parameter, not the schema inside of it."""
    parameter = VIEW.operation("StartThing").parameter(name)
    violation = VIEW.parameter_violation(parameter, text)
    assert (violation is None) == (words is None)
    if violation is not None and words is not None:
        assert words in violation.message
        assert violation.place == Place("StartThing", "query", name)
        assert violation.source.file == "spec.yaml"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("      operationId: ShowThing\n", "", "get /v1/things/{id} has no operationId"),
        ("ShowThing", "StartThing", "the operationId StartThing stands here twice"),
        (
            "          in: query\n          schema: {type: boolean}",
            "          in: query",
            "a param",
        ),
        ("'#/components/responses/thing'", "'#/components/responses/none'", "leads nowhere"),
    ],
)
def test_what_is_wrong_with_an_operation_is_an_input_error(
    before: str, after: str, words: str
) -> None:
    """Found when the view is made, or when the part is asked for."""
    with pytest.raises(InputError, match=words):
        sample_view(SPEC.replace(before, after)).response_violations("ShowThing", 200, None, {})
