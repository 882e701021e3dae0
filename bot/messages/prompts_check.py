"""Every prompt as each channel shows it, with its choices and with somebody in it: what does not fit there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.channels.registry import CHANNELS, SPECS
from bot.flows.catalog import FLOWS
from bot.flows.engine import advance, begin
from bot.flows.form import Begin, Context, Resumed
from bot.messages.conversation_costs import AT, SPOKEN_IN, sample_context
from bot.messages.shape import shape
from bot.model import LANGUAGES, Message, Say
from bot.text.language import Catalogs
from bot.text.render import Voice, join, speak

ZONE = "America/St_Lucia"


def crowded(catalogs: Catalogs) -> list[str]:
    """Flow, question, language and channel of each prompt that is more than one message there or loses its buttons; one
    line each. Read-backs of many figures are measured with their conversation, by `bot.messages.conversation_costs`."""
    found = []
    for language in LANGUAGES:
        voice = Voice(language, SPOKEN_IN[language], ZONE)
        for about, says in _prompts(sample_context(language, voice.country, catalogs)):
            message = join([speak(say, voice, catalogs) for say in says])
            found += [f"{about}, {language}: {wrong}" for channel in CHANNELS for wrong in _faults(message, channel)]
    return found


def _prompts(context: Context) -> Iterator[tuple[str, list[Say]]]:
    for name, flow in FLOWS.items():
        opening = advance(flow, begin(flow), Begin(AT), context)
        yield name, [effect for effect in opening.effects if isinstance(effect, Say)]
        for question in flow.questions:
            if question.leads is None:
                state = replace(begin(flow), question=question.name, asked=1)
                again = advance(flow, state, Resumed(AT), context)
                yield f"{name}.{question.name}", [effect for effect in again.effects if isinstance(effect, Say)]


def _faults(message: Message, channel: str) -> Iterator[str]:
    shaped, spec = shape(message, channel), SPECS[channel]
    if shaped.segments > 1:
        what = f"SMS segments ({shaped.encoding})" if spec.counts_segments else f"messages on {channel}"
        yield f"{shaped.segments} {what}"
    if (spec.shows.buttons or spec.shows.rows) and message.buttons and not (shaped.buttons or shaped.rows):
        yield f"its choices do not fit the buttons and lists of {channel}"
