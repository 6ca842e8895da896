"""Numbers of any width, one behind the other (位流), the highest bit first; the last byte is filled with zeros."""

from imprint.errors import damaged


class Writer:
    """Takes numbers."""

    def __init__(self) -> None:
        self._value = 0
        self._count = 0

    def put(self, number: int, width: int) -> None:
        """Write *number* in *width* bits."""
        self._value = self._value << width | number
        self._count += width

    def put_sized(self, number: int, width: int) -> None:
        """Write the length of *number* in *width* bits, and what of it lies below its highest bit."""
        length = number.bit_length()
        if length >> width:
            raise OverflowError(number)
        self.put(length, width)
        if length > 1:
            self.put(number ^ 1 << length - 1, length - 1)

    def bytes(self) -> bytes:
        """Return what was written."""
        size = -(-self._count // 8)
        return (self._value << 8 * size - self._count).to_bytes(size, "big")


class Reader:
    """Gives the numbers back."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = 8 * len(data)

    def take(self, width: int) -> int:
        """Return the number in the next *width* bits; raise Unreadable where there are fewer."""
        self._left -= width
        if self._left < 0:
            raise damaged()
        return self._value >> self._left & (1 << width) - 1

    def take_sized(self, width: int) -> int:
        """Return what ``put_sized`` wrote."""
        length = self.take(width)
        return 1 << length - 1 | self.take(length - 1) if length else 0

    def end(self) -> None:
        """Raise Unreadable when more is left than fills a byte."""
        if self._left > 7 or self.take(self._left):
            raise damaged()
