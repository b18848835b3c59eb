"""Rows out of spreadsheets that anybody may have made: read in a process of their own (T9)."""

from etatyopoyta.imports.asking import read_in_worker
from etatyopoyta.imports.table import MAX_FILE_BYTES, Table
from etatyopoyta.imports.waiting import Waiting

__all__ = ["MAX_FILE_BYTES", "Table", "Waiting", "read_in_worker"]
