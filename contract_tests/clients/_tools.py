"""Runs the generators, which are programs of others, and passes their words on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contract_tests.contract import Location, View
from contract_tests.errors import ContractTestsError, InputError

TIME_OUT = 300
"""Seconds that a generator may take."""


@dataclass
class GeneratorError(Exception):
    """A generator did not write a client; `output` is what it printed."""

    tool: str
    output: str


def run_tool(tool: str, arguments: Sequence[str], folder: Path) -> None:
    """Run a generator in a folder, with the programs of this environment on its path.

    Raises:
        GeneratorError: it failed.
        ContractTestsError: it took too long, or cannot be run.
    """
    beside = str(Path(sys.executable).parent)
    path = os.pathsep.join([beside, os.environ.get("PATH", "")])
    try:
        done = subprocess.run(  # noqa: S603 (the tool that was asked for)
            arguments,
            cwd=folder,
            env={**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "200"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIME_OUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ContractTestsError(f"{tool} took longer than {TIME_OUT} seconds") from None
    except OSError as error:
        raise ContractTestsError(f"{tool} cannot be run ({error.strerror})") from error
    if done.returncode:
        raise GeneratorError(tool, f"{done.stdout}\n{done.stderr}")


def refused(error: GeneratorError, view: View) -> InputError:
    """The refusal of a document by a generator, with the line of what it speaks of."""
    named = max(_named(error.output, view), key=len, default=())
    where = view.source.source(named)
    problem = f"{error.tool} refuses the client view: {_told(error.output)}"
    return InputError(problem, "mend the spec or the overlay there", where.file, where.line)


def _named(output: str, view: View) -> Iterator[Location]:
    """The parts of the document that a generator's words name."""
    for at in view.source.sources:
        if len(at) > 1 and re.search(rf"{re.escape('/'.join(map(str, at)))}(?![\w.-])", output):
            yield at
    for operation in view.operations:
        called = f"{operation.method} {operation.path} " in output
        if called or re.search(rf"\b{re.escape(operation.id)}\b", output):
            yield operation.at


_SAYS_NOTHING = re.compile(
    r"^[\W\d]*$|^(generating|error\(s\) encountered|warning\(s\) encountered|if you believe"
    r"|cannot parse response for|\"\$ref\"|unable to process schema|failure to process|usage:"
    r"|at |exception in|caused by|#|warning parsing|/components|\[main\] (info|warn))",
    re.IGNORECASE,
)


def _told(output: str) -> str:
    """What is telling of a generator's output, on one line."""
    lines = [re.sub(r"<[\w.]+ object at 0x\w+>", "…", line).strip() for line in output.splitlines()]
    prose = [line for line in lines if not _SAYS_NOTHING.match(line)]
    said = " ".join(dict.fromkeys(prose[:3])) or "without a word"
    return said if len(said) <= 300 else f"{said[:297]}…"
