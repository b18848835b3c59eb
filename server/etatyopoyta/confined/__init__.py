"""Processes for work that must neither hold up the desks nor be able to harm them (T9)."""

from etatyopoyta.confined.process import ended_by_memory, started

__all__ = ["ended_by_memory", "started"]
