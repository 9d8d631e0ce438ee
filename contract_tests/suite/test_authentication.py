"""Only the right token, in its header, for its own project, gets in; a refusal changes nothing."""

from __future__ import annotations

import pytest

from contract_tests.suite.credentials import CREDENTIALS, Credential
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.probes import Probe
from contract_tests.suite.recorder import Recorder

TURN = 10
OPERATIONS = ("StartNotebook", "ShowNotebook", "ListNotebooks", "StopNotebook")


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("credential", CREDENTIALS, ids=lambda c: c.reason)
def test_wrong_credentials_are_refused(
    recorder: Recorder, notebooks: Notebooks, operation: str, credential: Credential
) -> None:
    """Whatever is wrong with the credentials, the call is refused with 401 or 403."""
    probe = credential.probe(operation, recorder.session)
    if probe is None:
        pytest.skip(recorder.unproven("header.X-Auth-Token", credential.reason, credential.needs))
    if operation != "StartNotebook" and operation not in notebooks.operations:
        pytest.skip(f"the target has no {operation}")
    send(notebooks, probe)
    assert recorder.news() == []


def send(notebooks: Notebooks, probe: Probe) -> None:
    """Send it at a notebook that stands still, so that a side effect shows."""
    notebook = notebooks.stopped() or notebooks.ids[0]
    if notebooks.change(notebook, probe) is None:
        pytest.skip("withheld by the safety rules")
