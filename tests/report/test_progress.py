"""How far a run is: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from contract_tests.report.progress import Progress, Standing


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock."""
    return Clock()


def standing(tests: int = 10, findings: int = 0) -> Standing:
    """A run that is somewhere."""
    return Standing("StartNotebook", tests, 40, 310, findings)


def console(*, terminal: bool = False, quiet: bool = False) -> tuple[Console, io.StringIO]:
    """A console and what is written to it."""
    output = io.StringIO()
    return Console(file=output, force_terminal=terminal, quiet=quiet, width=120), output


def test_a_pipe_gets_a_plain_line_now_and_then(clock: Clock) -> None:
    """Not one per exchange: logs of pipelines are read by people."""
    where, output = console()
    with Progress(where, clock=clock) as progress:
        for _ in range(100):
            clock.now += 0.25
            progress.tell(standing(findings=1))
    lines = output.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[0] == ("StartNotebook: 10 of 40 tests, 310 exchanges, 1 new finding, 30 s left")
    assert "\x1b" not in output.getvalue()


def test_a_terminal_gets_one_line_that_leaves_no_trace(clock: Clock) -> None:
    """It is drawn over and erased in the end."""
    where, output = console(terminal=True)
    with Progress(where, clock=clock) as progress:
        progress.tell(standing(tests=20))
    assert "StartNotebook: 20 of 40 tests" in output.getvalue()
    assert output.getvalue().endswith("\x1b[2K")


def test_quiet_is_quiet(clock: Clock) -> None:
    """Nothing at all."""
    where, output = console(quiet=True)
    with Progress(where, clock=clock) as progress:
        clock.now += 60
        progress.tell(standing())
    assert output.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "tests", "left"),
    [
        (None, 0, None),  # nothing to guess by
        (60, 0, "40 s left"),  # the budget
        (60, 30, "7 s left"),  # the pace is better than the budget
        (10, 30, "0 s left"),  # the budget is spent
    ],
)
def test_the_time_left(clock: Clock, seconds: float | None, tests: int, left: str | None) -> None:
    """By the budget and by the pace so far, whichever is less; never below nothing."""
    where, output = console()
    with Progress(where, seconds, clock) as progress:
        clock.now += 20
        progress.tell(standing(tests))
    text = output.getvalue()
    assert (left in text) if left else "left" not in text


def test_names_of_operations_are_made_visible() -> None:
    """They come from a document that may be anybody's."""
    assert Standing("a\x1b[31m", 1, 2, 1, 0).words(None).startswith("a␛[31m: 1 of 2 tests")
