"""The forms of bodies tell what the contract itself says they hold."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.contract import load_contract
from contract_tests.contract.violations import kind
from contract_tests.traffic.forms import Noted, Seen, note
from contract_tests.traffic.shapes import Shape, enumerated_places, shape_of
from tests.traffic.samples import notebook
from tests.traffic.test_verify import bodies

VIEW = load_contract().view("observed")


def shape(operation: str) -> Shape:
    """The shape of an operation's answers; a new one, which remembers no form."""
    found = shape_of(VIEW, operation, 200, enumerated_places(VIEW))
    assert found is not None
    return found


def seen(operation: str, *values: Any) -> tuple[Seen, bool]:
    """What some bodies show, and whether any of them holds a fraction."""
    of, found, fractions = shape(operation), Seen(), False
    for value in values:
        noted: list[Noted] = []
        fractions |= note(of, value, noted)
        found.add(noted)
    return found, fractions


@settings(max_examples=150, deadline=None)
@given(st.lists(bodies().filter(lambda b: isinstance(b, dict)), min_size=1, max_size=3))
def test_forms_count_what_the_view_says_is_exercised(values: list[Any]) -> None:
    """Each documented field with the kind of its value, as often as it is there."""
    for operation in ("StartNotebook", "ListNotebooks"):
        found, _ = seen(operation, *values)
        kinds = {(field.place.name, name): n for (field, name), n in found.kinds().items()}
        exercised = (VIEW.exercised(operation, 200, value) for value in values)
        pairs = ((place.name, kind(item)) for each in exercised for place, item in each)
        assert _merged(kinds) == _merged(Counter(pairs))


def _merged(kinds: Any) -> Counter[str]:
    """By place alone: what JSON calls a number may be an integer to the view."""
    found: Counter[str] = Counter()
    for (place, _), times in kinds.items():
        found[place] += times
    return found


def test_values_of_enumerations_are_counted_each() -> None:
    """`true` and `1` are two; of a list each item; a text without its quotes."""
    found, _ = seen(
        "StartNotebook",
        notebook(lease={"enable": True, "type": "timing"}),
        notebook(lease={"enable": 1, "type": "TIMING"}),
    )
    values = {(field.place.name, text): n for (field, text), n in found.values().items()}
    assert values["Lease.enable", "true"] == values["Lease.enable", "1"] == 1
    assert values["Lease.type", "timing"] == values["Lease.type", "TIMING"] == 1
    assert values["NotebookResp.status", "STARTING"] == 2


def test_a_number_written_with_a_fraction_is_told() -> None:
    """`50.0` is an integer to JSON Schema, not to the decoders of clients."""
    for text, expected in (("50", False), ("50.0", True), ("5e1", True)):
        body = json.loads(json.dumps(notebook()).replace('"capacity": 50', f'"capacity": {text}'))
        assert seen("StartNotebook", body)[1] is expected
