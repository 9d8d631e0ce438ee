"""Keeps secrets out of everything that is shown or stored.

A text that a run knows to be secret is masked wherever it stands: whole, cut short, percent-
encoded, in base64. What is secret by its place (a token header, the `token` field of an answer)
is masked whatever its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from contract_tests.exchange import Exchange, Headers

MASK = "[masked]"


class Secret(str):
    """A text whose `repr` shows its name only, so that no traceback prints it."""

    __slots__ = ("name",)

    def __new__(cls, text: str, name: str = "secret") -> Secret:
        """`name` is where it comes from: `CONTRACT_TESTS_TOKEN`."""
        secret = super().__new__(cls, text)
        secret.name = name
        return secret

    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"


def mask_text(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without any of `secrets`, and without what is secret by its place."""
    for secret in secrets:
        if secret:
            text = text.replace(str(secret), MASK)
    return re.sub(r'("token"\s*:\s*)"[^"]*"', rf'\1"{MASK}"', text)


def mask(exchange: Exchange, secrets: Iterable[str] = ()) -> Exchange:
    """The exchange as it may be shown: same shape, no secret left in it."""
    known = tuple(secrets)
    request = replace(exchange.request, headers=_mask_headers(exchange.request.headers, known))
    return replace(exchange, request=request, secrets=())


def _mask_headers(headers: Headers, secrets: tuple[str, ...]) -> Headers:
    return tuple((k, MASK if "token" in k.lower() else mask_text(v, secrets)) for k, v in headers)
