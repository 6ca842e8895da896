"""The imprint (印记): the whole of a record as a printed paper carries it, and the way back."""

from imprint.content import Content, proof
from imprint.digits import read, written

__all__ = ["Content", "proof", "read", "written"]
