"""An SDK of your own under test.

Name the class in the metadata of your package,

    [project.entry-points."contract_tests.sdks"]
    own = "own_sdk:OwnSdk"

and run `contract-tests sdk check --sdk own`.
"""

from __future__ import annotations

import json
from typing import Any

import requests

from contract_tests.clients.sdk import Start


class OwnSdk:
    """Stands between the check and an SDK; here plain JSON stands in the place of one."""

    operations = ("StartNotebook",)

    def decode(self, operation: str, status: int, body: bytes) -> Any:  # noqa: ARG002
        """Bytes to your model: `StartNotebookAnswer.from_json(body)`."""
        return json.loads(body)

    def encode(self, answer: Any) -> bytes:
        """Your model to bytes: `answer.to_json()`."""
        return json.dumps(answer).encode()

    def start(self, order: Start) -> None:
        """Your client's call: `Client(order.base_url, order.token).start(order.notebook_id)`."""
        path = f"/v1/{order.project_id}/notebooks/{order.notebook_id}/start"
        requests.post(order.base_url + path, headers={"X-Auth-Token": order.token}, timeout=10)
