"""What two of our processes say to each other (管道): a length, then an object, both ways at once.

Who speaks does not wait for who listens: a process that stands still stops the thread at its pipe and nobody else.
"""

import pickle
import struct
from contextlib import suppress
from queue import Queue
from typing import IO, Any

LENGTH = struct.Struct(">I")


def packed(said: object) -> bytes:
    """Return *said* as it goes through a pipe."""
    data = pickle.dumps(said)
    return LENGTH.pack(len(data)) + data


def send(pipe: IO[bytes], said: object) -> None:
    """Write *said* to the other process."""
    pipe.write(packed(said))
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Return what the other process said next, or None when it is gone."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    # Both ends are this program: nothing from outside comes through this pipe.
    return pickle.loads(pipe.read(*LENGTH.unpack(head)))  # noqa: S301


def tell(pipe: IO[bytes], told: "Queue[bytes | None]") -> None:
    """Write whatever is *told* until that is None or nobody is there any more: the listener hears of that."""
    with suppress(OSError), pipe:
        while data := told.get():
            pipe.write(data)
            pipe.flush()


def listen(pipe: IO[bytes], said: "Queue[Any]") -> None:
    """Put what the other process says into *said*, and None when it is gone."""
    with suppress(OSError, EOFError, ValueError, pickle.UnpicklingError), pipe:
        while word := receive(pipe):
            said.put(word)
    said.put(None)
