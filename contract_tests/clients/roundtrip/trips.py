"""One answer sent through an SDK, and what came of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from contract_tests.clients._worker import Raised, Worker
from contract_tests.clients.roundtrip.answers import Answer, Sample
from contract_tests.clients.roundtrip.compare import Difference, differences
from contract_tests.errors import ContractTestsError


@dataclass(frozen=True, slots=True)
class Trip:
    """An answer and what came back: its differences, or what the SDK raised."""

    sample: Sample
    answer: Answer
    raised: Raised | None
    back: Any
    differences: tuple[Difference, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost."""
        return self.raised is None and not self.differences


def travel(worker: Worker, sample: Sample, answer: Answer) -> Trip:
    """Send an answer through the SDK and compare.

    Raises:
        ContractTestsError: the SDK hangs or ends its process; its adapter encodes no JSON.
    """
    body = json.dumps(answer.value).encode()
    said = worker.round_trip(answer.operation, answer.status, body)
    if isinstance(said, Raised):
        return Trip(sample, answer, said, None, ())
    try:
        back = json.loads(said.body)
    except ValueError:
        raise ContractTestsError(f"the SDK {worker.name} encodes what is no JSON") from None
    return Trip(sample, answer, None, back, tuple(differences(answer.value, back)))
