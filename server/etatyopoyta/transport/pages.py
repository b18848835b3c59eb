"""The browser app: one page for all its addresses, and its hashed assets for a year."""

from pathlib import Path

from litestar import Response, Router, get
from litestar.datastructures import CacheControlHeader
from litestar.exceptions import NotFoundException
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from etatyopoyta.transport.links import PATHS

STATIC = Path(__file__).parent.parent / "static"
YEAR_S = 31_536_000
DOORS = ["/liity", *(f"/{path}" for path in PATHS.values())]
APP_PATHS = ["/", *DOORS, "/poyta/{desk:str}"]
APP_PATHS_WITH_VIEW = ["/poyta/{desk:str}/{view:str}"]


@get([*APP_PATHS, *APP_PATHS_WITH_VIEW], include_in_schema=False, sync_to_thread=False)
def app_page() -> Response[bytes]:
    """The app's page. What it shows is up to the address."""
    page = STATIC / "index.html"
    if not page.exists():
        raise NotFoundException("the browser app is not built: make web")
    return Response(
        page.read_bytes(), media_type="text/html", headers={"cache-control": "no-cache"}
    )


def static_routes() -> list[ControllerRouterHandler]:
    """The app's files, as far as they are built."""
    routes: list[ControllerRouterHandler] = [app_page]
    if (STATIC / "assets").exists():
        routes.append(_immutable("/assets"))
    routes += [_file(path) for path in sorted(STATIC.glob("*.*")) if path.name != "index.html"]
    return routes


def build_id() -> str:
    """Changes with every build of the app: a page that is older offers to reload."""
    page = STATIC / "index.html"
    return f"{page.stat().st_mtime_ns:x}" if page.exists() else "none"


def _immutable(path: str) -> Router:
    return create_static_files_router(
        path=path,
        directories=[STATIC / path.strip("/")],
        include_in_schema=False,
        cache_control=CacheControlHeader(max_age=YEAR_S, immutable=True),
    )


def _file(path: Path) -> ControllerRouterHandler:
    kinds = {
        ".svg": "image/svg+xml",
        ".webmanifest": "application/manifest+json",
        ".txt": "text/plain",
    }

    body = path.read_bytes()

    @get(f"/{path.name}", include_in_schema=False, sync_to_thread=False, name=path.name)
    def file() -> Response[bytes]:
        return Response(
            body,
            media_type=kinds.get(path.suffix, "application/octet-stream"),
            headers={"cache-control": "no-cache"},
        )

    return file
