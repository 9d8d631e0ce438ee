"""The fields of a target that people may set, in a file or on the command line, and their types.

Each reader takes a value as TOML, JSON or the command line has it, and raises ValueError, with
what was expected, where it is none.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from contract_tests.targets.target import ALLOW_WORDS


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"a text is expected, not {value!r}")
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"a list of texts is expected, not {value!r}")
    return tuple(_text(item) for item in value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false is expected, not {value!r}")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a number is expected, not {value!r}")
    if not value > 0 or math.isinf(value):
        raise ValueError(f"a number above 0 is expected, not {value!r}")
    return float(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"a whole number from 0 on is expected, not {value!r}")
    return value


def _base_url(value: Any) -> str:
    text = _text(value).rstrip("/")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"no URL: {error}") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ValueError(f"https://HOST is expected, not {text!r}")
    if "@" in parts.netloc:
        raise ValueError("it holds a user or password; credentials come from the environment")
    if parts.query or parts.fragment:
        raise ValueError(f"https://HOST/PATH is expected, without ? and #: {text!r}")
    return text


def _verify(value: Any) -> bool | str:
    return value if isinstance(value, bool) else _file(value)


def _file(value: Any) -> str:
    text = _text(value)
    if not Path(text).exists():
        raise ValueError(f"there is no file {text}")
    return text


def _cert(value: Any) -> str | tuple[str, str]:
    if isinstance(value, str):
        return _file(value)
    files = tuple(_file(item) for item in _texts(value))
    if len(files) != 2:
        raise ValueError("one PEM file is expected, or certificate and key")
    return files


def _allow(value: Any) -> frozenset[str]:
    words = _texts(value)
    unknown = next((word for word in words if word not in ALLOW_WORDS), None)
    if unknown is not None:
        raise ValueError(f"no such word {unknown!r}; there are {', '.join(ALLOW_WORDS)}")
    return frozenset(words)


FIELDS: dict[str, Callable[[Any], Any]] = {
    "base_url": _base_url,
    "project_id": _text,
    "notebook_ids": _texts,
    "other_project_id": _text,
    "auth": _text,
    "verify": _verify,
    "cert": _cert,
    "timeout": _seconds,
    "rate": _seconds,
    "max_starts": _count,
    "read_only": _flag,
    "allow": _allow,
}
