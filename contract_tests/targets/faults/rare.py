"""Rare faults: plain defects that only show under a condition that few requests meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    START,
    crash,
    fault,
    field,
    instead,
    other_notebook,
    status,
    success,
    when,
)
from contract_tests.targets.mock.fault import Alter, Fault, Turn
from contract_tests.targets.mock.play import HOUR
from contract_tests.targets.mock.service import TOKEN_HEADER
from contract_tests.targets.mock.wire import Answer

Condition = Callable[[Turn, Answer], bool]

_fault = partial(fault, "rare")


def _asked(turn: Turn) -> int:
    """The duration that was asked for, in milliseconds; 0 where none was."""
    text = turn.call.parameter("duration") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _place_of(turn: Turn) -> int:
    """The number of the notebook among those of its project, from 0."""
    own = turn.world.of_project(turn.ids.get("project_id", ""))
    return next((i for i, each in enumerate(own) if each.id == turn.ids.get("id")), -1)


def _count(turn: Turn, what: str) -> int:
    """How often this was asked, this time included."""
    turn.world.tally[what] += 1
    return turn.world.tally[what]


CONDITIONS: Mapping[str, tuple[str, Condition]] = {
    "first-notebook": ("for the first notebook", lambda turn, _: _place_of(turn) == 0),
    "third-notebook": ("for the third notebook", lambda turn, _: _place_of(turn) == 2),
    "last-notebook": ("for the last notebook that can start", lambda turn, _: _place_of(turn) == 5),
    "over-48-hours": ("for more than 48 hours", lambda turn, _: _asked(turn) > 48 * HOUR),
    "over-24-hours": ("for more than 24 hours", lambda turn, _: _asked(turn) > 24 * HOUR),
    "exactly-72-hours": ("for exactly 72 hours", lambda turn, _: _asked(turn) == 72 * HOUR),
    "exactly-one-hour": ("for exactly one hour", lambda turn, _: _asked(turn) == HOUR),
    "odd-milliseconds": ("for no whole seconds", lambda turn, _: _asked(turn) % 1000 != 0),
    "idle": ("with type idle", lambda turn, _: turn.call.parameter("type") == "idle"),
    "idle-and-long": (
        "with type idle and more than twelve hours",
        lambda turn, _: turn.call.parameter("type") == "idle" and _asked(turn) > 12 * HOUR,
    ),
    "without-duration": ("without a duration", lambda turn, _: _asked(turn) == 0),
    "first-start": ("at the very first start", lambda turn, _: _count(turn, "starts") == 1),
    "second-start": ("at the second start", lambda turn, _: _count(turn, "starts") == 2),
    "second-start-of-one": (
        "at the second start of the same notebook",
        lambda turn, _: _count(turn, f"starts {turn.ids.get('id')}") == 2,
    ),
    "one-in-five": ("at one start in five", lambda turn, _: _count(turn, "starts") % 5 == 0),
    "one-in-twenty": ("at one start in twenty", lambda turn, _: _count(turn, "starts") % 20 == 0),
    "after-3-seconds": ("after three seconds", lambda turn, _: turn.world.age > 3),
    "after-30-seconds": ("after half a minute", lambda turn, _: turn.world.age > 30),
    "disk": ("for a notebook with a disk", lambda _, answer: _category(answer) == "EVS"),
    "no-disk": ("for a notebook without a disk", lambda _, answer: _category(answer) != "EVS"),
    "with-pool": ("for a notebook in a pool", lambda _, answer: "pool" in answer.content),
}


def _category(answer: Answer) -> str:
    return str(answer.content.get("volume", {}).get("category"))


def _longer(turn: Turn, answer: Answer) -> Answer:
    """The lease is one minute longer than asked, in the answer and in the state."""
    if turn.notebook:
        turn.notebook.record["lease"]["duration"] += 60_000
    return field("lease.duration", lambda value: value + 60_000)(turn, answer)


def _leaking(turn: Turn, answer: Answer) -> Answer:
    return answer.with_header("X-Trace", turn.call.header(TOKEN_HEADER) or "")


def _other(turn: Turn, answer: Answer) -> Answer:
    return replace(answer, content={**answer.content, "id": other_notebook(turn).id})


def _stopping(turn: Turn, answer: Answer) -> Answer:
    if turn.notebook:
        turn.notebook.move = None
        turn.notebook.become("STOPPED")
    return answer


DEFECTS: Mapping[str, tuple[str, str, Alter]] = {
    "capacity-string": (
        "the capacity is a string",
        "VolumeRes.capacity",
        field("volume.capacity", str),
    ),
    "status-other-case": (
        "the status is in other case",
        "NotebookResp.status",
        field("status", str.capitalize),
    ),
    "other-id": ("the id is another notebook's", "NotebookResp.id", _other),
    "lease-longer": ("the lease is a minute too long", "Lease.duration", _longer),
    "crash": ("the answer is a 500", "operation", success(instead(crash()))),
    "status-202": ("the status is 202", "status.202", success(status(202))),
    "token-echo": ("the token is echoed in a header", "security.header X-Trace", _leaking),
    "stays-stopped": ("the notebook does not start", "NotebookResp.status", _stopping),
}

SPREAD = 3
"""Each condition goes with so many defects; together they cover all of both."""


def faults(view: View) -> Iterator[Fault]:
    """Each condition with some of the defects, in turn."""
    del view
    names = list(DEFECTS)
    for number, (condition, (moment, is_met)) in enumerate(CONDITIONS.items()):
        for step in range(SPREAD):
            defect = names[(number * SPREAD + step) % len(names)]
            words, place, alter = DEFECTS[defect]
            yield _fault(
                f"{condition}-{defect}",
                f"{words}, but only {moment}",
                f"{START}:{place}",
                alter=when(_started(is_met), alter),
            )


def _started(is_met: Condition) -> Condition:
    """The condition, asked of starts that worked."""
    return lambda turn, answer: (
        turn.operation == START and answer.is_success and is_met(turn, answer)
    )
