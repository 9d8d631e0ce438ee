"""The pictures' numbers: positions in percent that stay inside of the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.report import matrix, pictures
from contract_tests.verdicts import Beat
from tests.report.sample_facts import fact
from tests.report.sample_runs import base_run, beats, earlier, mixed

any_beats = st.lists(
    st.builds(
        Beat,
        at=st.floats(0, 1e6),
        operation=st.just("StartNotebook"),
        status=st.none() | st.integers(100, 599),
        elapsed=st.floats(0, 1e4),
    ),
    min_size=1,
)


@given(any_beats)
def test_dots_stay_inside(found: list[Beat]) -> None:
    """However long an answer took."""
    times = pictures.answer_times(found)
    assert times is not None
    assert all(0 <= dot.x <= 100 and 0 <= dot.y <= 100 for dot in times.dots)
    assert all(0 <= y <= 100 for y, _ in times.grid)


@given(any_beats)
def test_bars_stay_inside_and_count_every_answer(found: list[Beat]) -> None:
    """Up to the number of codes that fit."""
    rows = pictures.statuses(found)
    assert all(x + w <= 100.1 and h <= 100 for row in rows for x, w, h in row.bars)
    if len({beat.status for beat in found}) <= pictures.MOST_CODES:
        assert sum(row.total for row in rows) == len(found)


def test_statuses_are_in_order_and_silence_is_last() -> None:
    """What is 5xx or none stands out."""
    rows = pictures.statuses(beats())
    assert [row.label for row in rows] == ["200", "201", "400", "401", "404", "503", "none"]
    assert [row.label for row in rows if row.odd] == ["503", "none"]


def test_many_dots_are_thinned_but_the_slowest_stay() -> None:
    """What is left out is counted."""
    many = [Beat(float(n), "x", 200, 9.0 if n == 4321 else 0.01) for n in range(10_000)]
    times = pictures.answer_times(many)
    assert times is not None
    assert len(times.dots) <= pictures.MOST_DOTS
    assert len(times.dots) + times.left_out == 10_000
    assert min(dot.y for dot in times.dots) < 5
    assert times.slowest == "9 s"


def test_nothing_sent_gives_no_picture() -> None:
    """Neither times nor codes."""
    assert pictures.answer_times([]) is None
    assert pictures.statuses([]) == []


def test_coverage_adds_up() -> None:
    """Agreeing and differing facts are the exercised ones, over all operations."""
    found = {c.structure: c for c in pictures.coverage(matrix.groups(mixed().matrix))}
    assert (found["VolumeRes"].facts, found["VolumeRes"].exercised) == (5, 5)
    assert found["VolumeRes"].differing == 1
    assert found["VolumeRes"].agree == pytest.approx(80)
    assert found["Pool"].exercised == 0


def test_the_trend_ends_with_this_run() -> None:
    """And is not drawn without an earlier one."""
    assert pictures.trend(base_run()) is None
    found = pictures.trend(base_run(earlier=earlier(), verdicts=mixed().verdicts))
    assert found is not None
    assert (found.runs[-1].id, found.runs[-1].new, found.most) == (base_run().id, 6, 6)
    assert found.new[-1] == (100, 0)
    assert len(found.new) == 13


@pytest.mark.parametrize(
    ("milliseconds", "shown"), [(0.42, "0.4 ms"), (12.4, "12 ms"), (999, "999 ms"), (1400, "1.4 s")]
)
def test_durations(milliseconds: float, shown: str) -> None:
    """In the unit that people read."""
    assert pictures.duration(milliseconds) == shown


def test_a_row_is_in_each_of_its_states() -> None:
    """What differs and was never exercised is found by both filters."""
    (group,) = matrix.groups([fact("A.b", "type", "differ-unexercised", ("x", None, None), (1, 2))])
    (row,) = group.rows
    assert row.states == ("differs", "unexercised")
    assert [cell.sign for cell in row.cells] == ["differs", "differs", "unexercised"]


def test_a_silent_party_is_told_from_one_that_agrees() -> None:
    """Who says nothing neither agrees nor differs."""
    (group,) = matrix.groups([fact("A.b", "presence", "service-alone", (None, None, "integer"))])
    assert [cell.sign for cell in group.rows[0].cells] == ["silent", "silent", "alone"]


def test_groups_keep_the_order_of_the_facts() -> None:
    """The page's order is the one that readers know."""
    names = ("B.x", "A.y", "B.z")
    found = matrix.groups([fact(n, "type", "agree", ("x", "x", "x")) for n in names])
    assert [(g.structure, len(g.rows)) for g in found] == [("B", 2), ("A", 1)]


def test_values_come_with_their_share() -> None:
    """The most frequent first, as the longest bar."""
    (group,) = matrix.groups([fact("A.b", "enum", "agree", ("x", "x", "x"), seen={"x": 1, "y": 4})])
    assert group.rows[0].seen == (("y", 4, 100.0), ("x", 1, 25.0))
