"""Office files whose bytes depend on their content alone."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""A zip file knows no earlier day; it is the one that stands in ours."""


def undated(content: bytes) -> bytes:
    """The same parts in the same order, without the time at which they were packed."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = ZipInfo(name, EARLIEST)
            part.compress_type = ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return packed.getvalue()


def made_at_utc(moment: datetime) -> datetime:
    """The moment as office files want it: in UTC, and without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)
