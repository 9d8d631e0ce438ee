"""The selfcheck: its sample, its trials, its score."""

from __future__ import annotations

from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.commands.selfcheck import command
from contract_tests.selfcheck.pool import faults_of, named
from contract_tests.selfcheck.sample import pick
from contract_tests.selfcheck.score import Result
from contract_tests.selfcheck.trial import Order, Trial, attempt, false_alarms, is_at
from contract_tests.targets.mock import KLASSES, Fault, Klass

faults = st.lists(
    st.builds(
        Fault,
        id=st.uuids().map(str),
        klass=st.sampled_from(KLASSES),
        description=st.just("d"),
        detects=st.just(("StartNotebook:body",)),
    ),
    max_size=60,
    unique_by=lambda fault: fault.id,
)


@given(faults=faults, size=st.integers(1, 80), seed=st.integers())
def test_a_sample_is_fair_and_repeatable(faults: list[Fault], size: int, seed: int) -> None:
    """Of the faults, no more than asked, the same twice, no class ahead by more than one."""
    drawn = pick(faults, size=size, seed=seed)
    assert {fault.id for fault in drawn} <= {fault.id for fault in faults}
    assert len({fault.id for fault in drawn}) == len(drawn) == min(size, len(faults))
    assert drawn == pick(faults, size=size, seed=seed)
    taken, there = Counter(f.klass for f in drawn), Counter(f.klass for f in faults)
    unfinished = [taken[klass] for klass in there if taken[klass] < there[klass]]
    assert max(taken.values(), default=0) - min(unfinished, default=10**6) <= 1


@given(faults=faults)
def test_a_sample_of_one_class_holds_no_other(faults: list[Fault]) -> None:
    """With a class only its faults are drawn, and without a size all of them."""
    drawn = pick(faults, size=None, seed=1, klass="rare")
    assert {f.id for f in drawn} == {f.id for f in faults if f.klass == "rare"}


@pytest.mark.parametrize(
    ("place", "wanted", "inside"),
    [
        ("StartNotebook:VolumeRes.category", "StartNotebook:VolumeRes.category", True),
        ("StartNotebook:lifecycle.STARTING", "StartNotebook:lifecycle", True),
        ("StartNotebook:security.header x-trace", "StartNotebook:security.header", True),
        ("StartNotebook:VolumeRes.category", "ShowNotebook:VolumeRes.category", False),
        ("StartNotebook:NotebookResp.status", "StartNotebook:NotebookResp.stat", False),
    ],
)
def test_a_place_is_inside_of_another(place: str, wanted: str, *, inside: bool) -> None:
    """The place itself or a part of it, in the same operation."""
    assert is_at(place, wanted) is inside


def trial(klass: Klass, number: int, *found: str) -> Trial:
    """A trial that took no time."""
    fault = Fault(
        id=f"{klass}-{number}",
        klass=klass,
        description="d",
        detects=("StartNotebook:body",),
    )
    return Trial(fault, found, 0.0)


def test_the_score_counts_by_class() -> None:
    """Found, found in place, and survived, of each class and in all."""
    result = Result(
        (
            trial("rare", 1, "StartNotebook:body.200"),
            trial("rare", 2, "StartNotebook:status.500"),
            trial("state", 3),
        ),
        (),
    )
    assert [(s.name, s.tried, s.killed, s.named) for s in result.classes] == [
        ("state", 1, 0, 0),
        ("rare", 2, 2, 1),
    ]
    assert result.overall.share == pytest.approx(2 / 3)
    assert [fault.id for fault in result.survivors] == ["state-3"]
    assert not result.suffices


def test_a_false_alarm_is_never_good_enough() -> None:
    """Every fault found, and one finding where nothing is wrong."""
    found = (trial("rare", 1, "StartNotebook:body"),)
    assert Result(found, ()).suffices
    assert not Result(found, (("observed", "StartNotebook:body"),)).suffices


def test_one_weak_class_is_not_good_enough() -> None:
    """97 % overall do not make up for a class under 90 %."""
    strong = tuple(trial("response", n, "StartNotebook:body") for n in range(200))
    weak = tuple(trial("rare", n, *(["StartNotebook:body"] if n else [])) for n in range(5))
    result = Result((*strong, *weak), ())
    assert result.overall.share > 0.97
    assert not result.suffices


@pytest.mark.parametrize("id_", ["body-nan", "start-trusts-no-token"])
def test_a_plain_fault_is_found_where_it_is(id_: str) -> None:
    """The suite finds it, at the place that the fault names."""
    (fault,) = named("observed", [id_])
    found = attempt(fault, Order(budget="quick"))
    assert found.killed
    assert found.named


@pytest.mark.slow
@pytest.mark.parametrize("play", ["documented", "observed"])
def test_the_clean_mock_raises_no_alarm(play: str) -> None:
    """Nothing new is found where nothing is wrong."""
    assert false_alarms(Order(play=play, budget="quick")) == ()  # type: ignore[arg-type]


def test_the_command_prints_score_and_survivors() -> None:
    """One fault tried: its class, the score, no survivor."""
    options = ["--fault", "body-nan", "--workers", "1"]
    result = CliRunner().invoke(command, options, standalone_mode=False)
    assert result.return_value == 0, result.output
    assert "response                   1       1  100.0%    100.0%" in result.output
    assert "Survivors (0)" in result.output
    assert "1 faults in" in result.output


def test_all_faults_are_there_to_be_tried() -> None:
    """A selfcheck draws from every class."""
    assert {fault.klass for fault in faults_of("observed")} == {*KLASSES}
