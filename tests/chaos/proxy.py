"""A TCP proxy of a test's own in front of a server that others use too: it can cut what goes through."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

PIECE = 1 << 16


class Proxy:
    """Forwards connections to a local port until it is told to cut.

    `cuts` is asked about each piece that a client sends: whether this is the one. That piece reaches
    the server, but of the reply the client sees only the first `passes` bytes. Where it `refuses`, all
    other connections end too, and so many further ones are closed as they come (None: every one).
    """

    def __init__(
        self, port: int, cuts: Callable[[bytes], bool], passes: int = 0, refuses: int | None = 0
    ) -> None:
        self._to = port
        self._cuts, self._passes, self._refuses = cuts, passes, refuses
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._listener]
        self.port: int = self._listener.getsockname()[1]
        self.cut = threading.Event()

    def serve(self) -> None:
        """Take connections until it is closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self._refused():
                    client.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self._to))
                self._sockets += [client, server]
                for work in (self._up, self._down):
                    threading.Thread(target=work, args=(client, server), daemon=True).start()

    def _refused(self) -> bool:
        with self._lock:
            if not self.cut.is_set() or self._refuses == 0:
                return False
            if self._refuses is not None:
                self._refuses -= 1
            return True

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        """From the client to the server."""
        with suppress(OSError):
            while piece := client.recv(PIECE):
                with self._lock:
                    now = not self.cut.is_set() and self._cuts(piece)
                    if now:
                        self._dying = client
                        self.cut.set()
                server.sendall(piece)
                if now and self._refuses != 0:
                    _close(*(one for one in self._sockets[1:] if one not in (client, server)))
        _close(client, server)

    def _down(self, client: socket.socket, server: socket.socket) -> None:
        """From the server to the client."""
        with suppress(OSError):
            while piece := server.recv(PIECE):
                if self.cut.is_set() and self._dying is client:
                    client.sendall(piece[: self._passes])
                    break
                client.sendall(piece)
        _close(client, server)

    def close(self) -> None:
        """Close everything."""
        _close(*self._sockets)


def _close(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def proxy(
    port: int, cuts: Callable[[bytes], bool], passes: int = 0, refuses: int | None = 0
) -> Iterator[Proxy]:
    """A proxy that serves."""
    made = Proxy(port, cuts, passes, refuses)
    thread = threading.Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.close()
        thread.join(10)


class Nth:
    """Whether a piece is the nth that contains a text; keeps the first lines of those that do."""

    def __init__(self, text: bytes, at: int | None = None) -> None:
        self._text, self._at = text, at
        self.seen: list[str] = []

    def __call__(self, piece: bytes) -> bool:
        if self._text not in piece:
            return False
        self.seen.append(piece.split(b"\r\n", 1)[0].decode(errors="replace"))
        return len(self.seen) - 1 == self._at
