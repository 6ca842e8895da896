"""Why a slip cannot be taken; what was sent is left as it is."""

from domain.errors import TshegError


class Unreadable(TshegError):
    """``code`` names the reason: damaged, foreign, older, newer, of another slip (``domain/problems/slip.py``)."""

    status = 422
