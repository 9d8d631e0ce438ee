"""Files, folders and checkouts as pages."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Protocol, cast

from contract_tests import docs
from contract_tests.docs.reading.encoding import LARGEST
from contract_tests.errors import InputError
from contract_tests.facts import Diagnostic, Page
from contract_tests.findings import Source


class Dialect(Protocol):
    """A module that reads pages of some kind of markup."""

    SUFFIXES: tuple[str, ...]

    def read(self, data: bytes, file: str) -> Page:
        """The page; raises InputError if nothing in it could be read."""


@cache
def dialects() -> Mapping[str, Dialect]:
    """The dialects there are, by the suffix of their files."""
    found: dict[str, Dialect] = {}
    for module_info in pkgutil.iter_modules(docs.__path__):
        module = importlib.import_module(f"{docs.__name__}.{module_info.name}")
        for suffix in getattr(module, "SUFFIXES", ()):
            found[suffix] = cast("Dialect", module)
    return found


def read_page(path: Path, shown: str | None = None) -> Page:
    """Read one page; `shown` is what messages call the file where it is not its path.

    Raises:
        InputError: if there is no such file, or nothing in it that could be read.
    """
    data = _bytes(path)
    return _dialect(path).read(data, shown or str(path))


def read_pages(paths: Iterable[Path]) -> Iterator[Page]:
    """Read files, and every page below folders; sorted, each once.

    A page below a folder of which nothing can be read is a page without facts, with a
    diagnostic.

    Raises:
        InputError: if a path does not exist, or no page at all could be read.
    """
    files = list(dict.fromkeys(file for path in paths for file in _pages_below(path)))
    failure: InputError | None = None
    any_read = False
    for file in files:
        try:
            page = read_page(file)
            any_read = True
        except InputError as error:
            failure = error
            page = _unreadable(file, error)
        yield page
    if failure is not None and not any_read:
        raise failure


def _pages_below(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    suffixes = tuple(suffix for suffix in dialects() if not suffix.endswith(".yaml"))
    found = sorted(file for file in _files_below(path) if file.name.lower().endswith(suffixes))
    if not found:
        raise InputError(
            f"no page in this folder ({', '.join(suffixes)})", "pass a folder with pages", path
        )
    return found


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = (name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in names)


def _dialect(path: Path) -> Dialect:
    name = path.name.lower()
    for suffix, dialect in dialects().items():
        if name.endswith(suffix):
            return dialect
    known = ", ".join(dialects())
    raise InputError("not a page by its name", f"pass one that ends in {known}", path)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", "pass a page or a folder of pages", path
        ) from error


def _unreadable(path: Path, error: InputError) -> Page:
    source = Source(str(path))
    return Page(
        stem=PurePath(path).stem,
        file=str(path),
        dialect="html",
        title="",
        style="other",
        diagnostics=(Diagnostic(f"not read: {error.problem}", "", source),),
    )
