"""A fictional client: reads the latest message of the assistant, and answers in character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from bot.countries import COUNTRIES
from bot.demo.business import Business, monthly
from bot.demo.ledger import Ledger, Meant
from bot.demo.phones import Phone, Prompt
from bot.demo.places import Place
from bot.demo.review import review_lines
from bot.demo.wording import SPEECH, Speech
from bot.flows.registration import IDEA, SECTORS
from bot.indicators import INDICATORS, Measures
from bot.model import Button, Money, ReadingKind
from bot.text.language import LANGUAGE_NAMES, Catalogs
from bot.text.render import Voice, written

FIGURES = tuple(name for name, one in INDICATORS.items() if one.measures is not Measures.STATEMENT)
MONEY = tuple(name for name, one in INDICATORS.items() if one.money)
MAX_TRIES = 5
SIX_DIGITS = re.compile(r"\b(\d{6})\b")
TYPO = 10
"""A mistyped amount is multiplied by this, a mistyped number of people is higher by this."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A client's reaction to a prompt."""

    after: timedelta
    """The delay after the prompt."""
    text: str = ""
    choice: str | None = None
    """The id of the button tapped."""
    media: str | None = None
    phone: Phone | None = None
    """The phone to reply from, if not the one that received the prompt."""


@dataclass
class Attention:
    """How a client treats one conversation."""

    answers_from: int = 0
    """The number of the first invitation or reminder that they answer."""
    invitations: int = 0
    """Invitations and reminders received."""
    paused: bool = False
    """They stopped answering; a reminder may bring them back."""
    answers: int = 0
    tries: dict[str, int] = field(default_factory=dict)
    """How often each question was asked."""
    mistyped: str | None = None
    """The question whose figure they mistype."""
    weekly: bool = False
    """They give sales per week."""


