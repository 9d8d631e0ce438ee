"""One page in other styles: the facts stay what they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.docs import html
from contract_tests.facts import Page

FILE = Path(__file__).parents[1] / "pages" / "FireKiln.html"
WRITTEN = FILE.read_text(encoding="utf-8")
INVISIBLE = ("\u200b", "\u00ad", "\ufeff", "\u2060", "&#8203;", "&shy;", "<wbr>")


def facts(text: str) -> list[object]:
    """What the page says, apart from where, how it is set, and in which words."""
    page = html.read(text.encode(), FILE.name)
    return [page.method, page.uri, _statuses(page), len(page.examples), *_fields(page)]


def _statuses(page: Page) -> list[int]:
    return [status.code for status in page.statuses]


def _fields(page: Page) -> list[object]:
    tables = {table.id: table.name for table in page.tables}
    return [
        (
            *(table.name, table.role, field.name, field.type.kind, field.type.items),
            *(tables.get(field.type.structure or ""), field.mandatory, field.default),
            *([value.value for value in field.enum], field.limits, field.enum_open),
        )
        for table in page.tables
        for field in table.fields
    ]


def in_text(change: Callable[[str], str]) -> Callable[[str], str]:
    """Change the text of tables, never the markup."""
    return lambda page: re.sub(
        r"<table.*?</table>",
        lambda table: re.sub(
            r">([^<]*[^<\s][^<]*)<", lambda text: f">{change(text[1])}<", table[0]
        ),
        page,
        flags=re.DOTALL,
    )


def heads(**names: str) -> Callable[[str], str]:
    """Other words at the heads of columns."""
    return lambda page: re.sub(
        r"(<th[^>]*><p>)(\w+)(</p>)", lambda th: f"{th[1]}{names.get(th[2], th[2])}{th[3]}", page
    )


def headed(page: str) -> str:
    """Captions as headings above their tables, where they name a part of the message."""
    return re.sub(
        r"(<table[^>]*>)<caption><b>Table \d+ </b>((?:Path|Query|Request|Response)[^<]*)</caption>",
        r"<h4>\2</h4>\1",
        page,
    )


STYLES: dict[str, Callable[[str], str]] = {
    "cells without paragraphs": lambda page: re.sub(
        r"(<t[dh][^>]*>)\s*<p>([^<]*)</p>\s*(</t[dh]>)", r"\1\2\3", page
    ),
    "blanks that do not break": in_text(lambda text: text.replace(" ", "\u00a0")),
    "punctuation of full width": in_text(lambda text: re.sub(r": ?(?=\s|$)", "\uff1a", text)),
    "heads in capitals": heads(Parameter="PARAMETER", Type="TYPE", Description="DESCRIPTION"),
    "other heads": heads(Parameter="Name", Mandatory="Required", Description="Explanation"),
    "heads in bold": heads(Parameter="<b>Parameter</b>", Type="<strong>Type</strong>"),
    "heads as cells": lambda page: re.sub(r"(</?)th\b", r"\1td", page),
    "mandatory and optional": lambda page: page.replace("<p>Yes</p>", "<p>Mandatory</p>").replace(
        "<p>No</p>", "<p>Optional</p>"
    ),
    "numbered lists": lambda page: page.replace("<ul", "<ol").replace("</ul", "</ol"),
    "values as code": lambda page: re.sub(r"(</?)(?:strong|b)>", r"\1code>", page),
    "other levels of headings": lambda page: re.sub(r"(</?)h4", r"\1h2", page),
    "captions without a number": lambda page: re.sub(r"<b>Table \d+ </b>", "", page),
    "captions with a colon": lambda page: re.sub(r"<b>Table (\d+) </b>", r"Table \1: ", page),
    "captions as headings": headed,
    "lead-ins in capitals": in_text(
        lambda text: re.sub(r"Options:|Enums:|Value options:", lambda said: said[0].upper(), text)
    ),
    "line ends of Windows": lambda page: page.replace("\n", "\r\n"),
    "everything on one line": lambda page: re.sub(
        r"(<pre.*?</pre>)|\n", lambda found: found[1] or " ", page, flags=re.DOTALL
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_style(style: str) -> None:
    """A page written in another style is another page, and says the same."""
    rewritten = STYLES[style](WRITTEN)
    assert rewritten != WRITTEN
    assert facts(rewritten) == facts(WRITTEN)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(4)))
def test_order_of_columns(order: list[int]) -> None:
    """The heads say which column is which, wherever it stands."""

    def reordered(row: re.Match[str]) -> str:
        cells = re.findall(r"<t[dh].*?</t[dh]>", row[0], flags=re.DOTALL)
        places = order if len(cells) == len(order) else range(len(cells))
        return f"<tr>{''.join(cells[place] for place in places)}</tr>"

    assert facts(re.sub(r"<tr.*?</tr>", reordered, WRITTEN, flags=re.DOTALL)) == facts(WRITTEN)


@settings(max_examples=40, deadline=None)
@given(mark=st.sampled_from(INVISIBLE), every=st.integers(1, 9))
def test_characters_that_nobody_sees(mark: str, every: int) -> None:
    """Where a browser may break a word is no part of the word."""
    broken = in_text(lambda text: re.sub(rf"(?<!&)\b(\w{{{every}}})(?=\w)", rf"\1{mark}", text))
    assert facts(broken(WRITTEN)) == facts(WRITTEN)
