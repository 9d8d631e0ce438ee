"""Verifies on a Dask cluster: files anywhere that fsspec reaches, in pieces, on all its workers.

A piece that was being worked on by a worker that died is given to another one by Dask itself; a
piece that both finished counts once, because its counts go by its name.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import Any

from contract_tests.errors import MissingExtraError, TargetError
from contract_tests.traffic.engines.portable import Portable, portable
from contract_tests.traffic.merge import Tally, merge_all
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify

try:
    from distributed import Client, KilledWorker, Security, as_completed
    from distributed.comm.core import connect

    from contract_tests.traffic.engines.batches import tally_of, to_batch
    from contract_tests.traffic.engines.pieces import File, Piece, files, records, split
except ImportError as missing:
    raise MissingExtraError(
        f"{missing.name} is not installed; pip install 'contract-tests[dask]'"
    ) from missing

PATIENCE = 30.0
"""Seconds that a scheduler may take to answer."""
IDLE = 120.0
"""Seconds that it may have no workers."""


def verify_on_cluster(
    settings: Settings, patterns: tuple[str, ...], scheduler: str, format_id: str | None = None
) -> tuple[Tally, dict[str, str]]:
    """What all the files show that some patterns name (`s3://logs/2026-*/*.ndjson.gz`).

    Returns:
        The tally, and the pattern of each file.

    Raises:
        InputError: a pattern names no file.
        TargetError: the scheduler cannot be reached, or lost the work.
    """
    found, judge = files(patterns), portable(settings)
    with _plainly(scheduler), _connected(scheduler) as client:
        tally = _on(client, judge, found, format_id)
    return tally, {file.name: file.pattern for file in found}


def do(piece: Piece, settings: Portable | Settings) -> Any:
    """Verify one piece, on a worker; what comes out are the rows of a tally."""
    return to_batch(verify(settings.verifier(), records(piece), piece.batch))


def _connected(scheduler: str) -> Any:
    try:
        asyncio.run(_knock(scheduler))  # a client that fails to connect takes a minute to give up
        return Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        why = " ".join(str(error).split()) or "no Dask answers there"
        raise TargetError(
            f"the scheduler {scheduler} cannot be reached ({why}); is it up, at an address "
            "such as tcp://host:8786?"
        ) from error


async def _knock(scheduler: str) -> None:
    security = Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(scheduler, PATIENCE, **security), 2 * PATIENCE)
    comm.abort()


def _on(client: Any, settings: Portable, found: list[File], format_id: str | None) -> Tally:
    for ask in (client.run_on_scheduler, client.run):  # a worker that cannot load its work dies
        ask(resolve_name, f"{do.__module__}:{do.__name__}")
    judge = client.submit(_same, settings)  # workers share it, and make it again where one dies
    parts = client.map(split, found, [format_id] * len(found))
    pieces = [piece for part in _results(client, parts) for piece in part]
    batches = client.map(do, pieces, settings=judge)
    return merge_all(tally_of([batch]) for batch in _results(client, batches))


def _same(settings: Portable) -> Portable:
    return settings


def _results(client: Any, futures: list[Any]) -> Iterator[Any]:
    """What comes of some futures, as it comes."""
    waiting = set(futures)
    while waiting:
        try:
            for future in as_completed(waiting, timeout=IDLE, loop=client.loop):
                result = future.result(timeout=IDLE)  # it waits where its worker died since
                waiting.discard(future)
                future.release()
                yield result
        except TimeoutError:
            if not client.nthreads():
                raise TargetError(
                    f"the scheduler has no workers, and had none for {IDLE:g} s; start some "
                    "(dask worker ADDRESS), or see in their logs why they ended"
                ) from None


@contextmanager
def _plainly(scheduler: str) -> Iterator[None]:
    """Say in one line what went wrong on a cluster; Dask would say it in forty, and log it."""
    logger = logging.getLogger("distributed.client")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    except KilledWorker as error:
        problem = f"workers keep dying, the last over {error.task}; see their logs"
        raise TargetError(problem) from error
    except (ImportError, MissingExtraError) as error:
        raise TargetError(
            f"scheduler or workers cannot load contract-tests ({error}); install this version of "
            "contract-tests[dask] on all of them"
        ) from error
    except (CancelledError, OSError) as error:
        raise TargetError(
            f"the cluster at {scheduler} broke off; nothing is reported, try again"
        ) from error
    finally:
        logger.setLevel(level)
