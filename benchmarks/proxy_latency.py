"""What the proxy adds to a request, beside Prism's proxy.

    python -m benchmarks.proxy_latency --prism node_modules/.bin/prism

An upstream that answers at once, the proxies, and the client are processes on loopback. Each proxy
takes turns with the direct way, request by request, so that whatever else the machine does hits
both alike; the other proxy has nothing to do meanwhile.

    one      one connection, one request after the other
    200      200 connections, open all the time, each with two requests a second
    flood    200 connections, each with the next request as soon as it has its answer
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.traffic_sample import exchanges
from contract_tests.contract import load_contract

PATH = "/v1/0a1b2c3d4e5f40718293a4b5c6d7e8f9/notebooks/{id}"
CONNECTIONS = 200


def main() -> None:
    """Measure all ways and print medians."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        upstream = stack.enter_context(_upstream())
        ways = {
            "direct": upstream,
            "contract-tests": stack.enter_context(_ours(upstream, folder)),
            "--enforce": stack.enter_context(_ours(upstream, folder / "enforced", "--enforce")),
        }
        if options.prism:
            ways["prism"] = stack.enter_context(_prism(options.prism, upstream, folder))
        for name, count, pause in (("one", 1, 0.0), ("200", CONNECTIONS, 0.5)):
            for way in list(ways)[1:]:
                pair = {"direct": upstream, way: ways[way]}
                _print(name, asyncio.run(_measure(pair, count, pause, options.seconds)))
        for way, port in ways.items():
            _print("flood", asyncio.run(_measure({way: port}, CONNECTIONS, 0.0, options.seconds)))


@dataclass
class Times:
    """Seconds of each request, requests that failed, seconds in all."""

    taken: list[float]
    failed: int
    seconds: float


async def _measure(
    ways: dict[str, int], count: int, pause: float, seconds: float
) -> dict[str, Times]:
    found = {way: Times([], 0, seconds) for way in ways}
    until = time.perf_counter() + seconds
    clients = (_client(ways, found, pause, until, pause * i / count) for i in range(count))
    await asyncio.gather(*clients)
    return found


async def _client(
    ways: dict[str, int], found: dict[str, Times], pause: float, until: float, delay: float
) -> None:
    """A connection to each way, asked in turn."""
    await asyncio.sleep(delay)
    lines = {way: await asyncio.open_connection("127.0.0.1", port) for way, port in ways.items()}
    target = PATH.format(id=ID)
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Auth-Token: t\r\n\r\n".encode()
    while time.perf_counter() < until:
        for way, (reader, writer) in lines.items():
            begun = time.perf_counter()
            writer.write(request)
            if await _answered(reader):
                found[way].taken.append(time.perf_counter() - begun)
            else:
                found[way].failed += 1
        if pause:
            await asyncio.sleep(pause)
    for _, writer in lines.values():
        writer.close()


async def _answered(reader: asyncio.StreamReader) -> bool:
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length:
            await reader.readexactly(int(length[1]))
        else:  # in chunks
            await reader.readuntil(b"0\r\n\r\n")
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        return False
    return b" 200 " in head.partition(b"\r\n")[0]


def _print(name: str, found: dict[str, Times]) -> None:
    direct = found.get("direct")
    for way, times in found.items():
        middle = statistics.median(times.taken) * 1000
        late = statistics.quantiles(times.taken, n=100)[98] * 1000
        rate = len(times.taken) / times.seconds
        line = f"{name:<6}{way:<16}median {middle:7.2f} ms  99 % {late:8.2f} ms  {rate:7.0f}/s"
        if direct is not None and way != "direct":
            line += f"  adds {middle - statistics.median(direct.taken) * 1000:6.2f} ms"
        print(line + (f"  {times.failed} failed" if times.failed else ""), flush=True)


@contextmanager
def _upstream() -> Iterator[int]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


def _serve(pipe: object) -> None:
    asyncio.run(_serve_always(pipe))


async def _serve_always(pipe: object) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    answer = f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(answer)
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1024)
    pipe.send(server.sockets[0].getsockname()[1])  # type: ignore[attr-defined]  # a connection
    await server.serve_forever()


@contextmanager
def _ours(upstream: int, folder: Path, *options: str) -> Iterator[int]:
    folder.mkdir(exist_ok=True)
    command = [
        *(sys.executable, "-m", "contract_tests", "proxy", "--quiet", "--listen", "127.0.0.1:0"),
        *("--upstream", f"http://127.0.0.1:{upstream}", *options),
    ]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline().partition(" -> ")[0].rpartition(":")[2])
        process.terminate()


@contextmanager
def _prism(program: str, upstream: int, folder: Path) -> Iterator[int]:
    """Prism, quiet; without --errors it passes everything on, as ours does without --enforce."""
    spec = folder / "spec.json"
    spec.write_text(json.dumps(load_contract().view("observed").document))
    port = upstream + 1
    command = [
        *(str(Path(program).resolve()), "proxy", str(spec), f"http://127.0.0.1:{upstream}"),
        *("--port", str(port), "--host", "127.0.0.1", "--verboseLevel", "silent"),
    ]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        _wait_for(port)
        yield port
        process.terminate()


def _wait_for(port: int) -> None:
    async def connect() -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    for _ in range(300):
        try:
            asyncio.run(connect())
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("Prism does not listen")


def _notebook() -> dict[str, object]:
    found = (record["response"]["body"] for record in exchanges(50, wrong=0))
    bodies = (json.loads(body) for body in found)
    return next(body for body in bodies if body.get("status") == "RUNNING")


_BODY = _notebook()
ID = str(_BODY["id"])
BODY = json.dumps(_BODY).encode()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prism", metavar="FILE", help="of @stoplight/prism-cli: .bin/prism")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each measurement")
    return parser.parse_args()


if __name__ == "__main__":
    main()
