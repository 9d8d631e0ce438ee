"""Whether two names are one name, mistyped."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

ALIKE = 0.85
"""From this share of common letters on, a name is taken for a slip of another."""


def slip_of(name: str, others: Iterable[str]) -> str | None:
    """The one of the others that the name is a slip of (`contenttype` for `content_type`)."""
    best = max(((_alike(name, other), other) for other in others), default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None


def _alike(name: str, other: str) -> float:
    a, b = (text.casefold().replace("_", "").replace("-", "") for text in (name, other))
    return 1.0 if a == b else SequenceMatcher(None, a, b).ratio()
