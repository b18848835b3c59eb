"""Published cards for everybody: no session, no JavaScript."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from msgspec.structs import replace

from etatyopoyta.cards.comparing import compare
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.publishing import versions
from etatyopoyta.domain.records import CardVersion
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports import FORMATS, PUBLIC_FORMATS, FileName, name_of
from etatyopoyta.exports.asking import made_in_worker
from etatyopoyta.exports.line import STRANGERS
from etatyopoyta.exports.making import Task
from etatyopoyta.exports.page import LANGUAGES, STYLE, STYLE_PATH
from etatyopoyta.exports.versions import (
    Shelf,
    busy_page,
    changes_page,
    missing_page,
    version_page,
    withdrawn_page,
)
from etatyopoyta.room.opening import NoDesk
from etatyopoyta.transport.attaching import attachment
from etatyopoyta.transport.house import House, Request, Shared
from etatyopoyta.transport.pages import YEAR_S
from etatyopoyta.transport.problems import REFUSED, STATUS

GONE, MISSING = 410, 404


@get("/kortti/{desk:str}", include_in_schema=False)
async def newest(desk: FromPath[str], house: Shared, kieli: FromQuery[str] = "fi") -> Response[str]:
    """The version in force; the last one that was withdrawn when there is none."""
    language, address = _language(kieli), f"/kortti/{desk}"
    shelf = await _shelf(house, desk, language)
    if shelf is None or not shelf.versions:
        return _page(missing_page(language, address), MISSING)
    return await _version(house, shelf, shelf.in_force or shelf.versions[-1], address)


@get("/kortti/{desk:str}/{number:int}", include_in_schema=False)
async def one_version(
    desk: FromPath[str], number: FromPath[int], house: Shared, kieli: FromQuery[str] = "fi"
) -> Response[str]:
    """One version, as it was published."""
    language = _language(kieli)
    shelf = await _shelf(house, desk, language)
    version = _of(shelf, number)
    if shelf is None or version is None:
        return _page(missing_page(language, f"/kortti/{desk}/{number}"), MISSING)
    return await _version(house, shelf, version, shelf.path(number))


@get("/kortti/{desk:str}/{number:int}/muutokset", include_in_schema=False)
async def changes(
    desk: FromPath[str], number: FromPath[int], house: Shared, kieli: FromQuery[str] = "fi"
) -> Response[str]:
    """What a version changed, compared with the one before."""
    language = _language(kieli)
    shelf = await _shelf(house, desk, language)
    version = _of(shelf, number)
    if shelf is None or version is None:
        return _page(missing_page(language, f"/kortti/{desk}/{number}/muutokset"), MISSING)
    if version.withdrawn_ms is not None:
        return await _version(house, shelf, version, shelf.path(number))
    before = shelf.before(number)
    if before is None:
        return _page(missing_page(language, shelf.path(number, "/muutokset")), MISSING)
    old = await house.published.edition(desk, before, language)
    new = await house.published.edition(desk, version, language)
    return _page(changes_page(shelf, version, (old, new), compare(old, new)))


@get("/kortti/{desk:str}/{number:int}/tiedostot/{format_name:str}", include_in_schema=False)
async def version_file(
    desk: FromPath[str],
    number: FromPath[int],
    format_name: FromPath[str],
    request: Request,
    house: Shared,
    kieli: FromQuery[str] = "fi",
) -> Response[bytes] | Response[str]:
    """A version as a file, with what its page shows; made once for all who ask at once."""
    language = _language(kieli)
    shelf = await _shelf(house, desk, language)
    version = _of(shelf, number)
    address = f"/kortti/{desk}/{number}"
    if shelf is None or version is None or format_name not in PUBLIC_FORMATS:
        return _page(missing_page(language, address), MISSING)
    if version.withdrawn_ms is not None:
        return await _version(house, shelf, version, address)
    try:
        name, content = await _file(house, request, shelf, version, format_name)
    except Refused as refusal:
        return _page(busy_page(shelf, version), STATUS.get(refusal.code, REFUSED))
    headers = {"cache-control": "no-cache", "x-robots-tag": "noindex", **attachment(name)}
    return Response(content, media_type=FORMATS[format_name].media_type, headers=headers)


@get(STYLE_PATH, include_in_schema=False, sync_to_thread=False)
def style() -> Response[bytes]:
    """How public pages look; its address changes with it."""
    headers = {"cache-control": f"public, max-age={YEAR_S}, immutable"}
    return Response(STYLE, media_type="text/css", headers=headers)


async def _shelf(house: House, desk_id: str, language: Language) -> Shelf | None:
    try:
        desk = (await house.open_rooms.get(desk_id)).state.desk
    except NoDesk:
        return None
    return Shelf(
        desk=desk_id,
        timezone=desk.info.timezone,
        versions=tuple(versions(desk)),
        language=language,
    )


async def _version(house: House, shelf: Shelf, version: CardVersion, address: str) -> Response[str]:
    if version.withdrawn_ms is not None:
        return _page(withdrawn_page(shelf, version, address), GONE)
    card = await house.published.edition(shelf.desk, version, shelf.language)
    return _page(version_page(shelf, version, card, address))


async def _file(
    house: House, request: Request, shelf: Shelf, version: CardVersion, format_name: str
) -> tuple[FileName, bytes]:
    """Refused when too many wait, or when no file came of it."""
    key = (shelf.desk, version.id, shelf.language, format_name)
    kept = house.published.file(key)
    if kept is not None:
        return kept
    address = request.client.host if request.client else ""
    with house.exporting.place(f"{STRANGERS}{address}") as place:
        await place.turn()
        kept = house.published.file(key)  # whoever was before may have asked for the same
        if kept is None:
            state, edition = await house.published.desk(shelf.desk, version, shelf.language)
            task = Task(format_name, replace(edition, is_public=True))
            content = await made_in_worker(list(state), task)
            name = name_of(state, task.edition, FORMATS[format_name].suffix)
            kept = house.published.keep(key, (name, content))
        return kept


def _of(shelf: Shelf | None, number: int) -> CardVersion | None:
    there = () if shelf is None else shelf.versions
    return next((version for version in there if version.number == number), None)


def _language(asked: str) -> Language:
    return next((language for language in LANGUAGES if language == asked), "fi")


def _page(body: str, status: int = 200) -> Response[str]:
    headers = {"cache-control": "no-cache"}
    return Response(body, media_type="text/html", status_code=status, headers=headers)
