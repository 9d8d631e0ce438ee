"""What ledgers may name besides what stands in the contract itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The ids and names that there are."""

    ids: frozenset[str]
    """Of rules and checks."""
    losses: frozenset[str]
    """Ids of what is found of SDKs."""
    sdks: frozenset[str]
