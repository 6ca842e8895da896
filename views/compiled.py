"""Templates are compiled once and kept among what can be thrown away, so that the next start is quick."""

from contextlib import suppress

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """Kept when there is room: a full or broken disk costs time, never a page."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def init_app(app: Flask) -> None:
    """Keep them in the cache folder; a changed template is compiled again."""
    app.jinja_env.bytecode_cache = Compiled(str(app.config["SETTINGS"].cache))
