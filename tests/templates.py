"""Templates are compiled once in each process of the tests, not once for every application that a test makes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from views import compiled


class Remembered(BytecodeCache):
    """Keeps what was compiled, for as long as the template is the same."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if known := self.kept.get(bucket.key):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let all applications of the point share what they compile, and all of the hub."""
    of_the_point = Remembered()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "Compiled", lambda _folder: of_the_point)
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": Remembered()})
        yield
