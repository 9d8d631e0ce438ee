"""Faults of the state: what goes wrong the second time, or with another notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    SHOW,
    START,
    STOP,
    Edit,
    crash,
    fault,
    field,
    foreign_notebook,
    notebook,
    other_notebook,
    prolong,
    refused,
    short,
)
from contract_tests.targets.mock.fault import Alter, Fault, Rewrite, Turn
from contract_tests.targets.mock.state import Notebook, Record
from contract_tests.targets.mock.wire import Answer, Call, refusal

_fault = partial(fault, "state")


def faults(view: View) -> Iterator[Fault]:
    """Second starts, restarts, looks in turn, and the wrong notebook altogether."""
    del view
    yield from _repeats()
    yield from _lookups()


def _repeats() -> Iterator[Fault]:
    """What goes wrong the second time, or at the same time."""
    yield _fault(
        "restart-refused",
        "a notebook that was stopped cannot be started again",
        f"{START}:lifecycle",
        rewrite=_forgetting_parameters_of_a_restart,
    )
    yield _fault(
        "second-start-crashes",
        "a start of a started notebook is a 500",
        f"{START}:lifecycle",
        alter=_on_a_second_start(lambda _: crash()),
    )
    yield _fault(
        "second-start-stops",
        "a refused start of a started notebook stops it",
        f"{START}:lifecycle",
        alter=_on_a_second_start(_halted),
    )
    yield _fault(
        "second-start-fails-it",
        "a refused start of a started notebook makes it ERROR",
        f"{START}:lifecycle",
        alter=_on_a_second_start(_failed),
    )
    yield _fault(
        "second-start-prolongs",
        "a refused start of a started notebook prolongs its lease",
        f"{START}:NotebookResp.lease",
        alter=_on_a_second_start(_prolonged),
    )
    yield _fault(
        "second-start-answers-410",
        "a start of a started notebook is a 410",
        f"{START}:lifecycle",
        f"{START}:status.410",
        alter=_on_a_second_start(lambda _: refusal(410, "6309", "Gone.")),
    )
    yield _fault(
        "stopped-notebook-vanishes",
        "a notebook that was stopped is gone",
        f"{SHOW}:path.id",
        alter=_vanishing,
    )
    yield _fault(
        "start-answers-before-state",
        "a start answers the notebook as it was before",
        f"{START}:NotebookResp.status",
        alter=field("status", lambda _: "STOPPED"),
    )
    yield _fault(
        "running-keeps-looking-starting",
        "show says STARTING for ever, list RUNNING",
        f"{SHOW}:lifecycle",
        alter=_frozen_word("RUNNING", "STARTING", SHOW),
    )
    yield _fault(
        "running-flips",
        "a running notebook shows RUNNING and STARTING in turn",
        f"{SHOW}:lifecycle",
        alter=_flipping,
    )


def _forgetting_parameters_of_a_restart(turn: Turn) -> Call:
    if turn.operation == STOP:
        turn.world.tally[f"stopped {turn.ids.get('id')}"] += 1
    is_again = turn.operation == START and turn.world.tally[f"stopped {turn.ids.get('id')}"]
    return turn.call.with_query((("duration", "refused"),)) if is_again else turn.call


def _on_a_second_start(change: Callable[[Notebook], Answer | None]) -> Alter:
    """Act on a start that is refused because the notebook is on its way already."""

    def alter(turn: Turn, answer: Answer) -> Answer:
        is_started = turn.notebook is not None and turn.notebook.status in ("STARTING", "RUNNING")
        if not (refused(turn, answer) and answer.status == 400 and is_started and turn.notebook):
            return answer
        return change(turn.notebook) or answer

    return alter


def _halted(started: Notebook) -> None:
    started.move = None
    started.become("STOPPED")


def _failed(started: Notebook) -> None:
    started.move = None
    started.become("CREATE_FAILED")


def _prolonged(started: Notebook) -> None:
    prolong(started)


def _vanishing(turn: Turn, answer: Answer) -> Answer:
    if turn.operation == STOP and answer.is_success:
        turn.world.notebooks.pop(turn.ids["id"], None)
    return answer


def _frozen_word(status: str, shown: str, operation: str) -> Alter:
    return field("status", lambda value: shown if value == status else value, operation)


def _flipping(turn: Turn, answer: Answer) -> Answer:
    """Of the looks at a running notebook every second one shows it starting."""
    if turn.operation != SHOW or not answer.is_success or answer.content["status"] != "RUNNING":
        return answer
    turn.world.tally["looks"] += 1
    status = "STARTING" if turn.world.tally["looks"] % 2 == 0 else "RUNNING"
    return replace(answer, content={**answer.content, "status": status})


def _lookups() -> Iterator[Fault]:
    """The wrong notebook altogether."""
    for operation in (START, SHOW, STOP):
        yield _fault(
            f"{short(operation)}-answers-a-neighbour",
            "the answer is another notebook of the project",
            f"{operation}:NotebookResp.id",
            alter=notebook(_become(other_notebook), operation),
        )
        yield _fault(
            f"{short(operation)}-answers-a-foreign-one",
            "the answer is another project's notebook",
            f"{operation}:NotebookResp.id",
            alter=notebook(_become(foreign_notebook), operation),
        )
        yield _fault(
            f"{short(operation)}-unknown-id-accepted",
            "an unknown id is taken for a known one",
            f"{operation}:path.id",
            rewrite=_any_id(operation),
        )
        yield _fault(
            f"{short(operation)}-upper-case-id",
            "the answer's id is in capitals",
            f"{operation}:NotebookResp.id",
            alter=field("id", str.upper, operation),
        )
    yield _fault(
        "start-starts-a-neighbour-instead",
        "a start starts another notebook",
        f"{START}:lifecycle",
        rewrite=_aiming_elsewhere,
    )
    yield _fault(
        "progress-of-a-neighbour",
        "the progress is another notebook's",
        f"{START}:JobProgress.notebook_id",
        alter=notebook(_progress_of_other),
    )
    yield _fault(
        "progress-repeats-a-step",
        "a step of the progress comes twice",
        f"{START}:NotebookResp.action_progress",
        alter=notebook(_progress_twice),
    )


def _become(which: Callable[[Turn], Notebook]) -> Edit:
    def edit(turn: Turn, record: Record) -> None:
        status, lease = record["status"], record["lease"]
        record.clear()
        record.update(turn.world.shown(which(turn)), status=status, lease=lease)

    return edit


def _any_id(operation: str) -> Rewrite:
    """An id that is a UUID and names nothing is taken for the first notebook's."""

    def rewrite(turn: Turn) -> Call:
        is_known = turn.notebook is not None or len(turn.ids.get("id", "")) != 36
        if turn.operation != operation or is_known:
            return turn.call
        return turn.call.with_segment(3, other_notebook(turn).id)

    return rewrite


def _aiming_elsewhere(turn: Turn) -> Call:
    if turn.operation != START or turn.notebook is None or turn.notebook.status != "STOPPED":
        return turn.call
    return turn.call.with_segment(3, other_notebook(turn).id)


def _progress_of_other(turn: Turn, record: Record) -> None:
    for step in record.get("action_progress", ()):
        step["notebook_id"] = other_notebook(turn).id


def _progress_twice(turn: Turn, record: Record) -> None:
    del turn
    if record.get("action_progress"):
        record["action_progress"].append(dict(record["action_progress"][0]))
