"""Invariants in Python, for the many exchanges that plainly keep them."""
