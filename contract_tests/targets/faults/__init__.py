"""The faults of the mock: deliberate defects that a good test suite finds.

Every module here that has a function `faults(view)` adds its faults; their ids are stable.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from contract_tests.contract import View
from contract_tests.errors import InputError
from contract_tests.targets.mock.fault import Fault


def all_faults(view: View) -> tuple[Fault, ...]:
    """All faults that a mock of this view can have, those written by hand first."""
    modules = sorted((m.name for m in pkgutil.iter_modules(__path__)), key=_derived_last)
    return tuple(fault for name in modules for fault in _faults_of(name, view))


def _derived_last(name: str) -> tuple[bool, str]:
    return name.startswith("derived"), name


def _faults_of(name: str, view: View) -> Iterator[Fault]:
    module = importlib.import_module(f"{__name__}.{name}")
    yield from module.faults(view) if hasattr(module, "faults") else ()


def pick_faults(view: View, ids: Iterable[str]) -> tuple[Fault, ...]:
    """The faults of these ids.

    Raises:
        InputError: there is no fault of that id.
    """
    known = {fault.id: fault for fault in all_faults(view)} if ids else {}
    for id_ in ids:
        if id_ not in known:
            near = get_close_matches(id_, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "see contract-tests mock --list-faults"
            raise InputError(f"no fault {id_!r}", hint)
    return tuple(known[id_] for id_ in ids)
