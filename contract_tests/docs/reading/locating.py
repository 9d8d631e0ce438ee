"""The lines of an RST page that blocks stand on.

docutils knows them, but not everywhere: inside of tables it is one off, and of a block of code
it knows the end. So the text itself is looked up near the line that docutils names.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_NEAR = (0, 1, -1, 2, -2, 3)
_AROUND_CODE = 10


class Locator:
    """Looks up text in the lines of a page."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    def paragraph(self, text: str, hint: int) -> int:
        """The line near `hint` (1-based) that the first word of a paragraph stands on."""
        word = _WORD.search(text)
        if not word:
            return hint
        for offset in _NEAR:
            if word[0] in self._line(hint + offset):
                return hint + offset
        return hint

    def code(self, text: str, hint: int) -> int:
        """The line that a block of code begins on; `hint` is one before, in or behind it."""
        code = [line.strip() for line in text.split("\n")]
        for offset in sorted(range(-len(code) - _AROUND_CODE, _AROUND_CODE), key=abs):
            begin = hint + offset
            if all(line in self._line(begin + n) for n, line in enumerate(code)):
                return begin
        return hint

    def _line(self, number: int) -> str:
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""
