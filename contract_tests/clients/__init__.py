"""Client stubs: one module for each language, found by its name.

A language's module has a docstring (its first line names the tool), `ANSWERS` (how its clients
stay open for values that appear tomorrow) and

    def generate(document: Path, out: Path) -> None

which writes the client for an OpenAPI document into the folder `out`, which is there already.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from contract_tests.clients._opening import Openness, open_answers
from contract_tests.clients._output import whole_folder
from contract_tests.clients._tools import GeneratorError, refused
from contract_tests.contract import View
from contract_tests.errors import InputError

__all__ = ["Language", "generate", "language", "languages"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language that clients are generated in."""

    id: str
    doc: str
    answers: Openness
    generate: Callable[[Path, Path], None]


def languages() -> tuple[str, ...]:
    """The ids of all languages there are."""
    modules = pkgutil.iter_modules(__path__)
    return tuple(sorted(m.name for m in modules if not m.ispkg and not m.name.startswith("_")))


def language(id_: str) -> Language:
    """The language of that id; raises InputError where there is none."""
    if id_ not in languages():
        raise InputError(f"no language {id_!r}", f"choose of {', '.join(languages())}")
    module = importlib.import_module(f"{__name__}.{id_}")
    return Language(id_, module.__doc__ or "", module.ANSWERS, module.generate)


def generate(id_: str, view: View, out: Path, *, force: bool = False) -> None:
    """Generate the client of a view, whole or not at all; the same view gives the same bytes.

    Args:
        id_: a language, `python`.
        view: the *client* view of a contract.
        out: the folder to write.
        force: replace a client that was generated there before.

    Raises:
        InputError: the folder is taken or cannot be written, or the generator refuses the
            document; its words are passed on, with the line of the schema.
        MissingExtraError: the generator is not installed.
    """
    wanted = language(id_)
    with whole_folder(out, force=force) as folder:
        document = folder.parent / "client.openapi.json"
        opened = open_answers(view.document, wanted.answers)
        document.write_text(json.dumps(opened, indent=2, ensure_ascii=False), "utf-8")
        try:
            wanted.generate(document, folder)
        except GeneratorError as error:
            raise refused(error, view) from None
