"""The lifecycle: what moves the resource, and what is refused."""

from __future__ import annotations

import pytest

from contract_tests.contract import Lifecycle
from contract_tests.errors import InputError
from tests.contract.sample_contract import SPEC, sample_view


def lifecycle(text: str = SPEC) -> Lifecycle:
    """The sample's."""
    found = sample_view(text).lifecycle
    assert found is not None
    return found


def test_an_operation_moves_from_where_it_is_allowed() -> None:
    """And nowhere else."""
    cycle = lifecycle()
    assert cycle.next("StartThing", "OFF") == ("WARMING",)
    assert cycle.allowed("StartThing", "OFF")
    assert not cycle.allowed("StartThing", "ON")
    assert not cycle.allowed("StopThing", "OFF")


def test_time_alone_moves_too() -> None:
    """The expected state comes first."""
    cycle = lifecycle()
    assert cycle.next(None, "WARMING") == ("ON", "BROKEN")
    assert cycle.next(None, "ON") == ()


def test_a_refusal_has_its_status_and_codes() -> None:
    """Because of a state, or because of something else, which `when` says."""
    cycle = lifecycle()
    (refusal,) = cycle.refused("StartThing", "ON")
    assert (refusal.status, refusal.codes, refusal.sure) == (400, ("T.1",), "stated")
    assert cycle.refused("StartThing", "OFF") == ()
    assert [r.when for r in cycle.refusals if not r.states] == ["it is unknown"]


def test_reachable_states_hold_the_state_itself() -> None:
    """What a look at the resource a little later may show."""
    assert lifecycle().reachable("WARMING") == {"WARMING", "ON", "BROKEN"}
    assert lifecycle().reachable("OFF") == {"OFF"}


def test_a_document_may_have_no_lifecycle() -> None:
    """Any OpenAPI document makes a view."""
    start, end = SPEC.index("x-lifecycle:"), SPEC.index("paths:")
    assert sample_view(SPEC[:start] + SPEC[end:]).lifecycle is None


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("terminal: [BROKEN]", "terminal: [GONE]", "'GONE' is no state; list it under states"),
        ("to: [WARMING]", "to: [HOT]", "'HOT' is no state"),
        ("in: ['ON']", "in: [BLUE]", "'BLUE' is no state"),
        ("  states: [OFF, WARMING, 'ON', BROKEN]\n", "", "x-lifecycle is incomplete: 'states'"),
        ("status: 400", "stat: 400", "x-lifecycle is incomplete: 'status'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(before: str, after: str, words: str) -> None:
    """A state that is none, or a part that is missing."""
    with pytest.raises(InputError, match=words) as raised:
        lifecycle(SPEC.replace(before, after))
    assert raised.value.line
