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
    """The share of common letters; 0 where it is too small, which is quick to see."""
    a, b = (text.casefold().replace("_", "").replace("-", "") for text in (name, other))
    if a == b:
        return 1.0
    letters = SequenceMatcher(None, a, b)
    too_small = letters.real_quick_ratio() < ALIKE or letters.quick_ratio() < ALIKE
    return 0.0 if too_small else letters.ratio()
