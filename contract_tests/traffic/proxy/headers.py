"""Which headers of one side go on to the other, and as what."""

from __future__ import annotations

from collections.abc import Iterable

from contract_tests.exchange import Headers

HOP_BY_HOP = frozenset(
    {
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that speak of one connection only, as do those that `Connection` names."""
UNDOABLE = frozenset({"gzip", "deflate", "identity", "x-gzip"})
"""Content encodings that the recorder can undo; others are not asked for."""


def as_text(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers as text."""
    return tuple((_decoded(name), _decoded(value)) for name, value in raw)


def _decoded(written: bytes) -> str:
    """As UTF-8, else as Latin-1: aiohttp writes UTF-8, and would leave out what is none."""
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("latin-1")


def asked(headers: Headers, *, with_host: bool) -> Headers:
    """The headers of a request that the upstream gets."""
    return tuple(
        (name, _undoable(value) if name.lower() == "accept-encoding" else value)
        for name, value in end_to_end(headers)
        if with_host or name.lower() != "host"
    )


def end_to_end(headers: Headers) -> Headers:
    """Headers without those of one connection; each name in its first spelling.

    Of `X-A` and `x-a` aiohttp would send the last only.
    """
    named = (value for name, value in headers if name.lower() == "connection")
    gone = HOP_BY_HOP.union(word.strip().lower() for value in named for word in value.split(","))
    spelled: dict[str, str] = {}
    return tuple(
        (spelled.setdefault(name.lower(), name), value)
        for name, value in headers
        if name.lower() not in gone
    )


def _undoable(accepted: str) -> str:
    """An Accept-Encoding that asks for nothing that the recorder cannot undo."""
    words = [part.strip() for part in accepted.split(",")]
    left = [part for part in words if part.partition(";")[0].strip().lower() in UNDOABLE]
    return ", ".join(left) or "identity"
