"""Sample content for `make demo`: invented notes of invented organisations."""
