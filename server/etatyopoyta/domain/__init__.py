"""What may happen on a desk. Pure: no I/O, no clock, no chance."""
