"""Parses RST with docutils: nothing is included, fetched or run, nothing of it is configured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from docutils import frontend, nodes, utils
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.parsers.rst.states import Inliner

from contract_tests.errors import InputError

_QUIET = 6
"""A level that no message of docutils reaches: what it remarks is read from the tree."""


def parse_text(text: str, file: str) -> nodes.document:
    """The tree of a page; no transform has run on it.

    Raises:
        InputError: if docutils cannot read it.
    """
    _teach()
    settings = frontend.get_default_settings(Parser)
    settings.report_level = settings.halt_level = _QUIET
    settings.file_insertion_enabled = settings.raw_enabled = False
    settings.warning_stream = False
    settings.line_length_limit = len(text) + 1
    document = utils.new_document(file, settings)
    try:
        Parser().parse(text, document)
    except RecursionError:
        raise
    except Exception as error:  # docutils asserts that tables are whole, and more of the kind
        problem = f"docutils cannot read it ({type(error).__name__})"
        raise InputError(problem, "mend its markup, tables first", file) from error
    return document


@cache
def _teach() -> None:
    """Let docutils know what pages use of Sphinx; once, as it keeps one register of it."""
    roles.register_local_role("ref", _reference)
    roles.register_local_role("doc", _reference)
    directives.register_directive("toctree", _TableOfContents)


def _reference(
    role: str,  # noqa: ARG001 (docutils' signature)
    rawtext: str,
    text: str,
    lineno: int,  # noqa: ARG001
    inliner: Inliner,  # noqa: ARG001
    options: Mapping[str, Any] | None = None,  # noqa: ARG001
    content: Sequence[str] = (),  # noqa: ARG001
) -> tuple[list[nodes.reference], list[nodes.reference]]:
    title, bracket, target = utils.unescape(text).removesuffix(">").rpartition("<")
    label = target.strip()
    return [nodes.reference(rawtext, title.strip() if bracket else label, refname=label)], []


class _TableOfContents(Directive):
    """Other pages below this one: nothing that states a fact."""

    has_content = True
    option_spec = dict.fromkeys(("maxdepth", "hidden", "caption"), directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Leave nothing in the tree."""
        return []
