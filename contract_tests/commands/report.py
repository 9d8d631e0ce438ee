"""`contract-tests report`: show a run in another format, hold two runs against each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from contract_tests.errors import InputError
from contract_tests.report import compare, format_named, formats, render
from contract_tests.report.codec import encode
from contract_tests.report.run_json import read_run
from contract_tests.report.terminal import Screen, print_summary
from contract_tests.verdicts import Run

RUN = click.Path(path_type=Path)

_DIFFERENCE_AS: Mapping[str, Callable[[compare.Difference], str]] = {
    "text": compare.as_text,
    "markdown": compare.as_markdown,
    "json": lambda d: json.dumps(encode(compare.as_data(d)), ensure_ascii=False, indent=1) + "\n",
}


def _complete(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    return [name for name in formats() if name.startswith(begun)]


@click.group("report")
def command() -> None:
    """Show a run that was kept, or hold two against each other.

    \b
    Example:
      contract-tests report show reports/latest --format markdown
    """


@command.command("show")
@click.argument("run", type=RUN, metavar="RUN.json")
@click.option(
    "--format",
    "name",
    metavar="FORMAT",
    shell_complete=_complete,
    help="One of `contract-tests report formats`; without it the summary.",
)
@click.option("--output", "-o", type=RUN, metavar="FILE", help="Write it there, not to stdout.")
def show(run: Path, name: str | None, output: Path | None) -> None:
    """Render a kept run again, in any format.

    RUN.json is the file, or the folder that holds it.

    \b
    Examples:
      contract-tests report show reports/latest
      contract-tests report show reports/latest --format html -o report.html
    """
    if name is not None:
        format_named(name)  # a misspelled name is told before a large file is read
    found = _read(run)
    if name is None:
        print_summary(found, Screen())
    elif output is None:
        click.echo(render(found, name), nl=False)
    else:
        _write(output, render(found, name))


@command.command("diff")
@click.argument("before", type=RUN, metavar="A/run.json")
@click.argument("after", type=RUN, metavar="B/run.json")
@click.option(
    "--format",
    "name",
    type=click.Choice(list(_DIFFERENCE_AS)),
    default="text",
    show_default=True,
    help="How to print it.",
)
def diff(before: Path, after: Path, name: str) -> int:
    """Tell what run B found that run A had not.

    What is new, gone and still there, and which values were first seen. Exits 1 where a finding is
    new that the ledger of B does not know.

    \b
    Example:
      contract-tests report diff reports/20261101-090000 reports/latest
    """
    difference = compare.compare(_read(before), _read(after))
    click.echo(_DIFFERENCE_AS[name](difference), nl=False)
    return 1 if difference.worse else 0


@command.command("formats")
def list_formats() -> None:
    """List the report formats, and the file that each writes.

    \b
    Example:
      contract-tests report formats
    """
    for name, module in formats().items():
        about = (module.__doc__ or "").partition("\n")[0].partition(": ")[2]
        click.echo(f"{name:<10} {module.FILENAME:<24} {about}")


def _read(path: Path) -> Run:
    return read_run(path / "run.json" if path.is_dir() else path)


def _write(file: Path, content: bytes) -> None:
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise InputError(problem, "give a file in a folder that can be written", file) from error
