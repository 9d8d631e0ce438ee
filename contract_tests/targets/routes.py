"""What the session needs to know of a contract: which request is which operation.

A view of the contract fits these protocols; so does a few lines' stand-in in a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Route(Protocol):
    """One operation: its id, method, and path template (`/v1/{project_id}/notebooks/{id}`)."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def method(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> str: ...  # noqa: D102


class Matched(Protocol):
    """The operation that a request is for, and its decoded path parameters."""

    @property
    def operation(self) -> Route: ...  # noqa: D102
    @property
    def path_params(self) -> Mapping[str, str]: ...  # noqa: D102


class Routes(Protocol):
    """The operations of a contract."""

    @property
    def operations(self) -> tuple[Route, ...]: ...  # noqa: D102

    def match(self, method: str, path: str) -> Matched | None:
        """The operation of that method and undecoded path, None where there is none."""
