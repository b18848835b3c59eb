"""pycrdt-websocket under uvicorn; FOLDER turns its SQLite store on, STATE is the board at first."""

import asyncio
import os
from contextlib import suppress
from logging import Logger
from pathlib import Path

import uvicorn
import uvloop
from pycrdt.store import SQLiteYStore, YDocNotFound
from pycrdt.websocket import ASGIServer, WebsocketServer, YRoom

FOLDER = os.environ.get("FOLDER")


class Store(SQLiteYStore):
    """All updates in one file."""

    db_path = f"{FOLDER}/pycrdt.sqlite"


def go_on(_: Exception, __: Logger) -> bool:
    """One client that goes must not end the room of the others."""
    return True


async def open_room(server: WebsocketServer, name: str, state: bytes) -> None:
    """A room with the state given, and with what its store has."""
    room = YRoom(ystore=Store(name) if FOLDER else None, exception_handler=go_on)
    room.ydoc.apply_update(state)
    if FOLDER:
        async with Store(name) as store:
            with suppress(YDocNotFound):
                await store.apply_updates(room.ydoc)
    server.rooms[name] = room
    await server.start_room(room)


async def main(state: bytes) -> None:
    """Serve until killed."""
    server = WebsocketServer(auto_clean_rooms=False, exception_handler=go_on)
    async with server:
        for desk in range(int(os.environ["DESKS"])):
            await open_room(server, f"/desk{desk}", state)
        port = int(os.environ["PORT"])
        config = uvicorn.Config(
            ASGIServer(server), host="127.0.0.1", port=port, log_level="warning"
        )
        await uvicorn.Server(config).serve()


uvloop.install()
asyncio.run(main(Path(os.environ["STATE"]).read_bytes()))
