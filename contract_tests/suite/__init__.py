"""The contract tests: pytest modules that run against a target, and what they share.

`contract-tests run …` and `pytest contract_tests/suite --contract-target …` are two doors to
the same tests. A test builds probes, sends them through the recorder and asserts that nothing
new was found; the recorder checks every exchange and keeps what the report needs.
"""
