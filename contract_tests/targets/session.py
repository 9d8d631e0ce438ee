"""The one door through which requests leave.

Decided here: whether a request may go (allowlist, read-only, budget of starts), and what its
answer becomes (an exchange). How it goes is the courier's business, what a start leaves behind
that of `starts`.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from contract_tests.exchange import Exchange, Expectation, Request
from contract_tests.masking import Secret
from contract_tests.targets import allowlist, budget, cleanup, reach
from contract_tests.targets.auth import Scheme, open_scheme
from contract_tests.targets.courier import Courier, Delivery
from contract_tests.targets.interrupt import terminate_as_interrupt
from contract_tests.targets.notebooks import Notebooks
from contract_tests.targets.reachable import require_reachable
from contract_tests.targets.routes import Routes
from contract_tests.targets.scrub import scrubbed_logs
from contract_tests.targets.starts import Announce, Starts
from contract_tests.targets.target import Secrets, Target
from contract_tests.verdicts import Transient, Withheld

JOURNAL_FOLDER = Path("reports/journal")


class RequestWithheld(Exception):  # noqa: N818 (a decision, not an error)
    """The safety rules kept a request back; the test that wanted it is *not exercised*.

    `rule` is the word of `--allow` that lets it through, or one of `read-only`, `max-starts`,
    `foreign-host`. The session has counted it already, for `Session.withheld`.
    """

    def __init__(self, rule: str, example: str) -> None:
        super().__init__(f"withheld by {rule}: {example}")
        self.rule = rule


class Session:
    """Sends requests to one target within its safety rules. Usable from several threads.

    As a context manager it puts back, at the end of the block, what its requests started.
    """

    def __init__(
        self,
        target: Target,
        secrets: Secrets,
        routes: Routes,
        scheme: Scheme,
        journal_folder: Path,
        limits: cleanup.Limits,
        say: cleanup.Say,
    ) -> None:
        self.target = target
        self.secrets = secrets
        self.runs_put_back = 0
        """Earlier runs on the target that had left something to put back."""
        self._routes = routes
        self._scheme = scheme
        self._limits = limits
        self._say = say
        self._courier = Courier(target, scheme)
        self._notebooks = Notebooks(target, routes, self._courier, scheme)
        self._folder = journal_folder if target.kind == "live" else None
        self._starts = Starts(target, self._notebooks, self._folder)
        self._withheld: dict[tuple[str, str], str] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._exchanges = 0
        self._lock = threading.Lock()
        self._block = ExitStack()

    @property
    def token(self) -> Secret | None:
        """The token that authentic requests carry now; None where each is signed instead."""
        return self._scheme.token

    @property
    def known_secrets(self) -> tuple[Secret, ...]:
        """Every text that must not be shown, for `mask` and `mask_text`."""
        return tuple(dict.fromkeys((*self.secrets.texts, *self._scheme.secrets)))

    @property
    def exchanges(self) -> int:
        """How many exchanges `send` has returned."""
        return self._exchanges

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What the safety rules kept back, counted by rule and area."""
        with self._lock:
            return tuple(
                Withheld(*key, self._counts[key], example)
                for key, example in sorted(self._withheld.items())
            )

    @property
    def transients(self) -> tuple[Transient, ...]:
        """The resets, 429, 502, 503 and 504 after which a request was sent again."""
        return self._courier.transients

    def authorize(self, request: Request) -> Request:
        """The request with the credentials of the target's scheme added."""
        return self._scheme.authorize(request)

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
        """Send a request exactly as given; whatever the service does becomes an exchange.

        After a transient answer it is sent again, a few times: `Exchange.attempts` counts. After
        a 401 to a request that is due to be accepted the token is renewed, where it can be; then
        `Exchange.request` holds the new one.

        Args:
            request: what to send, with its credentials if it is to have any (`authorize`).
            operation: the operationId it is meant for.
            expectation: what is due; decides over starts once their budget is spent.
            label: which test sends it.
            around: what was looked at around it, for the invariants.
            secrets: texts that must not come back.

        Raises:
            RequestWithheld: the target's safety rules forbid it; nothing was sent.
            ValueError: it is no HTTP message at all: a line break in its head.
        """
        rule = allowlist.refusal(request, self.target, self._routes)
        if rule is not None:
            raise self._withhold(rule, request, expectation)
        sent_at = time.time()
        delivery = self._deliver(request, operation, expectation)
        if delivery is None:
            raise self._withhold(budget.RULE, request, expectation)
        with self._lock:
            self._exchanges += 1
        return Exchange(
            request=delivery.request,
            response=delivery.answer.response,
            failure=delivery.answer.failure,
            sent_at=sent_at,
            operation=operation,
            expectation=expectation,
            around=dict(around or {}),
            secrets=tuple(secrets),
            label=label,
            attempts=delivery.attempts,
        )

    def check_reachable(self) -> None:
        """Raise TargetError, one line, where nothing answers, or nothing that is this API."""
        require_reachable(self.target, self._notebooks)

    def close(self) -> None:
        """Stop again what was stopped before the run, and close the connections.

        Raises:
            TargetError: a notebook may still run; the journal is kept for `cleanup`.
        """
        try:
            self._starts.put_back(self._limits, self._say)
        finally:
            self._courier.close()

    def put_back_earlier(self) -> None:
        """Put back what earlier runs on this target left behind."""
        if self._folder is not None:
            url, notebooks = self.target.base_url, self._notebooks
            self.runs_put_back += cleanup.keep_left_behind(
                self._folder, url, notebooks, self._limits, self._say
            )

    def __enter__(self) -> Self:
        self._block.enter_context(scrubbed_logs(lambda: self.known_secrets))
        self._block.enter_context(terminate_as_interrupt())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._block:
            self.close()

    def _deliver(
        self, request: Request, operation: str | None, expectation: Expectation | None
    ) -> Delivery | None:
        outcome = expectation.outcome if expectation else "either"
        kind = f"{outcome} {expectation.area}" if expectation else ""
        named = operation or self._line(request)

        def deliver(announce: Announce) -> Delivery:
            renew = outcome == "accepted"
            return self._courier.deliver(request, named, kind, may_renew=renew, announce=announce)

        start = reach.start_of(request, self.target, self._routes)
        if start is None:
            return deliver(bool)
        return self._starts.send(start, deliver, due_to_fail=outcome == "refused")

    def _withhold(
        self, rule: str, request: Request, expectation: Expectation | None
    ) -> RequestWithheld:
        key = (rule, expectation.area if expectation else "")
        with self._lock:
            self._counts[key] += 1
            example = self._withheld.setdefault(key, self._line(request))
        return RequestWithheld(rule, example)

    def _line(self, request: Request) -> str:
        return f"{request.method} {reach.paths(request, self.target)[0]}"


def open_session(
    target: Target,
    secrets: Secrets,
    routes: Routes,
    journal_folder: Path = JOURNAL_FOLDER,
    *,
    environ: Mapping[str, str] | None = None,
    limits: cleanup.Limits = cleanup.USUAL,
    say: cleanup.Say = str,
) -> Session:
    """Open the session of a run; first puts back what earlier runs on the target left.

    Args:
        target: what to test.
        secrets: the tokens; a scheme other than `token` takes its own from `environ`.
        routes: a view of the contract.
        journal_folder: where the journal of starts is kept.
        environ: where schemes find their credentials; the process's environment by default.
        limits: how long it waits for notebooks to be at rest.
        say: is called with each line worth showing to somebody who waits.

    Raises:
        TargetError: no credentials, or a notebook that an earlier run started cannot be stopped.
        MissingExtraError: the auth scheme needs a package that is not installed.
    """
    scheme = open_scheme(target, secrets, os.environ if environ is None else environ)
    session = Session(target, secrets, routes, scheme, journal_folder, limits, say)
    try:
        session.put_back_earlier()
    except BaseException:
        session.close()
        raise
    return session
