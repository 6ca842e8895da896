"""Why a message is not believed, or not allowed (拒绝): nothing of it was taken."""

from wire.header import ProblemCode


class Refusal(Exception):
    """The message is not from a point we know, or not for us, or asks for what its sender may not have."""

    def __init__(self, code: ProblemCode) -> None:
        super().__init__(code)
        self.code = code


class Stranger(Refusal):
    """No point has this key; but an invitation may."""

    def __init__(self) -> None:
        super().__init__(ProblemCode.UNKNOWN_KEY)
