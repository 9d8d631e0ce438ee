"""Sets a run up: the contract, the target (or the embedded mock), and a session to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from contract_tests.contract import Contract, View, load_contract
from contract_tests.suite.options import BUDGETS, Budget, Options
from contract_tests.targets.faults import pick_faults
from contract_tests.targets.mock import serve
from contract_tests.targets.options import is_local, target_from_options
from contract_tests.targets.session import Session, open_session
from contract_tests.targets.target import Secrets, Target, mock_target
from contract_tests.threeway import documented_page

LOCAL_PATIENCE = 5.0
REMOTE_PATIENCE = 180.0
"""Seconds that a start or a stop may take: on this machine, and on a real service."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the tests of one run work with."""

    options: Options
    contract: Contract
    session: Session

    @property
    def view(self) -> View:
        """The view that answers are checked against; what else is accepted, the ledger says."""
        return self.contract.view("documented")

    @property
    def budget(self) -> Budget:
        """How much the run may spend."""
        return BUDGETS[self.options.budget]

    @property
    def patience(self) -> float:
        """Seconds that a start or a stop may take."""
        return LOCAL_PATIENCE if is_local(self.session.target.base_url) else REMOTE_PATIENCE


@contextmanager
def set_up(options: Options, worker: int = 0, workers: int = 1) -> Iterator[Bench]:
    """Open everything that a run needs.

    Args:
        options: of the run.
        worker: which of the workers this is; each has its share of the notebooks.
        workers: how many share the target.

    Raises:
        ContractTestsError: the contract is wrong, or the target cannot be tested.
    """
    contract = load_contract(Path(options.spec) if options.spec else None)
    if options.page:
        documented_page(Path(options.page), contract)  # said before a request goes out, not after
    with ExitStack() as stack:
        if options.target in (None, "mock"):
            target, secrets = stack.enter_context(_mock(options, contract))
        else:
            target, secrets = _live(options, worker, workers)
        view = contract.view("documented")
        journal = Path(options.reports, "journal")
        say = str if options.quiet else partial(print, file=sys.stderr)
        session = stack.enter_context(open_session(target, secrets, view, journal, say=say))
        session.check_reachable()
        yield Bench(options, contract, session)


@contextmanager
def _mock(options: Options, contract: Contract) -> Iterator[tuple[Target, Secrets]]:
    view = contract.view(options.play)
    faults = pick_faults(view, options.faults)
    with serve(view, play=options.play, seed=options.seed, faults=faults) as mock:
        target = mock_target(mock.url, mock.project_id, mock.notebook_ids, mock.other_project_id)
        yield target, Secrets.of(mock.token, mock.other_token, mock.expired_token)


def _live(options: Options, worker: int, workers: int) -> tuple[Target, Secrets]:
    """The target, or one worker's share of it: some of the notebooks, some of the starts."""
    target, secrets = target_from_options(options.target, options.config, options.overrides)
    share = target.notebook_ids[worker::workers] or target.notebook_ids
    starts = None if target.max_starts is None else -(-target.max_starts // workers)
    return replace(target, notebook_ids=share, max_starts=starts), secrets
