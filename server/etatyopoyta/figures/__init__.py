"""Figures from statistics services: asked for when somebody wants them, never on their own."""

from etatyopoyta.figures.fetching import Found, Statistics, Wanted

__all__ = ["Found", "Statistics", "Wanted"]
