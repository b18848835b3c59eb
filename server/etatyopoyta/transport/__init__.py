"""HTTP and WebSocket: the only code that knows them."""
