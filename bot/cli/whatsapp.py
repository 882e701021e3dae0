"""acompana whatsapp templates: messages that WhatsApp must approve before they can start a conversation."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from bot.channels.base import ChannelError
from bot.cli.common import Problem, counted, settings, show_table, tell
from bot.cli.groups import whatsapp
from bot.messages.first_messages import Proactive, proactive
from bot.messages.templates import faults
from bot.model import LANGUAGES
from bot.text.language import Catalogs

if TYPE_CHECKING:
    from bot.channels.twilio.templates import TemplateState, TwilioTemplates

STATES = {"unsubmitted": "created", "received": "pending"}
"""Plainer words for some of WhatsApp's states."""


@whatsapp.command("templates")
def templates(
    create: Annotated[
        bool, typer.Option("--create", help="Create the templates that the account does not have yet.")
    ] = False,
    submit: Annotated[
        bool, typer.Option("--submit", help="Submit created templates to WhatsApp for approval.")
    ] = False,
    language: Annotated[
        list[str] | None, typer.Option(help="Only this language; repeatable.", metavar="LANGUAGE")
    ] = None,
) -> None:
    """List the templates that start a conversation, and whether WhatsApp has approved them.

    More than 24 hours after a client's last WhatsApp message, only an approved template can be sent there. A message
    without one is sent on the client's next channel. A changed text is a new template and needs its own approval.
    """
    if unknown := [code for code in language or () if code not in LANGUAGES]:
        raise Problem(f"--language {unknown[0]}: choose one of {', '.join(LANGUAGES)}")
    ours = list(proactive(Catalogs.load(), language or LANGUAGES))
    if wrong := refused(ours):
        raise Problem("\n".join(wrong))
    with closing(_opened()) as account:
        try:
            held = account.states()
            if create:
                _create(account, ours, held)
            if submit:
                _submit(account, ours, account.states() if create else held)
            if create or submit:
                held = account.states()
        except ChannelError as error:
            raise Problem(f"Twilio: {error.reason} ({error.code})") from None
    show_table(("message", "language", "state", "template"), (_row(one, held) for one in ours))


def refused(ours: list[Proactive]) -> list[str]:
    """What WhatsApp would refuse, by text and language."""
    return [
        f"{one.about}, {one.template.language}: {wrong}; fix the text or its translation"
        for one in ours
        for wrong in faults(one.template)
    ]


def _opened() -> TwilioTemplates:
    from bot.channels.twilio.templates import TwilioTemplates

    config = settings()
    if not (config.twilio_account_sid and config.twilio_auth_token):
        raise Problem("ACOMPANA_TWILIO_ACCOUNT_SID, ACOMPANA_TWILIO_AUTH_TOKEN: are missing; copy them from Twilio")
    return TwilioTemplates(
        account_sid=config.twilio_account_sid,
        auth_token=config.twilio_auth_token.get_secret_value(),
        api_url=config.twilio_api_url,
    )


def _create(account: TwilioTemplates, ours: list[Proactive], held: dict[str, TemplateState]) -> None:
    missing = [one for one in ours if one.template.name not in held]
    for one in missing:
        account.create(one.template)
    tell(f"{counted(len(missing), 'template')} created.")


def _submit(account: TwilioTemplates, ours: list[Proactive], held: dict[str, TemplateState]) -> None:
    waiting = [
        state for one in ours if (state := held.get(one.template.name)) is not None and state.status == "unsubmitted"
    ]
    for state in waiting:
        account.submit(state.name, state.sid)
    tell(f"{counted(len(waiting), 'template')} submitted; approval takes from minutes to a day.")


def _row(one: Proactive, held: dict[str, TemplateState]) -> tuple[str, str, str, str]:
    return one.about, one.template.language, state_word(held.get(one.template.name)), one.template.name


def state_word(state: TemplateState | None) -> str:
    """missing, created, pending, approved, rejected with its reason, or another state of WhatsApp's."""
    if state is None:
        return "missing"
    word = STATES.get(state.status, state.status)
    return f"{word} ({state.reason})" if state.reason else word
