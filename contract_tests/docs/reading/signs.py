"""Signs: short texts without which a longer pattern need not be tried."""

from __future__ import annotations


def shows(text: str, signs: tuple[str, ...]) -> bool:
    """Whether one of the signs is in a text: far quicker than a pattern that needs one of them."""
    return any([sign in text for sign in signs])  # noqa: C419 (a generator takes twice as long)
