"""The one error tree. Codes are stable; messages come from ``domain.problems`` through the catalogue."""

from msgspec import Struct


class Problem(Struct, frozen=True):
    """One thing to put right: where (``buyers/0/trade/amount_fen``), what, and the values its message shows."""

    path: str
    code: str
    values: dict[str, str] = {}

    def below(self, prefix: str) -> "Problem":
        """Return the same problem seen from a level higher up."""
        return Problem(f"{prefix}/{self.path}" if self.path else prefix, self.code, self.values)


class TshegError(Exception):
    """Anything the program itself refuses. ``code`` names the message, ``status`` the HTTP answer."""

    status = 500

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class FieldError(TshegError):
    """One field's value cannot be taken."""

    status = 422

    def problem(self, path: str) -> Problem:
        """Return this error as a problem at *path*."""
        return Problem(path, self.code, self.values)


class Invalid(TshegError):
    """A record has problems; all of them at once."""

    status = 422

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("invalid")
        self.problems = problems


class NotFound(TshegError):
    """There is no such thing here."""

    status = 404


class Conflict(TshegError):
    """The same place already holds something else."""

    status = 409


class Refused(TshegError):
    """Who asks may not do this, or not now."""

    status = 403


class TooManyTries(TshegError):
    """Wait before the next try."""

    status = 429


class Later(TooManyTries):
    """Wait *seconds* before the next try."""

    def __init__(self, code: str, seconds: int, **values: str) -> None:
        super().__init__(code, **values)
        self.seconds = seconds


class Unavailable(TshegError):
    """Something the program needs is missing or broken; nothing was changed."""

    status = 503


class PrintFailed(Unavailable):
    """A paper was not made; nothing was changed, and it may be tried again."""
