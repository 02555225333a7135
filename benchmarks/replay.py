"""Send again bare what a flow has sent: on one connection, or on as many as it used at once.

What it took is the least that the same statements can take: no flow, no tasks, nothing between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.statements import Recording, Sent, Span

Transaction = list[Sent]
LANES = 8
PAUSE = 0.001  # seconds: with nothing open for longer, what follows waited for what was before


def replay(engine: Any, recorded: Recording) -> None:
    """On one connection, one transaction after the other."""
    connection = engine.raw_connection()
    try:
        _send(connection, recorded.transactions)
    finally:
        connection.close()


def replay_together(engine: Any, recorded: Recording) -> None:
    """The critical path: what the flow's threads sent side by side is sent side by side."""
    connections = [engine.raw_connection() for _ in range(LANES)]
    try:
        with ThreadPoolExecutor(LANES) as pool:
            for lanes in phases(recorded):
                list(pool.map(_send, connections, lanes))
    finally:
        for connection in connections:
            connection.close()


def phases(recorded: Recording) -> Iterator[list[list[Transaction]]]:
    """The recording cut where no transaction was open, and of each piece what each thread sent."""
    ordered = sorted(zip(recorded.spans, recorded.transactions, strict=True), key=_begin)
    piece: list[tuple[Span, Transaction]] = []
    until = 0.0
    for span, transaction in ordered:
        if piece and span.began > until + PAUSE:
            yield _lanes(piece)
            piece = []
        piece.append((span, transaction))
        until = max(until, span.ended)
    if piece:
        yield _lanes(piece)


def _begin(entry: tuple[Span, Transaction]) -> float:
    return entry[0].began


def _lanes(piece: list[tuple[Span, Transaction]]) -> list[list[Transaction]]:
    """What each thread sent, in the order of its commits; at most as many as there are connections."""
    by_thread: dict[int, list[tuple[float, Transaction]]] = {}
    for span, transaction in piece:
        by_thread.setdefault(span.thread, []).append((span.ended, transaction))
    lanes: list[list[Transaction]] = [[] for _ in range(min(LANES, len(by_thread)))]
    for number, sent in enumerate(by_thread.values()):
        lanes[number % LANES] += [transaction for _, transaction in sorted(sent, key=_end)]
    return lanes


def _end(entry: tuple[float, Transaction]) -> float:
    return entry[0]


def _send(connection: Any, transactions: list[Transaction]) -> None:
    cursor = connection.cursor()
    for transaction in transactions:
        for statement, values in transaction:
            cursor.execute(statement, values)
            if cursor.description:
                cursor.fetchall()
        connection.commit()
