"""Text that others wrote, made harmless and visible before any format escapes it.

A server chooses the values, headers and bodies that reports show. Control characters would
move a terminal's cursor, break XML or hide text; here each becomes a symbol one can see.
"""

from __future__ import annotations

CONTROL_PICTURES = 0x2400

_HIDDEN = (
    *range(0x80, 0xA0),  # C1 controls
    0xAD,  # soft hyphen
    0x061C,  # Arabic letter mark
    *range(0x200B, 0x2010),  # zero-width characters and direction marks
    *range(0x2028, 0x202F),  # line and paragraph separators, direction overrides
    *range(0x2060, 0x2070),  # word joiner, isolates
    *range(0xD800, 0xE000),  # halves of surrogate pairs: no text can be encoded with them
    0xFEFF,
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
    0xFFFE,
    0xFFFF,
)
_SHOWN = {
    **{code: chr(CONTROL_PICTURES + code) for code in range(0x20)},
    0x7F: "␡",
    **{code: f"⟨U+{code:04X}⟩" for code in _HIDDEN},
}
_SHOWN_IN_LINES = {code: shown for code, shown in _SHOWN.items() if chr(code) not in "\n\t"}


def visible(text: str, limit: int = 200) -> str:
    """`text` on one line, at most about `limit` characters, nothing in it invisible."""
    return clip(text, limit).translate(_SHOWN)


def visible_lines(text: str, limit: int = 4000) -> str:
    """As `visible`, but line ends (of any kind) and tabs stay what they are."""
    return clip(text, limit).replace("\r\n", "\n").translate(_SHOWN_IN_LINES)


def clip(text: str, limit: int) -> str:
    """`text` cut to `limit` characters, with a note of how much is left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… ({len(text) - limit:,} more characters)"
