"""Figures that anyone can have again: `python -m benchmarks`."""
