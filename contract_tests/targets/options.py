"""The options by which people say what to test, and the target that follows from them."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from contract_tests.errors import TargetError
from contract_tests.targets.auth import scheme_names
from contract_tests.targets.config import FILE, read_target
from contract_tests.targets.fields import FIELDS
from contract_tests.targets.target import ALLOW_WORDS, Secrets, Target

RATE = 10.0
"""Requests a second on a service that others may use; on this machine there is no limit."""


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """What the command line says of the target; JSON can hold it, nothing in it is secret."""

    target: str | None = None
    """A name in the configuration, a base URL, or None for the embedded mock."""
    config: str | None = None
    overrides: dict[str, Any] = field(default_factory=dict)
    """Fields of the target that options give."""

    def open(self) -> tuple[Target, Secrets]:
        """The target, with the tokens of the environment; see `target_from_options`."""
        return target_from_options(self.target, self.config, self.overrides)


def target_from_options(
    target: str | None,
    config: str | Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
) -> tuple[Target, Secrets]:
    """A live target and the tokens for it.

    Args:
        target: its name in the configuration, or its base URL.
        config: the configuration; `contract-tests.toml` in the working folder where None.
        overrides: fields that go before those of the configuration.
        environ: where the tokens are; the process's environment where None.

    Raises:
        TargetError: it cannot be tested as described: a field is missing or wrong.
        InputError: the configuration is wrong.
    """
    values = described(target, config)
    values |= {key: _field(key, value) for key, value in (overrides or {}).items()}
    name = target if target and not _is_url(target) else values.get("base_url", "")
    secrets = Secrets.from_environment(os.environ if environ is None else environ)
    return _target(name, values), secrets


def described(target: str | None, config: str | Path | None = None) -> dict[str, Any]:
    """What the configuration, or the base URL, says of a target; raises as above."""
    if target is None:
        return {}
    if _is_url(target):
        return {"base_url": _field("base_url", target)}
    return read_target(target, Path(config) if config else None)


def _is_url(target: str) -> bool:
    return "://" in target


def _field(name: str, value: Any) -> Any:
    try:
        return FIELDS[name](value)
    except ValueError as error:
        raise TargetError(f"{OPTION.get(name, name)}: {error}") from None


def _target(name: str, values: dict[str, Any]) -> Target:
    for required in ("base_url", "project_id", "notebook_ids"):
        if not values.get(required):
            raise TargetError(f"target {name}: no {required}; give {OPTION[required]}")
    local = is_local(values["base_url"])
    if values["base_url"].startswith("http:") and not local and values.get("verify") is not False:
        problem = "http:// would send the token for all to read"
        raise TargetError(f"{values['base_url']}: {problem}; use https://, or say --insecure")
    if not local:
        values.setdefault("rate", RATE)
    return Target(name=name, **values)


def is_local(base_url: str) -> bool:
    """Whether a service is on this machine."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


OPTION = {
    "base_url": "--base-url",
    "project_id": "--project-id",
    "notebook_ids": "--notebook-id",
    "other_project_id": "--other-project-id",
    "auth": "--auth",
    "verify": "--ca-file",
    "cert": "--client-cert",
    "timeout": "--timeout",
    "rate": "--rate",
    "max_starts": "--max-starts",
    "read_only": "--read-only",
    "allow": "--allow",
}
"""The option of each field."""

_OPTIONS = (
    click.option("--target", metavar="NAME", help=f"A target of {FILE}."),
    click.option("--config", type=click.Path(dir_okay=False), help=f"Read that instead of {FILE}."),
    click.option("--base-url", metavar="URL", help="The service; the contract's paths follow it."),
    click.option("--project-id", metavar="ID", help="The project that the token is for."),
    click.option(
        "--notebook-id",
        "notebook_ids",
        metavar="ID",
        multiple=True,
        help="A notebook that requests may name; repeat it for more.",
    ),
    click.option("--other-project-id", metavar="ID", help="A project the token has no right to."),
    click.option(
        "--auth",
        type=click.Choice(scheme_names()),
        help="Where credentials come from [token: CONTRACT_TESTS_TOKEN].",
    ),
    click.option("--timeout", type=float, metavar="S", help="Seconds for one exchange [30]."),
    click.option("--rate", type=float, metavar="N", help=f"Requests a second [{RATE:g}]."),
    click.option("--ca-file", type=click.Path(), help="Verify TLS with the CAs of this file."),
    click.option("--client-cert", type=click.Path(), help="Certificate and key in one PEM file."),
    click.option("--insecure", is_flag=True, help="Do not verify TLS; allow http:// elsewhere."),
    click.option("--max-starts", type=int, metavar="N", help="Starts that may succeed [5]."),
    click.option("--read-only", is_flag=True, help="Send nothing but GET."),
    click.option(
        "--allow",
        type=click.Choice(ALLOW_WORDS),
        multiple=True,
        help="Let a kind of request through that a live target does not see; repeat it for more.",
    ),
)


def target_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a click command the options of a target; it gets them as `choice: TargetChoice`."""

    @functools.wraps(command)
    def with_choice(**params: Any) -> Any:
        return command(choice=_choice(params), **params)

    decorated: Callable[..., Any] = with_choice
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _choice(params: dict[str, Any]) -> TargetChoice:
    """Take the target's options out of a command's parameters."""
    name, config, base_url = (params.pop(key) for key in ("target", "config", "base_url"))
    ca_file, cert, insecure = (params.pop(key) for key in ("ca_file", "client_cert", "insecure"))
    if name and base_url:
        raise click.UsageError("--target and --base-url both say what to test; give one")
    if ca_file and insecure:
        raise click.UsageError("--ca-file verifies TLS, --insecure does not; give one")
    if base_url:
        _field("base_url", base_url)
    said = {key: params.pop(key) or None for key in ("notebook_ids", "read_only", "allow")}
    said |= {key: params.pop(key) for key in OPTION.keys() & params.keys()}
    said |= {"cert": cert, "verify": False if insecure else ca_file}
    overrides = {key: value for key, value in said.items() if value is not None}
    if overrides and not (name or base_url):
        given = sorted("--insecure" if v is False else OPTION[k] for k, v in overrides.items())
        problem = f"{', '.join(given)}: of which target?"
        raise click.UsageError(f"{problem} give --base-url or --target")
    return TargetChoice(name or base_url, config, overrides)
