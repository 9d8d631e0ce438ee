"""What in an example stands for a value instead of being one."""

from __future__ import annotations

import re
from functools import lru_cache

from contract_tests.rules.reading.bodies import Json

PLACEHOLDER = re.compile(
    r"x{3,}|\*{2,}|\.{3,}|…|\$?\{[^{}]*\}|<[^<>]+>|^xx$|^(?:string|str)$|\byour[ _-]",
    re.IGNORECASE,
)


def is_placeholder(value: Json) -> bool:
    """Whether a text is `xxx`, `***`, `{project_id}`, `<id>`, `......` or holds one of them."""
    return isinstance(value, str) and _stands_for_another(value)


@lru_cache(maxsize=1024)
def _stands_for_another(text: str) -> bool:
    """Kept, as several rules ask of one value, and many a value is shown on every page."""
    return PLACEHOLDER.search(text) is not None


def is_unset(value: Json) -> bool:
    """Whether a value says that there is none: null, an empty text, object or array."""
    return value is None or value in ("", [], {})
