"""A line to the server that can be cut, while others have theirs."""

import contextlib
import select
import socket
import threading

CHUNK_BYTES = 65_536


class Line:
    """Passes TCP on to a port. While it is cut, nobody gets through and open sockets are gone."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._is_cut = False
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """From now on there is no connection."""
        with self._lock:
            self._is_cut = True
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """There is one again."""
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        """Cut it for good."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            far = socket.create_connection(("127.0.0.1", self._to_port))
            with far:
                with self._lock:
                    if self._is_cut:
                        return
                    self._open |= {near, far}
                try:
                    _pass_on(near, far)
                finally:
                    with self._lock:
                        self._open -= {near, far}


def _pass_on(near: socket.socket, far: socket.socket) -> None:
    other = {near: far, far: near}
    while True:
        for ready in select.select([near, far], [], [])[0]:
            content = ready.recv(CHUNK_BYTES)
            if not content:
                return
            other[ready].sendall(content)
