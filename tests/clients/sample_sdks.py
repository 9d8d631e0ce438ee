"""SDKs with one fault each, behind the adapter protocol; entry points name them."""
# ruff: noqa: ARG002 (the protocol's parameters)

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import requests

from contract_tests.clients.sdk import Start


class Faithful:
    """Keeps everything, and refuses what is no object."""

    operations = ("StartNotebook",)

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """JSON as it is."""
        value = json.loads(body)
        if not isinstance(value, dict):
            raise TypeError("no object")
        return value

    def encode(self, answer: Any) -> bytes:
        """JSON as it is."""
        return json.dumps(answer).encode()

    def start(self, order: Start) -> None:
        """As the page documents it."""
        self.send(order, {"X-Auth-Token": order.token})

    def send(self, order: Start, headers: dict[str, str], **more: Any) -> None:
        """Send a start request."""
        url = f"{order.base_url}/v1/{order.project_id}/notebooks/{order.notebook_id}/start"
        query = {"duration": order.duration, "type": order.type}
        requests.post(url, params=query, headers=headers, timeout=10, **more)


class Forgetful(Faithful):
    """Drops one field, and every field that it does not know."""

    known = ("id", "size", "enabled", "volume", "error_code", "error_msg")

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """Without the name."""
        value = super().decode(operation, status, body)
        return {key: inner for key, inner in value.items() if key in self.known}


class Coercing(Faithful):
    """Makes an integer of what it can, and a boolean of everything."""

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """As a lenient SDK does."""
        value = super().decode(operation, status, body)
        if isinstance(value.get("size"), str | float):
            value["size"] = int(value["size"])
        if "enabled" in value:
            value["enabled"] = bool(value["enabled"])
        return value


class Strict(Faithful):
    """Knows an enumeration as the page documents it, and needs an id."""

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """As a strict SDK does."""
        value = super().decode(operation, status, body)
        category = value.get("volume", {}).get("category", "EVS")
        if category not in ("SFS", "EVS"):
            raise ValueError(f"{category} is no category")
        if "name" in value and len(value) == 1:
            raise KeyError("id")
        return value


class Wilful(Faithful):
    """Sends what the page does not document."""

    def start(self, order: Start) -> None:
        """Another parameter, a body of its own, no token."""
        self.send(order, {"Content-Type": "text/plain"}, data="x")


class Elsewhere(Faithful):
    """Calls another path."""

    def start(self, order: Start) -> None:
        """Of no operation."""
        requests.get(f"{order.base_url}/v2/start", timeout=10)


class Silent(Faithful):
    """Sends nothing."""

    def start(self, order: Start) -> None:
        """Not even a request."""
        raise RuntimeError("no network here")


class Hanging(Faithful):
    """Never comes back."""

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """Far beyond any time-out."""
        time.sleep(600)


class Dying(Faithful):
    """Takes its process along."""

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """Without an exception."""
        os._exit(3)


class Babbling(Faithful):
    """Prints, warns, and encodes what is no JSON."""

    def encode(self, answer: Any) -> bytes:
        """As some do."""
        sys.stdout.write("debugging")
        return repr(answer).encode() + b"\xff"


class Foreign(Faithful):
    """Knows other operations."""

    operations = ("MakeCoffee",)


def broken() -> Any:
    """Stands for an SDK that cannot be imported."""
    raise ImportError("libssl.so.1.0:\ncannot open shared object file")
