"""What a new desk starts with: records as data, one file per template."""

from importlib.resources import files

import msgspec

from etatyopoyta.domain.records import AnyRecord

NAMES = ("nekku", "neutral")
"""The templates that there are; the first one is the default."""


def load(name: str) -> tuple[AnyRecord, ...]:
    """The records of a template, in the order of its file; LookupError with the known names."""
    if name not in NAMES:
        raise LookupError(f"no template {name!r}, there are: {', '.join(NAMES)}")
    content = files(__name__).joinpath(f"{name}.json").read_bytes()
    return msgspec.json.decode(content, type=tuple[AnyRecord, ...])
