"""What people pick instead, each as its own documents say to run it."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import ClassVar

from benchmarks.contender import Messages, Setup
from benchmarks.load.plan import BINARY, Steps
from benchmarks.machine import PEERS, install_node_peers, install_python_peers, node
from benchmarks.peers.peer import Peer, framed, messages_folder, var_string

SYNC_STEP_1 = bytes((0, 0, 1, 0))
"""Of a client that has nothing."""
SYNC_STEP_2 = bytes((0, 1))


class Ws(Peer):
    """A bare relay on the most used WebSocket library: no state, no rights, nothing kept."""

    name = "ws"
    title = "ws relay"
    script = "ws.mjs"
    has_board = False

    def steps(self, port: int, desk: int, seat: int) -> Steps:
        return Steps(port).upgrade(f"/desk{desk}").until(b'{"t":"welcome"')

    def prepare(self, messages: Messages, notes: int) -> Path:
        """The bytes of one entry of ours, so that the relay has the same to carry."""
        path = Path(messages_folder().name) / f"ws-{len(messages.desks)}-{messages.each}"
        with path.open("wb") as file:
            for writer in range(len(messages.desks)):
                for number in range(messages.each):
                    entry = {"n": number, "at_ms": 1790000000000, "p": {
                        f"note_w{writer}": {"at": {"x": number, "y": -number}}
                    }}  # fmt: skip
                    mark = f"~~{writer:02x}{number:06x}{'.' * 12}"
                    frame = json.dumps(
                        {"t": "entries", "list": [entry], "mark": mark}, separators=(",", ":")
                    ).encode()
                    file.write(framed(writer, frame))
        return path


class YWebsocket(Peer):
    """The server of y-websocket, in memory."""

    name = "y-websocket"
    title = "y-websocket"
    protocol = "y"
    script = "y.mjs"

    def steps(self, port: int, desk: int, seat: int) -> Steps:
        return Steps(port).upgrade(f"/desk{desk}").send(SYNC_STEP_1, BINARY).until(SYNC_STEP_2)


class YWebsocketKept(YWebsocket):
    """With its LevelDB."""

    name = "y-websocket-leveldb"
    title = "y-websocket, LevelDB"
    is_durable = True


class Hocuspocus(Peer):
    """Hocuspocus as shipped, in memory."""

    name = "hocuspocus"
    title = "Hocuspocus"
    protocol = "hocuspocus"
    script = "hocuspocus.mjs"

    def steps(self, port: int, desk: int, seat: int) -> Steps:
        name = var_string(f"desk{desk}")
        token = name + bytes((2, 0)) + var_string("token")
        steps = Steps(port).upgrade("/").send(token, BINARY).send(name + SYNC_STEP_1, BINARY)
        return steps.until(name + SYNC_STEP_2)


class Hocuspocus16(Hocuspocus):
    """With its own batching at 16 ms."""

    name = "hocuspocus16"
    title = "Hocuspocus, flushDelay 16"
    environ: ClassVar[dict[str, str]] = {"FLUSH_MS": "16"}


class HocuspocusKept(Hocuspocus):
    """With its database extension."""

    name = "hocuspocus-database"
    title = "Hocuspocus, database"
    is_durable = True


class Tldraw(Peer):
    """tldraw sync, in memory. Its licence has conditions for production; this is a local trial."""

    name = "tldraw"
    title = "tldraw sync"
    protocol = "tldraw"
    script = "tldraw.mjs"
    flags = b'keepalive 5 1 15\n{"type":"ping"}\n'

    def steps(self, port: int, desk: int, seat: int) -> Steps:
        steps = Steps(port).upgrade(f"/desk{desk}?session=session{seat}")
        return steps.send(tldraw_hello()).until_within(b'"type":"connect"')


class TldrawKept(Tldraw):
    """With its SQLite storage."""

    name = "tldraw-sqlite"
    title = "tldraw sync, SQLite"
    is_durable = True


class SocketIo(Peer):
    """A relay on socket.io, with what Excalidraw sends for a moved note. Keeps nothing."""

    name = "socketio"
    title = "socket.io relay"
    protocol = "socketio"
    script = "socketio.mjs"
    flags = b"engineio\n"
    has_board = False

    def steps(self, port: int, desk: int, seat: int) -> Steps:
        steps = Steps(port).upgrade("/socket.io/?EIO=4&transport=websocket").until(b"0{")
        steps.send(b"40").until(b"40{").send(f'42["join-room","desk{desk}"]'.encode())
        return steps.until_within(b"room-user-change")


class Pycrdt(YWebsocket):
    """pycrdt-websocket under uvicorn with uvloop, in memory."""

    name = "pycrdt"
    title = "pycrdt-websocket"

    def command(self) -> list[str]:
        return [str(install_python_peers()), str(PEERS / "servers" / "pycrdt_server.py")]

    def more_environ(self, setup: Setup) -> dict[str, str]:
        state = setup.folder / "state"
        state.write_bytes(said("board", setup.notes))
        return {"STATE": str(state)}


class PycrdtKept(Pycrdt):
    """With its SQLite store."""

    name = "pycrdt-sqlite"
    title = "pycrdt-websocket, SQLite"
    is_durable = True


def said(what: str, notes: int) -> bytes:
    """What state.mjs prints."""
    install_node_peers()
    command = [str(node()), str(PEERS / "state.mjs"), what]
    return subprocess.run(
        command, env={"NOTES": str(notes)}, check=True, stdout=subprocess.PIPE
    ).stdout


@cache
def tldraw_hello() -> bytes:
    """The first frame of a tldraw client, with the library's schema."""
    return said("hello", 1)


IN_MEMORY: list[Peer] = [
    Ws(), YWebsocket(), Hocuspocus(), Hocuspocus16(), Tldraw(), SocketIo(), Pycrdt(),
]  # fmt: skip
KEPT: list[Peer] = [YWebsocketKept(), HocuspocusKept(), TldrawKept(), PycrdtKept()]
