"""Made-up clients: they answer late, twice, wrongly or in another language, change phones, block us and stop us."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from bot.demo.wording import SPEECH
from bot.flows.followup import ATTRIBUTIONS, indicators
from bot.simulation.kernel import Kernel
from bot.simulation.ledger import BASELINE, FIGURES, UNKNOWN, Survey, invent
from bot.simulation.phones import Phone, Prompt, choice_of, digits
from bot.simulation.places import Place
from bot.simulation.traffic import Traffic
from bot.text.language import LANGUAGE_NAMES, Catalogs

SIX_DIGITS = re.compile(r"\b(\d{6})\b")
MOST_TRIES = 12
SLIP = 10
STOPS = frozenset(speech.stop for speech in SPEECH.values())
START = "START"
TEXTS = {"name": "Ana Charles", "business_name": "Bakery", "place": "Town", "topic": "a loan for a fridge"}


@dataclass
class Person:
    """A made-up client. Messages are kept by their number in the outbox, conversations by their subject."""

    number: int
    kernel: Kernel
    traffic: Traffic
    catalogs: Catalogs
    place: Place
    language: str
    phones: tuple[Phone, Phone]
    """The one they write from, and another one that they may link."""
    surveys: dict[str, Survey] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)
    """What each conversation is called, whatever its number in the store."""
    tries: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often a conversation has asked a question."""
    reading: dict[Phone, Prompt] = field(default_factory=dict)
    """The newest question on each phone."""
    seen: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    client: int | None = None
    """Their number in the store, once they know it."""
    stopped_at: datetime | None = None
    """When a STOP was accepted that no START has undone."""
    under_way: set[int] = field(default_factory=set)
    """Messages that were being sent at that STOP."""
    erasing: bool = False
    """They have asked to be erased and will confirm it."""
    erased: bool = False
    linking: bool = False
    """They wait for a code to write from the second phone."""
    linked: bool = False
    """The second phone is linked."""
    _wrong: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"client {self.number}"

    # --- reading -----------------------------------------------------------------------------------------------------

    def hears(self, prompt: Prompt) -> None:
        """What they make of a message, now or later."""
        fate, again = self.kernel.fate, prompt.row in self.seen
        self.seen.add(prompt.row)
        if prompt.phone == self.phones[0] and prompt.client is not None:
            self.client = prompt.client
        if prompt.phone == self.phones[1] and prompt.client is not None and prompt.client == self.client:
            self.linked = True
        if again and not fate.befalls(f"{self.name} answers the double of {prompt.row}", 0.5):
            return
        code = SIX_DIGITS.search(prompt.text)
        if self.linking and code is not None and prompt.question is None:
            self.linking = False
            self.traffic.says(self.phones[1], f"LINK {code[1]}", after=fate.seconds(f"{self.name} links", 5, 300))
            return
        if prompt.question is None:
            return
        self.reading[prompt.phone] = prompt
        self._keeps_book(prompt)
        occasion = f"{self.name} at {self._called(prompt)} {prompt.question} {self._tries(prompt)}"
        if fate.befalls(f"{occasion} leaves it", 0.12 if prompt.bulk else 0.015):
            return
        after = fate.seconds(f"{occasion} after", 4, 120)
        if prompt.bulk:
            after *= 40
        if fate.befalls(f"{occasion} is late", 0.03):
            after = fate.days(f"{occasion} late by", 0.05, 9)
        self.kernel.later(after, f"{self.name} answers {prompt.question}", lambda: self._answers(prompt, occasion))

    def _called(self, prompt: Prompt) -> str:
        """What the conversation is for this client, whatever its number in the store."""
        return self.calls.setdefault(prompt.about, f"{prompt.flow} {len(self.calls) + 1}")

    def _tries(self, prompt: Prompt) -> int:
        key = (prompt.about, prompt.question or "")
        self.tries[key] = self.tries.get(key, 0) + 1
        return self.tries[key]

    def _keeps_book(self, prompt: Prompt) -> None:
        assert prompt.question is not None
        if prompt.flow not in ("followup", "registration"):
            return
        survey = self.surveys.get(prompt.about)
        if survey is None:
            meant = invent(self.kernel.fate, f"{self.name} {self._called(prompt)}", self.place.sales)
            if prompt.flow == "registration":
                meant = {name: value for name, value in meant.items() if name in BASELINE}
            survey = self.surveys[prompt.about] = Survey(meant)
        survey.asked(prompt.question)

    # --- answering ---------------------------------------------------------------------------------------------------

    def _answers(self, prompt: Prompt, occasion: str) -> None:
        fate = self.kernel.fate
        if self.stopped_at is not None or self.erased:
            return
        newest = self.reading[prompt.phone]
        if newest.row != prompt.row:
            other = (newest.about, newest.question) != (prompt.about, prompt.question)
            if other and prompt.buttons and fate.befalls(f"{occasion} taps an old button", 0.3):
                self.traffic.says(prompt.phone, "", prompt.buttons[0].id)
            return
        if self.tries[prompt.about, prompt.question or ""] > MOST_TRIES:
            self.kernel.fail(f"{self.name} cannot get past {prompt.question}: {prompt.text!r}")
            return
        if (aside := self._aside(prompt, occasion)) is not None:
            self.traffic.says(prompt.phone, aside)
            return
        text, choice = self._reply(prompt, occasion)
        survey = self.surveys.get(prompt.about)
        twice = fate.befalls(f"{occasion} sends it again", 0.015)
        if survey is not None:
            survey.answered.add(prompt.question or "")
            survey.blurred |= choice is None and (twice or prompt.row in self.answered)
        self.answered.add(prompt.row)
        self.traffic.says(prompt.phone, text, choice)
        if twice:
            after = fate.seconds(f"{occasion} again after", 1, 30)
            self.traffic.says(prompt.phone, text, choice, after=after)

    def _aside(self, prompt: Prompt, occasion: str) -> str | None:
        """What comes instead of an answer; the question is asked again after it."""
        fate = self.kernel.fate
        if prompt.question not in FIGURES or prompt.choices >= {"yes", "no"}:
            return None
        if fate.befalls(f"{occasion} writes something else", 0.02):
            return SPEECH[self.language].chatter[-1]
        if fate.befalls(f"{occasion} asks for help", 0.01):
            return "help"
        if prompt.flow == "followup" and fate.befalls(f"{occasion} changes the language", 0.008):
            self.language = fate.pick(f"{occasion} language", tuple(LANGUAGE_NAMES))
            return LANGUAGE_NAMES[self.language]
        return None

    def _reply(self, prompt: Prompt, occasion: str) -> tuple[str, str | None]:
        match prompt.question:
            case "language":
                return self._choose(prompt, self.language, occasion)
            case "consent":
                refuses = self.kernel.fate.befalls(f"{self.name} refuses", 0.02)
                return self._choose(prompt, "no" if refuses else "yes", occasion)
            case "survey_consent":
                refuses = self.kernel.fate.befalls(f"{self.name} wants no surveys", 0.05)
                return self._choose(prompt, "no" if refuses else "yes", occasion)
            case "erase":
                self.erased = self.erasing
                return self._choose(prompt, "yes" if self.erasing else "no", occasion)
            case "sector":
                return self._choose(prompt, "food", occasion)
            case "rsvp":
                comes = self.kernel.fate.number(f"{self.name} {self._called(prompt)} comes") < 0.7
                return self._choose(prompt, "yes" if comes else "no", occasion)
            case "rating":
                return self._choose(prompt, "5", occasion)
            case "review":
                wrong = self._wrong_line(prompt)
                self.surveys[prompt.about].reviewed = wrong is None
                return self._choose(prompt, "change" if wrong else "right", occasion)
            case "change":
                wrong = self._wrong.get(prompt.about, "sales_month")
                self.surveys[prompt.about].taken.discard(wrong)
                return self._choose(prompt, wrong, occasion)
            case "attribution":
                return self._choose(prompt, str(self.surveys[prompt.about].meant["attribution"]), occasion)
            case question if question in FIGURES:
                return self._figure(prompt, occasion)
        return TEXTS[prompt.question or ""], None

    def _figure(self, prompt: Prompt, occasion: str) -> tuple[str, str | None]:
        assert prompt.question is not None
        meant = self.surveys[prompt.about].meant[prompt.question]
        if {"yes", "no"} <= prompt.choices:
            right = isinstance(meant, Decimal) and prompt.shows(f"{meant}")
            return self._choose(prompt, "yes" if right else "no", occasion)
        if not isinstance(meant, Decimal):
            return SPEECH[self.language].unsure[0], None
        if prompt.flow == "followup" and self.kernel.fate.befalls(f"{occasion} hits a zero too many", 0.03):
            meant = self.surveys[prompt.about].slips[prompt.question] = meant * SLIP
        return f"{meant}", None

    def _choose(self, prompt: Prompt, choice: str, occasion: str) -> tuple[str, str | None]:
        """Tap the button, or type its number or its words."""
        button = next((button for button in prompt.buttons if choice_of(button) == choice), None)
        if button is None:
            return choice, None
        if prompt.phone.channel != "sms" and self.kernel.fate.number(f"{occasion} taps") < 0.85:
            return button.label, button.id
        loud = [one for one in prompt.buttons if not one.quiet]
        return (str(loud.index(button) + 1) if button in loud else button.label), None

    def _wrong_line(self, prompt: Prompt) -> str | None:
        """The first figure that is shown otherwise than it was meant, by its name."""
        meant = self.surveys[prompt.about].meant
        lines = prompt.text.splitlines()[-len(indicators()) - 1 : -1]
        for name, written in zip([one.name for one in indicators()], lines, strict=False):
            value = meant[name]
            shown = written.partition(" (")[0]
            if name == "attribution":
                label = next(choice.label for choice in ATTRIBUTIONS if choice.id == value)
                right = shown.endswith(tuple(self.catalogs.spellings(label)))
            else:
                right = digits(shown) == ("" if value == UNKNOWN else str(value))
            if not right:
                self._wrong[prompt.about] = name
                return name
        return None

    # --- being taken in -------------------------------------------------------------------------------------------------

    def accepted(self, text: str, at: datetime, under_way: set[int]) -> None:
        """The assistant took a message of theirs, while others were under way to them."""
        if text in STOPS and self.stopped_at is None:
            self.stopped_at, self.under_way = at, under_way
        elif text == START:
            self.stopped_at = None
