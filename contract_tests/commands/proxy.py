"""`contract-tests proxy`: a reverse proxy that checks what passes it."""

from __future__ import annotations

import asyncio
import signal
import ssl
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from contract_tests.assembly import Terms, assemble
from contract_tests.commands._reporting import report_options
from contract_tests.commands.verify import tell
from contract_tests.contract import Contract, load_contract
from contract_tests.errors import InputError, TargetError
from contract_tests.findings import Severity
from contract_tests.report.store import save
from contract_tests.targets.config import read_target
from contract_tests.traffic.account import account_file, evidence_of
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.proxy.limits import WORDS, listening, upstream_of
from contract_tests.traffic.proxy.tls import tls_of
from contract_tests.traffic.verifier import Settings
from contract_tests.verdicts import EXIT

if TYPE_CHECKING:
    from contract_tests.traffic.proxy.recorder import Recorder
    from contract_tests.traffic.proxy.server import Server

ENDS = (signal.SIGINT, signal.SIGTERM)
"""What ends a session."""


@click.command("proxy")
@click.option("--upstream", metavar="URL", help="Where requests go: https://host, or with a path.")
@click.option(
    "--target",
    metavar="NAME",
    help="A target of the configuration as the upstream, with its verify and cert.",
)
@click.option("--config", type=click.Path(dir_okay=False), help="Where --target is described.")
@click.option(
    "--listen",
    default="127.0.0.1:8080",
    show_default=True,
    metavar="HOST:PORT",
    help="Where clients connect; port 0 takes any that is free.",
)
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice(WORDS),
    help="Listen beyond this machine; ask hosts that are neither the contract's nor the target's.",
)
@click.option(
    "--enforce", is_flag=True, help="Answer 502 with the finding for what breaks the contract."
)
@click.option(
    "--keep-host", is_flag=True, help="Pass the client's Host on; a signature may cover it."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    help="Seconds that the upstream may be silent.",
)
@click.option(
    "--har",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("session.har"),
    show_default=True,
    help="Where the session is written to, masked.",
)
@click.option(
    "--spec",
    type=click.Path(dir_okay=False),
    help="The contract; by default that of spec/ here, else the shipped one.",
)
@report_options
def command(**options: Any) -> int:
    """Pass requests on to a service, and check every exchange.

    Point a client at the address that is printed, instead of at the service; end with ctrl-C.
    The session is written as HAR, findings as a run's reports. Exit 1: new findings; 2: it
    proved nothing, for no successful answer of the contract's operations passed.

    \b
    Examples:
      contract-tests proxy --upstream https://modelarts.eu-de.otc.t-systems.com
      contract-tests proxy --target staging --listen 127.0.0.1:0 --enforce
    """
    session = _Session(started=time.time(), contract=_contract(options["spec"]), **options)
    return session.run()


@dataclass(frozen=True, kw_only=True)
class _Session:
    """One session of the proxy, from its options."""

    started: float
    contract: Contract
    upstream: str | None
    target: str | None
    config: str | None
    listen: str
    allow: tuple[str, ...]
    enforce: bool
    keep_host: bool
    timeout: float
    har: Path
    spec: str | None
    view: str
    fail_on: str
    formats: tuple[str, ...]
    reports: str
    keep: int | None
    quiet: bool

    def run(self) -> int:
        """Pass on until the user ends it, then report; the exit code."""
        target = self._target()
        upstream = self._upstream(target.get("base_url"))
        tally, fault = self._pass(upstream, tls_of(target))
        evidence = evidence_of(self.contract, tally, f"{upstream}, through the proxy", self.started)
        terms = Terms(view=self.view, budget="recorded", fail_on=self._severity)
        run = assemble(self.contract, evidence, terms)
        beside = account_file(tally)
        folder = save(run, self.formats, Path(self.reports), self.keep, beside)
        if not self.quiet:
            tell(run, tally, folder)
            click.echo(f"session: {self.har}")
        if fault is not None:
            raise TargetError(fault)
        return EXIT[run.outcome]

    @property
    def _severity(self) -> Severity:
        return Severity.from_label(self.fail_on)

    def _target(self) -> dict[str, Any]:
        config = Path(self.config) if self.config else None
        return read_target(self.target, config) if self.target is not None else {}

    def _upstream(self, target: str | None) -> str:
        written = self.upstream or target
        if not written:
            raise click.UsageError("give --upstream URL, or --target NAME of one with a base_url")
        return upstream_of(written, self.contract.view("documented"), target, self.allow)

    def _pass(self, upstream: str, tls: ssl.SSLContext) -> tuple[Tally, str | None]:
        from contract_tests.traffic.proxy.enforce import Enforcer
        from contract_tests.traffic.proxy.recorder import Recorder
        from contract_tests.traffic.proxy.server import Server

        host, port = listening(self.listen, self.allow)
        settings = Settings(now=self.started, spec=self.spec)
        ledger = self.contract.ledger if self.view == "observed" else ()
        recorder = Recorder(settings, self.har)
        enforcer = Enforcer(settings.verifier(), ledger, self._severity)
        server = Server(
            upstream,
            recorder.keep,
            judge=enforcer.failing if self.enforce else None,
            timeout=self.timeout,
            keep_host=self.keep_host,
            tls=tls,
        )
        asyncio.run(_serve(server, recorder, host, port))
        return recorder.stop()


async def _serve(server: Server, recorder: Recorder, host: str, port: int) -> None:
    """Listen until SIGINT or SIGTERM; whoever ends a session may say so more than once."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ENDS:
        loop.add_signal_handler(name, ended.set)
    try:
        address = await _started(server, host, port)
        recorder.start()
        click.echo(f"{address} -> {server.upstream}")
        sys.stdout.flush()
        await ended.wait()
    finally:
        await server.stop()
        for name in ENDS:
            loop.remove_signal_handler(name)
            signal.signal(name, signal.SIG_IGN)


async def _started(server: Server, host: str, port: int) -> str:
    try:
        address = await server.start(host, port)
    except OSError as error:
        problem = f"cannot listen there: {error.strerror or error}"
        raise InputError(problem, "choose another", f"--listen {host}:{port}") from error
    if urlsplit(server.upstream).netloc == urlsplit(address).netloc:
        raise InputError("the proxy would ask itself", "name the service", server.upstream)
    return address


def _contract(spec: str | None) -> Contract:
    return load_contract(Path(spec) if spec else None)
