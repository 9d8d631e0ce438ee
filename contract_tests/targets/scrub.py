"""Scrubs what others print while a run goes on: log lines, tracebacks, hypothesis' examples."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

from contract_tests.masking import Masker, Secret
from contract_tests.targets.auth import secret_variables

Known = Callable[[], Iterable[str]]
"""Gives the secrets that are known by now; a renewed token joins them."""


def environment_secrets(environ: Mapping[str, str] = os.environ) -> tuple[Secret, ...]:
    """Every credential that the environment holds for some auth scheme."""
    return tuple(Secret(environ[name], name) for name in secret_variables() if environ.get(name))


@contextmanager
def scrubbed_output(known: Known = environment_secrets) -> Iterator[None]:
    """For the time of the block, nothing secret is printed or logged by anybody.

    To be entered before whoever prints takes hold of `sys.stdout`: around `pytest.main`.
    """
    masked = _Masked(known)
    out = cast("TextIO", _Stream(sys.stdout, masked))
    err = cast("TextIO", _Stream(sys.stderr, masked))
    with redirect_stdout(out), redirect_stderr(err), scrubbed_logs(known):
        yield


@contextmanager
def scrubbed_logs(known: Known) -> Iterator[None]:
    """For the time of the block, no log record holds a secret, wherever it is written."""
    masked = _Masked(known)
    make = logging.getLogRecordFactory()

    def make_masked(*args: Any, **options: Any) -> logging.LogRecord:
        record = make(*args, **options)
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = masked(logging.Formatter().formatException(record.exc_info))
        return record

    logging.setLogRecordFactory(make_masked)
    try:
        yield
    finally:
        logging.setLogRecordFactory(make)


class _Masked:
    """Masks texts with what is known by now."""

    def __init__(self, known: Known) -> None:
        self._known = known
        # Asked at once: what that loads, hypothesis draws constants from, whenever it is loaded.
        self._used = tuple(known())
        self._masker = Masker(self._used)

    def __call__(self, text: str) -> str:
        known = tuple(self._known())
        if known != self._used:
            self._used, self._masker = known, Masker(known)
        return self._masker.text(text)


class _Stream:
    """A text stream whose writes are masked; in all else the one beneath it."""

    def __init__(self, stream: TextIO, masked: Callable[[str], str]) -> None:
        self._stream = stream
        self._masked = masked

    def write(self, text: str) -> int:
        self._stream.write(self._masked(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
