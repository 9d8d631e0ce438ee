"""What a sentence hangs on: `If type is set to server, its default value is …`."""

from __future__ import annotations

import re

from contract_tests.docs.wording import CONDITION

_CLAUSE = re.compile(r"[^,:]*")


def condition_of(sentence: str) -> str:
    """The condition that a sentence begins with, without what follows; "" for none."""
    if not CONDITION.match(sentence):
        return ""
    clause = _CLAUSE.match(sentence)
    return clause[0] if clause else ""
