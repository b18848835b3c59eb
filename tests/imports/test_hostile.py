"""Files made to harm the server (T9): each through a real worker, as a server would meet it."""

import asyncio
import random
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests.imports.files import MAIN, SHARED, SHEET_1, changed, ods, ods_cell, with_sheet, xlsx

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports import read_in_worker

pytestmark = pytest.mark.anyio

HARMLESS = xlsx(Muistio=[["x"]])
MB = 1_000_000
MOST_GROWTH_KB = 10_000
CENTRAL = b"PK\x01\x02"
SIZE_AT = 24
"""Of the unpacked size in an entry of the directory."""


async def refused(content: bytes, name: str = "a.xlsx") -> tuple[str, object]:
    """The code and what or why."""
    with pytest.raises(Refused) as refusal:
        await read_in_worker(content, name)
    details = refusal.value.details
    return refusal.value.code, details.get("what") or details.get("reason")


DAMAGED = ("import.unreadable", "damaged")
ENTITIES = ("import.unreadable", "entities")

# --- zip -----------------------------------------------------------------------------------


def bomb() -> bytes:
    return changed(HARMLESS, {SHEET_1: b" " * (60 * MB)})


def heavy() -> bytes:
    """Unpacked more than allowed, at a ratio that is allowed."""
    noise = random.Random(9)
    return changed(
        HARMLESS, {"big.bin": b"".join(noise.randbytes(20_000) + bytes(980_000) for _ in range(51))}
    )


def with_size(content: bytes, name: str, size: int) -> bytes:
    """The directory says another size of a part."""
    lying = bytearray(content)
    at = lying.rindex(CENTRAL, 0, lying.rindex(name.encode()))
    struct.pack_into("<L", lying, at + SIZE_AT, size)
    return bytes(lying)


def overlapping() -> bytes:
    """A thousandfold bomb needs one packed part and many names for it."""
    written = BytesIO(HARMLESS)
    with ZipFile(written, "a", ZIP_DEFLATED) as file:
        for number in range(3):
            entry = copy(file.getinfo(SHEET_1))
            entry.filename = f"xl/worksheets/sheet{number + 2}.xml"
            file.filelist.append(entry)
            file.NameToInfo[entry.filename] = entry
        file.writestr("last.xml", "<x/>")
    return written.getvalue()


async def test_a_zip_bomb_is_stopped_while_it_unpacks() -> None:
    assert await refused(bomb()) == ("import.too_big", "ratio")
    assert await refused(heavy()) == ("import.too_big", "unpacked")


async def test_sizes_that_lie_are_not_believed() -> None:
    assert await refused(with_size(bomb(), SHEET_1, 10)) == ("import.too_big", "ratio")
    assert await refused(with_size(HARMLESS, SHEET_1, 10)) == DAMAGED
    assert await refused(with_size(HARMLESS, SHEET_1, 2**31)) == DAMAGED


async def test_overlapping_entries_are_refused() -> None:
    assert await refused(overlapping()) == ("import.unreadable", "overlapping")


async def test_a_zip_in_the_zip_is_refused() -> None:
    nested = changed(HARMLESS, {"xl/media/image1.png": HARMLESS})
    assert await refused(nested) == ("import.unreadable", "nested")


async def test_600_entries_are_refused() -> None:
    many = changed(HARMLESS, {f"xl/{number}.xml": "<x/>" for number in range(600)})
    assert await refused(many) == ("import.too_big", "entries")


async def test_two_entries_of_one_name_are_refused() -> None:
    twice = changed(HARMLESS, {"xl/Worksheets/sheet1.xml": "<x/>"})
    assert await refused(twice) == DAMAGED


async def test_encrypted_entries_are_refused() -> None:
    locked = bytearray(HARMLESS)
    at = locked.index(CENTRAL)
    locked[at + 8] |= 1
    assert await refused(bytes(locked)) == ("import.unreadable", "encrypted")


@pytest.mark.parametrize("cut", [1, 30, 300, 3_000])
async def test_a_file_that_was_cut_is_damaged(cut: int) -> None:
    assert await refused(HARMLESS[:-cut]) == DAMAGED


async def test_bytes_that_were_changed_are_found_by_their_sum() -> None:
    flipped = bytearray(HARMLESS)
    flipped[60] ^= 1
    assert await refused(bytes(flipped)) == DAMAGED


# --- XML -----------------------------------------------------------------------------------

CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'


