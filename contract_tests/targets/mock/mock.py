"""A mock that serves, and what whoever tests it needs to know."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import InitVar, dataclass, field

from contract_tests.contract import View
from contract_tests.targets.mock.credentials import Credentials
from contract_tests.targets.mock.fault import Fault
from contract_tests.targets.mock.notebooks import notebooks_of
from contract_tests.targets.mock.play import PLAYS, PlayName
from contract_tests.targets.mock.server import listening
from contract_tests.targets.mock.service import Service
from contract_tests.targets.mock.state import World, by_id
from contract_tests.targets.mock.wire import Answer, Call

PACE = 0.05
"""Seconds that a notebook stays STARTING or STOPPING where nobody looks."""


@dataclass(slots=True)
class Mock:
    """A mock at work; `requests` are the calls it received, in order, if it is to record them."""

    view: View
    play: PlayName
    seed: int = 0
    pace: float = PACE
    clock: Callable[[], float] = time.time
    faults: InitVar[Iterable[Fault]] = ()
    record: bool = True
    url: str = ""
    requests: list[Call] = field(default_factory=list, repr=False)
    credentials: Credentials = field(init=False)
    service: Service = field(init=False, repr=False)

    def __post_init__(self, faults: Iterable[Fault]) -> None:
        self.credentials = Credentials.from_seed(self.seed)
        play = PLAYS[self.play]
        self.service = Service(self.view, play, self._fresh_world(), tuple(faults))

    @property
    def token(self) -> str:
        """A token that counts for the own project."""
        return self.credentials.token

    @property
    def other_token(self) -> str:
        """A token that counts for another project."""
        return self.credentials.other_token

    @property
    def expired_token(self) -> str:
        """A token that counts no more."""
        return self.credentials.expired_token

    @property
    def project_id(self) -> str:
        """The own project."""
        return self.credentials.project_id

    @property
    def other_project_id(self) -> str:
        """A project that the own token does not count for."""
        return self.credentials.other_project_id

    @property
    def notebook_ids(self) -> tuple[str, ...]:
        """The own notebooks, those made STOPPED first."""
        return self._ids(self.project_id)

    @property
    def other_notebook_ids(self) -> tuple[str, ...]:
        """The notebooks of the other project."""
        return self._ids(self.other_project_id)

    def _ids(self, project_id: str) -> tuple[str, ...]:
        return tuple(notebook.id for notebook in self.service.world.of_project(project_id))

    def answer(self, call: Call) -> Answer:
        """Answer a call without a network."""
        if self.record:
            self.requests.append(call)
        return self.service.answer(call)

    def reset(self, faults: Iterable[Fault] = ()) -> None:
        """Begin anew at the same URL: the same notebooks as at first, these faults, no requests."""
        self.service.replace(self._fresh_world(), faults)
        self.requests.clear()

    def _fresh_world(self) -> World:
        now = int(self.clock() * 1000)
        projects = (self.project_id, self.other_project_id)
        play = PLAYS[self.play]
        notebooks = (
            notebook
            for project in projects
            for notebook in notebooks_of(self.view, play, project, self.seed, now)
        )
        return World(self.credentials, by_id(notebooks), self.clock, self.pace)


@contextmanager
def serve(
    view: View,
    *,
    play: PlayName | None = None,
    seed: int = 0,
    port: int = 0,
    faults: Iterable[Fault] = (),
    pace: float = PACE,
    clock: Callable[[], float] = time.time,
    record: bool = True,
) -> Iterator[Mock]:
    """Serve a mock on the loopback interface until the context is left.

    Args:
        view: What its answers are made from.
        play: How it behaves; None: as the view is named. Pass the view of the same name.
        seed: Ids, tokens and values hang on it, points of time do not.
        port: 0 takes a free one.
        faults: What it does wrong.
        pace: Seconds that a notebook stays STARTING or STOPPING where nobody looks.
        clock: Unix time in seconds.
        record: Keep the requests; a mock that serves for days had better not.

    Raises:
        InputError: the port is in use, or no value can be made for a schema.
    """
    name: PlayName = play or ("documented" if view.name == "documented" else "observed")
    mock = Mock(view, name, seed, pace, clock, faults, record)
    with listening(mock.answer, port) as url:
        mock.url = url
        yield mock
