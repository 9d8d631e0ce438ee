"""Folds the pieces of a paragraph into one text, and says where bold and links lie in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias

from contract_tests.docs.reading.blocks import Reference, Span


class Mark(Enum):
    """Where a stretch of bold begins and ends, and where a link ends."""

    BOLD = 1
    PLAIN = 2
    LINK_END = 3


_PLAIN, _LINK_END = Mark.PLAIN, Mark.LINK_END


class LinkStart(NamedTuple):
    """Where a link begins."""

    target: str


Piece: TypeAlias = str | Mark | LinkStart


class Folded(NamedTuple):
    """The text of a paragraph; spans are offsets into it."""

    text: str
    bold: tuple[Span, ...]
    references: tuple[Reference, ...]


@dataclass(slots=True)
class _Stretch:
    """A stretch of bold or a link under way; it begins with the first text inside of it."""

    target: str | None
    start: int = -1
    texts: int = 0


_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
"""Where a word may be broken; the joiners of other scripts are no such characters."""


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def fold(pieces: Iterable[Piece]) -> Folded:
    """One text of many pieces: white space folded and cut at both ends."""
    texts: list[str] = []
    bold: list[Span] = []
    references: list[Reference] = []
    under_way: list[_Stretch] = []
    length, gap, fresh = 0, False, False
    for piece in pieces:
        if isinstance(piece, str):
            words = visible(piece).split()
            if not words:
                gap = True
                continue
            if length and (gap or piece[0].isspace()):
                texts.append(" ")
                length += 1
            if fresh:
                _begin(under_way, length, len(texts))
                fresh = False
            text = " ".join(words)
            texts.append(text)
            length += len(text)
            gap = piece[-1].isspace()
        elif piece is _PLAIN or piece is _LINK_END:
            stretch = under_way.pop()
            if stretch.target is not None:
                text = "".join(texts[stretch.texts :]) if stretch.start >= 0 else ""
                references.append(Reference(stretch.target, text))
            elif stretch.start >= 0:
                _add_bold(bold, stretch.start, length)
        else:
            under_way.append(_Stretch(piece.target if isinstance(piece, LinkStart) else None))
            fresh = True
    return Folded("".join(texts), tuple(bold), tuple(references))


def _begin(under_way: list[_Stretch], length: int, texts: int) -> None:
    for stretch in under_way:
        if stretch.start < 0:
            stretch.start, stretch.texts = length, texts


def _add_bold(bold: list[Span], start: int, end: int) -> None:
    """Add a stretch; one that touches the last is one with it."""
    if bold and bold[-1][1] >= start:
        start = min(bold.pop()[0], start)
    bold.append((start, end))


def lines_before(pieces: Iterable[Piece]) -> int:
    """Line ends before the first text of a paragraph."""
    lines = 0
    for piece in pieces:
        if isinstance(piece, str):
            if not piece[0].isspace():
                break
            text = piece.lstrip()
            lines += piece.count("\n", 0, len(piece) - len(text))
            if text:
                break
    return lines
