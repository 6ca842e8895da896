"""Why an imprint cannot be read: one error, with the codes of ``domain/problems/imprint.py``."""

from slip.errors import Unreadable

__all__ = ["Unreadable", "damaged"]


def damaged() -> Unreadable:
    """Return the error for what nobody wrote like that."""
    return Unreadable("imprint.damaged")
