"""The embedded mock: a notebook service that follows the contract, and breaks it on request.

Example:
    >>> with serve(load_contract().view("observed")) as mock:
    ...     mock.url, mock.token, mock.project_id, mock.notebook_ids
"""

from __future__ import annotations

from contract_tests.targets.mock.fault import KLASSES, Fault, Klass, Turn
from contract_tests.targets.mock.mock import Mock, serve
from contract_tests.targets.mock.play import PLAYS, PlayName
from contract_tests.targets.mock.wire import Answer, Call

__all__ = [
    "KLASSES",
    "PLAYS",
    "Answer",
    "Call",
    "Fault",
    "Klass",
    "Mock",
    "PlayName",
    "Turn",
    "serve",
]
