"""The files that the pages load: our own, and the few that are needed of Bootstrap and htmx, out of their wheels."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Request, Response

_BOOTSTRAP = ("js_lib_bootstrap5", "static/js-lib-bootstrap5")
_HTMX = ("js_lib_htmx", "static/htmx")
_OWN = ("web.console", "static")

FILES: dict[str, tuple[str, str]] = {
    "bootstrap.min.css": (_BOOTSTRAP[0], f"{_BOOTSTRAP[1]}/css/bootstrap.min.css"),
    "bootstrap.bundle.min.js": (_BOOTSTRAP[0], f"{_BOOTSTRAP[1]}/js/bootstrap.bundle.min.js"),
    "htmx.min.js": (_HTMX[0], f"{_HTMX[1]}/htmx.min.js"),
    **{
        name: (_OWN[0], f"{_OWN[1]}/{name}")
        for name in ("console.css", "console.js", "simulator.css", "simulator.js", "icon.svg")
    },
}
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
A_YEAR = 365 * 24 * 3600


@cache
def content(name: str) -> bytes:
    """Raises KeyError for a file that is not served."""
    package, path = FILES[name]
    return files(package).joinpath(path).read_bytes()


@cache
def version(name: str) -> str:
    """Changes with the content, so that a browser keeps a file for as long as it stays the same."""
    return hashlib.sha256(content(name)).hexdigest()[:10]


def url(prefix: str, name: str) -> str:
    return f"{prefix}/static/{name}?v={version(name)}"


router = APIRouter(include_in_schema=False)


@router.get("/static/{name}")
def asset(name: str, request: Request) -> Response:
    """Mounted under /console and /simulator."""
    if name not in FILES:
        raise HTTPException(404)
    kept = f"public, max-age={A_YEAR}, immutable" if request.query_params.get("v") == version(name) else "no-cache"
    return Response(
        content(name),
        media_type=KINDS[name.rpartition(".")[2]],
        headers={"Cache-Control": kept, "X-Content-Type-Options": "nosniff"},
    )
