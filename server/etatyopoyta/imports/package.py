"""Unpacks a zip of strangers: everything is counted while it comes out, no header is believed."""

import struct
import zlib
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports.table import need_at_most

MAX_ENTRIES = 500
MAX_UNPACKED_BYTES = 50_000_000
MAX_RATIO = 100
"""Unpacked to packed bytes of the whole file; the spreadsheets of people stay below 30."""
ZIP = b"PK\x03\x04"
LOCAL = struct.Struct("<4s22xHH")
"""Of an entry's own header: its mark, the lengths of its name and of its extra field."""
IS_ENCRYPTED = 0x1
STEP_BYTES = 64 * 1024
XML = (".xml", ".rels")


def unpack(content: bytes) -> dict[str, bytes]:
    """The XML parts and the `mimetype` of a zip, by name, after all of it was looked at.

    Raises Refused("import.too_big", what, count, limit), or Refused("import.unreadable", reason)
    with "encrypted", "macros", "nested", "overlapping", "entities" or "damaged".
    """
    try:
        with ZipFile(BytesIO(content)) as file:
            entries, end = file.infolist(), file.start_dir
    except (BadZipFile, ValueError, NotImplementedError, struct.error, UnicodeDecodeError):
        raise _damaged() from None
    need_at_most("entries", len(entries), MAX_ENTRIES)
    _check_names(entries)
    unpacking = _Unpacking(content)
    parts: dict[str, bytes] = {}
    for entry, next_start in _with_ends(entries, end):
        part = unpacking.part(entry, next_start)
        if part.startswith(ZIP):
            raise Refused("import.unreadable", reason="nested")
        if entry.filename.lower().endswith(XML):
            check_xml(part)
            parts[entry.filename] = part
        elif entry.filename == "mimetype":
            parts[entry.filename] = part
    return parts


def check_xml(part: bytes) -> None:
    """Pass, or Refused("import.unreadable", reason) for broken XML and for any DTD in it."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_dtd
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise _damaged() from None


def pack(parts: dict[str, bytes]) -> BytesIO:
    """The parts as a plain zip: a reader gets the very bytes that were looked at."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as file:
        for name, part in parts.items():
            file.writestr(ZipInfo(name), part)
    packed.seek(0)
    return packed


class _Unpacking:
    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        self._bytes = 0

    def part(self, entry: ZipInfo, next_start: int) -> bytes:
        start = self._data_start(entry)
        end = start + entry.compress_size
        if end > next_start:
            raise Refused("import.unreadable", reason="overlapping")
        packed = self._content[start:end]
        if entry.compress_type == ZIP_STORED:
            self._count(len(packed))
            part = bytes(packed)
        elif entry.compress_type == ZIP_DEFLATED:
            part = self._inflate(packed)
        else:
            raise _damaged()
        if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
            raise _damaged()
        return part

    def _data_start(self, entry: ZipInfo) -> int:
        try:
            mark, name_bytes, extra_bytes = LOCAL.unpack_from(self._content, entry.header_offset)
        except struct.error:
            raise _damaged() from None
        if mark != ZIP:
            raise _damaged()
        return entry.header_offset + LOCAL.size + int(name_bytes) + int(extra_bytes)

    def _inflate(self, packed: memoryview) -> bytes:
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        pieces = []
        rest: bytes | memoryview = packed
        try:
            while not inflating.eof:
                piece = inflating.decompress(rest, STEP_BYTES)
                rest = inflating.unconsumed_tail
                if not piece and not rest:
                    break
                self._count(len(piece))
                pieces.append(piece)
        except zlib.error:
            raise _damaged() from None
        if not inflating.eof or inflating.unused_data:
            raise _damaged()
        return b"".join(pieces)

    def _count(self, new: int) -> None:
        self._bytes += new
        need_at_most("unpacked", self._bytes, MAX_UNPACKED_BYTES)
        need_at_most("ratio", self._bytes // len(self._content), MAX_RATIO)


def _check_names(entries: list[ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise Refused("import.unreadable", reason="encrypted")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused("import.unreadable", reason="macros")
    if len(names) < len(entries):  # two readers could read two files
        raise _damaged()


def _with_ends(entries: list[ZipInfo], end: int) -> list[tuple[ZipInfo, int]]:
    """Each entry and where the next one, or the directory, begins."""
    entries = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [entry.header_offset for entry in entries]
    return list(zip(entries, [*starts[1:], end], strict=True))


def _refuse_dtd(*_: object) -> None:
    raise Refused("import.unreadable", reason="entities")


def _damaged() -> Refused:
    return Refused("import.unreadable", reason="damaged")
