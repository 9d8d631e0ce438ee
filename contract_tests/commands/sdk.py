"""`contract-tests sdk`: whether an SDK keeps what the service says."""

from __future__ import annotations

from pathlib import Path

import click

from contract_tests.clients.roundtrip import check_sdk, read_sdk_ledger
from contract_tests.clients.roundtrip.check import Settings
from contract_tests.clients.roundtrip.show import as_json, as_markdown, as_text
from contract_tests.clients.sdk import sdk_names
from contract_tests.contract import load_contract

_FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}


@click.group("sdk")
def command() -> None:
    """Check SDKs against the contract.

    \b
    Example:
      contract-tests sdk check --sdk huaweicloud
    """


@command.command("check")
@click.option(
    "--sdk", "name", required=True, metavar="NAME", help=f"One of: {', '.join(sdk_names())}."
)
@click.option("--module", metavar="MODULE", help="The module to test: an SDK made elsewhere.")
@click.option(
    "--spec",
    type=click.Path(path_type=Path),
    help="The contract; by default that of spec/ here, else the shipped one.",
)
@click.option(
    "--ledger",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What SDKs are known to do; by default the ledger beside the spec.",
)
@click.option("--strict", is_flag=True, help="Leave the ledger aside: everything is new.")
@click.option(
    "--examples",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    help="Answers by chance for each kind of answer, besides the systematic ones.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Repeats those answers.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    help="Seconds that the SDK may take for one case.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(_FORMATS)),
    default="text",
    show_default=True,
    help="How the result is printed.",
)
def check_command(
    *,
    name: str,
    module: str | None,
    spec: Path | None,
    ledger: Path | None,
    strict: bool,
    examples: int,
    seed: int,
    timeout: float,
    form: str,
) -> int:
    """Send answers through an SDK and look at the requests that it sends.

    Every answer that the observed view accepts has to come back whole. Exit 0 if nothing is
    new, 1 with new findings, 2 if the SDK cannot be used.

    \b
    Examples:
      contract-tests sdk check --sdk generated
      contract-tests sdk check --sdk huaweicloud --strict --format markdown
    """
    contract = load_contract(spec)
    known = () if strict else read_sdk_ledger(ledger or contract.files.sdk_ledger)
    settings = Settings(examples, seed, timeout)
    report = check_sdk(contract, name, module=module, ledger=known, settings=settings)
    click.echo(_FORMATS[form](report), nl=False)
    return int(report.fails())
