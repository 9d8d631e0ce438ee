"""The HAR of a session as it grows: beside its place until it is whole, then there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import harfile

from contract_tests import __version__
from contract_tests.errors import InputError
from contract_tests.exchange import Exchange
from contract_tests.masking import mask
from contract_tests.report.har import add_entry
from contract_tests.traffic.proxy.passed import KEPT


def unfinished(place: Path) -> Path:
    """Where a HAR stands until it is whole."""
    return place.with_name(f"{place.name}.unfinished")


@dataclass
class Archive:
    """A HAR being written; where it cannot be any more, `fault` says why, and all else goes on."""

    place: Path
    fault: str | None = None
    _text: TextIO = field(init=False, repr=False)
    _har: harfile.HarFile = field(init=False, repr=False)

    def open(self) -> None:
        """Begin it.

        Raises:
            InputError: it cannot be written, or another session is at it.
        """
        if self.place.exists() and not self.place.is_file():
            raise InputError("is no file", "name one that may be replaced", self.place)
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            self._text = unfinished(self.place).open("x", encoding="utf-8", errors="replace")
        except FileExistsError as error:
            problem = "another session writes it, or was killed while it did"
            raise InputError(
                problem, "give another --har, or move it", unfinished(self.place)
            ) from error
        except OSError as error:
            problem = f"cannot be written: {error.strerror}"
            raise InputError(problem, "give another --har", self.place) from error
        creator = harfile.Creator("contract-tests", __version__)
        self._har = harfile.HarFile.open(self._text, creator=creator)

    def add(self, exchange: Exchange) -> None:
        """Add an exchange, masked."""
        if self.fault is None:
            try:
                add_entry(self._har, mask(exchange), datetime.now(UTC), KEPT)
                self._har.flush()
            except OSError as error:
                self._give_up(error)

    def close(self) -> None:
        """Put it in its place, if it is whole."""
        if self.fault is None:
            try:
                self._har.close()
                self._text.close()
                unfinished(self.place).replace(self.place)
            except OSError as error:
                self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self.fault = (
            f"{self.place}: cannot be written: {error.strerror}; see {unfinished(self.place)}"
        )
        with suppress(OSError):
            self._text.close()
