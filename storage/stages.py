"""Whether a business is an idea or running, as its sales tell: an idea that sells has begun on the day it said so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy.orm import Session

from bot.indicators import SALES_MONTH
from bot.outcomes.figures import Figure, Review
from storage.businesses import clients_of_business
from storage.schema import Client


def follow(db: Session, business_id: int, figures: Iterable[Figure], sales_told_on: Collection[date]) -> None:
    """Let the clients of a business that began as an idea have the stage and the first day that its figures tell.

    A first day that was given by an import, and is none on which sales were told (`sales_told_on`), stays.
    """
    began = min((figure.day for figure in figures if _sells(figure)), default=None)
    for client in clients_of_business(db, business_id):
        if client.stage == "idea" and began is not None:
            client.stage, client.start_on = "running", client.start_on or began
        elif _by_its_sales(client, sales_told_on) and client.start_on != began:
            client.stage, client.start_on = "running" if began or client.registered else "idea", began


def _sells(figure: Figure) -> bool:
    told = figure.indicator == SALES_MONTH.name and figure.survey is not None
    return told and figure.value > 0 and figure.review is not Review.REJECTED


def _by_its_sales(client: Client, sales_told_on: Collection[date]) -> bool:
    """Whether it is running because it told sales, and not because somebody said so."""
    return client.baseline_stage == "idea" and client.stage == "running" and client.start_on in sales_told_on
