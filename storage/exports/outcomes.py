"""Outcomes: a line per client and indicator, from the baseline to the latest figure, each with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from storage.exports.table import Cell, Export, Wanted
from storage.outcomes import Figure, Line, count_clients, lines

FIGURE = (
    "value",
    "currency",
    "date",
    "month",
    "message",
    "provider_message",
    "usd",
    "usd_rate",
    "usd_rate_day",
    "approximate",
    "partial",
)
PERSONAL = ("name", "business_name", "corrections")
COLUMNS = (
    "client",
    "center",
    "country",
    "name",
    "business_name",
    "indicator",
    *(f"baseline_{name}" for name in FIGURE),
    "latest_wave",
    *(f"latest_{name}" for name in FIGURE),
    "change",
    "change_currency",
    "change_usd",
    "attribution",
    "attribution_at",
    "attribution_message",
    "attribution_provider_message",
    "note",
    "corrections",
)


def _rows(db: Session, wanted: Wanted) -> Iterator[list[Mapping[str, Cell]]]:
    for of_client in lines(db, wanted.period, wanted.of_centers()):
        yield [_row(line) for line in of_client]


def _row(line: Line) -> Mapping[str, Cell]:
    subject, latest, said = line.subject, line.latest, line.attribution
    changed = line.change is not None and latest is not None
    return {
        "client": subject.code,
        "center": subject.center,
        "country": subject.country,
        "name": subject.name,
        "business_name": subject.business_name,
        "indicator": line.indicator,
        **_figure("baseline", line.baseline),
        "latest_wave": latest.wave if latest else None,
        **_figure("latest", latest),
        "change": line.change,
        "change_currency": latest.currency if changed and latest else None,
        "change_usd": line.change_usd,
        "attribution": said.value if said else None,
        "attribution_at": said.at if said else None,
        "attribution_message": _joined(said.inbox_ids) if said else None,
        "attribution_provider_message": _joined(said.provider_ids) if said else None,
        "note": "; ".join(line.notes),
        "corrections": "; ".join(_correction(figure) for figure in (line.baseline, latest) if _corrected(figure)),
    }


def _figure(which: str, figure: Figure | None) -> dict[str, Cell]:
    if figure is None:
        return {}
    cells: tuple[Cell, ...] = (
        figure.value,
        figure.currency,
        figure.day,
        figure.month,
        _joined(figure.inbox_ids),
        _joined(figure.provider_ids),
        figure.usd,
        figure.per_usd,
        figure.rate_day,
        figure.approximate,
        figure.partial,
    )
    return {f"{which}_{name}": cell for name, cell in zip(FIGURE, cells, strict=True)}


def _joined(ids: tuple[int | str, ...]) -> Cell:
    """One id as it is; several, of a derived figure, with a space between."""
    return ids[0] if len(ids) == 1 else " ".join(map(str, ids)) or None


def _corrected(figure: Figure | None) -> bool:
    return figure is not None and figure.corrected_at is not None


def _correction(figure: Figure | None) -> str:
    return f"{figure.corrected_by or 'unknown'}: {figure.corrected_why or 'no reason given'}" if figure else ""


OUTCOMES = Export(
    name="outcomes",
    columns=COLUMNS,
    personal=frozenset(PERSONAL),
    count=lambda db, wanted: count_clients(db, wanted.of_centers()),
    rows=_rows,
)
