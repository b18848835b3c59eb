"""New desks made from one: a copy, a rehearsal, or from a template that was saved."""

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from etatyopoyta import templates
from etatyopoyta.demo.play import sample
from etatyopoyta.domain.copying import structure_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import AnyRecord, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean
from etatyopoyta.protocol.http import CopyAsked, NewDesk, Templates, TemplateSaved
from etatyopoyta.room.founding import found_desk
from etatyopoyta.room.names import shelf_of
from etatyopoyta.room.rehearsal import Line, rehearse
from etatyopoyta.transport.house import House, Request, Shared, need_facilitator
from etatyopoyta.transport.links import base_url, secret_link

TEMPLATES = "templates"
"""Shelf of the templates that facilitators have saved, by name."""
MAX_TEMPLATES = 50


@get("/api/desks/{desk:str}/templates")
async def list_templates(desk: FromPath[str], request: Request, house: Shared) -> Templates:
    """The names of all templates that a new desk can be made from."""
    await need_facilitator(house, request, desk)
    return Templates(list(templates.NAMES), sorted(await house.log.all(TEMPLATES)))


@post("/api/desks/{desk:str}/templates")
async def save_template(
    desk: FromPath[str], data: JSONBody[TemplateSaved], request: Request, house: Shared
) -> Templates:
    """Save this desk's structure under a name, in place of what had that name."""
    await need_facilitator(house, request, desk)
    name = clean(data.name, MAX_TITLE_CHARACTERS, "template")
    saved = await house.log.all(TEMPLATES)
    if name in templates.NAMES or (name not in saved and len(saved) >= MAX_TEMPLATES):
        raise Refused("template.not_saved", limit=MAX_TEMPLATES)
    records = tuple(structure_of(await _desk(house, desk), name, with_organisations=False))
    await house.log.put(TEMPLATES, name, msgspec.json.encode(_Saved(records)))
    return Templates(list(templates.NAMES), sorted({*saved, name}))


@post("/api/desks/{desk:str}/copies")
async def make_copy(
    desk: FromPath[str], data: JSONBody[CopyAsked], request: Request, house: Shared
) -> NewDesk:
    """A new desk like this one or like a template, with a facilitator's link to it."""
    await need_facilitator(house, request, desk)
    title = clean(data.title, MAX_TITLE_CHARACTERS, "desk")
    source = await _desk(house, desk) if data.template is None else await _template(house, data)
    is_rehearsal = data.kind == "rehearsal"
    records = structure_of(source, title, with_organisations=True, is_rehearsal=is_rehearsal)
    listed = await found_desk(house.log, house.doors, house.chance, records)
    if is_rehearsal:
        script = [Line(note.organisation, note.text) for note in sample().notes]
        rooms = house.open_rooms
        rooms.begin(rehearse(rooms, listed.id, house.chance, script))
    secret = await house.doors.invite(listed.id, Role.FACILITATOR, "created")
    return NewDesk(
        listed.id, secret_link(base_url(house, request), listed.id, Role.FACILITATOR, secret)
    )


@delete("/api/desks/{desk:str}", status_code=204)
async def wipe(desk: FromPath[str], request: Request, house: Shared) -> None:
    """Wipe a rehearsal with everything that was done on it. No other desk is wiped here."""
    await need_facilitator(house, request, desk)
    if not (await _desk(house, desk)).info.is_rehearsal:
        raise Refused("desk.no_rehearsal")
    shelves = await house.doors.forget(desk)
    await house.open_rooms.erase(desk, *shelves, shelf_of(desk))


class _Saved(Struct, frozen=True):
    records: tuple[AnyRecord, ...]


async def _desk(house: House, desk_id: str) -> Desk:
    return (await house.open_rooms.get(desk_id)).state.desk


async def _template(house: House, asked: CopyAsked) -> Desk:
    name = asked.template or ""
    if name in templates.NAMES:
        return Desk(templates.load(name))
    saved = await house.log.get(TEMPLATES, name)
    if saved is None:
        raise Refused("template.gone", name=name)
    return Desk(msgspec.json.decode(saved, type=_Saved).records)
