"""The HAR of a session as it grows: beside its place until it is whole, then there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import BinaryIO

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
    size: int = 0
    """Bytes of it so far."""
    _file: BinaryIO = field(init=False, repr=False)
    _text: StringIO = field(default_factory=StringIO, repr=False)
    """What is to be written next; ASCII."""
    _har: harfile.HarFile = field(init=False, repr=False)

    def open(self) -> None:
        """Begin it.

        Raises:
            InputError: it cannot be written, or another session is at it.
        """
        creator = harfile.Creator("contract-tests", __version__)
        self._har = harfile.HarFile.open(self._text, creator=creator)
        if self.place.exists() and not self.place.is_file():
            raise InputError("is no file", "name one that may be replaced", self.place)
        other = unfinished(self.place)
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            self._file = other.open("xb")
        except FileExistsError as error:
            problem = "another session writes it, or was killed while it did"
            raise InputError(problem, "give another --har, or move it", other) from error
        except OSError as error:
            problem = f"cannot be written: {error.strerror}"
            raise InputError(problem, "give another --har", self.place) from error

    def add(self, exchange: Exchange) -> int:
        """Add an exchange, masked; the offset of its entry."""
        add_entry(self._har, mask(exchange), datetime.now(UTC), KEPT)
        text = self._text.getvalue()
        offset = self.size + text.rindex("{", 0, text.index('"startedDateTime"'))
        self._write()
        return offset

    def close(self) -> None:
        """Put it in its place, if it is whole."""
        self._har.close()
        self._write()
        try:
            self._file.close()
            if self.fault is None:
                unfinished(self.place).replace(self.place)
        except OSError as error:
            self._give_up(error)

    def _write(self) -> None:
        text = self._text.getvalue().encode("ascii", "replace")
        self._text.seek(0)
        self._text.truncate()
        self.size += len(text)
        try:
            if self.fault is None:
                self._file.write(text)
                self._file.flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        rest = unfinished(self.place)
        self.fault = self.fault or f"{self.place}: cannot be written: {error.strerror}; see {rest}"
