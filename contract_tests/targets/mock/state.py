"""The state of the mock: its notebooks, and how time and looks move them along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from contract_tests.targets.mock.credentials import Credentials
from contract_tests.targets.mock.play import HOUR
from contract_tests.targets.mock.wire import copied

Record = dict[str, Any]

STEPS = 4
"""Steps of the job that brings an instance up."""


@dataclass(frozen=True, slots=True)
class Move:
    """A notebook on its way to another status: there at a time, or after so many looks."""

    to: str
    at: float
    """Unix time in seconds."""
    looks: int


@dataclass(slots=True)
class Notebook:
    """One notebook; `record` is what an answer shows of it, `requested` its duration in ms."""

    project_id: str
    record: Record
    requested: int = HOUR
    move: Move | None = None

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.record["id"])

    @property
    def status(self) -> str:
        """Its status as last settled."""
        return str(self.record["status"])

    def become(self, status: str) -> None:
        """Take a status, with the progress and the reason of failure that go with it."""
        self.record["status"] = status
        if "action_progress" in self.record:
            _show_progress(self.record["action_progress"], status)
        if "fail_reason" in self.record:
            failed = status.endswith("FAILED") or status == "ERROR"
            self.record["fail_reason"] = "The storage did not answer in time." if failed else ""


def _show_progress(steps: list[Record], status: str) -> None:
    """As many steps done as fits the status, the next one at work, failed or waiting."""
    done, at_work = _PROGRESS.get(status, (STEPS, "COMPLETED"))
    for step in steps:
        number = step.get("step", STEPS)
        step["status"] = _step_status(number, done, at_work)


def _step_status(number: int, done: int, at_work: str) -> str:
    if number <= done:
        return "COMPLETED"
    return at_work if number == done + 1 else "WAITING"


_PROGRESS = {
    "INIT": (0, "WAITING"),
    "CREATING": (1, "PROCESSING"),
    "STARTING": (1, "PROCESSING"),
    "CREATE_FAILED": (0, "FAILED"),
    "START_FAILED": (2, "FAILED"),
    "ERROR": (3, "FAILED"),
}


@dataclass(slots=True)
class World:
    """Everything the mock knows. Whoever reads or changes it holds the service's lock."""

    credentials: Credentials
    notebooks: dict[str, Notebook]
    clock: Callable[[], float]
    pace: float
    """Seconds that a move takes where nobody looks."""
    born: float = 0.0
    successes: int = 0
    """How many starts and stops succeeded."""
    tally: Counter[str] = field(default_factory=Counter)
    """What faults count."""

    def __post_init__(self) -> None:
        self.born = self.clock()

    @property
    def now(self) -> int:
        """Milliseconds since 1970."""
        return int(self.clock() * 1000)

    @property
    def age(self) -> float:
        """Seconds since the mock was made or reset."""
        return self.clock() - self.born

    def of_project(self, project_id: str) -> list[Notebook]:
        """The notebooks of a project, in a fixed order."""
        return [n for n in self.notebooks.values() if n.project_id == project_id]

    def find(self, project_id: str, id_: str) -> Notebook | None:
        """A notebook by its id, if it is one of this project."""
        notebook = self.notebooks.get(id_)
        return notebook if notebook and notebook.project_id == project_id else None

    def settle(self, notebook: Notebook) -> None:
        """Let a move end whose time is over, and stop what has run as long as it may."""
        move = notebook.move
        if move and (move.looks <= 0 or self.clock() >= move.at):
            notebook.move = None
            notebook.become(move.to)
        if notebook.status == "RUNNING" and self._lease_is_over(notebook):
            notebook.become("STOPPED")

    def _lease_is_over(self, notebook: Notebook) -> bool:
        lease = notebook.record["lease"]
        return bool(lease["enable"]) and lease["create_at"] + lease["duration"] < self.now

    def look(self, notebook: Notebook) -> Record:
        """What an answer shows of a notebook now; a look counts as a piece of time."""
        self.settle(notebook)
        if notebook.move:
            notebook.move = replace(notebook.move, looks=notebook.move.looks - 1)
        return self.shown(notebook)

    def shown(self, notebook: Notebook) -> Record:
        """What an answer shows of a notebook, without taking a look."""
        return copied(notebook.record)

    def renew(self, notebook: Notebook) -> None:
        """Count a lease anew: from the creation to now, and the requested time on top."""
        lease, now = notebook.record["lease"], self.now
        lease["update_at"] = now
        lease["duration"] = now - lease["create_at"] + notebook.requested
        if "update_at" in notebook.record:
            notebook.record["update_at"] = now

    def send(self, notebook: Notebook, through: str, to: str) -> None:
        """Set a notebook on its way: it takes one status now and another later."""
        notebook.become(through)
        notebook.move = Move(to, self.clock() + self.pace, looks=1)


def by_id(notebooks: Iterable[Notebook]) -> dict[str, Notebook]:
    """Notebooks under their ids, in the order given."""
    return {notebook.id: notebook for notebook in notebooks}
