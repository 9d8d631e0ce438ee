"""Folds the pieces of a paragraph into one text, and says where bold and links lie in it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, TypeAlias

from contract_tests.docs.reading.blocks import Reference, Span


class Mark(Enum):
    """Where a stretch of bold begins and ends, and where a link ends."""

    BOLD = 1
    PLAIN = 2
    LINK_END = 3


class LinkStart(NamedTuple):
    """Where a link begins."""

    target: str


Piece: TypeAlias = str | Mark | LinkStart


class Folded(NamedTuple):
    """The text of a paragraph; spans are offsets into it."""

    text: str
    bold: tuple[Span, ...]
    references: tuple[Reference, ...]


def fold(pieces: list[Piece]) -> Folded:
    """One text of many pieces: white space folded and cut at both ends."""
    texts: list[str] = []
    marks: list[tuple[int, Mark | LinkStart]] = []
    length, gap = 0, False
    for piece in pieces:
        if isinstance(piece, str):
            words = piece.split()
            if not words:
                gap = gap or bool(piece)
                continue
            if length and (gap or piece[0].isspace()):
                texts.append(" ")
                length += 1
            text = " ".join(words)
            texts.append(text)
            length += len(text)
            gap = piece[-1].isspace()
        else:
            marks.append((length, piece))
    text = "".join(texts)
    return Folded(text, *_stretches(text, marks)) if marks else Folded(text, (), ())


def _stretches(
    text: str, marks: list[tuple[int, Mark | LinkStart]]
) -> tuple[tuple[Span, ...], tuple[Reference, ...]]:
    bold: list[Span] = []
    references: list[Reference] = []
    begun: list[int] = []
    links: list[tuple[int, str]] = []
    for offset, mark in marks:
        if mark is Mark.BOLD:
            begun.append(offset)
        elif mark is Mark.PLAIN:
            _add_stretch(bold, text, begun.pop(), offset)
        elif mark is Mark.LINK_END:
            start, target = links.pop()
            references.append(Reference(target, text[start:offset].strip()))
        elif isinstance(mark, LinkStart):
            links.append((offset, mark.target))
    return tuple(bold), tuple(references)


def _add_stretch(bold: list[Span], text: str, start: int, end: int) -> None:
    """Add a stretch without the space before it; what touches the last one is joined to it."""
    if text[start:end].startswith(" "):
        start += 1
    if start >= end:
        return
    if bold and bold[-1][1] >= start:
        start = min(bold.pop()[0], start)
    bold.append((start, end))
