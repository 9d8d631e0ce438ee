"""The forms of bodies tell what the contract itself says they hold."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.contract import load_contract
from contract_tests.contract.violations import kind
from contract_tests.traffic.plans import fields_of
from contract_tests.traffic.typed.forms import Form, Forms, forms_of
from contract_tests.traffic.typed.shapes import shape_of
from tests.traffic.samples import notebook
from tests.traffic.test_verify import bodies

VIEW = load_contract().view("observed")


def forms(operation: str, *values: Any) -> list[Form]:
    """The forms of some bodies, all in one."""
    shape = shape_of(VIEW, operation, 200, fields_of((VIEW,)).enumerated)
    assert shape is not None
    return [form for value in values for form in forms_of(shape, value)]


@settings(max_examples=150, deadline=None)
@given(st.lists(bodies().filter(lambda b: isinstance(b, dict)), min_size=1, max_size=3))
def test_forms_count_what_the_view_says_is_exercised(values: list[Any]) -> None:
    """Each documented field with the kind of its value, as often as it is there."""
    for operation in ("StartNotebook", "ListNotebooks"):
        kinds = Counter(f.place.name for form in forms(operation, *values) for f, _ in form.kinds)
        exercised = (VIEW.exercised(operation, 200, value) for value in values)
        assert kinds == Counter(place.name for each in exercised for place, _ in each)


def test_a_form_has_the_kind_of_each_value() -> None:
    """What JSON calls it; an integer where it is written without a fraction."""
    (form,) = forms("StartNotebook", notebook(name=None, lease={"enable": 1, "duration": 2}))
    kinds = {(field.name, name) for field, name in form.kinds}
    assert kinds >= {("name", "null"), ("lease", "object"), ("enable", "integer")}
    assert kind(1) == "integer"


def test_values_of_enumerations_are_told_each() -> None:
    """`true` and `1` are two; of a list each item; a text without its quotes."""
    found = forms(
        "StartNotebook",
        notebook(lease={"enable": True, "type": "timing"}),
        notebook(lease={"enable": 1, "type": "TIMING"}, billing_items=["STORAGE", "ALL"]),
    )
    values = Counter((field.place.name, text) for form in found for field, text in form.texts())
    assert values["Lease.enable", "true"] == values["Lease.enable", "1"] == 1
    assert values["Lease.type", "timing"] == values["Lease.type", "TIMING"] == 1
    assert values["NotebookResp.billing_items", "ALL"] == 1
    assert values["NotebookResp.status", "STARTING"] == 2


def test_objects_in_lists_have_forms_of_their_own() -> None:
    """So that lists of any length come in few forms."""
    body = {"data": [notebook(), notebook(status="RUNNING")], "total": 2}
    found = forms("ListNotebooks", body)
    assert [form.path for form in found] == [("data", 0), ("data", 1), ()]


def test_a_number_written_with_a_fraction_is_told() -> None:
    """`50.0` is an integer to JSON Schema, not to the decoders of clients."""
    for text, expected in (("50", False), ("50.0", True), ("5e1", True)):
        body = json.loads(json.dumps(notebook()).replace('"capacity": 50', f'"capacity": {text}'))
        assert forms("StartNotebook", body)[0].fractions is expected


def test_of_forms_that_are_alike_one_is_kept() -> None:
    """Whatever else the bodies hold; where a value differs that is counted, both are."""
    shape = shape_of(VIEW, "StartNotebook", 200, fields_of((VIEW,)).enumerated)
    assert shape is not None
    kept = Forms(shape)
    bodies = [notebook(), notebook(name="other"), notebook(lease={"enable": 1}), notebook()]
    one, alike, other, again = (kept.keep(forms_of(shape, body)) for body in bodies)
    assert one[0] is alike[0] is again[0]
    assert other[0] is not one[0]