@asynccontextmanager
async def canary() -> AsyncIterator[tuple[int, list[str]]]:
    """A port on loopback that nobody may call, and who did."""
    calls: list[str] = []

    def called(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append("called")
        writer.close()

    async with await asyncio.start_server(called, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1], calls


def laughs() -> str:
    """Ten entities, each of ten of the one before."""
    names = "abcdefghij"
    lines = ['<!ENTITY j "haha">']
    lines += [f'<!ENTITY {name} "{f"&{after};" * 10}">' for name, after in pairwise(names)]
    return f"<!DOCTYPE worksheet [{''.join(lines)}]>"


def quadratic() -> str:
    return f'<!DOCTYPE worksheet [<!ENTITY a "{"x" * 50_000}">]>'


@pytest.mark.parametrize("doctype", [laughs(), quadratic(), "<!DOCTYPE worksheet>"])
async def test_entities_and_every_other_dtd_are_refused(doctype: str) -> None:
    assert await refused(with_sheet(CELL, doctype=doctype)) == ENTITIES


async def test_many_uses_of_one_long_entity_are_refused() -> None:
    content = with_sheet(CELL.replace("&a;", "&a;" * 10_000), doctype=quadratic())
    assert await refused(content) == ENTITIES


@pytest.mark.parametrize("declared", ["ENTITY a SYSTEM", "ENTITY % b SYSTEM"])
async def test_an_external_entity_calls_nobody(declared: str) -> None:
    async with canary() as (port, calls):
        inside = f'<!{declared} "http://127.0.0.1:{port}/">'
        for doctype in (
            f"<!DOCTYPE worksheet [{inside}]>",
            f'<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:{port}/">',
        ):
            assert await refused(with_sheet(CELL, doctype=doctype)) == ENTITIES
    assert calls == []


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/no.XML"])
async def test_a_dtd_in_any_part_is_refused(part: str) -> None:
    assert await refused(changed(HARMLESS, {part: f"{laughs()}<x/>"})) == ENTITIES


async def test_a_dtd_in_utf_16_is_refused() -> None:
    part = f'<?xml version="1.0" encoding="utf-16"?>{laughs()}<x/>'.encode("utf-16")
    assert await refused(changed(HARMLESS, {"xl/styles.xml": part})) == ENTITIES


async def test_an_encoding_that_nobody_knows_is_damaged() -> None:
    part = b'<?xml version="1.0" encoding="cp037"?><x/>'
    assert await refused(changed(HARMLESS, {"xl/styles.xml": part})) == DAMAGED


# --- sheets --------------------------------------------------------------------------------


def shared_strings() -> bytes:
    """One long text in half a million cells: 16 GB, in a small file."""
    row = '<c t="s"><v>0</v></c>' * 50
    cells = "".join(f'<row r="{number}">{row}</row>' for number in range(1, 10_001))
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    noise = random.Random(9).randbytes(150_000)  # keeps the ratio below the limit
    return changed(with_sheet(cells), {SHARED: strings, "xl/media/image1.png": noise})


async def test_a_text_shared_by_every_cell_is_refused() -> None:
    code, what = await refused(shared_strings())
    assert (code, what) in {("import.too_big", "memory"), ("import.too_big", "characters")}


async def test_a_thousand_million_shared_strings_are_refused_though_only_claimed() -> None:
    claim = f'<sst xmlns="{MAIN}" uniqueCount="1000000000"><si><t>x</t></si></sst>'
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    content = changed(with_sheet(cells), {SHARED: claim})
    assert await refused(content) == ("import.too_big", "memory")


async def test_a_dimension_is_a_claim() -> None:
    content = with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>'
    )
    assert (await read_in_worker(content, "a.xlsx")).rows == (("1",),)


def far() -> bytes:
    return with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


async def test_a_cell_in_the_last_corner_is_too_big() -> None:
    assert await refused(far()) == ("import.too_big", "memory")


def repeated() -> bytes:
    return ods(
        f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("x", 16384)}'
        "</table:table-row>"
    )


async def test_repeated_rows_of_repeated_cells_are_refused() -> None:
    assert await refused(repeated(), "a.ods") == DAMAGED  # the library's own limit
    fewer = f'<table:table-row table:number-rows-repeated="20000">{ods_cell("x")}</table:table-row>'
    assert await refused(ods(fewer), "a.ods") == ("import.too_big", "rows")


async def test_a_row_before_the_first_is_damaged() -> None:
    assert await refused(with_sheet('<row r="0"><c r="A0"><v>1</v></c></row>')) == DAMAGED


# --- kinds ---------------------------------------------------------------------------------


async def test_a_file_with_macros_is_refused_under_any_name() -> None:
    assert (await refused(HARMLESS, "a.xlsm"))[0] == "import.unknown_format"
    with_code = changed(HARMLESS, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    assert await refused(with_code) == ("import.unreadable", "macros")
    with ZipFile(BytesIO(HARMLESS)) as file:
        types = file.read("[Content_Types].xml")
    macros = types.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert macros != types
    renamed = changed(HARMLESS, {"[Content_Types].xml": macros})
    assert (await refused(renamed))[0] == "import.unknown_format"


async def test_a_wrong_beginning_is_refused() -> None:
    assert (await refused(b"%PDF-1.7"))[0] == "import.unknown_format"


# --- the server meanwhile ------------------------------------------------------------------


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def peak_kb() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


async def test_the_server_does_not_grow_while_bombs_go_off() -> None:
    bombs = [
        (bomb(), "a.xlsx"), (heavy(), "a.xlsx"), (overlapping(), "a.xlsx"), (far(), "a.xlsx"),
        (shared_strings(), "a.xlsx"), (with_sheet(CELL, doctype=laughs()), "a.xlsx"),
        (repeated(), "a.ods"), (b'"' + b"\n" * MB, "a.csv"),
    ]  # fmt: skip
    forget_peak()
    before = peak_kb()
    for content, name in bombs:
        with pytest.raises(Refused):
            await read_in_worker(content, name)
    assert peak_kb() - before < MOST_GROWTH_KB
