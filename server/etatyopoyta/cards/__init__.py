"""The organisation card as every export prints it: built from a desk, in one language."""
