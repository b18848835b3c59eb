"""The log: one ordered, durable stream of entries per desk."""
