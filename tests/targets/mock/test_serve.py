"""A mock that serves over the network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import requests

from contract_tests.errors import InputError
from contract_tests.targets.faults import pick_faults
from contract_tests.targets.mock import serve
from tests.targets.mock.worlds import view_of


def test_it_serves_records_and_resets() -> None:
    """A start over HTTP, what was recorded of it, and the same start after a reset."""
    with serve(view_of("observed"), seed=4) as mock, requests.Session() as session:
        session.headers["X-Auth-Token"] = mock.token
        base = f"{mock.url}/v1/{mock.project_id}/notebooks"
        url = f"{base}/{mock.notebook_ids[0]}/start"
        started = session.post(url, params={"duration": 7_200_000})
        assert started.json()["status"] == "STARTING"
        assert [c.parameter("duration") for c in mock.requests] == ["7200000"]
        assert mock.requests[0].header("x-auth-token") == mock.token
        mock.reset(pick_faults(mock.view, ["start-status-other-case"]))
        assert session.post(url).json()["status"] == "starting"
        mock.reset()
        assert session.post(url).json()["status"] == "STARTING"


def test_the_play_is_named_by_the_view() -> None:
    """Without a play the mock plays what its view is called."""
    with serve(view_of("documented")) as documented, serve(view_of("observed")) as observed:
        assert (documented.play, observed.play) == ("documented", "observed")
        assert documented.url != observed.url


def test_concurrent_starts_start_once() -> None:
    """Of eight starts at the same time exactly one succeeds."""
    with serve(view_of("observed"), pace=60) as mock:
        url = f"{mock.url}/v1/{mock.project_id}/notebooks/{mock.notebook_ids[0]}/start"
        headers = {"X-Auth-Token": mock.token}

        def start(_: int) -> int:
            return requests.post(url, headers=headers, timeout=10).status_code

        with ThreadPoolExecutor(8) as pool:
            statuses = sorted(pool.map(start, range(8)))
    assert statuses == [200] + [400] * 7


def test_a_spec_that_cannot_be_played_is_refused() -> None:
    """A contract without a lifecycle cannot be walked; the line says so."""
    view = replace(view_of("observed"), lifecycle=None)
    with pytest.raises(InputError, match="the mock needs an x-lifecycle"), serve(view):
        pass
