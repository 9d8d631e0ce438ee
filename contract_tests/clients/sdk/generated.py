"""The client that `contract-tests client generate --lang python` writes."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx

from contract_tests.clients import generate
from contract_tests.clients.sdk import Sdk, Start
from contract_tests.contract import View
from contract_tests.errors import InputError

_HEADER = "X-Auth-Token"


def prepare(view: View, folder: Path) -> str:
    """Generate the client of a client view; returns its package."""
    generate("python", view, folder / "generated")
    (package,) = (path.parent for path in (folder / "generated").glob("*/client.py"))
    package.rename(folder / package.name)
    return package.name


def open_sdk(module: str | None) -> Sdk:
    """Import a generated client by its package."""
    if module is None:
        raise InputError("no generated client was named", "give --module PACKAGE")
    return Generated(importlib.import_module(f"{module}.client"), _endpoints(module))


def _endpoints(package: str) -> dict[str, ModuleType]:
    """By snake-case operation: the module that sends it."""
    api = Path(str(importlib.import_module(f"{package}.api").__file__)).parent
    return {
        path.stem: importlib.import_module(f"{package}.api.{path.parent.name}.{path.stem}")
        for path in sorted(api.glob("*/*.py"))
        if path.stem != "__init__"
    }


class Generated:
    """Answers come through the client's own functions, over a transport without a network."""

    def __init__(self, client: ModuleType, endpoints: Mapping[str, ModuleType]) -> None:
        self.client = client
        self.endpoints = endpoints
        self.operations = tuple("".join(map(str.title, name.split("_"))) for name in endpoints)

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """What the endpoint's function makes of the answer."""
        answer = httpx.MockTransport(lambda _: httpx.Response(status, content=body))
        client = self.client.Client("http://sdk.test", httpx_args={"transport": answer})
        send = self.endpoints[_snake(operation)].sync_detailed
        wanted = inspect.signature(send).parameters.values()
        given = {p.name: "1" for p in wanted if p.default is p.empty and p.name != "client"}
        with client:
            return send(**given, client=client).parsed

    def encode(self, answer: Any) -> bytes:
        """The model's own JSON."""
        return json.dumps(answer.to_dict()).encode()

    def start(self, order: Start) -> None:
        """Send with a token, through the client's function."""
        given = {"duration": order.duration, "type_": order.type}
        with self.client.AuthenticatedClient(
            order.base_url, order.token, prefix="", auth_header_name=_HEADER
        ) as client:
            self.endpoints["start_notebook"].sync_detailed(
                order.project_id,
                order.notebook_id,
                client=client,
                **{name: value for name, value in given.items() if value is not None},
            )


def _snake(operation: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
