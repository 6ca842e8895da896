"""The journal and the hub: what carries messages, the exchange itself, and the thread that keeps at it."""
