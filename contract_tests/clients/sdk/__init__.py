"""SDKs under test: one adapter module for each, found by its name, and those of entry points.

An adapter makes any SDK look the same: it decodes the bytes of an answer as the SDK does,
encodes what came of it, and sends a start request. An SDK of your own is a class with the
methods of `Sdk`, named in its package's metadata (`examples/own_sdk.py` is one):

    [project.entry-points."contract_tests.sdks"]
    own = "own_sdk:OwnSdk"

A module in this package has instead

    def open_sdk(module: str | None) -> Sdk
    def prepare(view: View, folder: Path) -> str    # optional

`prepare` makes the SDK, in a folder that is on the path of imports, and returns its module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from contract_tests.contract import View
from contract_tests.errors import InputError, MissingExtraError

GROUP = "contract_tests.sdks"
"""The entry point group in which packages name their adapters."""


@dataclass(frozen=True, slots=True)
class Start:
    """A start request to send; duration in milliseconds, None leaves it out, as it does type."""

    base_url: str
    project_id: str
    notebook_id: str
    token: str
    duration: int | None = None
    type: str | None = None


class Sdk(Protocol):
    """What the round trip asks of an SDK; each method may raise what the SDK raises."""

    @property
    def operations(self) -> Iterable[str]:
        """The operationIds whose answers it decodes."""

    def decode(self, operation: str, status: int, body: bytes) -> Any:
        """The SDK's model of an answer, or the error that it makes of a refusal."""

    def encode(self, answer: Any) -> bytes:
        """The JSON of a model, as the SDK itself writes it."""

    def start(self, order: Start) -> None:
        """Send a start request as the SDK sends it."""


def sdk_names() -> tuple[str, ...]:
    """The adapters of this package and those of entry points."""
    return tuple(sorted({*_own(), *_installed()}))


def prepare(name: str, view: View, folder: Path) -> str | None:
    """Make the SDK if it has to be made first; returns the module to test then.

    Raises:
        InputError: there is no such SDK.
        ContractTestsError: it cannot be made.
    """
    if name not in sdk_names():
        raise InputError(f"no SDK {name!r}", f"choose of {', '.join(sdk_names())}")
    made: Callable[[View, Path], str] | None = (
        getattr(_module(name), "prepare", None) if name in _own() else None
    )
    return made(view, folder) if made else None


def open_sdk(name: str, module: str | None) -> Sdk:
    """The adapter of that name; raises whatever its import raises."""
    if name in _own():
        opened: Sdk = _module(name).open_sdk(module)
        return opened
    if module is not None:
        raise InputError(f"the SDK {name} comes from an entry point", "leave --module out")
    adapter: Sdk = _installed()[name].load()()
    return adapter


def _own() -> tuple[str, ...]:
    return tuple(module.name for module in pkgutil.iter_modules(__path__))


def _installed() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        problem = f"the SDK {name} needs {error.name}, which is not installed"
        raise MissingExtraError(f"{problem}; pip install 'contract-tests[clients]'") from None
