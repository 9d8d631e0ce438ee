"""What is tested: the embedded mock with its faults, or a live service.

Everything that leaves goes through `open_session(...).send(...)`: there, and only there, are the
allowlist, the budget of starts, the rate limit, the journal and the retries.
"""
