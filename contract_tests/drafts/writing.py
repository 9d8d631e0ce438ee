"""Writes a file as a whole: a reader never meets half of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from contract_tests.errors import InputError


def write_whole(target: Path, text: str) -> None:
    """Write beside the target, then put it in its place.

    Raises:
        InputError: the folder does not exist, or nothing can be written there.
    """
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as file:
            file.write(text)
        Path(file.name).replace(target)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise InputError(problem, "name a file in a folder that exists", target) from error
