"""A body compressed once, as small as it goes, for all who will ask for it."""

import gzip
import hashlib
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

import brotli

BEST = 11


@dataclass(frozen=True)
class Body:
    """The bytes of an answer, and the same as browsers take them, made when first wanted; *quality* is 0 to 11."""

    plain: bytes
    quality: int = BEST

    @cached_property
    def br(self) -> bytes:
        """The body in Brotli."""
        return bytes(brotli.compress(self.plain, mode=brotli.MODE_TEXT, quality=self.quality))

    @cached_property
    def gzip(self) -> bytes:
        """The body for whoever knows nothing newer."""
        return gzip.compress(self.plain, 9, mtime=0)

    @cached_property
    def tag(self) -> str:
        """A short name of the content, the same for every encoding."""
        return hashlib.sha256(self.plain).hexdigest()[:8]

    def encoded(self, accepted: Container[str]) -> tuple[str, bytes]:
        """Return (encoding, bytes): the smallest of what is *accepted*; the encoding is empty for the plain bytes."""
        if "br" in accepted:
            return "br", self.br
        return ("gzip", self.gzip) if "gzip" in accepted else ("", self.plain)
