"""Numbers as pages write them."""

from __future__ import annotations


def number(written: str | None) -> float | None:
    """A number, without the separators of its thousands: `2,000`; None for None."""
    return float(written.replace(",", "")) if written else None
