"""What travels between a point and the hub: entries, their hash chain, signed messages. Bytes only, no I/O."""
