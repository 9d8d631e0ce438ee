"""What went wrong on the way, in words without a byte of what came: it may hold a secret."""

from __future__ import annotations

import logging
from collections.abc import Callable

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from contract_tests.exchange import Failure


def failure_of(error: BaseException) -> Failure:
    """The failure of the upstream that an exception of aiohttp stands for."""
    match error:
        case TimeoutError():
            return Failure("timeout", _words(error))
        case aiohttp.ClientConnectorError():
            return Failure("unreachable", _words(error))
        case aiohttp.ClientPayloadError():
            return Failure("truncated", _words(error))
        case aiohttp.ServerDisconnectedError() | ConnectionError() | aiohttp.ClientOSError():
            return Failure("reset", _words(error))
    return Failure("protocol", _words(error))


def _words(error: BaseException) -> str:
    """What an exception says, without what it quotes."""
    match error:
        case HttpProcessingError() | aiohttp.ClientResponseError():
            said = error.message.partition(":")[0]
        case aiohttp.ClientPayloadError():
            said = str(error).partition(":")[0]
        case OSError():  # names of hosts, and the words of the system
            said = str(error)
        case _:
            said = ""
    return f"{type(error).__name__}: {' '.join(said.split())}".removesuffix(": ")


def refusals(note: Callable[[str], None]) -> logging.Logger:
    """A logger for aiohttp, whose server logs what it refuses to read, bytes and all.

    Args:
        note: is told why.
    """

    class Noting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            error = record.exc_info[1] if record.exc_info else None
            if error is not None and not isinstance(error, ConnectionError):
                note(f"a request was not passed on ({_words(error)})")

    logger = logging.Logger(__name__)  # of its own: nothing else logs to it or sees it
    logger.addHandler(Noting())
    return logger
