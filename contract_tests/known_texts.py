"""Finds known secrets in a text: whole or a piece, in any case and the usual encodings."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

SHORTEST_SECRET = 4
"""A shorter text is none: it would be found in every other word."""
SHORTEST_PIECE = 24
"""A piece of that many characters of a secret is found; a shorter secret only whole."""
_BLOCK = SHORTEST_PIECE // 2
_ENCODED_FROM = 8
"""Shorter secrets are not looked for in base64."""

CASES: dict[str, Callable[[str], str]] = {"^^": str.upper, ",,": str.lower, "~~": str.swapcase}
"""The shell's ways to write a variable in another case."""

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
"""Lower case letter by letter: unlike `str.lower` it moves nothing."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way in which a secret may be written; `lower` is what is looked for."""

    secret: str
    lower: str


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of a text in which a form of a secret stands, whole or in part."""

    start: int
    end: int
    form: _Form

    def rank(self) -> tuple[int, int, bool]:
        """In the order of the text, the longer first, a whole secret before a piece of another."""
        return self.start, -self.end, self.end - self.start < len(self.form.lower)


class KnownTexts:
    """A set of secrets, indexed by blocks, so that a text is gone through only once."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._whole: list[_Form] = []
        self._blocks: dict[str, tuple[_Form, int]] = {}
        for secret in _distinct(secrets):
            for text in _forms(str(secret)):
                self._add(_Form(secret, text.translate(_LOWER)))
        self._shortest = min((_BLOCK, *(len(form.lower) for form in self._whole)))

    def replace(self, text: str, mask: str) -> str:
        """The text with each secret replaced: by its name where it has one, else by `mask`."""
        if len(text) < self._shortest:
            return text
        pieces, done = [], 0
        for start, end, secret in self._spans(text.translate(_LOWER)):
            pieces += [text[done:start], _named(secret, text[start:end]) or mask]
            done = end
        return "".join([*pieces, text[done:]])

    def _add(self, form: _Form) -> None:
        if len(form.lower) < SHORTEST_PIECE:
            self._whole.append(form)
            return
        last = len(form.lower) - _BLOCK
        for at in (*range(0, last, _BLOCK), last):
            self._blocks.setdefault(form.lower[at : at + _BLOCK], (form, at))

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where secrets stand, in order and without overlap; of two the longer, or the whole."""
        found = sorted((*self._pieces(text), *self._wholes(text)), key=_Span.rank)
        spans: list[tuple[int, int, str]] = []
        for span in found:
            if not spans or span.start >= spans[-1][1]:
                spans.append((span.start, span.end, span.form.secret))
            elif span.end > spans[-1][1]:
                spans[-1] = (spans[-1][0], span.end, "")
        return spans

    def _pieces(self, text: str) -> Iterator[_Span]:
        at = 0
        while self._blocks and at <= len(text) - _BLOCK:
            found = self._blocks.get(text[at : at + _BLOCK])
            if found is None:
                at += 1
                continue
            form, offset = found
            span = _Span(*_extent(text, at, form.lower, offset), form)
            yield span
            at = max(span.end - _BLOCK + 1, at + 1)

    def _wholes(self, text: str) -> Iterator[_Span]:
        for form in self._whole:
            at = text.find(form.lower)
            while at >= 0:
                yield _Span(at, at + len(form.lower), form)
                at = text.find(form.lower, at + 1)


def _extent(text: str, at: int, form: str, offset: int) -> tuple[int, int]:
    """How far text and form agree around one place of each."""
    start, end = at, at
    while start > 0 and offset > at - start and text[start - 1] == form[offset - (at - start) - 1]:
        start -= 1
    while (
        end < len(text) and offset + end - at < len(form) and text[end] == form[offset + end - at]
    ):
        end += 1
    return start, end


def _named(secret: str, piece: str) -> str | None:
    """The shell expansion of a secret's name that makes the piece; None where there is none."""
    name, whole = getattr(secret, "name", ""), str(secret)
    if not name:
        return None
    if piece == whole:
        return f"${{{name}}}"
    if (at := whole.find(piece)) >= 0:
        return f"${{{name}:{at}:{len(piece)}}}"
    return next((f"${{{name}{how}}}" for how, to in CASES.items() if piece == to(whole)), None)


def _distinct(secrets: Iterable[str]) -> list[str]:
    """Each once and with its name if it has one; the longest first, as one may be part of it."""
    named_last = sorted(secrets, key=lambda secret: bool(getattr(secret, "name", "")))
    distinct = {str(secret): secret for secret in named_last if len(secret) >= SHORTEST_SECRET}
    return sorted(distinct.values(), key=len, reverse=True)


def _forms(secret: str) -> list[str]:
    """The secret as given, in URLs, in JSON, in a `repr`, in base64; the same only once."""
    written = [secret, quote(secret), quote(secret, safe=""), quote_plus(secret)]
    written += [json.dumps(secret)[1:-1], repr(secret)[1:-1]]
    if len(secret) >= _ENCODED_FROM:
        written += _base64_forms(secret.encode())
    return sorted(dict.fromkeys(written), key=len, reverse=True)


def _base64_forms(secret: bytes) -> Iterator[str]:
    """Base64 of texts that hold the secret: it looks otherwise at each of three offsets."""
    for offset in range(3):
        written = base64.b64encode(bytes(offset) + secret).decode().rstrip("=")
        stable = written[4 if offset else 0 : len(written) - 1]
        yield stable
        yield stable.replace("+", "-").replace("/", "_")
