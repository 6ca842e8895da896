"""A step that still has to be filled or put right before the next can be shown."""


class Unfinished(Exception):
    """``number`` is the buyer's place from 0, None for every other step."""

    def __init__(self, step: str, number: int | None = None) -> None:
        super().__init__(step)
        self.step = step
        self.number = number
