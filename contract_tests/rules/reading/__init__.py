"""What several rules ask of a page, worked out once: its tables by id, its examples as JSON."""

from __future__ import annotations

from contract_tests.rules.reading.families import Readings
from contract_tests.rules.reading.problem import Problem, says
from contract_tests.rules.reading.reading import Reading

__all__ = ["Problem", "Reading", "Readings", "says"]
