"""The faults: each has a stable id, and each shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from contract_tests.contract import View
from contract_tests.errors import InputError
from contract_tests.targets.faults import all_faults, pick_faults
from contract_tests.targets.mock import KLASSES, Answer, Fault, Klass, PlayName
from tests.targets.mock.calls import Clock, Walk, meet
from tests.targets.mock.worlds import BOTH, mock_of, view_of

both_plays = pytest.mark.parametrize("play", BOTH)

LEAST: dict[Klass, int] = {
    "response": 300,
    "request-validation": 150,
    "authentication": 80,
    "state": 250,
    "robustness": 80,
    "security": 80,
    "rare": 50,
}
"""How many faults of each class there are at least."""


@both_plays
def test_ids_are_stable_words(play: PlayName) -> None:
    """Each id is in kebab case, with dots between nested fields, and stands once."""
    ids = [fault.id for fault in all_faults(view_of(play))]
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", id_)] == []


@both_plays
def test_every_class_has_its_faults(play: PlayName) -> None:
    """No class is thin."""
    counts = Counter(fault.klass for fault in all_faults(view_of(play)))
    assert {*counts} == {*KLASSES}
    assert {klass: counts[klass] >= least for klass, least in LEAST.items()} == dict.fromkeys(
        LEAST, True
    )


@both_plays
def test_every_fault_says_where_it_should_be_found(play: PlayName) -> None:
    """An operation of the contract and a place in it, and a description."""
    operations = {operation.id for operation in view_of(play).operations}
    for fault in all_faults(view_of(play)):
        assert fault.detects, fault.id
        assert {place.partition(":")[0] for place in fault.detects} <= operations, fault.id
        assert fault.description, fault.id


def test_an_unknown_fault_is_named_with_a_near_one() -> None:
    """A slip of the pen gets a suggestion."""
    with pytest.raises(InputError, match="no fault 'start-status-otehr-case'; did you mean"):
        pick_faults(view_of("observed"), ["start-status-otehr-case"])


Seen = tuple[int, object, bytes, float, int | None, bool]


def seen(answer: Answer) -> Seen:
    """All of an answer that a client can tell."""
    wire = (answer.delay, answer.cut, answer.reset)
    return (answer.status, answer.headers, answer.body, *wire)


def walk(play: PlayName, klass: Klass, *faults: Fault) -> Iterator[Seen]:
    """What a mock with these faults answers to the walk."""
    clock = Clock()
    mock = mock_of(play, seed=7, clock=clock, faults=faults)
    return (seen(mock.answer(call)) for call in meet(mock, clock, klass))


@cache
def clean(play: PlayName, klass: Klass) -> tuple[Seen, ...]:
    """What the clean mock answers."""
    return tuple(walk(play, klass))


def shows(play: PlayName, fault: Fault) -> bool:
    """Whether any answer of the walk differs from the clean mock's."""
    pairs = zip(walk(play, fault.klass, fault), clean(play, fault.klass), strict=True)
    return any(given != due for given, due in pairs)


@both_plays
def test_a_sample_of_the_faults_shows(play: PlayName) -> None:
    """Some of each class change an answer of the walk."""
    faults = all_faults(view_of(play))
    assert [f.id for f in faults[7::70] if not shows(play, f)] == []


@pytest.mark.slow
@both_plays
def test_every_fault_shows(play: PlayName) -> None:
    """Each changes an answer of the walk: none is a defect in name only."""
    assert [f.id for f in all_faults(view_of(play)) if not shows(play, f)] == []


@both_plays
def test_derived_response_faults_break_the_schema(play: PlayName) -> None:
    """Of what is derived from a start's schema every fourth breaks it, at the place it names."""
    view = view_of(play)
    prefixes = ("start-image.", "start-lease.", "start-volume.", "start-user.", "start-status-")
    for fault in all_faults(view)[::4]:
        if fault.klass == "response" and fault.id.startswith(prefixes):
            assert {*fault.detects} & {*broken(view, play, fault)}, fault.id


def broken(view: View, play: PlayName, fault: Fault) -> Iterator[str]:
    """The places that the answers of six starts break."""
    mock = mock_of(play, faults=(fault,))
    for id_ in mock.notebook_ids[:6]:
        content = mock.answer(Walk(mock).start(id_, "duration=7200000")).content
        for violation in view.response_violations("StartNotebook", 200, None, content):
            yield str(violation.place)
