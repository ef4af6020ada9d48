"""Measurements, run by hand: python -m tests.benchmarks.NAME. The suite only sees that they run."""
