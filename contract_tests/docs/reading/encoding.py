"""The bytes of a page as text, whatever they were written in."""

from __future__ import annotations

import codecs
import re

from contract_tests.errors import InputError
from contract_tests.facts import Diagnostic
from contract_tests.findings import Source

LARGEST = 8 * 2**20
"""Bytes; several times the largest page there is. What is larger is no page."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?([\w-]+)|encoding\s*=\s*["']([\w-]+)""", re.ASCII)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "us-ascii": "cp1252"}


def decode(data: bytes, file: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Read a page's bytes as text.

    A byte order mark decides; then UTF-8, if the bytes are that; then what the page declares.
    Bytes that none of these can read are read as Latin-1, with a diagnostic.

    Raises:
        InputError: if this is no text at all, empty, or larger than any page.
    """
    _check(data, file)
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ()
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        return _decode_declared(data, file, error.start)


def _check(data: bytes, file: str) -> None:
    if not data or data.isspace():
        raise InputError("the page is empty", "pass a page with something in it", file)
    if len(data) > LARGEST:
        raise InputError("larger than any page", f"pass one of at most {LARGEST >> 20} MB", file)
    if b"\0" in data[:4096] and not data.startswith(_BYTE_ORDER_MARKS[1][0]):
        if data.startswith(_BYTE_ORDER_MARKS[2][0]):
            return
        raise InputError("this is no text", "pass an HTML or RST page", file)


def _decode_declared(data: bytes, file: str, offset: int) -> tuple[str, tuple[Diagnostic, ...]]:
    found = _DECLARED.search(data[:2048])
    name = (found[1] or found[2]).decode().lower() if found else ""
    try:
        return data.decode(_WIDER.get(name, name or "utf-8")), ()
    except (LookupError, UnicodeDecodeError):
        line = data.count(b"\n", 0, offset) + 1
        reason = f"neither UTF-8 nor {name or 'declared otherwise'}; read as Latin-1"
        text = data[max(0, offset - 20) : offset + 20].decode("latin-1")
        return data.decode("latin-1"), (Diagnostic(reason, text, Source(file, line)),)
