"""How a body is made small (压缩), and made large again without ever holding more than it may be."""

import gzip
import zlib

import brotli

from wire.errors import Malformed, TooLarge, Unsupported
from wire.header import COLUMNS, GZIP, IDENTITY, Codec

GZIP_WINDOW = 31


def compress(data: bytes, codec: Codec) -> bytes:
    """Compress *data*; the same data gives the same bytes."""
    if codec == COLUMNS:
        return bytes(brotli.compress(data))
    return gzip.compress(data, mtime=0) if codec == GZIP else data


def expand(data: bytes, codec: str, limit: int) -> bytes:
    """Undo ``compress``, never holding more than *limit* bytes. Raises TooLarge, Malformed, Unsupported."""
    if codec == IDENTITY:
        return _within(data, limit)
    if codec == COLUMNS:
        return _unbrotli(data, limit)
    if codec == GZIP:
        return _gunzip(data, limit)
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


def _gunzip(data: bytes, limit: int) -> bytes:
    inflater = zlib.decompressobj(GZIP_WINDOW)
    try:
        expanded = _within(inflater.decompress(data, limit + 1), limit)
    except zlib.error as error:
        raise Malformed("gzip") from error
    if not inflater.eof or inflater.unused_data:
        raise Malformed("gzip")
    return expanded


def _within(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise TooLarge("body")
    return data
