"""The reports: one module per format, all rendered from the same `Run`.

A format is a module of this package with a `FILENAME` and `render(run) -> str | bytes`; its id
is the module's name in kebab case. Nothing else has to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from contract_tests.errors import InputError
from contract_tests.verdicts import Run


class Format(Protocol):
    """What a module of this package offers to be a report format."""

    FILENAME: str
    __doc__: str | None

    def render(self, run: Run) -> str | bytes:
        """The whole file; it holds nothing that `run` does not."""


@cache
def formats() -> MappingProxyType[str, Format]:
    """Every format by its id, in the order of the ids."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = ((name, importlib.import_module(f"{__name__}.{name}")) for name in names)
    return MappingProxyType(
        {
            name.replace("_", "-"): cast("Format", module)
            for name, module in modules
            if hasattr(module, "FILENAME")
        }
    )


def format_named(name: str) -> Format:
    """The format of that id; raises InputError, with a near name, where there is none."""
    found = formats().get(name)
    if found is None:
        near = get_close_matches(name, formats(), n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(formats())}"
        raise InputError(f"no report format {name!r}", hint)
    return found


def render(run: Run, name: str) -> bytes:
    """The run in one format, as the bytes of its file; text is UTF-8."""
    rendered = format_named(name).render(run)
    return rendered if isinstance(rendered, bytes) else rendered.encode()


def write(run: Run, names: Iterable[str], folder: Path) -> list[Path]:
    """Write the run in each of these formats into an existing folder; returns the files.

    All are rendered before the first is written, so a format that cannot be rendered leaves
    the folder as it was.
    """
    files = {
        folder / format_named(name).FILENAME: render(run, name) for name in dict.fromkeys(names)
    }
    for file, content in files.items():
        file.write_bytes(content)
    return list(files)
