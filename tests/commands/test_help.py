"""Every command says what it does, with an example to copy."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from contract_tests.cli import main, root


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words that lead to each command and group."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found, (*path, name))


def find(path: tuple[str, ...]) -> click.Command:
    """The command that these words lead to."""
    command: click.Command = root
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    return command


PATHS = sorted(commands(root))


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_can_be_read(path: tuple[str, ...]) -> None:
    """It begins with a sentence, and nothing of its source shows through."""
    result = CliRunner().invoke(root, [*path, "--help"])
    assert result.exit_code == 0, result.output
    assert "\\b" not in result.output, "the docstring is raw: the \\b has to be a backspace"
    assert (find(path).help or "").partition("\n")[0].endswith((".", ":"))


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_a_group_shows_each_summary_whole(path: tuple[str, ...]) -> None:
    """In a window of 80 columns."""
    listed = CliRunner().invoke(root, [*path, "--help"]).output.partition("Commands:\n")[2]
    cut = [line for line in listed.splitlines() if not line.endswith(".") or line.endswith("..")]
    assert cut == []


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_a_command_shows_an_example_on_a_line_of_its_own(path: tuple[str, ...]) -> None:
    """One that begins with the command itself."""
    lines = CliRunner().invoke(root, [*path, "--help"]).output.splitlines()
    wanted = " ".join(("contract-tests", *path))
    assert any(line.strip().startswith(wanted) for line in lines)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_option_says_what_it_is_for(path: tuple[str, ...]) -> None:
    """No option without a help text."""
    options = [p for p in find(path).params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("path", [(), ("docs",)], ids=" ".join)
def test_a_group_by_itself_shows_its_help(
    path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not as an error, though nothing was done: exit 2."""
    monkeypatch.setattr(sys, "argv", ["contract-tests", *path])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(f"Usage: {' '.join(('contract-tests', *path))} ")
