"""acompana migrate, doctor, texts and telegram: what keeps the program in order."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated

import typer
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from bot.channels.base import ChannelError
from bot.cli.checks import MARKS, button_labels, examine
from bot.cli.commands import CARE, RUNNING, app, telegram, texts
from bot.cli.edge import Problem, counted, settings, tell
from bot.cli.whatsapp import refused
from bot.messages.catalogs import problems, update
from bot.messages.conversation_costs import costs, markdown, per_prompt
from bot.messages.first_messages import proactive
from bot.messages.prices import PricesError
from bot.messages.prices import load as load_prices
from bot.messages.prompts_check import crowded
from bot.text.language import Catalogs
from bot.text.menu import menus
from storage.health import StoreProblem, explain, file_of, shown
from storage.migrate import latest, upgrade


@app.command("migrate", rich_help_panel=RUNNING)
def migrate() -> None:
    """Create the store, or bring it up to this program. Nothing that is in it is lost."""
    url = settings().database_url
    file = file_of(url)
    if file and not file.resolve().parent.is_dir():
        raise Problem(
            f"there is no folder {file.resolve().parent} for the store; make it, or mend ACOMPANA_DATABASE_URL"
        )
    try:
        upgrade(url)
    except DBAPIError as error:
        raise StoreProblem(explain(error, url)) from error
    except CommandError:
        raise StoreProblem(f"the store {shown(url)} is newer than this program; upgrade the program") from None
    typer.echo(f"The store {shown(url)} is ready ({latest()}).")


@app.command("doctor", rich_help_panel=CARE)
def doctor(
    online: Annotated[bool, typer.Option("--online", help="Ask the providers too (nothing is sent).")] = False,
) -> None:
    """Check configuration, store, texts and providers, and say what to mend."""
    bad = False
    for finding in examine(online=online):
        bad = bad or finding.ok is False
        typer.secho(f"{MARKS[finding.ok]} {finding.about}: {finding.says}", fg="red" if finding.ok is False else None)
    if bad:
        raise typer.Exit(1)


class Report(StrEnum):
    lines = "lines"
    markdown = "markdown"


@texts.command("check")
def check_texts(
    form: Annotated[
        Report, typer.Option("--format", help="markdown adds what each conversation costs in each language.")
    ] = Report.lines,
) -> None:
    """Name every text that is missing, wrong or too long in any language, every prompt that does not fit a channel with
    its choices, and what WhatsApp would refuse."""
    catalogs = Catalogs.load()
    found = [*problems(button_labels()), *crowded(catalogs), *refused(list(proactive(catalogs)))]
    if form is Report.markdown:
        typer.echo(report(), nl=False)
    for line in found:
        typer.echo(line)
    tell(f"{counted(len(found), 'problem')}." if found else "Every text is there in every language.")
    if found:
        raise typer.Exit(1)


def report() -> str:
    """What conversations cost, as it stands in docs/cost.md. Raises Problem when the prices cannot be read."""
    held, longest = costs(Catalogs.load()), costs(Catalogs.load(), all_changed=True)
    try:
        prices = load_prices()
    except PricesError as error:
        raise Problem(str(error)) from None
    return (
        f"## A completed follow-up by SMS\n\n{per_prompt(held, longest)}\n"
        f"## Every conversation: segments / messages\n\n{markdown(held, prices)}\n"
        f"Prices of {prices.as_of} ({prices.source}).\n"
    )


@texts.command("update")
def update_texts() -> None:
    """Bring the catalogs up to the texts in the code; translations stay."""
    changed = update()
    for path in changed:
        typer.echo(path)
    tell(f"{counted(len(changed), 'catalog')} changed.")


@telegram.command("webhook")
def webhook(
    show: Annotated[bool, typer.Option("--show", help="Only say which address Telegram calls now.")] = False,
) -> None:
    """Have Telegram bring its messages to ACOMPANA_PUBLIC_URL, and show the menu of commands in each language.

    Without a public address the worker fetches the messages.
    """
    from bot.channels.registry import open_channels
    from bot.channels.telegram.channel import TelegramChannel

    chosen = settings()
    bot = open_channels(chosen).get("telegram")
    if not isinstance(bot, TelegramChannel):
        raise Problem("ACOMPANA_TELEGRAM_TOKEN: is missing; copy the bot's token from @BotFather")
    if not show and not chosen.public_url:
        raise Problem("ACOMPANA_PUBLIC_URL: is missing; Telegram needs an https address to call")

    async def talk() -> str:
        try:
            if show:
                return await bot.webhook()
            url = await bot.register_webhook(str(chosen.public_url))
            await bot.set_menu(menus(Catalogs.load()))
            return url
        finally:
            await bot.close()

    try:
        url = asyncio.run(talk())
    except ChannelError as error:
        raise Problem(f"Telegram: {error.reason} ({error.code})") from None
    typer.echo(f"Telegram calls {url}" if url else "Telegram calls nobody; the worker fetches the messages.")
