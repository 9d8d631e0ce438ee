"""What a run owes for each start it sends: it is counted, written down before, and put back."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from contract_tests.targets import cleanup
from contract_tests.targets.budget import StartBudget
from contract_tests.targets.courier import Delivery
from contract_tests.targets.journal import SUCCESS, Intent, Journal
from contract_tests.targets.notebooks import Notebooks
from contract_tests.targets.reach import Start
from contract_tests.targets.target import Target
from contract_tests.targets.wire import Answer


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
        self, start: Start, deliver: Callable[[], Delivery], *, due_to_fail: bool
    ) -> Delivery | None:
        """Deliver a start; None, and nothing sent, where the budget forbids it."""
        with self._budget.attempt(due_to_fail=due_to_fail) as attempt:
            if attempt is None:
                return None
            intent = self._write_down(start)
            delivery = deliver()
            attempt.took_effect = any(_may_have_started(answer) for answer in delivery.answers)
            if intent is not None and self._journal is not None:
                self._journal.write(replace(intent, status=_final_status(delivery.answers)))
            return delivery

    def put_back(self, limits: cleanup.Limits, say: cleanup.Say) -> None:
        """Stop again what was stopped before; raises TargetError where that did not succeed."""
        journal, self._journal = self._journal, None
        if journal is not None:
            cleanup.keep(journal, self._notebooks, limits, say)

    def _write_down(self, start: Start) -> Intent | None:
        if self._folder is None or start.notebook_id is None:
            return None
        with self._lock:
            self._journal = self._journal or Journal.create(self._folder)
            intent = Intent(
                number=next(self._numbers),
                at=time.time(),
                base_url=self._base_url,
                project_id=start.project_id,
                notebook_id=start.notebook_id,
                before=self._state_before(start.project_id, start.notebook_id),
            )
            self._journal.write(intent)
        return intent

    def _state_before(self, project_id: str, notebook_id: str) -> str | None:
        """As it was before the run's first start of it; looked up once."""
        key = (project_id, notebook_id)
        if key not in self._before:
            self._before[key] = self._notebooks.look(*key).state
        return self._before[key]


def _may_have_started(answer: Answer) -> bool:
    if answer.response is None:
        return answer.failure is None or answer.failure.kind != "unreachable"
    return answer.response.status // 100 == SUCCESS


def _final_status(answers: tuple[Answer, ...]) -> int | None:
    """The status that says yes, if any did; None where an attempt had no answer at all."""
    statuses = [answer.response.status if answer.response else None for answer in answers]
    accepted = [status for status in statuses if status is not None and status // 100 == SUCCESS]
    return accepted[0] if accepted else None if None in statuses else statuses[-1]
