"""Mocks for the tests: without a network, with a clock that stands still until it is moved."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from contract_tests.contract import View, load_contract
from contract_tests.targets.mock import Fault, Mock, PlayName
from tests.targets.mock.calls import Clock

BOTH: tuple[PlayName, ...] = ("documented", "observed")


@cache
def view_of(play: PlayName) -> View:
    """The view of the shipped contract that a play follows."""
    return load_contract().view(play)


def mock_of(
    play: PlayName = "observed",
    seed: int = 0,
    clock: Clock | None = None,
    faults: Iterable[Fault] = (),
) -> Mock:
    """A mock that answers calls without a network."""
    return Mock(view_of(play), play, seed, clock=clock or Clock(), faults=faults)
