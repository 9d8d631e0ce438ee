"""How requests are made authentic: one module a scheme, found by name.

A scheme's module has `def open_scheme(target, secrets, environ) -> Scheme`, and names in
`SECRET_VARIABLES` the environment variables whose values must not be shown. Its id, for `--auth`
and `auth =`, is the module's name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Protocol

from contract_tests.errors import TargetError
from contract_tests.exchange import Request
from contract_tests.masking import Secret
from contract_tests.targets.target import Secrets, Target


class Scheme(Protocol):
    """Credentials in use."""

    @property
    def token(self) -> Secret | None:
        """The token that requests carry now; None for a scheme that signs each request."""

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every text of the scheme that must not be shown, those it held before included."""

    def authorize(self, request: Request) -> Request:
        """The request with its credentials, in place of any of the same name it had."""

    def renew(self, used: str | None) -> bool:
        """Get a fresh token where `used` was refused; False where there is none to be had."""


def scheme_names() -> list[str]:
    """The schemes there are."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def open_scheme(target: Target, secrets: Secrets, environ: Mapping[str, str]) -> Scheme:
    """The scheme of the target, ready to use.

    Raises:
        TargetError: no such scheme, or its environment variables are not set.
        MissingExtraError: the package it needs is not installed.
    """
    if target.auth not in scheme_names():
        raise TargetError(f"no auth scheme {target.auth!r}; there are {', '.join(scheme_names())}")
    module = importlib.import_module(f"{__name__}.{target.auth}")
    scheme: Scheme = module.open_scheme(target, secrets, environ)
    return scheme


def secret_variables() -> tuple[str, ...]:
    """The environment variables that hold a credential of some scheme."""
    modules = (importlib.import_module(f"{__name__}.{name}") for name in scheme_names())
    return tuple(name for module in modules for name in module.SECRET_VARIABLES)


def required(environ: Mapping[str, str], *names: str, scheme: str) -> tuple[str, ...]:
    """The values of environment variables; raises TargetError naming those that are not set."""
    missing = [name for name in names if not environ.get(name)]
    if missing:
        raise TargetError(f"auth scheme {scheme}: set {' and '.join(missing)}")
    return tuple(environ[name] for name in names)


def with_headers(request: Request, *added: tuple[str, str]) -> Request:
    """The request with these headers, each in place of one of the same name."""
    names = {name.lower() for name, _ in added}
    kept = tuple(pair for pair in request.headers if pair[0].lower() not in names)
    return Request(request.method, request.url, (*kept, *added), request.body)
