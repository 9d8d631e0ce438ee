"""A session to a stand-in, and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from contract_tests.contract import View, load_contract
from contract_tests.exchange import Expectation
from contract_tests.targets.cleanup import Limits
from contract_tests.targets.session import Session, open_session
from contract_tests.targets.target import Secrets, Target
from tests.targets.live.service import Notebooks, Service, running

PROJECT = "0123456789abcdef0123456789abcdef"
ONE = "11111111-aaaa-4bbb-8ccc-000000000001"
TWO = "22222222-aaaa-4bbb-8ccc-000000000002"
FOREIGN = "99999999-aaaa-4bbb-8ccc-000000000009"
TOKEN = "MIIF-made-up-token-of-no-service-0123456789"

QUICK = Limits(rest=5.0, unknown=0.3, settling=0.0, first_pause=0.001, longest_pause=0.01)

VALID = Expectation("accepted", "valid", "query.duration", "valid")
BAD = Expectation("refused", "validation", "query.duration", "a fraction")

Opener = Callable[..., Session]


@pytest.fixture(scope="session")
def view() -> View:
    """The documented view of the shipped contract."""
    return load_contract().view("documented")


@pytest.fixture
def notebooks() -> Notebooks:
    """Two stopped notebooks of the target, and a foreign one."""
    return Notebooks(PROJECT, dict.fromkeys((ONE, TWO, FOREIGN), "STOPPED"))


@pytest.fixture
def service(notebooks: Notebooks) -> Iterator[Service]:
    """A service with these notebooks."""
    with running(notebooks) as ready:
        yield ready


@pytest.fixture
def open_live(service: Service, view: View, tmp_path: Path) -> Iterator[Opener]:
    """Opens a session to the service as a live target; closed at the end of the test."""
    with ExitStack() as stack:

        def open_it(*, limits: Limits = QUICK, **fields: Any) -> Session:
            session = open_session(
                live(service.url, **fields), Secrets.of(TOKEN), view, tmp_path, limits=limits
            )
            stack.callback(session.close)
            return session

        yield open_it


def live(url: str, **fields: Any) -> Target:
    """A live target with both notebooks."""
    usual: dict[str, Any] = {"project_id": PROJECT, "notebook_ids": (ONE, TWO), "timeout": 5.0}
    return Target(name="stand-in", base_url=url, **(usual | fields))
