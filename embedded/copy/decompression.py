"""Compressed objects as blocks of plain bytes, several members and all."""

from __future__ import annotations

import bz2
import codecs
import zlib
from collections.abc import Callable, Iterator

import zstandard

_STEP = 1024 * 1024
_OUTPUT = 4 * 1024 * 1024


class Corrupt(Exception):
    """A file that does not decompress, or not to its end."""


def plain_blocks(
    blocks: Iterator[bytes], compression: str | None, encoding: str
) -> Iterator[bytes]:
    """The blocks of a file as UTF-8 text, with its compression and encoding undone."""
    if compression is not None:
        blocks = _decompressed(blocks, _MAKERS[compression], compression)
    return blocks if encoding == "utf8" else _as_utf8(blocks, encoding)


class _Gzip:
    """zlib's object with its output in bounded pieces, so that a bomb does not fill the memory."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data or self._inner.unconsumed_tail:
            piece = self._inner.decompress(data or self._inner.unconsumed_tail, _OUTPUT)
            data = b""
            if piece:
                yield piece
            if self._inner.eof or not piece:
                return


class _Bzip2:
    def __init__(self) -> None:
        self._inner = bz2.BZ2Decompressor()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            piece = self._inner.decompress(data, _OUTPUT)
            data = b""
            if piece:
                yield piece
            if self._inner.eof or self._inner.needs_input:
                return


class _Zstandard:
    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor().decompressobj(write_size=_OUTPUT)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if piece := self._inner.decompress(data):
            yield piece


_Any = _Gzip | _Bzip2 | _Zstandard
_MAKERS: dict[str, Callable[[], _Any]] = {"gzip": _Gzip, "bzip2": _Bzip2, "zstd": _Zstandard}
_ERRORS = (zlib.error, OSError, EOFError, zstandard.ZstdError)


def _decompressed(blocks: Iterator[bytes], make: Callable[[], _Any], name: str) -> Iterator[bytes]:
    current: _Any | None = None
    for block in _small(blocks):
        data = block
        while data:
            if current is None:
                data = data.lstrip(b"\0") if name == "gzip" else data  # padding between members
                if not data:
                    break
                current = make()
            try:
                yield from current.pieces(data)
            except _ERRORS:
                raise Corrupt(f"Invalid {name.upper()} data") from None
            data = b""
            if current.eof:
                data, current = current.unused_data, None
    if current is not None:
        raise Corrupt(f"Unexpected end of {name.upper()} data")


def _small(blocks: Iterator[bytes]) -> Iterator[bytes]:
    for block in blocks:
        for start in range(0, len(block), _STEP):
            yield block[start : start + _STEP]


def _as_utf8(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    names = {"utf16": "utf-16", "utf16le": "utf-16-le", "utf16be": "utf-16-be"}
    decoder = codecs.getincrementaldecoder(names[encoding])()
    try:
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError:
        raise Corrupt(f"The file is not {encoding.upper()}") from None
