"""The rules of the trade: no Flask, no SQL, no files, no clock of its own."""
