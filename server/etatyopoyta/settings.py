"""Everything that can be set, by environment variables with the prefix ETATYOPOYTA_."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

PREFIX = "ETATYOPOYTA_"
MIN_KEY_CHARACTERS = 32
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadSettings(Exception):
    """A setting cannot be used; the message says which and why."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field is one variable: `data_dir` is ETATYOPOYTA_DATA_DIR."""

    host: Annotated[str, Meta(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="TCP port; 0 takes a free one.")] = 8000
    workers: Annotated[
        int, Meta(ge=1, le=64, description="Server processes; one core each is enough.")
    ] = 1
    data_dir: Annotated[
        str, Meta(description="Folder of the embedded store and the server key.")
    ] = "data"
    public_url: Annotated[
        str | None,
        Meta(description="Address that people open, such as https://poyta.example.fi."),
    ] = None
    redis_url: Annotated[
        str | None,
        Meta(description="External Redis or Valkey; without it an embedded one is started."),
    ] = None
    replicas: Annotated[
        int,
        Meta(
            ge=0,
            description="Replicas of an external store that must have a change before it is"
            " acknowledged.",
        ),
    ] = 0
    secret_key: Annotated[
        str | None,
        Meta(
            description="Server key of 32 or more characters, the same on all servers; needed with"
            " an external store, else made and kept in the data folder.",
        ),
    ] = None
    store_server: Annotated[
        str | None, Meta(description="Program of the embedded store; else it is looked for.")
    ] = None
    store_memory_mb: Annotated[
        int, Meta(ge=64, description="Memory limit of the embedded store, in MB.")
    ] = 1024
    disk_warn_mb: Annotated[
        int, Meta(ge=1, description="Less free disk in the data folder is logged, in MB.")
    ] = 500
    disk_read_only_mb: Annotated[
        int, Meta(ge=1, description="With less free disk nothing more is stored, in MB.")
    ] = 200
    trusted_proxy: Annotated[
        str | None,
        Meta(description="Address of the reverse proxy whose X-Forwarded headers are believed."),
    ] = None
    connection_changes_per_s: Annotated[
        int, Meta(ge=1, description="Changes a second from one open page; three times it at once.")
    ] = 20
    person_changes_per_s: Annotated[
        int, Meta(ge=1, description="Changes a second by one person, over all their pages.")
    ] = 40
    desk_changes_per_s: Annotated[int, Meta(ge=1, description="Changes a second on one desk.")] = (
        1_000
    )
    participant_sockets: Annotated[
        int, Meta(ge=1, description="Open pages of one participant on a desk.")
    ] = 3
    desk_sockets: Annotated[int, Meta(ge=1, description="Open pages on one desk.")] = 500
    address_sockets: Annotated[
        int, Meta(ge=1, description="Open pages from one network address; a hall may be one.")
    ] = 1_000
    address_sockets_per_s: Annotated[
        int, Meta(ge=1, description="Pages opened a second from one address; ten times it at once.")
    ] = 20
    statistics: Annotated[
        Literal["off", "on"],
        Meta(
            description="Whether facilitators and secretaries may have figures fetched from"
            " sotkanet.fi and pxdata.stat.fi; the server needs a way out by https then."
        ),
    ] = "off"
    accept_data_loss: Annotated[
        bool, Meta(description="Use a store that may lose acknowledged changes. For trials only.")
    ] = False

    @property
    def origin(self) -> str | None:
        """Scheme, host and port of the public address."""
        if self.public_url is None:
            return None
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_https(self) -> bool:
        """Whether people reach the server by https, so that cookies can be bound to it."""
        return self.origin is not None and self.origin.startswith("https://")

    def check(self) -> None:
        """Pass, or BadSettings with what to do about it."""
        if self.host not in LOOPBACK and not self.is_https and not self.trusted_proxy:
            raise BadSettings(
                f"listening on {self.host} without https would send sessions in the clear:"
                " set ETATYOPOYTA_PUBLIC_URL to an https address behind a reverse proxy"
                " (deploy/README.md), or listen on 127.0.0.1"
            )
        if self.is_https and not self.trusted_proxy:
            raise BadSettings(
                "behind an https address all visitors would look like one, the reverse proxy:"
                " set ETATYOPOYTA_TRUSTED_PROXY to its address, such as 127.0.0.1"
            )
        if self.redis_url and not self.secret_key:
            raise BadSettings(
                "with ETATYOPOYTA_REDIS_URL all servers need the same ETATYOPOYTA_SECRET_KEY"
            )
        if self.replicas and not self.redis_url:
            raise BadSettings("ETATYOPOYTA_REPLICAS is for a store in ETATYOPOYTA_REDIS_URL")
        if self.secret_key is not None and len(self.secret_key) < MIN_KEY_CHARACTERS:
            raise BadSettings(f"ETATYOPOYTA_SECRET_KEY is shorter than {MIN_KEY_CHARACTERS}")
        if self.public_url is not None:
            parts = urlsplit(self.public_url)
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
                raise BadSettings("ETATYOPOYTA_PUBLIC_URL is an address without a path")


def load(environ: Mapping[str, str] = os.environ, **overrides: object) -> Settings:
    """The settings of the environment, overridden by what is given; BadSettings.

    An empty variable counts as unset. One with the suffix _FILE names a file that holds the value.
    """
    values: dict[str, object] = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX) or not value:
            continue
        key = name.removeprefix(PREFIX).lower()
        if key.endswith("_file"):
            key = key.removesuffix("_file")
            value = Path(value).read_text(encoding="utf-8").strip()
        values[key] = value
    values.update({key: value for key, value in overrides.items() if value is not None})
    try:
        settings = msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSettings(str(error)) from error
    settings.check()
    return settings


def table() -> str:
    """All settings as a Markdown table, for deploy/README.md."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for field in msgspec.structs.fields(Settings):
        info = msgspec.inspect.type_info(field.type)
        assert isinstance(info, msgspec.inspect.Metadata)
        meaning = (info.extra_json_schema or {})["description"]
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `{PREFIX}{field.name.upper()}` | {default} | {meaning} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())  # noqa: T201  it is what the module prints
