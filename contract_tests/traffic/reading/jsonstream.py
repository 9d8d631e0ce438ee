"""The items of one array of a JSON document of any size, one at a time.

Only the item at hand is in memory. An item that is broken is reported, and reading goes on at
the next object that looks like one. Several documents may follow each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Any

import msgspec

CHUNK = 1 << 20
LIMIT = 64 << 20
"""Bytes that one item may have."""
LOOKAHEAD = 32
"""A syntax error this near to what has been read may be mended by reading on."""

TOO_LONG = "a number in it has too many digits"
"""The one thing that Python says of JSON which is no syntax error: 4300 are the most."""

SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Broken:
    """A stretch of the document that could not be read."""

    offset: int
    reason: str


@dataclass(slots=True)
class Window:
    """The part of a document that is in memory: Latin-1 text, so that a character is a byte."""

    stream: BufferedReader
    text: str = ""
    at: int = 0
    base: int = 0
    """Offset of the first character of `text` in the document."""
    ended: bool = False
    decoder: json.JSONDecoder = field(default_factory=json.JSONDecoder)

    @property
    def offset(self) -> int:
        """Where in the document the window stands."""
        return self.base + self.at

    def more(self) -> bool:
        """Read on, at least as much as is at hand, so that a long item costs linear time."""
        rest = self.text[self.at :]
        read = self.stream.read(max(CHUNK, len(rest)))
        self.base, self.text, self.at = self.offset, rest + read.decode("latin-1"), 0
        self.ended = not read
        return bool(read)

    def peek(self) -> str:
        """The next character that is no white space, "" at the end; stands on it afterwards."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in SPACE:
                    return self.text[self.at]
                self.at += 1
            if not self.more():
                return ""

    def skip(self, expected: str) -> None:
        """Step over one character; raises ValueError where another one stands."""
        found = self.peek()
        if found != expected:
            raise ValueError(
                f"{expected!r} belongs here, not {found!r}" if found else "it ends here"
            )
        self.at += 1

    def value(self) -> bytes:
        """The bytes of the JSON value that begins here; stands behind it afterwards.

        Raises:
            ValueError: it is no JSON value, or a longer one than LIMIT.
        """
        self.peek()
        while True:
            try:
                _, end = self.decoder.raw_decode(self.text, self.at)
            except RecursionError:
                raise ValueError("it nests too deeply") from None
            except json.JSONDecodeError as error:
                if not self._may_be_incomplete(error) or not self.more():
                    raise ValueError(error.msg) from None
                continue
            except ValueError:
                raise ValueError(TOO_LONG) from None
            if end < len(self.text) or self.ended or not self.more():
                start, self.at = self.at, self.at + end - self.at
                return self.text[start : self.at].encode("latin-1")

    def _may_be_incomplete(self, error: json.JSONDecodeError) -> bool:
        if self.ended or len(self.text) - self.at > LIMIT:
            return False
        cut_string = error.msg.startswith("Unterminated string")
        return cut_string or error.pos >= len(self.text) - LOOKAHEAD


def converted(
    found: Iterable[tuple[int, Any] | Broken], convert: Callable[[Any], object], what: str
) -> Iterator[tuple[int, object] | Broken]:
    """What `convert` makes of each item; where it cannot, the item is broken: not `what`."""
    for item in found:
        if isinstance(item, Broken):
            yield item
            continue
        offset, value = item
        try:
            yield offset, convert(value)
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
            why = str(error) if isinstance(error, KeyError) else type(error).__name__
            yield Broken(offset, f"not {what} ({why})")


def items(
    stream: BufferedReader, path: tuple[frozenset[str], ...], is_item: Callable[[Any], bool]
) -> Iterator[tuple[int, Any] | Broken]:
    """The items of the array at `path` with their offsets, and what was broken between them.

    `path` gives, for each level, the member names that lead to the array. `is_item` tells, where
    something is broken, an item to go on with from an object inside one.
    """
    window = Window(stream)
    while True:
        try:
            _descend(window, path)
            window.skip("[")
        except ValueError as error:
            yield Broken(window.offset, f"not the document it should be: {error}")
            return
        yield from _items(window, is_item)
        if window.peek() == "":
            return
        try:
            _ascend(window, path)
        except ValueError as error:
            yield Broken(window.offset, f"the document does not end as it should: {error}")
            return
        if window.peek() == "":
            return


def _items(window: Window, is_item: Callable[[Any], bool]) -> Iterator[tuple[int, Any] | Broken]:
    """The items up to the end of the array, or of the file."""
    while (at_hand := window.peek()) not in ("]", ""):
        start = window.offset
        if at_hand == ",":
            window.at += 1
            continue
        try:
            found = loads(window.value())
        except ValueError as error:
            yield Broken(start, f"broken record: {error}")
            if not _resume(window, is_item):
                return
            continue
        yield start, found
    if at_hand == "":
        yield Broken(window.offset, "the file breaks off")


def _descend(window: Window, path: tuple[frozenset[str], ...]) -> None:
    """Step to the value at `path`, over everything that stands before it."""
    if window.peek() == "\xef":  # a byte order mark, which some recorders write
        window.at += 3
    for names in path:
        window.skip("{")
        while json.loads(window.value()) not in names:
            window.skip(":")
            window.value()
            window.skip(",")
        window.skip(":")


def _ascend(window: Window, path: tuple[frozenset[str], ...]) -> None:
    """Step behind the document, from the end of the array at `path`."""
    window.skip("]")
    for _ in path:
        while window.peek() == ",":
            window.skip(",")
            window.value()
            window.skip(":")
            window.value()
        window.skip("}")


def _resume(window: Window, is_item: Callable[[Any], bool]) -> bool:
    """Step to the next object that is an item; False, at the end, where there is none."""
    while True:
        window.at = window.text.find("{", window.at + 1)
        if window.at < 0:
            window.at = len(window.text)
            if not window.more():
                return False
            window.at = -1
            continue
        mark = window.offset
        try:
            found = loads(window.value())
        except ValueError:
            found = None
        window.at = mark - window.base
        if is_item(found):
            return True


def loads(text: bytes) -> Any:
    """A JSON value, fast where it is strict; bytes that are no UTF-8 stay what they are (PEP 383).

    Raises:
        ValueError: it is no JSON, not even leniently read.
    """
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError):
        try:
            return json.loads(text.decode("utf-8", "surrogateescape"))
        except RecursionError:
            raise ValueError("it nests too deeply") from None
        except ValueError as error:
            raise ValueError(getattr(error, "msg", TOO_LONG)) from None
