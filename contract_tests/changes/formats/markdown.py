"""For pull requests and release notes: a table of what breaks, another of what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contract_tests.changes.comparing import Change
from contract_tests.changes.formats.text import summary

_TITLES = {True: "Breaking", False: "Not breaking"}


def render(changes: Sequence[Change]) -> str:
    """A heading with the counts, and a table for each severity that occurs."""
    lines = ["## Changes of the contract", "", f"{summary(changes).capitalize()}."]
    for breaking, title in _TITLES.items():
        group = [change for change in changes if change.breaking is breaking]
        if group:
            lines += ["", f"### {title}", "", *_table(group)]
    return "\n".join(lines) + "\n"


def _table(changes: Sequence[Change]) -> Iterator[str]:
    yield "| Where | Side | What | Rule | Operations | Old | New |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for c in changes:
        cells = (
            _code(c.place.name),
            c.side,
            _escaped(c.message),
            _code(c.rule),
            ", ".join(map(_escaped, c.operations)),
            _code(str(c.old)) if c.old else "",
            _code(str(c.new)) if c.new else "",
        )
        yield f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    """Inline code; a back-tick would end it, a bar the cell."""
    return f"`{_on_a_line(text).replace('`', chr(39)).replace('|', chr(92) + '|')}`"


def _escaped(text: str) -> str:
    """Text that Markdown and HTML leave as it is."""
    marked = "".join(f"\\{c}" if c in "\\`*_[]|~#" else c for c in _on_a_line(text))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _on_a_line(text: str) -> str:
    return " ".join(text.split())
