"""Bodies as recorders keep them: text, base64, packed, cut off, not there at all."""

from __future__ import annotations

import base64
import binascii
import json
import zlib

from msgspec import Struct

from contract_tests.exchange import Headers, header


class Base64(Struct, gc=False, forbid_unknown_fields=True):
    """Bytes of a body, as they went over the wire."""

    base64: str

    def __len__(self) -> int:
        """Characters, as it was written."""
        return len(self.base64)


Written = str | Base64 | None
"""A body as the schema of exchanges has it: text, `{"base64": text}`, or none."""

LIMIT = 64 * 1024 * 1024
"""Bytes a body may unpack to; what is larger is taken for an attack, not for an answer."""

GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
RAW_DEFLATE = -zlib.MAX_WBITS


class BodyError(Exception):
    """Why a body cannot be made out, in words that follow "the response's"."""


def decoded(written: Written, headers: Headers, size: int | None) -> bytes:
    """The body of an answer; `size` is what the recorder says was received.

    Raises:
        BodyError: it was not recorded, was cut off, or cannot be unpacked.
    """
    if written is None and size:
        raise BodyError(f"body of {size} bytes was not recorded")
    body = to_bytes(written, headers)
    if size and len(body) < size and not _is_json(body) and _claims_json(headers):
        raise BodyError(f"body was cut off by the recorder: {len(body)} of {size} bytes")
    return body


def to_bytes(written: Written, headers: Headers) -> bytes:
    """A body in any of the documented notations, unpacked.

    Raises:
        BodyError: it is not base64, or its content encoding cannot be undone.
    """
    if written is None:
        return b""
    if isinstance(written, str):
        return _encoded(written)
    try:
        packed = base64.b64decode(written.base64, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BodyError(f"body is not base64 ({error})") from error
    return unpacked(packed, header(headers, "content-encoding"))


def unpacked(body: bytes, encoding: str | None) -> bytes:
    """A body without its content encoding; as it is where the recorder had undone it already.

    Raises:
        BodyError: it is packed in a way that cannot be undone, or unpacks to more than LIMIT.
    """
    for name in reversed([part.strip().lower() for part in (encoding or "").split(",")]):
        if name in ("", "identity") or not body or body[:1] in b"{[":
            continue
        if name not in ("gzip", "x-gzip", "deflate"):
            raise BodyError(f"body is packed with {name}, which cannot be undone here")
        body = _inflated(body, name)
    return body


def _inflated(body: bytes, name: str) -> bytes:
    bits = (GZIP_OR_ZLIB,) if name != "deflate" else (GZIP_OR_ZLIB, RAW_DEFLATE)
    for wbits in bits:
        unpacker = zlib.decompressobj(wbits)
        try:
            plain = unpacker.decompress(body, LIMIT + 1)
        except zlib.error:
            continue
        if len(plain) > LIMIT:
            raise BodyError(f"body unpacks to more than {LIMIT} bytes")
        if not unpacker.eof:
            raise BodyError(f"body breaks off within its {name} encoding")
        return plain
    raise BodyError(f"body says {name} but is not packed so")


def _encoded(text: str) -> bytes:
    """Text as bytes; bytes that were no UTF-8 come back as they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _claims_json(headers: Headers) -> bool:
    return "json" in (header(headers, "content-type") or "json").lower()
