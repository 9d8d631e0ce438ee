"""Folds the pieces of a paragraph into one text, and says where bold and links lie in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple, TypeAlias

from contract_tests.docs.reading.blocks import Reference, Span


class Mark(Enum):
    """Where a stretch of bold begins and ends, and where a link ends."""

    BOLD = 1
    PLAIN = 2
    LINK_END = 3


BOLD, PLAIN, LINK_END = Mark


class LinkStart(NamedTuple):
    """Where a link begins."""

    target: str


Piece: TypeAlias = str | Mark | LinkStart


class Folded(NamedTuple):
    """The text of a paragraph; spans are offsets into it."""

    text: str
    bold: tuple[Span, ...]
    references: tuple[Reference, ...]


_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
"""Where a word may be broken; the joiners of other scripts are no such characters."""


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def fold(pieces: Iterable[Piece]) -> Folded:
    """One text of many pieces: white space folded and cut at both ends."""
    texts: list[str] = []
    offsets: list[int] = []
    bold: list[Span] = []
    references: list[Reference] = []
    under_way: list[tuple[int, str | None]] = []
    length, gap = 0, False
    for piece in pieces:
        if isinstance(piece, str):
            words = visible(piece).split()
            if not words:
                gap = True
                continue
            if length and (gap or piece[0].isspace()):
                texts.append(" ")
                offsets.append(length)
                length += 1
            text = " ".join(words)
            texts.append(text)
            offsets.append(length)
            length += len(text)
            gap = piece[-1].isspace()
        elif piece is PLAIN or piece is LINK_END:
            begin, target = under_way.pop()
            begin += texts[begin : begin + 1] == [" "]
            if target is not None:
                references.append(Reference(target, "".join(texts[begin:])))
            elif begin < len(texts):
                _add_bold(bold, offsets[begin], length)
        else:
            target = piece.target if isinstance(piece, LinkStart) else None
            under_way.append((len(texts), target))
    return Folded("".join(texts), tuple(bold), tuple(references))


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
