"""The journal and the hub: the exchange over the line and its thread, and what goes by stick."""
