"""Why an exchange did not go through. Nothing was lost: it is tried again."""

from domain.errors import Unavailable

LONGEST_WAIT = 900


class ExchangeFailed(Unavailable):
    """The hub's answer did not come or cannot be used. *retry_after* is the hub's own wish, in seconds."""

    def __init__(self, code: str, retry_after: float = 0) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class WeakLine(ExchangeFailed):
    """The hub was reached, but its answer did not come in time or broke off: a smaller message may pass."""

    def __init__(self) -> None:
        super().__init__("sync.weak_line")


class NotSpoken(ExchangeFailed):
    """The hub does not know our form of the message: the first form may pass."""

    def __init__(self) -> None:
        super().__init__("sync.unsupported")
