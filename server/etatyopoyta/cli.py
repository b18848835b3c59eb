"""The command line: `etatyopoyta --help`."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import rich_click as click
import segno
from msgspec import Struct
from msgspec.structs import replace

from etatyopoyta import serving, templates, workers
from etatyopoyta.app import build_house
from etatyopoyta.cards.model import Edition
from etatyopoyta.demo.play import play
from etatyopoyta.domain.records import AnyRecord, DeskInfo, Goal, Note, Role, Text
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean
from etatyopoyta.exports import FORMATS
from etatyopoyta.exports import json as json_format
from etatyopoyta.log.batch import Damaged, Newer
from etatyopoyta.log.contract import Away
from etatyopoyta.log.embedded import StoreFailed, StoreInUse, store_url
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.log.soundness import TooWeak
from etatyopoyta.protocol.http import Language
from etatyopoyta.room.door import ListedDesk, shown_code
from etatyopoyta.room.founding import found_desk
from etatyopoyta.room.opening import NoDesk, open_state
from etatyopoyta.settings import BadSettings, Settings, load
from etatyopoyta.transport.house import House
from etatyopoyta.transport.links import participants_link, secret_link


class Links(Struct, frozen=True):
    """The ways into a desk."""

    desk: str
    title: str
    facilitator: str
    participants: str
    code: str
    viewer: str


@click.group()
@click.version_option(package_name="etatyopoyta")
def main() -> None:
    """Etätyöpöytä: from sticky notes to the organisation card."""


@main.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="TCP port; 0 takes a free one.")
@click.option("--data-dir", help="Folder of the embedded store.")
@click.option("--workers", type=int, help="Server processes on this machine.")
@click.option(
    "--accept-data-loss", is_flag=True, default=None, help="Use a weaker store. For trials."
)
def serve(**options: Any) -> None:
    """Serve; without a desk, make one from the template nekku. Prints the links to a terminal."""

    async def started(house: House, address: str) -> None:
        base = house.settings.origin or address
        listed = await house.doors.desks()
        desk = listed[-1] if listed else await _found(house, templates.load(templates.NAMES[0]))
        click.echo(f"Etätyöpöytä: {base}")
        if not sys.stdout.isatty():  # a journal keeps what it is told (W6)
            click.echo(f"Links: etatyopoyta desk links {desk.id}")
            return
        secret = await house.doors.invite(desk.id, Role.FACILITATOR, "terminal")
        _show_links(await _links(house, base, desk, secret))

    _serve(_settings(**options), started)


@main.group()
def desk() -> None:
    """Desks: make, list, show, export."""


@desk.command("create")
@click.option(
    "--template", default=templates.NAMES[0], show_default=True, help="Name of a template."
)
@click.option("--title", help="Title of the desk, else the template's.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--data-dir", help="Folder of the embedded store.")
def create(template: str, title: str | None, as_json: bool, data_dir: str | None) -> None:
    """Make a desk and print its facilitator, participant and viewer links."""

    async def act(house: House) -> None:
        made = await _found(house, _template(template, title))
        secret = await house.doors.invite(made.id, Role.FACILITATOR, "created")
        links = await _links(house, _base(house.settings), made, secret)
        if as_json:
            click.echo(msgspec.json.encode(links))
        else:
            _show_links(links)

    _run(data_dir, act)


@desk.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--data-dir", help="Folder of the embedded store.")
def list_desks(as_json: bool, data_dir: str | None) -> None:
    """List all desks, oldest first."""

    async def act(house: House) -> None:
        desks = await house.doors.desks()
        if as_json:
            click.echo(msgspec.json.encode(desks))
        elif not desks:
            click.echo("No desks yet: etatyopoyta desk create")
        for listed in () if as_json else desks:
            day = datetime.fromtimestamp(listed.created_ms / 1000, UTC).date()
            click.echo(f"{listed.id}  {day}  {listed.template:10} {listed.title}")

    _run(data_dir, act)


@desk.command("show")
@click.argument("desk_id")
@click.option("--data-dir", help="Folder of the embedded store.")
def show(desk_id: str, data_dir: str | None) -> None:
    """Show what a desk holds, as JSON: counts, number of the last entry, hash of the state."""

    async def act(house: House) -> None:
        state = await open_state(house.log, desk_id)
        counts: dict[str, int] = {}
        for record in state.desk:
            tag = str(record.__struct_config__.tag)
            counts[tag] = counts.get(tag, 0) + 1
        facts = {
            "desk": desk_id,
            "title": state.desk.info.title.fi,
            "n": state.n,
            "state_hash": state.desk.state_hash(),
            "records": counts,
        }
        click.echo(msgspec.json.format(msgspec.json.encode(facts)))

    _run(data_dir, act)


@desk.command("links")
@click.argument("desk_id")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--data-dir", help="Folder of the embedded store.")
def links(desk_id: str, as_json: bool, data_dir: str | None) -> None:
    """Make a new facilitator link and show all links. Earlier ones of this command end."""

    async def act(house: House) -> None:
        listed = [each for each in await house.doors.desks() if each.id == desk_id]
        if not listed:
            raise NoDesk(desk_id)
        secret = await house.doors.invite(desk_id, Role.FACILITATOR, "links")
        made = await _links(house, _base(house.settings), listed[0], secret)
        if as_json:
            click.echo(msgspec.json.encode(made))
        else:
            _show_links(made)

    _run(data_dir, act)


@desk.command("export")
@click.argument("desk_id")
@click.option("--format", "name", type=click.Choice(list(FORMATS)), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--language", type=click.Choice(["fi", "sv", "en"]), default="fi")
@click.option("--data-dir", help="Folder of the embedded store.")
def export(desk_id: str, name: str, output: Path, language: Language, data_dir: str | None) -> None:
    """Write a desk to a file: the clustered indicators and the card."""

    async def act(house: House) -> None:
        state = await open_state(house.log, desk_id)
        edition = Edition(language=language, n=state.n, made_at=datetime.now(UTC))
        content = FORMATS[name].export(state.desk, edition)
        await asyncio.to_thread(output.write_bytes, content)
        click.echo(f"{output}: {state.desk.count(Note)} notes, {state.desk.count(Goal)} goals")

    _run(data_dir, act)


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data-dir", help="Folder of the embedded store.")
def import_file(file: Path, data_dir: str | None) -> None:
    """Make a new desk of an exported JSON file."""

    content = file.read_bytes()

    async def act(house: House) -> None:
        made = await _found(house, json_format.parse(content))
        state = await open_state(house.log, made.id)
        click.echo(f"{made.id}: {state.desk.count(Note)} notes, state {state.desk.state_hash()}")

    _run(data_dir, act)


@main.command()
@click.option("--port", type=int, help="TCP port; 0 takes a free one.")
@click.option("--data-dir", default="demo-data", show_default=True, help="Folder of the store.")
@click.option("--output", default="demo-output", show_default=True, type=click.Path(path_type=Path))
@click.option("--pace", default=0.05, show_default=True, help="Seconds between two notes of one.")
@click.option("--once", is_flag=True, help="End when the workshop has been played.")
def demo(output: Path, pace: float, once: bool, **options: Any) -> None:
    """Play a workshop with 22 organisations and 577 notes, then go on serving it."""

    async def started(house: House, address: str) -> None:
        made = await _found(house, _template(templates.NAMES[0], "Esimerkkipaja"))
        secret = await house.doors.invite(made.id, Role.FACILITATOR, "terminal")
        links = await _links(house, address, made, secret)
        _show_links(links)
        played = await play(address, made.id, secret, links.code, output, click.echo, pace)
        click.echo(msgspec.json.encode(played))
        if once:
            signal.raise_signal(signal.SIGTERM)

    _serve(_settings(**options), started)


def _template(name: str, title: str | None) -> tuple[AnyRecord, ...]:
    records = templates.load(name)
    if title is None:
        return records
    named = Text(fi=clean(title, MAX_TITLE_CHARACTERS, "desk"))
    return tuple(replace(r, title=named) if isinstance(r, DeskInfo) else r for r in records)


def _settings(**options: Any) -> Settings:
    try:
        return load(**options)
    except (BadSettings, OSError) as bad:
        _fail(f"Settings: {bad}")


def _serve(settings: Settings, started: serving.Started) -> None:
    try:
        run = serving.serve_here if settings.workers == 1 else workers.serve_with_workers
        serving.serve(settings, started, run)
    except StoreInUse as in_use:
        _fail(
            f"Another etatyopoyta server (process {in_use.pid or '?'}) works on"
            f" {in_use.data_dir}. Stop it first, or give this one another --data-dir."
        )
    except TooWeak as weak:
        _fail(
            "The store may lose what it has acknowledged, so it is not used:\n- "
            + "\n- ".join(weak.reasons)
            + "\nSet it right (deploy/README.md), or for a trial give --accept-data-loss."
        )
    except StoreFailed as failed:
        _fail(f"The store did not start:\n{failed}")
    except serving.PortTaken as taken:
        _fail(f"Cannot listen on {taken}. Give another --port.")
    except workers.NotStarted as failed:
        _fail(f"Not started: {failed}")
    except Away as away:
        _fail(f"The store cannot be reached: {away}")
    except OSError as error:  # the data folder, as a rule
        _fail(f"Not started: {_told(error)}")


def _run(data_dir: str | None, act: Callable[[House], Awaitable[None]]) -> None:
    """Do something with the store: the running server's, or one started for the while."""

    async def main() -> None:
        async with _open_house(_settings(data_dir=data_dir)) as house:
            await act(house)

    try:
        asyncio.run(main())
    except NoDesk as unknown:
        _fail(f"There is no desk {unknown}. See: etatyopoyta desk list")
    except Newer:
        _fail("A later version of etatyopoyta has changed the desk. Update this one.")
    except Damaged as damaged:
        _fail(f"The desk is damaged: {damaged}")
    except Refused as refused:
        _fail(f"Refused: {refused.code} {refused.details or ''}")
    except LookupError as wrong:
        _fail(str(wrong))
    except OSError as error:
        _fail(_told(error))
    except (StoreFailed, Away) as failed:
        _fail(f"The store cannot be used: {failed}")


