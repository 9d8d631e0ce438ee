"""What checks say of an exchange holds none of its secrets, wherever an answer repeats one."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from contract_tests.checks import run_checks
from contract_tests.contract import load_contract
from contract_tests.exchange import Exchange, Failure
from contract_tests.masking import MASK
from contract_tests.suite.recorder import Recorder
from tests.checks.test_checks import answered, started

TOKEN = "MIIEvwYJKoZIhvcNAQcCoIIEsDCCBK"
VIEW = load_contract().view("documented")


def repeated(**fields: Any) -> Exchange:
    """A start whose answer repeats the token of its request."""
    return answered(started(**fields), secrets=(TOKEN,))


@pytest.mark.parametrize(
    "fields",
    [
        {"status": TOKEN},
        {"status": f"x {TOKEN} x"},
        {TOKEN: 1},
        {"lease": {"type": TOKEN}},
        {"tags": [TOKEN]},
    ],
)
def test_no_finding_repeats_a_secret(fields: dict[str, Any]) -> None:
    """Neither its values nor its words, nor the place where it is a name."""
    found = list(run_checks(VIEW, repeated(**fields)))
    assert len(found) > 1  # that it is repeated is one of them
    assert TOKEN not in repr(found)


def test_no_finding_shows_what_stands_in_a_place_of_secrets() -> None:
    """Though nobody knows that it is one: in a value, and in the words of the transport."""
    hidden = "c2VjcmV0"
    shown = answered(started(status=f"see https://a.example/b?token={hidden}"))
    failed = replace(shown, response=None, failure=Failure("reset", f"GET /?token={hidden}: reset"))
    for exchange in (shown, failed):
        said = [replace(f, exchange=None) for f in run_checks(VIEW, exchange)]
        assert f"?token={MASK}" in repr(said)
        assert hidden not in repr(said)


def test_a_fingerprint_is_that_of_what_is_shown() -> None:
    """Another token in the same place is the same fault."""
    first = answered(started(status=TOKEN), secrets=(TOKEN,))
    other = answered(started(status=TOKEN[::-1]), secrets=(TOKEN[::-1],))
    one, two = ({f.fingerprint for f in run_checks(VIEW, each)} for each in (first, other))
    assert one == two


def test_a_value_that_is_a_secret_is_counted_without_it() -> None:
    """As often as it came, among the values of its place."""
    recorder = Recorder(VIEW, SimpleNamespace(known_secrets=()))  # type: ignore[arg-type]
    recorder.judge(repeated(status=TOKEN))
    assert recorder.record.seen["NotebookResp.status", MASK] == 1
    assert TOKEN not in repr(recorder.record.seen)
