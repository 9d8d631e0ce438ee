"""On which line of a JSON text each of its values stands."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead to a value: `("config", 0, "weight")`."""

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"?|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def lines_of_values(text: str) -> dict[Path, int]:
    """The 0-based line of each value of a JSON text, by path; forgives what a parser does not."""
    found: dict[Path, int] = {}
    kinds: list[str] = []
    keys: list[str | int] = []
    line, seen, previous = 0, 0, ""
    for match in TOKEN.finditer(text):
        word = match.group()
        line, seen = line + text.count("\n", seen, match.start()), match.start()
        if word == ":" and keys:
            keys[-1] = _key(previous)
            found.setdefault(tuple(keys), line)
        elif word == "," and keys and kinds[-1] == "[":
            keys[-1] = int(keys[-1]) + 1
        elif word in "}]" and keys:
            kinds.pop()
            keys.pop()
        elif word != "," and not (kinds and kinds[-1] == "{" and previous in "{,"):
            found.setdefault(tuple(keys), line)
            if word in "{[":
                kinds.append(word)
                keys.append(0 if word == "[" else "")
        previous = word
    return found


def _key(word: str) -> str:
    try:
        return str(json.loads(word, strict=False))
    except ValueError:
        return word.strip('"')
