"""What a run owes for each start it sends: it is counted, written down before, and put back."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from pathlib import Path

from contract_tests.targets import cleanup
from contract_tests.targets.budget import StartBudget
from contract_tests.targets.courier import Delivery
from contract_tests.targets.journal import SUCCESS, Intent, Journal
from contract_tests.targets.notebooks import Notebooks
from contract_tests.targets.reach import Start
from contract_tests.targets.target import Target
from contract_tests.targets.wire import Answer

Announce = Callable[[], object]


class Starts:
    """The starts of one run. Usable from several threads.

    `folder` is where the journal is kept; None keeps none, for a target that nobody shares.
    """

    def __init__(self, target: Target, notebooks: Notebooks, folder: Path | None) -> None:
        self._base_url = target.base_url
        self._notebooks = notebooks
        self._folder = folder
        self._budget = StartBudget(target.max_starts)
        self._journal: Journal | None = None
        self._before: dict[tuple[str, str], str | None] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def send(
        self, start: Start, deliver: Callable[[Announce], Delivery], *, due_to_fail: bool
    ) -> Delivery | None:
        """Deliver a start; None, and nothing sent, where the budget forbids it.

        Args:
            start: what is started.
            deliver: sends it, as often as it takes, and announces each time before.
            due_to_fail: whether it should be refused.
        """
        with self._budget.attempt(due_to_fail=due_to_fail) as attempt:
            if attempt is None:
                return None
            write = self._writer(start)
            delivery = deliver(lambda: write(None))
            attempt.took_effect = any(_may_have_started(answer) for answer in delivery.answers)
            if (status := _final_status(delivery.answers)) is not None:
                write(status)
            return delivery

    def put_back(self, limits: cleanup.Limits, say: cleanup.Say) -> None:
        """Stop again what was stopped before; raises TargetError where that did not succeed."""
        journal, self._journal = self._journal, None
        if journal is not None:
            cleanup.keep(journal, self._notebooks, limits, say)

    def _writer(self, start: Start) -> Callable[[int | None], None]:
        """Writes the start down, now, with the status of its answer once there is one."""
        folder, notebook_id = self._folder, start.notebook_id
        if folder is None or notebook_id is None:
            return lambda _: None
        with self._lock:
            journal = self._journal = self._journal or Journal.create(folder)
            before = self._state_before(start.project_id, notebook_id)
            number = next(self._numbers)

        def write(status: int | None) -> None:
            now, url = time.time(), self._base_url
            journal.write(Intent(number, now, url, start.project_id, notebook_id, before, status))

        return write

    def _state_before(self, project_id: str, notebook_id: str) -> str | None:
        """As it was before the run's first start of it; looked up once."""
        key = (project_id, notebook_id)
        if key not in self._before:
            self._before[key] = self._notebooks.look(*key).state
        return self._before[key]


def _may_have_started(answer: Answer) -> bool:
    return answer.leaves_doubt or _says_yes(answer)


def _says_yes(answer: Answer) -> bool:
    return answer.response is not None and answer.response.status // 100 == SUCCESS


def _final_status(answers: tuple[Answer, ...]) -> int | None:
    """The status that says yes, if any does; None where something may have come of it unheard."""
    accepted = next((answer for answer in answers if _says_yes(answer)), None)
    if accepted is None and any(answer.leaves_doubt for answer in answers):
        return None
    last = (accepted or answers[-1]).response
    return last.status if last else None
