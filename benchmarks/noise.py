"""How a run fares on a noisy network, and with a service that is wrong now and then.

    python benchmarks/noise.py --runs 100

Five answers in a hundred are replaced by a reset, a 429 (with Retry-After) or a 503, after the
mock has done what it was asked. Printed are the runs of a correct mock that report a violation
(there should be none), and what becomes of a mock that besides is wrong in one answer of twenty.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

from contract_tests.commands.run import run_suite
from contract_tests.suite.options import Options
from contract_tests.targets.mock.fault import Fault, Turn
from contract_tests.targets.mock.wire import Answer, refusal

SHARE = 0.05


def noise(seed: int) -> Fault:
    """Replaces five answers in a hundred."""
    chance = random.Random(seed)  # noqa: S311 (no secret)

    def alter(turn: Turn, answer: Answer) -> Answer:
        del turn
        if chance.random() >= SHARE:
            return answer
        busy = refusal(429, "6101", "Too many requests.").with_header("Retry-After", "0")
        gone = refusal(503, "0500", "The service is busy.")
        return chance.choice([Answer(503, reset=True), busy, gone])

    return Fault(id="noise", klass="rare", description="noise", detects=(), alter=alter)


def wrong(seed: int) -> Fault:
    """A number where the feature belongs, in one answer of twenty of those that show a notebook."""
    chance = random.Random(seed)  # noqa: S311 (no secret)

    def alter(turn: Turn, answer: Answer) -> Answer:
        del turn
        shown = isinstance(answer.content, dict) and "status" in answer.content
        if not shown or chance.random() >= SHARE:
            return answer
        return Answer(answer.status, {**answer.content, "feature": 7}, answer.headers)

    return Fault(id="wrong", klass="rare", description="wrong", detects=(), alter=alter)


def run_once(seed: int, budget: str, *, is_wrong: bool) -> dict[str, Any]:
    """One run; its run.json."""
    faults = (*([wrong(seed)] if is_wrong else []), noise(seed))
    with tempfile.TemporaryDirectory() as folder:
        options = Options(seed=seed, budget=budget, reports=folder, quiet=True)  # type: ignore[arg-type]
        with patch("contract_tests.suite.bench.pick_faults", lambda _view, _ids: faults):
            run_suite(options)
        found: dict[str, Any] = json.loads(Path(folder, "latest", "run.json").read_text())
        return found


def new(run: dict[str, Any]) -> Counter[str]:
    """The new findings by nature and place."""
    found = (v for v in run["verdicts"] if v["state"] == "new" and v["finding"]["certain"])
    return Counter(
        "{} {} {structure}.{field}".format(
            v["nature"], v["finding"]["id"], **{"field": "", **v["finding"]["place"]}
        )
        for v in found
    )


def main() -> int:
    """Run, print, and say by the exit code whether all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100, help="runs of the correct mock")
    parser.add_argument("--wrong-runs", type=int, default=3, help="runs of the wrong mock")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--budget", default="quick")
    given = parser.parse_args()
    seeds = range(given.first_seed, given.first_seed + given.runs)
    false, missed = 0, 0
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for done, seed in enumerate(seeds, 1):
            run = pool.apply(run_once, (seed, given.budget), {"is_wrong": False})
            false += run["outcome"] != "passed"
            sent_again = sum(each["count"] for each in run["transients"])
            print(f"{done}/{given.runs} seed {seed}: {run['outcome']}, {sent_again} answers were")
            print(f"  noise, new: {dict(new(run)) or 'nothing'}", flush=True)
        for seed in range(given.first_seed, given.first_seed + given.wrong_runs):
            run = pool.apply(run_once, (seed, given.budget), {"is_wrong": True})
            missed += not any("NotebookResp.feature" in name for name in new(run))
            print(f"wrong in 1 of 20, seed {seed}: {run['outcome']}, {dict(new(run))}", flush=True)
    print(f"false violations: {false} of {given.runs} runs of a correct service")
    print(f"not reported: {missed} of {given.wrong_runs} runs of a service wrong in 1 of 20")
    return 1 if false or missed else 0


if __name__ == "__main__":
    sys.exit(main())
