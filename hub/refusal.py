"""Why a message is not believed, or not allowed (拒绝), and the HTTP status that goes with it: nothing was taken."""

from wire.header import ProblemCode

STATUS = {
    ProblemCode.GAP: 409,
    ProblemCode.FORK: 409,
    ProblemCode.FROZEN: 409,
    ProblemCode.UNKNOWN_KEY: 401,
    ProblemCode.BAD_SIGNATURE: 401,
    ProblemCode.REVOKED: 403,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.MALFORMED: 400,
    ProblemCode.UNSUPPORTED: 400,
    ProblemCode.FOREIGN: 400,
    ProblemCode.QUOTA: 429,
}


class Refusal(Exception):
    """The message is not from a point we know, or not for us, or asks for what its sender may not have."""

    def __init__(self, code: ProblemCode) -> None:
        super().__init__(code)
        self.code = code


class Stranger(Refusal):
    """No point has this key; but an invitation may."""

    def __init__(self) -> None:
        super().__init__(ProblemCode.UNKNOWN_KEY)
