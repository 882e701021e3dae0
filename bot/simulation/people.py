"""Fictional clients: they answer late, twice, wrongly or in another language, change phones, block and opt out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from bot.demo.review import review_lines
from bot.demo.wording import SPEECH
from bot.flows.followup import ATTRIBUTIONS
from bot.simulation.kernel import Kernel
from bot.simulation.ledger import BASELINE, FIGURES, UNKNOWN, Survey, invent
from bot.simulation.phones import Phone, Prompt, choice_of, digits
from bot.simulation.places import Place
from bot.simulation.traffic import Traffic
from bot.text.language import LANGUAGE_NAMES, Catalogs

SIX_DIGITS = re.compile(r"\b(\d{6})\b")
MAX_TRIES = 12
TYPO_FACTOR = 10
STOPS = frozenset(speech.stop for speech in SPEECH.values())
START = "START"
TEXTS = {
    "name": "Ana Charles",
    "business_name": "Bakery",
    "place": "Town",
    "topic": "a loan for a fridge",
    "birth_year": "1985",
}


@dataclass
class Person:
    """A fictional client. Messages are known by their outbox row, conversations by their subject."""

    number: int
    kernel: Kernel
    traffic: Traffic
    catalogs: Catalogs
    place: Place
    language: str
    phones: tuple[Phone, Phone]
    """The phone they write from, and a second one that they may link."""
    surveys: dict[str, Survey] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """A name for each conversation that does not depend on its id in the database."""
    tries: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often each question of a conversation was asked."""
    newest: dict[Phone, Prompt] = field(default_factory=dict)
    """The latest question on each phone."""
    seen: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    client: int | None = None
    """Their id in the database, once a message shows it."""
    stopped_at: datetime | None = None
    """When a STOP was accepted that no START has undone."""
    under_way: set[int] = field(default_factory=set)
    """Messages that were being sent at the time of that STOP."""
    erasing: bool = False
    """They ask to be erased and will confirm it."""
    erased: bool = False
    linking: bool = False
    """They wait for a code to send from the second phone."""
    linked: bool = False
    """The second phone is linked."""
    _wrong: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"client {self.number}"

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self, prompt: Prompt) -> None:
        """Read a message, and answer it now or later."""
        fate, again = self.kernel.fate, prompt.row in self.seen
        self.seen.add(prompt.row)
        if prompt.phone == self.phones[0] and prompt.client is not None:
            self.client = prompt.client
        if prompt.phone == self.phones[1] and prompt.client is not None and prompt.client == self.client:
            self.linked = True
        if again and not fate.happens(f"{self.name} answers the double of {prompt.row}", 0.5):
            return
        code = SIX_DIGITS.search(prompt.text)
        if self.linking and code is not None and prompt.question is None:
            self.linking = False
            self.traffic.write(self.phones[1], f"LINK {code[1]}", after=fate.seconds(f"{self.name} links", 5, 300))
            return
        if prompt.question is None:
            return
        self.newest[prompt.phone] = prompt
        self._record_question(prompt)
        occasion = f"{self.name} at {self._label(prompt)} {prompt.question} {self._count_try(prompt)}"
        if fate.happens(f"{occasion} leaves it", 0.12 if prompt.bulk else 0.015):
            return
        after = fate.seconds(f"{occasion} after", 4, 120)
        if prompt.bulk:
            after *= 40
        if fate.happens(f"{occasion} is late", 0.03):
            after = fate.days(f"{occasion} late by", 0.05, 9)
        self.kernel.later(after, f"{self.name} answers {prompt.question}", lambda: self._answer(prompt, occasion))

    def _label(self, prompt: Prompt) -> str:
        """The name of the conversation, which does not depend on its id in the database."""
        return self.labels.setdefault(prompt.about, f"{prompt.flow} {len(self.labels) + 1}")

    def _count_try(self, prompt: Prompt) -> int:
        key = (prompt.about, prompt.question or "")
        self.tries[key] = self.tries.get(key, 0) + 1
        return self.tries[key]

    def _record_question(self, prompt: Prompt) -> None:
        assert prompt.question is not None
        if prompt.flow not in ("followup", "registration"):
            return
        survey = self.surveys.get(prompt.about)
        if survey is None:
            meant = invent(self.kernel.fate, f"{self.name} {self._label(prompt)}", self.place.sales)
            if prompt.flow == "registration":
                meant = {name: value for name, value in meant.items() if name in BASELINE}
            survey = self.surveys[prompt.about] = Survey(meant)
        survey.on_prompt(prompt.question)

    # --- answering ---------------------------------------------------------------------------------------------------

    def _answer(self, prompt: Prompt, occasion: str) -> None:
        fate = self.kernel.fate
        if self.stopped_at is not None or self.erased:
            return
        newest = self.newest[prompt.phone]
        if newest.row != prompt.row:
            other = (newest.about, newest.question) != (prompt.about, prompt.question)
            if other and prompt.buttons and fate.happens(f"{occasion} taps an old button", 0.3):
                self.traffic.write(prompt.phone, "", prompt.buttons[0].id)
            return
        if self.tries[prompt.about, prompt.question or ""] > MAX_TRIES:
            self.kernel.fail(f"{self.name} cannot get past {prompt.question}: {prompt.text!r}")
            return
        if (aside := self._aside(prompt, occasion)) is not None:
            self.traffic.write(prompt.phone, aside)
            return
        text, choice = self._reply(prompt, occasion)
        survey = self.surveys.get(prompt.about)
        twice = fate.happens(f"{occasion} sends it again", 0.015)
        if survey is not None:
            survey.answered.add(prompt.question or "")
            survey.ambiguous |= choice is None and (twice or prompt.row in self.answered)
        self.answered.add(prompt.row)
        self.traffic.write(prompt.phone, text, choice)
        if twice:
            after = fate.seconds(f"{occasion} again after", 1, 30)
            self.traffic.write(prompt.phone, text, choice, after=after)

    def _aside(self, prompt: Prompt, occasion: str) -> str | None:
        """What the client writes instead of an answer; the question is then asked again."""
        fate = self.kernel.fate
        if prompt.question not in FIGURES or prompt.choices >= {"yes", "no"}:
            return None
        if fate.happens(f"{occasion} writes something else", 0.02):
            return SPEECH[self.language].chatter[-1]
        if fate.happens(f"{occasion} asks for help", 0.01):
            return "help"
        if prompt.flow == "followup" and fate.happens(f"{occasion} changes the language", 0.008):
            self.language = fate.pick(f"{occasion} language", tuple(LANGUAGE_NAMES))
            return LANGUAGE_NAMES[self.language]
        return None

    def _reply(self, prompt: Prompt, occasion: str) -> tuple[str, str | None]:
        match prompt.question:
            case "language":
                return self._choose(prompt, self.language, occasion)
            case "consent":
                refuses = self.kernel.fate.happens(f"{self.name} refuses", 0.02)
                return self._choose(prompt, "no" if refuses else "yes", occasion)
            case "survey_consent":
                refuses = self.kernel.fate.happens(f"{self.name} wants no surveys", 0.05)
                return self._choose(prompt, "no" if refuses else "yes", occasion)
            case "erase":
                self.erased = self.erasing
                return self._choose(prompt, "yes" if self.erasing else "no", occasion)
            case "sector":
                return self._choose(prompt, "food", occasion)
            case "rsvp":
                comes = self.kernel.fate.number(f"{self.name} {self._label(prompt)} comes") < 0.7
                return self._choose(prompt, "yes" if comes else "no", occasion)
            case "rating":
                return self._choose(prompt, "5", occasion)
            case "sex":
                return self._choose(prompt, "f", occasion)
            case "financing_kind":
                return self._choose(prompt, "loan", occasion)
            case "review":
                wrong = self._wrong_figure(prompt)
                self.surveys[prompt.about].reviewed = wrong is None
                return self._choose(prompt, "change" if wrong else "right", occasion)
            case "change":
                wrong = self._wrong.get(prompt.about, "sales_month")
                self.surveys[prompt.about].accepted.discard(wrong)
                return self._choose(prompt, wrong, occasion)
            case "attribution":
                return self._choose(prompt, str(self.surveys[prompt.about].truth["attribution"]), occasion)
            case question if question in FIGURES:
                return self._figure(prompt, occasion)
        return TEXTS[prompt.question or ""], None

    def _figure(self, prompt: Prompt, occasion: str) -> tuple[str, str | None]:
        assert prompt.question is not None
        meant = self.surveys[prompt.about].truth[prompt.question]
        if {"yes", "no"} <= prompt.choices:
            right = isinstance(meant, Decimal) and prompt.shows(f"{meant}")
            return self._choose(prompt, "yes" if right else "no", occasion)
        if not isinstance(meant, Decimal):
            return SPEECH[self.language].unsure[0], None
        if prompt.flow == "followup" and self.kernel.fate.happens(f"{occasion} hits a zero too many", 0.03):
            meant = self.surveys[prompt.about].typos[prompt.question] = meant * TYPO_FACTOR
        return f"{meant}", None

    def _choose(self, prompt: Prompt, choice: str, occasion: str) -> tuple[str, str | None]:
        """Tap the button, or type its number or label."""
        button = next((button for button in prompt.buttons if choice_of(button) == choice), None)
        if button is None:
            return choice, None
        if prompt.phone.channel != "sms" and self.kernel.fate.number(f"{occasion} taps") < 0.85:
            return button.label, button.id
        numbered = [one for one in prompt.buttons if not one.quiet]
        return (str(numbered.index(button) + 1) if button in numbered else button.label), None

    def _wrong_figure(self, prompt: Prompt) -> str | None:
        """The name of the first figure that the review shows wrong."""
        meant = self.surveys[prompt.about].truth
        for name, shown in review_lines(prompt.text, self.catalogs).items():
            value = meant[name]
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

    def on_accepted(self, text: str, at: datetime, under_way: set[int]) -> None:
        """The assistant accepted a message of theirs, while others were being sent to them."""
        if text in STOPS and self.stopped_at is None:
            self.stopped_at, self.under_way = at, under_way
        elif text == START:
            self.stopped_at = None
