"""Every built-in flow by its name. A flow added here can be begun, resumed and closed like the others."""

from __future__ import annotations

from bot.flows.confirmation import CONFIRMATION
from bot.flows.counseling import COUNSELING
from bot.flows.followup import FOLLOWUP
from bot.flows.form import Flow
from bot.flows.personal import PERSONAL
from bot.flows.preferences import ERASURE, LANGUAGE
from bot.flows.query import QUERY
from bot.flows.registration import REGISTRATION
from bot.flows.shared_phone import ANOTHER, SAME_BUSINESS
from bot.flows.training import FEEDBACK, INVITATION, PROMOTION, REMINDER

FLOWS: dict[str, Flow] = {
    flow.name: flow
    for flow in (
        REGISTRATION,
        FOLLOWUP,
        INVITATION,
        REMINDER,
        PROMOTION,
        FEEDBACK,
        COUNSELING,
        PERSONAL,
        CONFIRMATION,
        QUERY,
        LANGUAGE,
        ERASURE,
        ANOTHER,
        SAME_BUSINESS,
    )
}
