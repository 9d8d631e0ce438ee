"""Numbers as pages write them."""

from __future__ import annotations


def number(written: str | None) -> float | None:
    """A number, whole where it is, without the separators of its thousands: `2,000`."""
    if not written:
        return None
    value = float(written.replace(",", ""))
    return int(value) if value.is_integer() else value
