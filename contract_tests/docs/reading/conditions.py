"""What a sentence hangs on: `If type is set to server, its default value is …`."""

from __future__ import annotations

import re

from contract_tests.docs.wording.enums import CASE, CONDITION

_CLAUSE = re.compile(r"[^,:]*")


def is_conditional(sentence: str) -> bool:
    """Whether what a sentence says holds only under a condition."""
    return bool(CONDITION.match(sentence) or (": " in sentence and CASE.match(sentence)))


def condition_of(sentence: str) -> str:
    """The condition that a sentence begins with, without what follows; "" for none."""
    if not is_conditional(sentence):
        return ""
    clause = _CLAUSE.match(sentence)
    return clause[0] if clause else ""
