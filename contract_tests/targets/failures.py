"""Names what went wrong in the transport, from the layers of exceptions it comes wrapped in."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator

import urllib3.exceptions as u

from contract_tests.exchange import Failure, FailureKind


class StaleConnectionError(ConnectionError):
    """The service had closed a kept connection before the request came; send it again."""


_KINDS: tuple[tuple[FailureKind, tuple[type[BaseException], ...]], ...] = (
    ("unreachable", (ssl.SSLCertVerificationError, ConnectionRefusedError, socket.gaierror)),
    ("unreachable", (u.NewConnectionError, u.ProxyError)),
    ("timeout", (TimeoutError, u.TimeoutError)),
    ("unreachable", (ssl.SSLError,)),
    ("protocol", (ValueError,)),  # a chunk's length that is no number comes as IncompleteRead
    ("truncated", (u.IncompleteRead, http.client.IncompleteRead)),
    ("reset", (ConnectionError,)),
    ("protocol", (http.client.HTTPException, u.HTTPError)),
    ("unreachable", (OSError,)),
)
"""The first row that any layer of the exception is an instance of."""


def failure_of(error: BaseException) -> Failure:
    """The failure that an exception of requests, urllib3 or the socket stands for."""
    layers = list(_layers(error))
    for kind, types in _KINDS:
        for layer in reversed(layers):
            if isinstance(layer, types):
                return Failure(kind, _words(layer))
    return Failure("protocol", _words(error))


def is_stale(error: BaseException) -> bool:
    """Whether the request met a kept connection that the service had closed."""
    return any(isinstance(layer, StaleConnectionError) for layer in _layers(error))


def _layers(error: BaseException) -> Iterator[BaseException]:
    """The exception and all that it wraps, the outermost first."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        layer = waiting.pop(0)
        if not isinstance(layer, BaseException) or id(layer) in seen:
            continue
        seen.add(id(layer))
        yield layer
        waiting += [*layer.args, getattr(layer, "reason", None), layer.__cause__, layer.__context__]


def _words(error: BaseException) -> str:
    text = " ".join(str(error).split())
    name = type(error).__name__
    return f"{name}: {text}" if text else name
