"""The figures behind a number of a report: whose they are, what they changed, and who says so."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING, RETAINED, SALES_MONTH
from bot.outcomes.increments import NEW_EXPORTER, START
from bot.outcomes.totals import Tier
from storage.report.scope import Scope
from storage.report.sums import of_tier
from storage.schema import Answer, Center, Client, IncrementRow, OutcomeRow

NUMBERS = {
    "jobs": (EMPLOYEES_FULL.name, EMPLOYEES_PART.name),
    "sales": (SALES_MONTH.name,),
    "exports": (EXPORTS_MONTH.name,),
    "financing": (FINANCING.name,),
    "retained": (RETAINED.name,),
    "starts": (START,),
    "new_exporters": (NEW_EXPORTER,),
}
"""What a number of a report is made of: indicators of the increments."""


def behind(scope: Scope, tier: Tier, number: str) -> Select[*tuple[Any, ...]]:
    """(IncrementRow, Client, Center, the figure as it stands, the id of the message it came from), the largest first; what
    changed nothing is left out. `number`: one of NUMBERS."""
    return (
        select(IncrementRow, Client, Center, OutcomeRow, Answer.inbox_id)
        .join(Client, Client.id == IncrementRow.client_id)
        .join(Center, Center.id == Client.center_id)
        .join(OutcomeRow, OutcomeRow.id == IncrementRow.outcome_id)
        .outerjoin(Answer, Answer.id == OutcomeRow.answer_id)
        .where(*of_tier(scope, tier), IncrementRow.indicator.in_(NUMBERS[number]), IncrementRow.value != Decimal(0))
        .order_by(IncrementRow.usd.desc().nulls_last(), IncrementRow.value.desc(), IncrementRow.id)
    )
