"""The vendor's Python SDK: `huaweicloudsdkmodelarts`, and `huaweicloudsdkcore` beneath it."""

from __future__ import annotations

import importlib
import json
import re
from typing import Any

import requests
from requests.adapters import BaseAdapter

from contract_tests.clients.sdk import Sdk, Start
from contract_tests.errors import MissingExtraError

_MODULE = "huaweicloudsdkmodelarts.v1"
_OPERATIONS = ("StartNotebook", "StopNotebook", "ShowNotebook", "ListNotebooks")


def open_sdk(module: str | None) -> Sdk:
    """Import the SDK, or another version of it by its module."""
    try:
        return HuaweiCloud(module or _MODULE)
    except ModuleNotFoundError as error:
        problem = f"the vendor's SDK is not installed ({error.name} is missing)"
        raise MissingExtraError(f"{problem}; pip install 'contract-tests[clients]'") from None


class HuaweiCloud:
    """Answers come through the SDK's own client; in the place of its network stands a replay."""

    operations = _OPERATIONS

    def __init__(self, module: str) -> None:
        self.api = importlib.import_module(module)
        self.models = importlib.import_module(f"{module}.model")
        self.core = importlib.import_module("huaweicloudsdkcore.auth.credentials")
        self.errors = importlib.import_module("huaweicloudsdkcore.exceptions.exceptions")
        self.http = importlib.import_module("huaweicloudsdkcore.utils.http_utils")
        self.replay = Replay()
        self.client = self._client("http://sdk.test", "1")
        session = self.client.get_http_client()._session
        session.mount("http://", self.replay)

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """The SDK's response model; for a refusal its error."""
        self.replay.answer = (status, body)
        try:
            return self._send(self.client, operation, id="1")
        except self.errors.ServiceResponseException as error:
            return error

    def encode(self, answer: Any) -> bytes:
        """What the SDK itself would send of the model."""
        if isinstance(answer, self.errors.ServiceResponseException):
            told = {"error_code": answer.error_code, "error_msg": answer.error_msg}
            return json.dumps(told, default=float).encode()
        return json.dumps(self.http.sanitize_for_serialization(answer), default=float).encode()

    def start(self, order: Start) -> None:
        """Send with a signature of made-up keys: the SDK knows no token."""
        client = self._client(order.base_url, order.project_id)
        asked = {"duration": order.duration, "type": order.type}
        given = {name: value for name, value in asked.items() if value is not None}
        self._send(client, "StartNotebook", id=order.notebook_id, **given)

    def _client(self, base_url: str, project_id: str) -> Any:
        credentials = self.core.BasicCredentials("access-key", "secret-key", project_id)
        builder = self.api.ModelArtsClient.new_builder().with_credentials(credentials)
        return builder.with_endpoint(base_url).build()

    def _send(self, client: Any, operation: str, **given: Any) -> Any:
        request = getattr(self.models, f"{operation}Request")()
        for name, value in given.items():
            if name in request.attribute_map:
                setattr(request, name, value)
        return getattr(client, re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower())(request)


class Replay(BaseAdapter):
    """A transport of requests that answers what it was told."""

    answer: tuple[int, bytes] = (200, b"{}")

    def send(
        self,
        request: requests.PreparedRequest,
        *_: object,
        **__: object,
    ) -> requests.Response:
        """The answer, as if it came from the network."""
        response = requests.Response()
        response.status_code, response._content = self.answer
        response.headers["Content-Type"] = "application/json"
        response.request, response.url = request, str(request.url)
        return response

    def close(self) -> None:
        """Nothing is open."""
