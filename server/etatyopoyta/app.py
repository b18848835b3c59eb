"""The application, put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.types import ASGIApp

from etatyopoyta import __version__
from etatyopoyta.exports.line import Line
from etatyopoyta.figures import Statistics
from etatyopoyta.imports import Waiting
from etatyopoyta.log.contract import Log
from etatyopoyta.room.chance import Chance, RealChance
from etatyopoyta.room.door import Doors
from etatyopoyta.room.history import Histories
from etatyopoyta.room.limits import Limits
from etatyopoyta.room.published import Published
from etatyopoyta.room.rooms import open_rooms
from etatyopoyta.room.space import DiskLimits, Space
from etatyopoyta.settings import Settings
from etatyopoyta.transport import (
    copies,
    desks,
    exports,
    figures,
    followup,
    history,
    join,
    live,
    minutes,
    operations,
    pages,
    people,
    problems,
    public,
    tables,
)
from etatyopoyta.transport.askers import Askers
from etatyopoyta.transport.budget import FailureBudget
from etatyopoyta.transport.guard import Guard
from etatyopoyta.transport.house import House
from etatyopoyta.transport.rechecking import recheck

MAX_BODY_BYTES = 64 * 1024


def build_house(
    settings: Settings, log: Log, server_key: str, chance: Chance | None = None
) -> House:
    """What the handlers of one process share."""
    chance = chance or RealChance()
    doors = Doors(log, chance, server_key)
    disk = DiskLimits(settings.disk_warn_mb, settings.disk_read_only_mb)
    return House(
        settings=settings,
        log=log,
        doors=doors,
        chance=chance,
        failures=FailureBudget(),
        build=pages.build_id(),
        exporting=Line(),
        importing=Waiting(),
        histories=Histories(log),
        askers=Askers(),
        space=Space(disk, None if settings.redis_url else Path(settings.data_dir)),
        statistics=Statistics() if settings.statistics == "on" else None,
        published=Published(log),
    )


def create_app(house: House) -> ASGIApp:
    """The ASGI application of a house."""

    @asynccontextmanager
    async def rooms(_: Litestar) -> AsyncIterator[None]:
        limits = _limits(house.settings)
        async with open_rooms(house.log, house.chance, house.build, limits, house.space) as opened:
            house.rooms = opened
            rechecking = asyncio.create_task(recheck(house))
            yield
            rechecking.cancel()

    app = Litestar(
        route_handlers=[
            join.look,
            join.join,
            join.open_with_secret,
            join.recover,
            desks.me,
            desks.snapshot,
            desks.invitation,
            desks.organisation_link,
            desks.leave,
            people.name_person,
            people.links,
            people.make_link,
            people.end_link,
            people.make_recovery_code,
            exports.export_desk,
            followup.enter_actuals,
            followup.remind,
            history.timeline,
            history.history,
            minutes.minutes,
            exports.export_formats,
            exports.schema,
            public.newest,
            public.one_version,
            public.changes,
            public.version_file,
            public.style,
            tables.read_table,
            figures.fetch_figures,
            copies.list_templates,
            copies.save_template,
            copies.make_copy,
            copies.wipe,
            live.live,
            operations.health,
            operations.ready,
            operations.metrics,
            *pages.static_routes(),
        ],
        dependencies={"house": Provide(lambda: house, sync_to_thread=False)},
        exception_handlers=problems.HANDLERS,
        lifespan=[rooms],
        openapi_config=OpenAPIConfig(
            "Etätyöpöytä", __version__, path="/schema", use_handler_docstrings=True
        ),
        request_max_body_size=MAX_BODY_BYTES,
        logging_config=None,
        debug=False,
    )
    return Guard(app, house.settings)


def _limits(settings: Settings) -> Limits:
    return Limits(
        connection_per_s=settings.connection_changes_per_s,
        person_per_s=settings.person_changes_per_s,
        desk_per_s=settings.desk_changes_per_s,
        participant_seats=settings.participant_sockets,
        desk_seats=settings.desk_sockets,
    )
