"""Pages: templates with everything escaped, and headers that let a browser load nothing but our own files."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from web.console import assets, filters, labels

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
        loader=PackageLoader("web.console", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = assets.url
    environment.filters |= {
        "moment": filters.moment,
        "day": filters.day,
        "clock": filters.clock,
        "ago": filters.ago,
        "masked": filters.masked,
        "signed": filters.signed,
        "amount": filters.amount,
        "group": filters.group,
        "short": filters.short,
        "flow_name": labels.flow_name,
        "question_name": labels.question_name,
        "wave_name": labels.wave_name,
    }
    return environment


def page(template: str, *, status: int = 200, **content: Any) -> HTMLResponse:
    """`template` filled with `content`."""
    return HTMLResponse(templates().get_template(template).render(**content), status_code=status, headers=HEADERS)
