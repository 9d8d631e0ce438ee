"""The notebooks of a target, looked at and stopped by the toolkit itself, outside of any test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import quote

from contract_tests.exchange import Request
from contract_tests.targets.auth import Scheme
from contract_tests.targets.courier import Courier
from contract_tests.targets.resource import ID, PROJECT, SHOW, STOP
from contract_tests.targets.routes import Route, Routes
from contract_tests.targets.target import Target
from contract_tests.targets.wire import Answer

HEADERS = (("Accept", "application/json"), ("Content-Type", "application/json"))
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a notebook showed: its state, or why that is not known."""

    state: str | None
    problem: str = ""


class Notebooks:
    """Shows and stops notebooks by the operations of the contract."""

    def __init__(self, target: Target, routes: Routes, courier: Courier, scheme: Scheme) -> None:
        self._target = target
        self._routes = {route.id: route for route in routes.operations}
        self._courier = courier
        self._scheme = scheme

    def look(self, project_id: str, notebook_id: str) -> Look:
        """The state as ShowNotebook answers it; `DELETED` where the notebook is not there."""
        answer = self.ask(SHOW, project_id, notebook_id)
        if answer is None:
            return Look(None, f"the contract has no {SHOW}")
        if answer.response is None:
            return Look(None, answer.failure.detail if answer.failure else "no answer")
        if answer.response.status == NOT_FOUND:
            return Look("DELETED")
        state = _status(answer.response.body)
        return Look(state, "" if state else f"{SHOW} answers {answer.response.status}")

    def stop(self, project_id: str, notebook_id: str) -> Answer | None:
        """Ask for it to be stopped."""
        return self.ask(STOP, project_id, notebook_id)

    def ask(self, operation: str, project_id: str, notebook_id: str = "") -> Answer | None:
        """Send one request of the toolkit's own; None where the contract lacks the operation."""
        route = self._routes.get(operation)
        if route is None:
            return None
        request = Request(route.method, self._url(route, project_id, notebook_id), HEADERS)
        if route.method != "GET":
            request = Request(request.method, request.url, (*HEADERS, ("Content-Length", "0")))
        return self._courier.deliver(self._scheme.authorize(request), operation, "own").answer

    def _url(self, route: Route, project_id: str, notebook_id: str) -> str:
        path = route.path.replace(f"{{{PROJECT}}}", quote(project_id, safe=""))
        return self._target.base_url + path.replace(f"{{{ID}}}", quote(notebook_id, safe=""))


def _status(body: bytes) -> str | None:
    try:
        document = json.loads(body)
    except ValueError:
        return None
    status = document.get("status") if isinstance(document, dict) else None
    return status if isinstance(status, str) else None
