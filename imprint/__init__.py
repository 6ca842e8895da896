"""The imprint (印记): the whole of a record as a printed paper carries it, and the way back."""

from imprint.content import Content
from imprint.digits import read, written

__all__ = ["Content", "read", "written"]
