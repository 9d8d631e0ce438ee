"""The decision for people and programs: on the terminal, as Markdown, as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from contract_tests.errors import InputError
from contract_tests.gate.step import Decision, Step
from contract_tests.report.visible import visible

STEM = "release-gate"
SCHEMA_VERSION = 1
FEW = 10
LONGEST = 400
"""How many reasons of a step the terminal shows, and so much of each; the files have it all."""


def as_text(decision: Decision) -> str:
    """The decision, then a line for each step, then its reasons."""
    lines = [f"Release gate: {decision.verdict}", ""]
    for step in decision.steps:
        lines.append(f"{step.outcome:<10} {step.name}")
        lines += [f"{'':11}{visible(reason, LONGEST)}" for reason in step.reasons[:FEW]]
        if len(step.reasons) > FEW:
            lines.append(f"{'':11}and {len(step.reasons) - FEW} more")
    return "\n".join(lines) + "\n"


def as_markdown(decision: Decision) -> str:
    """A heading with the decision, a table of the steps, the reasons of each."""
    table = [f"| {step.name} | {step.outcome} |" for step in decision.steps]
    lines = [f"# Release gate: {decision.verdict}", "", "| Step | Outcome |", "| --- | --- |"]
    return "\n".join([*lines, *table, *(line for s in decision.steps for line in _part(s))]) + "\n"


def as_json(decision: Decision) -> str:
    """One object; within one `schema_version` members are only added."""
    steps = [
        {"name": step.name, "outcome": step.outcome, "reasons": list(step.reasons)}
        for step in decision.steps
    ]
    found = {"schema_version": SCHEMA_VERSION, "decision": decision.verdict, "steps": steps}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def write(decision: Decision, folder: Path) -> tuple[Path, ...]:
    """Write `release-gate.md` and `.json` into a folder, each whole or not at all.

    Raises:
        InputError: the folder cannot be written.
    """
    texts = {".md": as_markdown(decision), ".json": as_json(decision)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_written(folder / f"{STEM}{end}", text) for end, text in texts.items())
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise InputError(problem, "give --reports a folder that can be written", folder) from error


def _part(step: Step) -> Iterator[str]:
    if step.reasons:
        yield from ("", f"## {step.name}: {step.outcome}", "")
        yield from (f"- {_escaped(reason)}" for reason in step.reasons)


def _escaped(text: str) -> str:
    """Text that Markdown and HTML leave as it is."""
    marked = "".join(f"\\{c}" if c in "\\`*_[]|~#" else c for c in " ".join(text.split()))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _written(path: Path, text: str) -> Path:
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        try:
            file.write(text)
        except OSError:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o666 & ~_umask())
    return Path(file.name).replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
