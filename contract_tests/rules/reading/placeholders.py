"""What in an example stands for a value instead of being one."""

from __future__ import annotations

import re

from contract_tests.rules.reading.bodies import Json

PLACEHOLDER = re.compile(
    r"x{3,}|\*{2,}|\.{3,}|…|\$?\{[^{}]*\}|<[^<>]+>|^xx$|^(?:string|str)$|\byour[ _-]",
    re.IGNORECASE,
)


def is_placeholder(value: Json) -> bool:
    """Whether a text is `xxx`, `***`, `{project_id}`, `<id>`, `......` or holds one of them."""
    return isinstance(value, str) and bool(PLACEHOLDER.search(value))


def is_unset(value: Json) -> bool:
    """Whether a value says that there is none: null, an empty text, object or array."""
    return value is None or value in ("", [], {})
