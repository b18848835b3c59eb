"""Slides: their template, what fits on each, and how it gets there."""
