"""The one door through which requests leave."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from contract_tests.errors import TargetError
from contract_tests.exchange import Exchange, Expectation, Request
from contract_tests.masking import Secret
from contract_tests.targets.target import TOKEN, Secrets, Target
from contract_tests.targets.wire import Wire
from contract_tests.verdicts import Withheld


class RequestWithheld(Exception):  # noqa: N818 (a decision, not an error)
    """The safety rules kept a request back: the test that wanted it is not exercised."""

    def __init__(self, rule: str, example: str) -> None:
        super().__init__(f"withheld by {rule}: {example}")
        self.rule = rule


class Session:
    """Sends requests to one target, within its safety rules."""

    def __init__(self, target: Target, secrets: Secrets, view: Any) -> None:
        self.target = target
        self.secrets = secrets
        self._view = view
        self._wire = Wire(target)
        self._exchanges = 0

    @property
    def token(self) -> Secret | None:
        return self.secrets.token

    @property
    def exchanges(self) -> int:
        return self._exchanges

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        return ()

    @property
    def transients(self) -> tuple[str, ...]:
        return ()

    def authorize(self, request: Request) -> Request:
        """The request with the credentials of the target's scheme added."""
        if self.token is None:
            raise TargetError(f"no token; set {TOKEN}")
        return replace(request, headers=(*request.headers, ("X-Auth-Token", self.token)))

    def send(
        self,
        request: Request,
        *,
        operation: str | None = None,
        expectation: Expectation | None = None,
        label: str = "",
        around: Mapping[str, Any] | None = None,
        secrets: Iterable[str] = (),
    ) -> Exchange:
        sent_at = time.time()
        answer = self._wire.exchange(request)
        self._exchanges += 1
        return Exchange(
            request=request,
            response=answer.response,
            failure=answer.failure,
            sent_at=sent_at,
            operation=operation,
            expectation=expectation,
            around=dict(around or {}),
            secrets=tuple(secrets),
            label=label,
        )

    def check_reachable(self) -> None:
        """Raise TargetError, in one line, where nothing answers at the base URL."""

    def close(self) -> None:
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_session(
    target: Target, secrets: Secrets, view: Any, journal_folder: Path = Path("reports/journal")
) -> Session:
    """Open the session of a run; use it as a context manager."""
    return Session(target, secrets, view)
