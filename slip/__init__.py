"""The slip (申请条): one finished application as a few hundred bytes, and those bytes as digits."""

from slip.reading import Slip, read
from slip.writing import write

__all__ = ["Slip", "read", "write"]
