"""How a body is made small (压缩), and made large again without ever holding more than it may be."""

import gzip
import zlib
from functools import cache
from pathlib import Path

import brotli

from wire.errors import Malformed, TooLarge, Unsupported
from wire.header import COLUMNS, GZIP, IDENTITY, PRIMED, Codec

GZIP_WINDOW, DEFLATE_WINDOW = 31, -15
MOST_EFFORT = 11
PRIMER = Path(__file__).parent / "columns" / "primer-1.bin"


def compress(data: bytes, codec: Codec, effort: int = MOST_EFFORT) -> bytes:
    """Compress *data*; the same data gives the same bytes. Less *effort* saves Brotli's time, not the reader's."""
    if codec == COLUMNS:
        return bytes(brotli.compress(data, quality=effort))
    if codec == PRIMED:
        deflater = zlib.compressobj(9, zlib.DEFLATED, DEFLATE_WINDOW, 9, zdict=_primer())
        return deflater.compress(data) + deflater.flush()
    return gzip.compress(data, mtime=0) if codec == GZIP else data


def expand(data: bytes, codec: str, limit: int) -> bytes:
    """Undo ``compress``, never holding more than *limit* bytes. Raises TooLarge, Malformed, Unsupported."""
    if codec == IDENTITY:
        return _within(data, limit)
    if codec == COLUMNS:
        return _unbrotli(data, limit)
    if codec == PRIMED:
        return _inflate(zlib.decompressobj(DEFLATE_WINDOW, zdict=_primer()), data, limit)
    if codec == GZIP:
        return _inflate(zlib.decompressobj(GZIP_WINDOW), data, limit)
    raise Unsupported("codec")


def _unbrotli(data: bytes, limit: int) -> bytes:
    decompressor = brotli.Decompressor()
    try:
        expanded: bytes = decompressor.process(data, output_buffer_limit=limit + 1)
    except brotli.error as error:
        raise Malformed("brotli") from error
    if not decompressor.is_finished():
        raise TooLarge("body") if len(expanded) > limit else Malformed("brotli")
    return _within(expanded, limit)


def _inflate(inflater: "zlib._Decompress", data: bytes, limit: int) -> bytes:
    try:
        expanded = _within(inflater.decompress(data, limit + 1), limit)
    except zlib.error as error:
        raise Malformed("deflate") from error
    if not inflater.eof or inflater.unused_data:
        raise Malformed("deflate")
    return expanded


def _within(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise TooLarge("body")
    return data


@cache
def _primer() -> bytes:
    return PRIMER.read_bytes()
