"""`contract-tests`: thin; finds the commands, calls one, prints errors as one line."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from difflib import get_close_matches
from typing import NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from contract_tests import __version__, commands
from contract_tests.errors import ContractTestsError


def command_names() -> list[str]:
    """The commands, from the modules of `contract_tests.commands`, in kebab case."""
    names = (module.name for module in pkgutil.iter_modules(commands.__path__))
    return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))


class Commands(click.Group):
    """Loads a command's module only when it is asked for, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """All commands there are."""
        return command_names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, None where there is none."""
        if cmd_name not in command_names():
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        found: click.Command = module.command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a near name for one that does not exist."""
        if args and args[0] not in command_names():
            near = get_close_matches(args[0], command_names(), n=1)
            hint = (
                f"; did you mean {near[0]}?"
                if near
                else f"; there are {', '.join(command_names())}"
            )
            raise click.UsageError(f"no command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="contract-tests")
def root() -> None:
    """Hold page, spec and service against each other and say who stands alone.

    \b
    Example:
      contract-tests run                        the contract tests, against the embedded mock
      contract-tests docs check PAGE.html       what a page gets wrong
    """


def main() -> NoReturn:
    """Entry point: exit 0 fine, 1 findings, 2 it could not be done."""
    try:
        code = root.main(standalone_mode=False)
    except NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"error: {error.format_message()}", err=True)
        sys.exit(2)
    except ContractTestsError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)
