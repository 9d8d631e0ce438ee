"""The notebooks of the target as they are listed: what a request is to leave as it was."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from contract_tests.exchange import Expectation
from contract_tests.suite.probes import Probe
from contract_tests.suite.recorder import Recorder
from contract_tests.suite.shown import Shown, notebooks_of, state_of

UNREACHABLE = (404, 405, 501)
"""What a target answers that does not have an operation at all."""
LONGEST = 100
"""Notebooks that one list holds at most; one that has room for more lacks none."""
JUDGED = 25
"""Of how many lists that say nothing new one is judged."""


@dataclass
class Listing:
    """The last list of the target's notebooks, by id."""

    recorder: Recorder
    ids: Sequence[str]
    shown: dict[str, Shown] = field(default_factory=dict)
    _lists: int = 0
    _is_whole: bool = False
    """Whether the last list had room for more."""

    @property
    def passing(self) -> tuple[str, ...]:
        """The states that a notebook leaves by itself."""
        lifecycle = self.recorder.view.lifecycle
        return lifecycle.passing if lifecycle else ()

    def refresh(self, acted_on: str | None = None) -> bool:
        """List the notebooks; whether the target answered a list.

        The answer is judged where it says anything new of other notebooks than the one that
        was acted on, and every few times: what is the same need not be checked again.
        """
        due = Expectation("accepted", "valid", "operation.ListNotebooks", "a list of notebooks")
        probe = Probe("ListNotebooks", due, query=f"limit={LONGEST}")
        exchange = self.recorder.send(probe, look=True)
        if exchange is None or exchange.response is None:
            return False
        if exchange.response.status in UNREACHABLE:
            return False
        before, items = self.shown, notebooks_of(exchange)
        self.shown = {n["id"]: n for n in items if n.get("id") in self.ids}
        self._is_whole = len(items) < LONGEST
        self._lists += 1
        changed = self._has_changed(before, acted_on)
        if changed or exchange.response.status >= 300 or self._lists % JUDGED == 1:
            self.recorder.judge(exchange)
        return True

    def _has_changed(self, before: dict[str, Shown], acted_on: str | None) -> bool:
        resting = {n for n in self.ids if state_of(before.get(n)) not in self.passing} - {acted_on}
        return any(before.get(n) != self.shown.get(n) for n in resting)

    def of(self, notebook: str) -> Shown | None:
        """A notebook as it was listed; empty where a whole list lacks it, None of a part."""
        return self.shown.get(notebook, {} if self._is_whole else None)

    def tokens_besides(self, notebook: str) -> set[str]:
        """The tokens that lead into other notebooks: no answer about this one holds them."""
        tokens = {n: str(shown.get("token") or "") for n, shown in self.shown.items()}
        return {*tokens.values()} - {"", tokens.get(notebook)}

    def resting(self, moved: Container[str], but: str | None = None) -> list[Shown]:
        """The notebooks that rest in a state, all but one.

        One that runs on a lease that this run did not give (it is not among those that were
        `moved`) may stop at any time.
        """
        leaving = {*self.passing, "RUNNING"}
        others = {n: self.shown[n] for n in self.ids if n != but and n in self.shown}
        return [
            shown
            for other, shown in others.items()
            if state_of(shown) not in (self.passing if other in moved else leaving)
        ]

    def compared(self, before: list[Shown], others: Sequence[Shown] = ()) -> dict[str, list[Shown]]:
        """The neighbours that are no longer as they were; where all are, one of them.

        Rules take longer the more they are given, and sameness is told faster here.
        """
        now = self.shown | {str(n["id"]): n for n in others}
        after = {str(n["id"]): now.get(str(n["id"])) for n in before}
        changed = [n for n in before if after[str(n["id"])] != n] or before[:1]
        kept = [after[str(n["id"])] for n in changed]
        return {"neighbours_before": changed, "neighbours_after": [n for n in kept if n]}
