"""A finding: what a rule finds on a page, or a check finds in an exchange."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, Self

from contract_tests.exchange import Exchange

Party = Literal["page", "spec", "service"]


class Severity(IntEnum):
    """How much a finding hurts; the order is the order of `--fail-on`."""

    COSMETIC = 1
    MISLEADS = 2
    BREAKS_CLIENTS = 3

    @property
    def label(self) -> str:
        """The word used in options, messages and reports: `breaks-clients`."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def from_label(cls, label: str) -> Self:
        """Read a label back; raises KeyError for a word that is none."""
        return cls[label.upper().replace("-", "_")]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where something stands: a file and a 1-based line (0: the file as a whole)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        """`file:line`, as editors and terminals understand it."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What a finding is about, in words that page, spec and service share.

    `structure` is a table of the page and the schema of the same name (`VolumeRes`), or one
    of `path`, `query`, `header`, `body`, `status`, `security`, `example`, `invariant`,
    `lifecycle`, `operation`. `field` is the row or property, dotted where it nests; empty
    for the structure as a whole.
    """

    operation: str
    structure: str
    field: str = ""

    @property
    def name(self) -> str:
        """Without the operation, as the ledger writes it: `VolumeRes.category`."""
        return f"{self.structure}.{self.field}" if self.field else self.structure

    def __str__(self) -> str:
        """`StartNotebook:VolumeRes.category`."""
        return f"{self.operation}:{self.name}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one party says at a place: one of the conflicting facts of a finding."""

    party: Party
    says: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How a machine would mend it: the cell's right content, and the contract's."""

    text: str
    overlay_action: str | None = None
    """An OpenAPI Overlay action as JSON text, where the contract is affected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One disagreement.

    `values` are the offending values in the smallest form that tells two faults apart: the
    value itself for an enumeration (`efs`), the kind for everything unbounded (`string` where
    an integer belongs). The ledger matches on them, and the fingerprint is made of them.
    """

    id: str
    place: Place
    severity: Severity
    message: str
    values: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    source: Source | None = None
    exchange: Exchange | None = field(default=None, compare=False, repr=False)
    suggestion: Suggestion | None = None
    certain: bool = True
    """False where a reader has to judge: listed, never failing a run by itself."""

    @property
    def fingerprint(self) -> str:
        """16 hex digits of id, place and values; stable against prose and line numbers."""
        parts = [self.id, str(self.place), *sorted(self.values)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
