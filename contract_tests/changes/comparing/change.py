"""A change between two versions of a contract, and whom it breaks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from contract_tests.findings import Place, Source

Side = Literal["request", "response", "both"]


class Effect(Enum):
    """Whom a change breaks.

    A client is made from one version and meets a service that keeps to the other. What a client
    may send besides breaks nobody: nobody has to send it. An answer is not chosen by the client:
    what is answered besides breaks the clients made from OLD, and what NEW no longer accepts
    breaks the clients made from NEW, as long as the service answers it.
    """

    HARMLESS = "nobody"
    BREAKS_OLD = "clients made from OLD"
    BREAKS_NEW = "clients made from NEW"

    @property
    def breaking(self) -> bool:
        """Whether it breaks anybody."""
        return self is not Effect.HARMLESS


@dataclass(frozen=True, slots=True)
class Difference:
    """What a rule sees: `values` are the least that tells two changes of one kind apart.

    `old` or `new` is None where there is nothing on that side.
    """

    place: Place
    message: str
    values: tuple[str, ...]
    old: Source | None
    new: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change, judged; it holds for all of `operations`, `place` names the first of them."""

    rule: str
    side: Side
    effect: Effect
    place: Place
    operations: tuple[str, ...]
    message: str
    values: tuple[str, ...] = ()
    old: Source | None = None
    new: Source | None = None

    @property
    def breaking(self) -> bool:
        """Whether it breaks any client."""
        return self.effect.breaking

    @property
    def severity(self) -> str:
        """`breaking` or `non-breaking`."""
        return "breaking" if self.breaking else "non-breaking"

    @property
    def fingerprint(self) -> str:
        """16 hex digits of rule, side, place and values; stable against prose and lines."""
        parts = [self.rule, self.side, self.place.name, *sorted(self.values)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
