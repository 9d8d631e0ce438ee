"""Runs the trials of a selfcheck, several at a time, each worker a process of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import replace

from contract_tests.contract import load_contract
from contract_tests.selfcheck.trial import Order, Trial, attempt, false_alarms
from contract_tests.targets.faults import all_faults, pick_faults
from contract_tests.targets.mock import PLAYS, Fault, PlayName

TRIALS_OF_A_WORKER = 50
"""After so many the workers give way to fresh ones: pytest keeps what it once collected.

The executor's own `max_tasks_per_child` is not for this: with it Python 3.11 can wait for ever
for a worker that is gone.
"""


def faults_of(play: PlayName) -> tuple[Fault, ...]:
    """The faults that a mock of the shipped contract can have in a play."""
    return all_faults(load_contract().view(play))


def named(play: PlayName, ids: Iterable[str]) -> tuple[Fault, ...]:
    """The faults of these ids; raises InputError where there is none of an id."""
    return pick_faults(load_contract().view(play), ids)


def trials_of(faults: Sequence[Fault], order: Order, workers: int) -> Iterator[Trial]:
    """Try the faults; yields each trial as it ends, in no order."""
    size = TRIALS_OF_A_WORKER * workers
    for start in range(0, len(faults), size):
        yield from _batch(faults[start : start + size], order, workers)


def _batch(faults: Sequence[Fault], order: Order, workers: int) -> Iterator[Trial]:
    with _executor(workers) as executor:
        # a fault is functions, which do not travel; its id does
        sent = {executor.submit(_found, fault.id, order): fault for fault in faults}
        for future in as_completed(sent):
            yield _arrived(sent[future], future)


def _found(id_: str, order: Order) -> tuple[tuple[str, ...], float]:
    (fault,) = named(order.play, (id_,))
    trial = attempt(fault, order)
    return trial.found, trial.seconds


def _arrived(fault: Fault, future: Future[tuple[tuple[str, ...], float]]) -> Trial:
    found, seconds = future.result()
    return Trial(fault, found, seconds)


def alarms_of(order: Order, workers: int) -> tuple[tuple[PlayName, str], ...]:
    """What the suite finds in the clean mock, in each play."""
    with _executor(workers) as executor:
        plays = list(PLAYS)
        found = executor.map(false_alarms, [replace(order, play=play) for play in plays])
        return tuple(
            (play, place) for play, places in zip(plays, found, strict=True) for place in places
        )


def _executor(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
