"""The SDK round trip: whether an SDK keeps what the service says, and sends what the page asks.

Answers that the observed view accepts go through the SDK and have to come back whole; answers
that it does not accept show what the SDK takes without a word; the start request that the SDK
really sends is held against the documented view.
"""

from contract_tests.clients.roundtrip.check import SdkReport, check_sdk
from contract_tests.clients.roundtrip.impact import Impact
from contract_tests.clients.roundtrip.ledger import read_sdk_ledger
from contract_tests.clients.roundtrip.meanings import MEANINGS

__all__ = ["MEANINGS", "Impact", "SdkReport", "check_sdk", "read_sdk_ledger"]
