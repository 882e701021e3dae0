"""Routes whose errors are pages too."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from storage.trouble import UNAVAILABLE, named
from web.console.context import Forbidden, NeedsLogin, NotFound, Refused, login_address
from web.console.html import HEADERS, page

log = structlog.get_logger(__name__)

SAYS = {
    403: ("That was not allowed", "You are not allowed to do this."),
    404: ("Nothing here", "This page does not exist, or it belongs to another center."),
    422: ("That did not work", "Something in the address or the form could not be understood."),
    500: ("Our mistake", "Something broke on our side. It was noted; what you had saved before is safe."),
    503: (
        "One moment",
        "The database cannot be reached just now. Nothing of this was saved; please try again in a minute.",
    ),
}


class PageRoute(APIRoute):
    """Answers what goes wrong with a friendly page, and sends somebody who is not logged in to the login."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                response = await handle(request)
            except NeedsLogin:
                return to_login(request)
            except NotFound:
                return problem(404)
            except Forbidden as error:
                return problem(403, str(error))
            except Refused as error:
                return problem(422, str(error))
            except HTTPException as error:
                return problem(error.status_code)
            except RequestValidationError:
                return problem(422)
            except UNAVAILABLE as error:
                log.error("console.database_down", path=self.path, error=named(error))
                return problem(503)
            except Exception as error:
                log.error("console.broken", path=self.path, error=type(error).__name__, at=_where(error))
                return problem(500)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded


def _where(error: Exception) -> str:
    """The line that broke, without the values that it worked on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


def page_router() -> APIRouter:
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def problem(status: int, words: str = "") -> Response:
    title, usual = SAYS.get(status, SAYS[500] if status >= 500 else SAYS[422])
    return page("problem.html", status=status, title=title, words=words or usual, number=status)


def to_login(request: Request) -> Response:
    """To the login; htmx, which would put it into the middle of a page, gets a header that makes it load the login instead."""
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": "/console/login"})
    return RedirectResponse(login_address(request), 303)
