"""Pages: templates with everything escaped, and headers that let a browser load nothing but our own files."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from console import assets, shown, words

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@cache
def templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("console", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = assets.url
    environment.filters |= {
        "moment": shown.moment,
        "day": shown.day,
        "clock": shown.clock,
        "ago": shown.ago,
        "masked": shown.masked,
        "signed": shown.signed,
        "short": shown.short,
        "flow_name": words.flow_name,
        "question_name": words.question_name,
        "wave_name": words.wave_name,
    }
    return environment


def page(template: str, *, status: int = 200, **content: Any) -> HTMLResponse:
    """`template` filled with `content`."""
    return HTMLResponse(templates().get_template(template).render(**content), status_code=status, headers=HEADERS)
