"""Tests of the examples for pipelines."""
