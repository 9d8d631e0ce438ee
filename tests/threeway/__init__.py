"""Tests of holding page, spec and service against each other."""
