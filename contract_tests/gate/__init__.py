"""The release gate: may a client made from this contract go out?

    decision = decide(tasks, skipped)     # each task does one step
    write(decision, folder)               # release-gate.md, release-gate.json

A step is one module with one function that returns a `Step`; what it cannot do it raises, and
the step is undecided.
"""

from contract_tests.gate.step import Decision, Outcome, Step, Verdict, decide

__all__ = ["Decision", "Outcome", "Step", "Verdict", "decide"]
