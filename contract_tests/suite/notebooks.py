"""The notebooks that a run may use: what each is, and how it comes back to where it was.

A notebook that somebody else had running when the run began is looked at, never touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle
from typing import Any

from contract_tests.exchange import Exchange, Expectation
from contract_tests.suite.listing import UNREACHABLE, Listing
from contract_tests.suite.probes import Probe
from contract_tests.suite.recorder import Recorder
from contract_tests.suite.shown import (
    Shown,
    is_in_doubt,
    notebook_of,
    said,
    state_of,
    unsettled,
)

FIRST_WAIT = 0.001
LONGEST_WAIT = 2.0
"""Seconds between two looks at a notebook that is on its way."""


@dataclass
class Notebooks:
    """The notebooks of the target, in turn."""

    recorder: Recorder
    ids: Sequence[str]
    patience: float
    """Seconds that a start or a stop may take."""
    operations: frozenset[str] = frozenset()
    """Those besides StartNotebook that the target has."""
    initial: dict[str, str | None] = field(default_factory=dict)
    shown: dict[str, Shown | None] = field(default_factory=dict)
    listing: Listing = field(init=False)
    stuck: set[str] = field(default_factory=set)
    _looks: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """By notebook: what the last look at it said."""
    trails: dict[str, list[str]] = field(default_factory=dict)
    """By notebook: the states seen since its last start or stop."""

    def __post_init__(self) -> None:
        """Find out which operations the target has and how each notebook stands."""
        self._turn = cycle(self.ids)
        self.listing = Listing(self.recorder, self.ids)
        for notebook in self.ids:
            self.initial[notebook] = self._first_look(notebook)
        if self.listing.refresh():
            self.operations |= {"ListNotebooks"}
        if "ShowNotebook" in self.operations:
            self.operations |= {"StopNotebook"}

    def startable(self) -> list[str]:
        """Those that may be started: STOPPED when the run began, or of unknown state."""
        return [n for n in self.ids if self.initial[n] in (None, "STOPPED") and n not in self.stuck]

    def in_state(self, *states: str) -> list[str]:
        """Those that stood in one of the states when the run began."""
        return [n for n in self.ids if self.initial[n] in states]

    def stopped(self) -> str | None:
        """The next in turn that can be had STOPPED; None where none can."""
        for _ in self.ids:
            notebook = next(self._turn)
            if notebook in self.startable() and self.restore(notebook):
                return notebook
        return None

    def restore(self, notebook: str) -> bool:
        """Bring a notebook back to STOPPED; whether it stands there now."""
        state = self.settle(notebook)
        if state == "RUNNING" and "StopNotebook" in self.operations:
            self.stop(notebook)
            state = self.settle(notebook)
        return state in ("STOPPED", None)

    def stop(self, notebook: str) -> Exchange | None:
        """Stop a notebook that this run started."""
        return self.change(notebook, stop_of(notebook))

    def look(self, notebook: str) -> Shown | None:
        """The notebook as ShowNotebook answers now; None where it does not.

        The answer is judged where it differs from the last one: the same says nothing new.
        """
        if "ShowNotebook" not in self.operations:
            return None
        due = Expectation("accepted", "valid", "operation.ShowNotebook", "a known notebook")
        exchange = self.recorder.send(Probe("ShowNotebook", due, {"id": notebook}), look=True)
        if exchange is None:
            return None
        self.shown[notebook] = notebook_of(exchange)
        trail = self._trail(notebook)
        seen = (trail, *said(exchange))
        if seen != self._looks.get(notebook):
            self._looks[notebook] = seen
            self.recorder.judge(exchange, {"trail": trail})
        return self.shown[notebook]

    def settle(self, notebook: str) -> str | None:
        """Wait until a notebook rests in a state; that state, None where it is unknown."""
        if "ShowNotebook" not in self.operations:
            return None
        deadline, wait = time.monotonic() + self._time_left(), FIRST_WAIT
        state = state_of(self.shown.get(notebook))
        while state is None or state in self.listing.passing:
            if time.monotonic() > deadline:
                self._give_up(notebook, state)
                return state
            time.sleep(wait)
            wait = min(wait * 1.5, LONGEST_WAIT)
            state = state_of(self.look(notebook))
        return state

    def _time_left(self) -> float:
        """Full patience once; where a notebook got stuck already, little for the others."""
        return min(self.patience, 2.0) if self.stuck else self.patience

    def _give_up(self, notebook: str, state: str | None) -> None:
        self.stuck.add(notebook)
        due = Expectation("accepted", "state", "lifecycle", "a last look")
        exchange = self.recorder.send(Probe("ShowNotebook", due, {"id": notebook}), look=True)
        if exchange is not None and state is not None:
            self.recorder.judge(exchange, {"stuck": state, "patience": self.patience})

    def forget(self, notebook: str, *left: str) -> None:
        """Drop what is known of a notebook: requests went past this bookkeeping.

        Args:
            notebook: its id.
            left: the state that they must have left it in, where there is but one.
        """
        self.trails.pop(notebook, None)
        if left:
            self.trails[notebook] = [*left]
        self.look(notebook)
        self.listing.refresh()

    def change(self, notebook: str, probe: Probe) -> Exchange | None:
        """Send a request that may change a notebook, and judge it with all around it.

        What is looked at is `notebook`, even where the probe's own path names something else.
        None where the safety rules keep the request back.
        """
        probe = replace(probe, path={"id": notebook, **probe.path})
        return self._around(notebook, lambda: self.recorder.send(probe))

    def reach(self, probe: Probe, others: Callable[[], list[Shown]]) -> Exchange | None:
        """Send a request at somebody else's notebook, and judge it with all that is to stay.

        Args:
            probe: what to send.
            others: looks at what is not the target's.

        None where the safety rules keep the request back.
        """
        resting = [*others(), *self.listing.resting(self.trails)]
        exchange = self.recorder.send(probe)
        if exchange is None:
            return None
        self.listing.refresh()
        self.recorder.judge(exchange, self.listing.compared(resting, others()))
        return exchange

    def repeat(self, exchange: Exchange) -> Exchange | None:
        """Send the request of an exchange again, to a notebook as it was then."""
        asked = [n for n in self.ids if n in exchange.request.url]
        notebook = asked[0] if asked else self.ids[0]
        before = exchange.around.get("before")
        if before is not None and state_of(before) == "STOPPED":
            self.restore(notebook)
        elif before is not None and state_of(before) != state_of(self.shown.get(notebook)):
            exchange = unsettled(exchange)  # a stop of what is stopped by now may be refused
        return self._around(notebook, lambda: self.recorder.resend(exchange))

    def _around(self, notebook: str, send: Callable[[], Exchange | None]) -> Exchange | None:
        """Send something, look at everything around it, and judge it with what was seen."""
        before = self.shown.get(notebook)
        neighbours = self.listing.resting(self.trails, but=notebook)
        exchange = send()
        if exchange is None:
            return None
        if is_in_doubt(exchange):
            exchange, before = unsettled(exchange), None
        self.trails.pop(notebook, None)
        if exchange.expectation is not None and exchange.expectation.outcome == "accepted":
            self.trails[notebook] = []
        after = self.look(notebook)
        around: dict[str, Any] = {"before": before, "after": after}
        if self.listing.refresh(notebook):
            around |= {"listed": self.listing.of(notebook), **self.listing.compared(neighbours)}
        present = {name: value for name, value in around.items() if value is not None}
        if notebook in exchange.request.url:
            tokens = self.listing.tokens_besides(notebook)
            exchange = replace(exchange, secrets=(*exchange.secrets, *tokens))
        self.recorder.judge(exchange, present)
        return exchange

    def _first_look(self, notebook: str) -> str | None:
        due = Expectation("accepted", "valid", "operation.ShowNotebook", "a known notebook")
        exchange = self.recorder.send(Probe("ShowNotebook", due, {"id": notebook}), look=True)
        if exchange is None or exchange.response is None:
            return None
        if exchange.response.status in UNREACHABLE:
            return None
        self.operations |= {"ShowNotebook"}
        self.recorder.judge(exchange)
        self.shown[notebook] = notebook_of(exchange)
        return state_of(self.shown[notebook])

    def _trail(self, notebook: str) -> tuple[str, ...]:
        """The states seen since a start or stop that every source allows; after others, none.

        Where no source settles a request, what comes of it is not settled either: a start for
        one millisecond may well be over at the next look.
        """
        state, trail = state_of(self.shown[notebook]), self.trails.get(notebook)
        if trail is None or state is None:
            return ()
        if not trail or trail[-1] != state:
            trail.append(state)
        return tuple(trail)


def stop_of(notebook: str) -> Probe:
    """A stop of a notebook that runs."""
    due = Expectation("accepted", "state", "operation.StopNotebook", "a stop of a running one")
    return Probe("StopNotebook", due, path={"id": notebook})
