"""acompana telegram: the bot's webhook and menu."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.channels.base import ChannelError
from bot.cli.common import Problem, settings
from bot.cli.groups import telegram
from bot.text.language import Catalogs
from bot.text.menu import menus


@telegram.command("webhook")
def webhook(
    show: Annotated[bool, typer.Option("--show", help="Only show the webhook that is set now.")] = False,
) -> None:
    """Register the webhook at ACOMPANA_PUBLIC_URL, and set the command menu in each language.

    Without a public address, the worker polls Telegram instead.
    """
    from bot.channels.registry import open_channels
    from bot.channels.telegram.channel import TelegramChannel

    chosen = settings()
    bot = open_channels(chosen).get("telegram")
    if not isinstance(bot, TelegramChannel):
        raise Problem("ACOMPANA_TELEGRAM_TOKEN: is missing; copy the token from @BotFather")
    if not show and not chosen.public_url:
        raise Problem("ACOMPANA_PUBLIC_URL: is missing; Telegram needs an https address")

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
    typer.echo(f"Webhook: {url}" if url else "No webhook is set; the worker polls Telegram.")
