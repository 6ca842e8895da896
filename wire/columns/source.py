"""The bytes a column is read from, and how much they may still become."""

from wire.errors import Malformed, TooLarge


class Source:
    """Reads *data* from its start; ``spend`` keeps a small body from growing beyond *limit* bytes of JSON."""

    def __init__(self, data: bytes, limit: int) -> None:
        self._data = data
        self._at = 0
        self._left = limit

    def take(self, count: int) -> bytes:
        """Return the next *count* bytes; raise Malformed where they end before."""
        piece = self._data[self._at : self._at + count]
        if len(piece) != count:
            raise Malformed("columns end early")
        self._at += count
        return piece

    def byte(self) -> int:
        """Return the next byte as a number."""
        return self.take(1)[0]

    def spend(self, size: int) -> None:
        """Count *size* bytes of JSON that are about to be made; raise TooLarge when there were too many."""
        self._left -= size
        if self._left < 0:
            raise TooLarge("body")

    def end(self) -> None:
        """Raise Malformed when something is left over."""
        if self._at != len(self._data):
            raise Malformed("more than the columns")
