"""The generated Python client never rejects, and never loses, what the observed view accepts."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract_tests.clients.roundtrip.answers import samples, valid_answers
from contract_tests.clients.roundtrip.generation import answers, some
from contract_tests.clients.sdk import Sdk
from contract_tests.contract import load_contract
from contract_tests.targets.mock import serve

OBSERVED = load_contract().view("observed")
OPERATIONS = tuple(operation.id for operation in OBSERVED.operations)
KINDS = [(s.operation, s.status) for s in samples(OBSERVED, OPERATIONS) if not s.repeats]


def back(client: Sdk, operation: str, status: int, value: Any) -> Any:
    """An answer, decoded and encoded again."""
    body = json.dumps(value).encode()
    return json.loads(client.encode(client.decode(operation, status, body)))


@pytest.mark.parametrize(("operation", "status"), KINDS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_is_lost(client: Sdk, operation: str, status: int, data: st.DataObject) -> None:
    """Of any answer that the observed view accepts, with unknown fields of any content."""
    value = data.draw(answers(OBSERVED, operation, status, unknown=True))
    assert back(client, operation, status, value) == value


@pytest.mark.parametrize("sample", [*samples(OBSERVED, ("StartNotebook",))], ids=lambda s: s.status)
def test_nothing_is_lost_of_any_field_alone(client: Sdk, sample: Any) -> None:
    """Each with each of its values, and each absent."""
    for answer in valid_answers(sample):
        assert back(client, answer.operation, answer.status, answer.value) == answer.value


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_value_that_appears_tomorrow_is_handed_on_as_text(client: Sdk, value: str) -> None:
    """EFS and TIMING today, anything then."""
    answer = {"status": value, "volume": {"category": value}, "lease": {"type": value}}
    model = client.decode("StartNotebook", 200, json.dumps(answer).encode())
    assert (model.status, model.volume.category, model.lease.type_) == (value, value, value)


def test_a_field_that_is_absent_is_no_error(client: Sdk) -> None:
    """No field of an answer is required."""
    model = client.decode("StartNotebook", 200, b"{}")
    assert not model.volume
    assert json.loads(client.encode(model)) == {}


def test_it_starts_shows_and_stops_a_notebook_over_http(client: Sdk, client_package: str) -> None:
    """Against the mock, with a token; mypy checks the same calls below."""
    api = importlib.import_module(f"{client_package}.api.notebooks.start_notebook")
    show = importlib.import_module(f"{client_package}.api.notebooks.show_notebook")
    stop = importlib.import_module(f"{client_package}.api.notebooks.stop_notebook")
    clients = importlib.import_module(f"{client_package}.client")
    with serve(OBSERVED) as mock:
        ours = {
            "project_id": mock.project_id,
            "id": mock.notebook_ids[0],
            "client": clients.AuthenticatedClient(
                mock.url, mock.token, prefix="", auth_header_name="X-Auth-Token"
            ),
        }
        started = api.sync(**ours, duration=3_600_000, type_="timing")
        assert (started.id, started.status) == (ours["id"], "STARTING")
        states = (show.sync(**ours).status for _ in range(1000))
        assert next(state for state in states if state != "STARTING") == "RUNNING"
        assert stop.sync(**ours).status == "STOPPING"
        refused = stop.sync(**ours)
        assert refused.error_code.startswith("ModelArts.")


@pytest.mark.slow
def test_mypy_is_strict_and_finds_nothing(
    client_folder: Path, client_package: str, tmp_path: Path
) -> None:
    """Neither in the client nor in a program that uses it."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.replace("PACKAGE", client_package))
    for asked in (["-p", client_package], [str(program)]):
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", *asked],
            cwd=client_folder,
            env={"MYPYPATH": str(client_folder), "MYPY_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.startswith("Success: no issues found"), done.stdout + done.stderr


PROGRAM = """\
from PACKAGE.api.notebooks import start_notebook
from PACKAGE.client import AuthenticatedClient
from PACKAGE.models import NotebookResp, VolumeRes

client = AuthenticatedClient("http://a", "t", prefix="", auth_header_name="X-Auth-Token")
answer = start_notebook.sync("p", "n", client=client, duration=3_600_000, type_="timing")
if isinstance(answer, NotebookResp) and isinstance(answer.volume, VolumeRes):
    if answer.volume.category == "EFS" or answer.volume.category == "TOMORROW":
        print(answer.volume["appears_tomorrow"])
"""


def test_answers_by_chance_are_valid_and_the_same_for_a_seed() -> None:
    """What the properties above go by."""
    strategy = answers(OBSERVED, "StartNotebook", 200, unknown=False)
    found = some(strategy, 20, 7)
    assert found == some(strategy, 20, 7)
    assert found != some(strategy, 20, 8)
    assert all(
        not OBSERVED.response_violations("StartNotebook", 200, None, value) for value in found
    )
