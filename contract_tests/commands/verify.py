"""`contract-tests verify`: checks traffic that was recorded, without sending a request."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from contract_tests.assembly import Terms, assemble
from contract_tests.checks import all_checks
from contract_tests.commands._reporting import report_options
from contract_tests.contract import load_contract
from contract_tests.errors import InputError
from contract_tests.findings import Severity
from contract_tests.masking import mask_text
from contract_tests.report.store import save
from contract_tests.report.terminal import Screen, print_lines, summary
from contract_tests.report.visible import visible
from contract_tests.report.wording import counted
from contract_tests.traffic.account import account_file, by_place, evidence_of, unread
from contract_tests.traffic.engines.jobs import verify_sources
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.reading.formats import all_formats
from contract_tests.traffic.reading.records import record_schema_text
from contract_tests.traffic.reading.sources import Source, expand
from contract_tests.traffic.verifier import Settings
from contract_tests.verdicts import Run

TIMES = "\N{MULTIPLICATION SIGN}"
MOST_SHOWN = 5


def _show_schema(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click's signature)
    if wanted:
        click.echo(record_schema_text(), nl=False)
        ctx.exit()


def _show_columns(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        from contract_tests.traffic.engines.batches import FINDINGS
        from contract_tests.traffic.engines.rows import EXCHANGES, PARTS, described

        nested = f"or {', '.join(PARTS)} as in a line of NDJSON (--schema): structs, or JSON text\n"
        click.echo(f"exchanges\n{described(EXCHANGES)}{nested}")
        click.echo(f"findings\n{described(FINDINGS)}", nl=False)
        ctx.exit()


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--spec",
    type=click.Path(dir_okay=False),
    help="The contract; by default that of spec/ here, else the shipped one.",
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes to use; one without it.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="A Dask scheduler (tcp://host:8786) whose workers do the work; FILE may then be a URL, "
    "and Parquet.",
)
@click.option(
    "--format",
    "format_id",
    type=click.Choice([known.id for known in all_formats()]),
    help="What the files are in, where they do not tell by themselves.",
)
@click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="PATTERN",
    help="Count only traffic of such hosts (*.t-systems.com); all hosts without it.",
)
@click.option(
    "--check",
    "checks",
    multiple=True,
    type=click.Choice([check.id for check in all_checks()]),
    metavar="ID",
    help="Run only these checks; `contract-tests explain` lists them.",
)
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_schema,
    help="Print the JSON Schema of a line of NDJSON, and exit.",
)
@click.option(
    "--columns",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_columns,
    help="Print the columns of Parquet and of Spark's data frames, and exit.",
)
@report_options
def command(files: tuple[str, ...], **options: Any) -> int:
    """Check recorded traffic without sending a request.

    It may be HAR, NDJSON, VCR cassettes or schemathesis' reports; gzip too.

    FILE is a file, a pattern in quotes ('logs/**/*.har'), or - for standard input. Everything
    that cannot be read is reported; the rest is checked. Exit 1: new findings; 2: nothing could
    be read of some FILE, or no FILE holds an exchange.

    With --scheduler, FILE may be whatever fsspec reaches from here and from the workers, with the
    credentials of their environments. contract-tests[dask] has to be installed on scheduler and
    workers; the contract is sent to them.

    \b
    Examples:
      contract-tests verify session.har
      contract-tests verify 'staging/**/*.ndjson.gz' --jobs 4 --report html
      kubectl logs gateway | contract-tests verify - --host '*.t-systems.com'
      contract-tests verify --scheduler tcp://10.0.0.7:8786 's3://logs/2026-11-*/*.ndjson.gz'
    """
    started = time.time()
    settings = Settings(
        now=started,
        spec=options["spec"],
        checks=frozenset(options["checks"]) or None,
        hosts=options["hosts"],
    )
    contract = load_contract(Path(options["spec"]) if options["spec"] else None)
    tally, names = _verified(settings, files, **options)
    shown = ", ".join(map(mask_text, files))
    evidence = evidence_of(contract, tally, shown, started)
    severity = Severity.from_label(options["fail_on"])
    run = assemble(
        contract, evidence, Terms(view=options["view"], budget="recorded", fail_on=severity)
    )
    reports, beside = Path(options["reports"]), account_file(tally)
    folder = save(run, options["formats"], reports, options["keep"], beside)
    if not options["quiet"]:
        tell(run, tally, folder)
    if nothing := unread(tally, names):
        raise InputError("nothing could be read", "see the diagnostics", ", ".join(nothing))
    if not tally.total("record"):
        raise InputError("there is no exchange in it", "name other files", shown)
    return 1 if run.outcome == "failed" else 0


def _verified(
    settings: Settings,
    files: tuple[str, ...],
    *,
    scheduler: str | None,
    jobs: int | None,
    format_id: str | None,
    **_: Any,
) -> tuple[Tally, dict[str, str]]:
    """What the files show, and which of them each source belongs to."""
    if scheduler is not None:
        if jobs is not None:
            raise click.UsageError("--jobs is for this machine, --scheduler for others; give one")
        from contract_tests.traffic.engines.dask import verify_on_cluster

        return verify_on_cluster(settings, files, scheduler, format_id)
    sources: tuple[Source, ...] = expand(files)
    tally = verify_sources(settings, sources, jobs or 1, format_id)
    return tally, {source.name: source.pattern for source in sources}


def tell(run: Run, tally: Tally, folder: Path) -> None:
    """Print the summary."""
    print_lines(_told(run, tally, folder), Screen())


def _told(run: Run, tally: Tally, folder: Path) -> Iterator[Text]:
    """The summary of a run, with what is particular to recorded traffic before it."""
    yield Text(
        f"{visible(run.target.base_url)}: {counted(tally.total('record'), 'exchange')} "
        f"in {run.duration:.1f} s, view {run.view}"
    )
    for (operation, status), count in sorted(tally.totals("exchange").items()):
        yield Text(f"  {count:>9,}  {operation} {status}")
    yield from _values(tally)
    yield from _unmatched(tally)
    yield from _diagnostics(tally)
    yield from _where(run, tally)
    yield from islice(summary(run, folder), 1, None)


def _values(tally: Tally) -> Iterator[Text]:
    """What each enumeration was seen to hold."""
    found = by_place(tally, "value")
    if found:
        yield Text("\nValues seen", style="bold")
    for place, values in sorted(found.items()):
        most = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        shown = ", ".join(
            f"{_quoted(value)} {TIMES}{count:,}" for value, count in most[:MOST_SHOWN]
        )
        rest = f", … {len(most) - MOST_SHOWN} more" if len(most) > MOST_SHOWN else ""
        yield Text(f"  {visible(place, 40):<28} {visible(shown, 120)}{rest}")


def _quoted(value: str) -> str:
    """A value; in quotes where it would be taken for none, or for something else."""
    is_plain = value and value.isprintable() and not set(value) & set(f' ,{TIMES}"')
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def _unmatched(tally: Tally) -> Iterator[Text]:
    found = tally.totals("unmatched")
    if found:
        yield Text(f"\nOf no operation ({found.total():,})", style="bold")
    for (template,), count in sorted(found.items(), key=lambda item: -item[1])[:MOST_SHOWN]:
        yield Text(f"  {count:>9,}  {visible(template, 100)}")
    if len(found) > MOST_SHOWN:
        yield Text(f"  … and {len(found) - MOST_SHOWN:,} more templates")


def _diagnostics(tally: Tally) -> Iterator[Text]:
    count = tally.total("diagnostic")
    if count:
        yield Text(f"\nNot read, or odd ({count:,})", style="bold")
    for found in tally.diagnostics[:MOST_SHOWN]:
        yield Text(f"  {visible(str(found), 160)}")
    if count > MOST_SHOWN:
        yield Text(f"  … and {count - MOST_SHOWN:,} more")


def _where(run: Run, tally: Tally) -> Iterator[Text]:
    """Where to look at the new findings: the smallest exchange that shows each."""
    samples = sorted(tally.samples.values(), key=lambda sample: sample.rank, reverse=True)
    told = {(s.finding.id, s.finding.place): s for s in samples}
    new = [told[v.finding.id, v.finding.place] for v in run.new]
    if new:
        yield Text("\nWhere the new findings show best", style="bold")
    for sample in new[:MOST_SHOWN]:
        at = f"{sample.file}@{sample.offset}"
        yield Text(f"  {sample.finding.fingerprint[:8]}  {visible(at, 100)}")
    if len(new) > MOST_SHOWN:
        yield Text(f"  … and {len(new) - MOST_SHOWN:,} more in traffic.json")
