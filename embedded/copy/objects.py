"""Read many objects at once, in order: small ones whole and ahead of time, large ones in blocks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embedded.copy.records import LoadDies
from embedded.copy.selection import Source
from embedded.copy.storage import NO_KEY, Storage, s3_errors

if TYPE_CHECKING:
    from obstore import GetResult

_AT_ONCE = 16
_AHEAD = 64
_WHOLE = 1024 * 1024
_BLOCK = 2 * 1024 * 1024


@dataclass(frozen=True)
class Opened:
    """An object that is being read; `blocks` may be walked once."""

    source: Source
    size: int
    blocks: Iterator[bytes]


def open_all(storage: Storage, sources: Sequence[Source]) -> Iterator[Opened]:
    """The objects one after the other; those missing that may be missing are left out."""
    waiting: deque[Future[Opened | None]] = deque()
    left = iter(sources)
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="s3")
    # one thread for the blocks of all: of each new thread malloc would keep what it has let go of
    ahead = ThreadPoolExecutor(1, thread_name_prefix="s3-ahead")
    with pool, ahead:
        try:
            for source in left:
                waiting.append(pool.submit(_open, storage, source, ahead))
                if len(waiting) >= _AHEAD and (opened := waiting.popleft().result()):
                    yield opened
            while waiting:
                if opened := waiting.popleft().result():
                    yield opened
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _open(storage: Storage, source: Source, ahead: Executor) -> Opened | None:
    try:
        with s3_errors():
            found = storage.store(source.bucket).get(source.key)
            size = found.meta["size"]
            if size <= _WHOLE:
                return Opened(source, size, iter([bytes(found.bytes())]))
            return Opened(source, size, _blocks(found, ahead))
    except LoadDies as error:
        if error.message == NO_KEY and not source.mandatory:
            return None
        raise


def _blocks(found: GetResult, ahead: Executor) -> Iterator[bytes]:
    """The blocks of a large object, the next one being fetched while one is used."""
    stream = iter(found.stream(min_chunk_size=_BLOCK))
    with s3_errors():
        coming = ahead.submit(next, stream, None)
        while (block := coming.result()) is not None:
            coming = ahead.submit(next, stream, None)
            yield bytes(block)
