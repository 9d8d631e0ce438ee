"""Keeps secrets out of everything that is shown or stored.

Two ways of being secret: a text that a run *knows* to be one is masked wherever it stands, whole
or in pieces, in any case, percent-encoded or in base64; and what stands *in a place* of secrets
(a token header, a `token` field, a `?token=`) is masked whatever it is.

A known secret that has a name becomes a shell expansion of it, `${CONTRACT_TESTS_TOKEN}`, or
`${CONTRACT_TESTS_TOKEN:0:20}` for its first 20 characters: so a curl line works as it is shown,
and `unmask_text` can send the very request again. Everything else becomes `[masked]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from contract_tests.exchange import Exchange, Headers, Request
from contract_tests.known_texts import CASES, KnownTexts
from contract_tests.secret_places import hide_places, hide_values, is_secret_header

MASK = "[masked]"
NAMED_MASK = re.compile(r"\$\{(?P<name>[A-Z][A-Z_]+)(?P<how>\^\^|,,|~~|:(?P<at>\d+):(?P<n>\d+))?\}")
"""A mask that says of which secret it is, and which piece of it or in which case."""
_AFFIX = 8
"""So many characters around a known secret, in a secret place, are no secret of their own."""


class Secret(str):
    """A text whose `repr` shows its name only, so that no traceback prints it."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, text: str, name: str = "") -> Secret:
        """`name` is the environment variable it comes from: `CONTRACT_TESTS_TOKEN`."""
        secret = super().__new__(cls, text)
        secret.name = name
        return secret

    def __repr__(self) -> str:
        return f"<{self.name or 'secret'}>"


def mask_text(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without any of `secrets`, and without what stands in a place of secrets."""
    return Masker(secrets).text(text)


def mask(exchange: Exchange, secrets: Iterable[str] = ()) -> Exchange:
    """The exchange as it may be shown: of the same shape, with no secret left in it.

    Args:
        exchange: any; its own `secrets` are masked too, and then dropped.
        secrets: what else is known to be one; a `Secret` is masked by its name.
    """
    return Masker((*secrets, *exchange.secrets)).exchange(exchange)


def unmask_text(text: str, secrets: Iterable[Secret]) -> str:
    """The text as it was before a named mask took the place of one of `secrets`."""
    by_name = {secret.name: str(secret) for secret in secrets}

    def restored(match: re.Match[str]) -> str:
        secret = by_name.get(match["name"])
        if secret is None:
            return match[0]
        if match["at"] is not None:
            return secret[int(match["at"]) :][: int(match["n"])]
        return CASES[match["how"]](secret) if match["how"] else secret

    return NAMED_MASK.sub(restored, text)


class Masker:
    """Masks with one set of known secrets; for many texts it is quicker than `mask_text`."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._known = KnownTexts(secrets)

    def text(self, text: str) -> str:
        """The text as it may be shown."""
        return hide_places(self._known.replace(text, MASK), hide)

    def exchange(self, exchange: Exchange) -> Exchange:
        """The exchange as it may be shown."""
        request, response, failure = exchange.request, exchange.response, exchange.failure
        expectation = exchange.expectation
        return replace(
            exchange,
            request=Request(
                self.text(request.method),
                self.text(request.url),
                self._headers(request.headers),
                self._bytes(request.body),
            ),
            response=response
            and replace(
                response,
                headers=self._headers(response.headers),
                body=self._bytes(response.body),
            ),
            failure=failure and replace(failure, detail=self.text(failure.detail)),
            expectation=expectation and replace(expectation, reason=self.text(expectation.reason)),
            around=hide_values(dict(exchange.around), hide, self.text),
            secrets=(),
            label=self.text(exchange.label),
        )

    def _headers(self, headers: Headers) -> Headers:
        masked = ((self.text(name), self.text(value)) for name, value in headers)
        return tuple(
            (name, hide(value) if value and is_secret_header(name) else value)
            for name, value in masked
        )

    def _bytes(self, body: bytes) -> bytes:
        text = body.decode("utf-8", "surrogateescape")
        return self.text(text).encode("utf-8", "surrogateescape")


def hide(value: str) -> str:
    """The mask for what stands in a secret place; what is masked already says more, and stays."""
    rest = NAMED_MASK.sub("", value).replace(MASK, "")
    return value if rest != value and len(rest) <= _AFFIX else MASK
