"""Foreign text is made visible and harmless before any format escapes it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.report.visible import clip, visible, visible_lines

INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
anything = st.text(st.characters(exclude_categories=()))


@given(anything)
def test_nothing_invisible_is_left(text: str) -> None:
    """No control, format or surrogate character of the Basic Multilingual Plane survives."""
    left = {c for c in visible(text) if unicodedata.category(c) in INVISIBLE and ord(c) < 0x10000}
    assert left <= set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u180e")


@given(anything)
def test_the_result_can_be_encoded(text: str) -> None:
    """Whatever came in, a file or terminal in UTF-8 can take what comes out."""
    assert visible(text).encode().decode() == visible(text)
    assert visible_lines(text).encode().decode() == visible_lines(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=100))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Letters, digits, punctuation and symbols are nobody's business."""
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\x00b\x7f", "a␀b␡"),
        ("a\nb\tc", "a␊b␉c"),
        ("\u202egpj.exe", "⟨U+202E⟩gpj.exe"),
        ("\ud800", "⟨U+D800⟩"),
        ("\x9b31m", "⟨U+009B⟩31m"),
    ],
)
def test_controls_become_symbols(text: str, shown: str) -> None:
    """Terminal escapes, line ends, direction overrides and half surrogates are told."""
    assert visible(text) == shown


def test_lines_keep_their_ends() -> None:
    """Bodies are shown in lines, whatever ends them; other controls stay symbols."""
    assert visible_lines("a\r\n\tb\rc\n\x08") == "a\n\tb␍c\n␈"


def test_long_text_says_how_much_is_left_out() -> None:
    """Ten million characters cost as little as ten."""
    assert clip("x" * 10_000_000, 3) == "xxx… (9,999,997 more characters)"
    assert clip("xxx", 3) == "xxx"
