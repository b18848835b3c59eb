"""The load generator and its plans."""
