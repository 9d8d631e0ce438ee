"""What the tests of clients share: the generated Python client, made once."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.clients.sdk import Sdk, open_sdk, prepare
from contract_tests.contract import load_contract


@pytest.fixture(scope="session")
def client_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package of the generated client in it."""
    pytest.importorskip("openapi_python_client", reason="needs the extra clients")
    folder = tmp_path_factory.mktemp("clients")
    prepare("generated", load_contract().view("client"), folder)
    return folder


@pytest.fixture(scope="session")
def client_package(client_folder: Path) -> str:
    """The name of that package."""
    (package,) = (path.parent.name for path in client_folder.glob("*/client.py"))
    return package


@pytest.fixture(scope="session")
def client(client_folder: Path, client_package: str) -> Iterator[Sdk]:
    """The client, imported, behind its adapter."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(client_folder))
        importlib.invalidate_caches()
        yield open_sdk("generated", client_package)