@asynccontextmanager
async def _open_house(settings: Settings) -> AsyncIterator[House]:
    serving.quiet_logs()
    store = None
    url = settings.redis_url
    if url is None:
        store = serving.open_store(settings)
        try:
            store.start()
        except StoreInUse:  # a server runs: talk to its store
            store = None
        url = store_url(Path(settings.data_dir))
    log = RedisLog(url, settings.replicas)
    try:
        yield build_house(settings, log, serving.server_key(settings))
    finally:
        await log.close()
        if store is not None:
            store.stop()


async def _found(house: House, records: tuple[AnyRecord, ...]) -> ListedDesk:
    return await found_desk(house.log, house.doors, house.chance, records)


async def _links(house: House, base: str, desk: ListedDesk, secret: str) -> Links:
    keys = await house.doors.participants_keys(desk.id)
    if keys is None:
        keys = await house.doors.invite_participants(desk.id)
    viewer = await house.doors.invite(desk.id, Role.VIEWER, "viewer")
    return Links(
        desk=desk.id,
        title=desk.title,
        facilitator=secret_link(base, desk.id, Role.FACILITATOR, secret),
        participants=participants_link(base, keys),
        code=shown_code(keys.code),
        viewer=secret_link(base, desk.id, Role.VIEWER, viewer),
    )


def _base(settings: Settings) -> str:
    return settings.origin or f"http://{settings.host}:{settings.port}"


def _show_links(links: Links) -> None:
    click.echo(f"\n{links.title}  ({links.desk})")
    click.echo(f"\nFasilitaattori / facilitator (keep it to yourself):\n  {links.facilitator}")
    click.echo(f"\nRuutu / viewer:\n  {links.viewer}")
    click.echo(f"\nOsallistujat / participants, code {links.code}:\n  {links.participants}\n")
    if sys.stdout.isatty():
        segno.make(links.participants, error="l").terminal(compact=True)


def _told(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
