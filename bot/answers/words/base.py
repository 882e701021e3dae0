"""The form of a language's word list. A new language is a file that fills this form, and a line in `words/__init__`.

All words are written folded (`bot.answers.fold`): lower case and without accents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """What one language calls things.

    `commands`: command name → whole messages. `names`: what the language is called, in any language.
    `polite`: words that may stand around a command or a yes without changing it.
    `ordinals`: how the choice of a number is said aloud.
    """

    code: str
    names: tuple[str, ...]
    commands: Mapping[str, tuple[str, ...]]
    polite: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    ordinals: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