@dataclass
class Person:
    number: int
    place: Place
    language: str
    phones: list[Phone]
    name: str
    business_name: str
    sector: str
    town: str
    business: Business
    catalogs: Catalogs
    ledger: Ledger
    rng: Random
    mess: float
    """How oddly they write, from 0 to 1."""
    patience: float
    """How seldom they break off, from 0 to 1."""
    diligence: float
    """How soon they answer, from 0 to 1."""
    wants_service: bool = True
    wants_surveys: bool = True
    linking: bool = False
    """They wait for a code that links their second phone."""
    asked_rsvp_at: datetime | None = None
    """When they were last asked whether they attend a training."""
    cancels: bool = False
    """They cancel their seat at the next question about a training."""
    stuck: list[tuple[str, str]] = field(default_factory=list)
    """Questions that they could not answer, with the text of each prompt."""
    typos: int = 0
    """Figures that they mistyped."""
    corrections: int = 0
    """Figures shown wrong that they corrected."""
    attention: dict[int, Attention] = field(default_factory=dict)

    @property
    def speech(self) -> Speech:
        return SPEECH[self.language]

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def pick(self, texts: Sequence[str]) -> str:
        return self.rng.choice(texts)

    # --- reading and deciding ----------------------------------------------------------------------------------------

    def reply(self, prompt: Prompt) -> Reply | None:
        """Their reaction to a message; None if they do not react."""
        code = SIX_DIGITS.search(prompt.text)
        if self.linking and code is not None:
            self.linking = False
            return Reply(self._soon(), f"LINK {code[1]}" if self.chance(0.5) else code[1], phone=self.phones[1])
        if prompt.conversation is None or prompt.question is None:
            return self._not_a_question(prompt)
        attention = self._attention(prompt)
        if not self._will_answer(prompt, attention):
            return None
        if prompt.question == "attribution" or prompt.question in FIGURES:
            self._figures(prompt, attention)
        reply = self._answer(prompt, attention)
        first = prompt.bulk or attention.answers == 0
        attention.answers += 1
        if reply is None:
            self.stuck.append((f"{prompt.flow}.{prompt.question} ({self.language})", prompt.text))
            return None
        return replace(reply, after=self._later() if first and prompt.bulk else self._soon())

    def _not_a_question(self, prompt: Prompt) -> Reply | None:
        if any(prompt.text.startswith(f"{name}: ") for name in self.place.counselors):
            return Reply(self._soon(), self.pick(self.speech.answer_to_counselor)) if self.chance(0.7) else None
        return Reply(self._soon(), self.pick(self.speech.thanks)) if self.chance(0.02) else None

    def _attention(self, prompt: Prompt) -> Attention:
        assert prompt.conversation is not None
        attention = self.attention.get(prompt.conversation)
        if attention is None:
            sure = 0.55 + 0.4 * self.diligence
            waits = self.rng.choices((0, 2, 3, 99), (sure, 0.12, 0.06, 1 - sure))[0] if prompt.bulk else 0
            attention = self.attention[prompt.conversation] = Attention(waits)
        return attention

    def _will_answer(self, prompt: Prompt, attention: Attention) -> bool:
        if prompt.bulk:
            attention.invitations += 1
            if attention.paused and self.chance(0.55):
                attention.paused = False
        if attention.paused or attention.invitations < attention.answers_from:
            return False
        if attention.answers and self.chance(0.03 * (1.5 - self.patience)):
            attention.paused = True
            return False
        return True

    def _soon(self) -> timedelta:
        return timedelta(seconds=round(min(8 + self.rng.expovariate(1 / 40), 900)))

    def _later(self) -> timedelta:
        return timedelta(minutes=round(3 + self.rng.expovariate(1 / (30 + 300 * (1 - self.diligence)))))

    # --- answering ---------------------------------------------------------------------------------------------------

    def _answer(self, prompt: Prompt, attention: Attention) -> Reply | None:
        assert prompt.question is not None
        tried = attention.tries.get(prompt.question, 0)
        attention.tries[prompt.question] = tried + 1
        if tried > 2 * MAX_TRIES:
            return None
        if tried == 0 and attention.answers and (aside := self._aside(prompt)) is not None:
            return aside
        match prompt.question:
            case "language":
                return self._choose(prompt, self.language)
            case "consent":
                return self._yes_or_no(prompt, self.wants_service)
            case "survey_consent":
                return self._yes_or_no(prompt, self.wants_surveys)
            case "erase":
                return self._yes_or_no(prompt, True)
            case "name":
                return self._write(self.name)
            case "business_name":
                return self._write(self.business_name)
            case "place":
                return self._write(self.town)
            case "topic":
                return self._write(self.pick(self.speech.topics))
            case "sector":
                return self._choose(prompt, self.sector)
            case "rsvp":
                return self._rsvp(prompt)
            case "rating":
                return self._choose(prompt, self.rng.choices("54321", (45, 35, 12, 5, 3))[0])
            case "review":
                return self._review(prompt)
            case "change":
                return self._choose(prompt, attention.mistyped or "sales_month")
            case question if question in FIGURES:
                return self._figure(prompt, attention, tried)
            case "sex":
                return self._choose(prompt, "f" if self.number % 5 < 3 else "m")
            case "birth_year":
                return self._write(str(1957 + self.number * 7 % 46))
            case "financing_kind":
                return self._choose(prompt, "loan" if self.number % 3 else "grant")
            case "attribution":
                self.ledger.continue_in(prompt.conversation or 0)
                meant = self.ledger.of(prompt.conversation or 0)["attribution"]
                return self._choose(prompt, str(meant.choice))
        return None

    def _aside(self, prompt: Prompt) -> Reply | None:
        """What they sometimes write instead of an answer; the question is then asked again."""
        if not self.chance(0.02 + 0.08 * self.mess):
            return None
        if self.chance(0.2) and prompt.question in FIGURES:
            return Reply(timedelta(), media="voice")
        if self.chance(0.1) and prompt.flow == "followup":
            others = [language for language in self.place.languages if language != self.language]
            if others and prompt.question in FIGURES:
                self.language = self.pick(others)
                return self._write(LANGUAGE_NAMES[self.language])
        if prompt.question in FIGURES:
            return self._write(self.pick(self.speech.chatter))
        return self._write(self.speech.back) if prompt.flow == "followup" else None

    def _write(self, text: str) -> Reply:
        return Reply(timedelta(), text)

    def _choose(self, prompt: Prompt, choice: str) -> Reply | None:
        """Tap the button, or type its number or label."""
        numbered = [button for button in prompt.buttons if not button.quiet]
        button = next((button for button in prompt.buttons if _id(button) == choice), None)
        if button is None:
            return None
        if prompt.phone.channel != "sms" and self.chance(0.85):
            return Reply(timedelta(), button.label, button.id)
        if button in numbered and self.chance(0.7):
            return self._write(str(numbered.index(button) + 1))
        return self._write(button.label)

    def _yes_or_no(self, prompt: Prompt, yes: bool) -> Reply | None:
        if self.chance(0.5):
            return self._choose(prompt, "yes" if yes else "no")
        return self._write(self.pick(self.speech.yes if yes else self.speech.no))

    def _rsvp(self, prompt: Prompt) -> Reply | None:
        recently = self.asked_rsvp_at is not None and prompt.at - self.asked_rsvp_at < timedelta(days=21)
        self.asked_rsvp_at = prompt.at
        if self.cancels:
            self.cancels = False
            return self._choose(prompt, "no")
        return self._choose(prompt, "yes" if self.chance(0.93 if recently else 0.66) else "no")

    # --- figures -----------------------------------------------------------------------------------------------------

    def _figures(self, prompt: Prompt, attention: Attention) -> None:
        """Decide once per conversation on the true figures, and on whether one is mistyped or given per week."""
        assert prompt.conversation is not None
        if prompt.conversation in self.ledger.meant:
            return
        meant = self.business.figures(prompt.at, self.rng)
        sales = meant["sales_month"].value
        if sales and self.chance(0.25 * self.mess):
            attention.weekly = True
            meant["sales_month"] = Meant.figure(monthly(self.business.weekly(sales)))
        if prompt.flow == "followup" and self.chance(0.12):
            candidates = [name for name in ("sales_month", "employees_full") if meant[name].value]
            attention.mistyped = self.pick(candidates) if candidates else None
            self.typos += bool(candidates)
        self.ledger.meant[prompt.conversation] = meant

    def _figure(self, prompt: Prompt, attention: Attention, tried: int) -> Reply | None:
        assert prompt.question is not None
        assert prompt.conversation is not None
        meant = self.ledger.of(prompt.conversation)[prompt.question]
        if {"yes", "no"} <= {_id(button) for button in prompt.buttons}:
            return self._read_back(prompt, meant)
        if prompt.flow == "registration" and prompt.question == "sales_month" and not self.business.is_open(prompt.at):
            word = self.catalogs.translate(IDEA.word, self.language)
            return self._write(word) if prompt.phone.channel == "sms" else self._choose(prompt, IDEA.id)
        if meant.outcome is ReadingKind.UNKNOWN:
            return self._write(self.pick(self.speech.unsure))
        if meant.outcome is ReadingKind.REFUSED:
            return self._write(self.pick(self.speech.refuse))
        value = meant.value
        assert value is not None
        if tried:
            return self._write(f"{value:f}")
        if attention.mistyped == prompt.question:
            return self._write(f"{value * TYPO:f}" if prompt.question == "sales_month" else f"{value + TYPO:f}")
        if prompt.question in MONEY:
            return self._write(self._amount(value, attention.weekly and prompt.question == "sales_month"))
        return self._write(self._people(prompt, value))

    def _amount(self, value: Decimal, weekly: bool) -> str:
        speech = self.speech
        if not value:
            return self.pick(("0", "0", speech.numbers[0]))
        if weekly:
            return speech.weekly.format(n=f"{self.business.weekly(value):f}")
        plain, grouped = f"{value:f}", self.format_figure(value)
        if not self.chance(self.mess):
            return self.pick((plain, plain, grouped))
        forms = [
            self.format_figure(value, money=True),
            self.pick(speech.about).format(n=plain),
            speech.money_word.format(n=plain),
        ]
        forms.append(speech.between.format(n=plain, m=f"{value + self.place.step * 4:f}"))
        forms.append(plain.replace("0", "O") if plain.count("0") > 2 else grouped)
        if value >= 2000 and not value % 1000:
            forms.append(speech.thousands.format(n=value // 1000))
        return self.pick(forms)

    def _people(self, prompt: Prompt, value: Decimal) -> str:
        if prompt.question == "employees_full" and self.chance(0.3 * self.mess):
            part = self.ledger.of(prompt.conversation or 0)["employees_part"].value
            return self.speech.both.format(f=value, p=part)
        if value < len(self.speech.numbers) and self.chance(0.4 * self.mess):
            return self.speech.numbers[int(value)]
        return f"{value:f}"

    def _read_back(self, prompt: Prompt, meant: Meant) -> Reply | None:
        """Confirm only the figure that was meant."""
        if meant.value is not None and self._shows(prompt.text, meant.value, prompt.question in MONEY):
            return self._yes_or_no(prompt, True)
        self.corrections += 1
        return self._choose(prompt, "no")

    def _review(self, prompt: Prompt) -> Reply | None:
        """Compare every line with what was meant, and ask to change the first wrong one."""
        attention = self._attention(prompt)
        self.ledger.continue_in(prompt.conversation or 0)
        for name, line in review_lines(prompt.text, self.catalogs).items():
            meant = self.ledger.of(prompt.conversation or 0)[name]
            if name != "attribution" and meant.value is not None and not self._shows(line, meant.value, name in MONEY):
                attention.mistyped = name
                attention.tries[name] = max(attention.tries.get(name, 0), 1)
                self.corrections += 1
                return self._choose(prompt, "change")
        if self.chance(0.4):
            return self._choose(prompt, "right")
        return self._write(self.pick(self.speech.yes))

    def format_figure(self, value: Decimal, *, money: bool = False) -> str:
        """The figure in the notation of the place."""
        voice = Voice(self.language, self.place.country, "UTC")
        return written(Money(value, self.currency) if money else value, voice, self.catalogs)

    @property
    def currency(self) -> str:
        return COUNTRIES[self.place.country].currency

    def _shows(self, text: str, value: Decimal, money: bool) -> bool:
        figure = re.escape(self.format_figure(value, money=money))
        return re.search(rf"(?<![\d.,]){figure}(?![\d]|[.,]\d)", text) is not None


def _id(button: Button) -> str:
    return button.id.partition("~")[0]


SECTOR_IDS = tuple(choice.id for choice in SECTORS)
