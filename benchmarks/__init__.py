"""What is measured, against what; run each with `python -m benchmarks.NAME`."""
