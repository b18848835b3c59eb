"""Repeatable measurements. `make bench` prints every figure that a document names."""
