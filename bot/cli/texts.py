"""acompana texts: the assistant's texts and their translations."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.common import Problem, counted, tell
from bot.cli.groups import texts
from bot.cli.whatsapp import refused
from bot.flows.catalog import FLOWS
from bot.messages.catalogs import problems, update
from bot.messages.conversation_costs import costs, markdown, per_prompt
from bot.messages.first_messages import proactive
from bot.messages.prices import PricesError
from bot.messages.prices import load as load_prices
from bot.messages.prompts_check import crowded
from bot.text.language import Catalogs


class Report(StrEnum):
    lines = "lines"
    markdown = "markdown"


@texts.command("check")
def check_texts(
    form: Annotated[
        Report, typer.Option("--format", help="markdown adds the cost of each conversation in each language.")
    ] = Report.lines,
) -> None:
    """List every text that is missing, wrong or too long in any language, every prompt that does not fit a channel with
    its choices, and every template that WhatsApp would refuse."""
    catalogs = Catalogs.load()
    faults = [*problems(button_labels()), *crowded(catalogs), *refused(list(proactive(catalogs)))]
    if form is Report.markdown:
        typer.echo(report(), nl=False)
    for line in faults:
        typer.echo(line)
    tell(f"{counted(len(faults), 'problem')}." if faults else "All texts are complete in every language.")
    if faults:
        raise typer.Exit(1)


def report() -> str:
    """The cost of conversations, as in docs/cost.md. Raises Problem if the prices cannot be read."""
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
    """Update the catalogs from the texts in the code. Translations are kept."""
    changed = update()
    for path in changed:
        typer.echo(path)
    tell(f"{counted(len(changed), 'catalog')} changed.")


def button_labels() -> frozenset[str]:
    """Texts on buttons, which must be short."""
    return frozenset(_labels())


def _labels() -> Iterator[str]:
    for flow in FLOWS.values():
        for question in flow.questions:
            yield from (choice.label for choice in question.choices if not choice.literal)
