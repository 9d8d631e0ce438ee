"""Foreign text in Markdown: what a server chose may not become a link, a mention or a tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contract_tests.report.visible import visible, visible_lines

_SYNTAX = re.compile(r"([\\`*\[\]<>~!$&]|(?<![^\W_])_|_(?![^\W_])|^[+-])")
"""What is markup wherever it stands; a `_` within a word and a `-` within a line are none."""
_LINKING = re.compile(r"(@|#|:(?=//)|www(?=\.))")


def plain(text: str, limit: int = 300) -> str:
    """`text` as running words on one line: no markup, mention, reference or link in it."""
    escaped = _SYNTAX.sub(r"\\\1", visible(text, limit))
    return _LINKING.sub(r"\1&#8203;", escaped)


def code(text: str, limit: int = 120) -> str:
    """`text` as a code span on one line."""
    shown = visible(text, limit) or " "
    ticks = "`" * (_longest_run(shown) + 1)
    pad = " " if shown[0] == "`" or shown[-1] == "`" else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def block(text: str, language: str = "", limit: int = 2000) -> str:
    """`text` as a fenced block."""
    shown = visible_lines(text, limit)
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(markdown: str) -> str:
    return markdown.replace("|", "\\|")


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
