"""placeholder"""

from litestar import Response, get


@get("/api/desks/{desk:str}/export/{format_name:str}")
async def export_desk(desk: str, format_name: str) -> Response[bytes]:
    """x"""
    return Response(b"", status_code=404)
