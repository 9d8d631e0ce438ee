"""The mock's service: from a call to its answer, with the faults on either side."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from contract_tests.contract import Match, View
from contract_tests.targets.mock.fault import Fault, Turn
from contract_tests.targets.mock.operations import OF_NOTEBOOK, OF_PROJECT, Order, lifecycle_of
from contract_tests.targets.mock.play import Play
from contract_tests.targets.mock.state import World
from contract_tests.targets.mock.validation import Gate
from contract_tests.targets.mock.wire import Answer, Call, refusal

TOKEN_HEADER = "X-Auth-Token"  # noqa: S105 (the header's name)


@dataclass(slots=True)
class Service:
    """Answers one call at a time; a lock keeps calls that come at once apart."""

    view: View
    play: Play
    world: World
    faults: tuple[Fault, ...] = ()
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def replace(self, world: World, faults: Iterable[Fault]) -> None:
        """Begin anew with another state and other faults."""
        with self._lock:
            self.world, self.faults = world, tuple(faults)

    def answer(self, call: Call) -> Answer:
        """The answer to a call, as the faults leave it."""
        with self._lock:
            taken_for = call
            for fault in self.faults:
                taken_for = fault.rewrite(self._turn(taken_for))
            turn, answer = self._turn(call), self._correct(taken_for)
            for fault in self.faults:
                answer = fault.alter(turn, answer)
            return answer

    def _turn(self, call: Call) -> Turn:
        match = self.view.match(call.method, call.path)
        operation = match.operation.id if match else None
        return Turn(call, operation, match.path_params if match else {}, self.world)

    def _correct(self, call: Call) -> Answer:
        """The answer of a service without faults."""
        match = self.view.match(call.method, call.path)
        if match is None:
            return self._no_operation(call)
        return self._not_let_in(call, match) or self._operate(call, match)

    def _no_operation(self, call: Call) -> Answer:
        operations = self.view.operations
        allowed = [o.method for o in operations if self.view.match(o.method, call.path)]
        if not allowed:
            return refusal(404, "0015", "There is nothing at this path.")
        answer = refusal(405, "0101", f"The method {call.method} is not allowed here.")
        return answer.with_header("Allow", ", ".join(sorted({*allowed})))

    def _not_let_in(self, call: Call, match: Match) -> Answer | None:
        """401 without a token that counts, 403 for another project than the token's."""
        project = self.world.credentials.project_of(call.header(TOKEN_HEADER))
        if project is None:
            return refusal(401, "0203", "The token is missing, invalid or expired.")
        if project != match.path_params["project_id"]:
            return refusal(403, "0210", "The token does not count for this project.")
        return None

    def _operate(self, call: Call, match: Match) -> Answer:
        operation, ids = match.operation, match.path_params
        values = Gate(self.view, self.play).read(operation, call.query)
        if isinstance(values, Answer):
            return values
        lifecycle = lifecycle_of(self.view)
        order = Order(operation.id, ids["project_id"], values, self.world, self.play, lifecycle)
        if operation.id in OF_PROJECT:
            return OF_PROJECT[operation.id](order)
        notebook = self.world.find(ids["project_id"], ids["id"])
        if notebook is None:
            return self._no_notebook(ids["id"])
        return OF_NOTEBOOK[operation.id](order, notebook)

    def _no_notebook(self, id_: str) -> Answer:
        if _is_uuid(id_) or self.play.malformed_id == 404:
            return refusal(404, "6309", "There is no such instance.")
        return refusal(self.play.malformed_id, "0107", "The id of the instance is not valid.")


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
