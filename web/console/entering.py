"""Entering figures that a client told by phone, in a visit or on paper: all questions of the follow-up on one page.

The replies are read by the reader of the chat. The page shows what each was read as, and keeps them when it is sent once
more with nothing changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request, Response

from bot.flows.sheet import Line, Sheet
from bot.service import keyed_figures, results
from bot.text.language import LANGUAGE_NAMES
from bot.text.render import Voice, speak
from storage.schema import Center, Client, Followup
from web.console import labels
from web.console.context import Console, NotFound, StaffRequest
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.forms import NOTHING_TYPED, EnterForm, Typed, check, is_id, sentence
from web.console.routing import page_router

HOW = {"phone": "By phone", "visit": "In a visit", "paper": "On paper, kept on file"}
ONLY_WHERE = {
    "financing_kind": "Only where money came in.",
    "retained": "Only where the center helped, and no more people work there than last time.",
}
"""Questions that follow from other replies: when they are asked."""
OWN = ""
"""The survey of a talk that belongs to no follow-up."""

router = page_router()


@dataclass(frozen=True, slots=True)
class Shown:
    """One question on the page, in the language of the talk."""

    name: str
    #: What it is about, in English.
    about: str
    ask: str
    #: What can be picked.
    choices: tuple[str, ...]
    typed: str
    #: What the reply was read as; "" where it was left out or is not clear.
    read_as: str
    read_back: str
    agreement: str
    agreed: bool
    problem: str
    #: When it is asked, where that depends on other replies.
    only_where: str
    #: Whether these replies make it pointless.
    pointless: bool


@router.get("/console/clients/{code}/enter")
def enter_page(code: str, request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    how = request.query_params.get("how", "")
    return show(console, staff_request, code, how if how in HOW else "phone", request.query_params.get("survey"))


@router.post("/console/clients/{code}/enter")
def enter(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(EnterForm, form.fields)
    given = checked.model
    if given is None:
        return show(console, staff_request, code, "phone", form.fields.get("survey"), typed=checked.typed)
    if given.survey and not is_id(given.survey):
        raise NotFound
    wiring, now = console.assistant.wiring, staff_request.now
    with console.database.write() as db:
        client, _center = staff_request.client(db, code, lock=True)
        sheet = keyed_figures.sheet_of(wiring, db, client, given.replies, given.agreed, how=given.how, now=now)
        followup, wave = (int(given.survey), None) if given.survey else (None, keyed_figures.ASKED)
        done: object = keyed_figures.survey_for(db, client, how=given.how, followup=followup, wave=wave, now=now)
        if not isinstance(done, results.Refused) and sheet.complete and sheet.as_read == given.seen:
            done = keyed_figures.enter_figures(
                wiring,
                db,
                client,
                given.replies,
                given.agreed,
                how=given.how,
                staff=staff_request.staff,
                followup=followup,
                wave=wave,
                by=staff_request.actor,
                now=now,
            )
    if isinstance(done, results.Done):
        wave = labels.wave_name(done.result.followup.wave)
        told = [f"The figures are kept as the follow-up {wave}."]
        if done.result.asked:
            told.append("The client is asked in the chat whether the center helped.")
        elif done.result.not_asked:
            told.append(f"The client is not asked whether the center helped: {done.result.not_asked}.")
        return console.back(f"/console/clients/{client.code}", " ".join(told))
    problem = sentence(done.reason) if isinstance(done, results.Refused) else ""
    if sheet.empty:
        problem = "Type at least one reply."
    return show(console, staff_request, code, given.how, given.survey, given.replies, given.agreed, problem=problem)


def show(
    console: Console,
    staff_request: StaffRequest,
    code: str,
    how: str,
    survey: str | None,
    replies: Mapping[str, str] | None = None,
    agreed: Mapping[str, str] | None = None,
    *,
    problem: str = "",
    typed: Typed = NOTHING_TYPED,
) -> Response:
    """The page; the status is 422 where a reply is not clear. `survey` None: the one that the talk most likely is about."""
    wiring, now = console.assistant.wiring, staff_request.now
    with console.database.read() as db:
        client, center = staff_request.client(db, code)
        refused = keyed_figures.survey_for(db, client, how=how, now=now)
        if isinstance(refused, results.Refused):
            return console.back(
                f"/console/clients/{client.code}", f"No figures can be entered: {refused.reason}.", tone="warning"
            )
        surveys = keyed_figures.open_followups(db, client, now)
        sheet = keyed_figures.sheet_of(wiring, db, client, replies or {}, agreed or {}, how=how, now=now)
    if survey is None:
        survey = str(surveys[0].id) if surveys else OWN
    unclear = any(line.open for line in sheet.lines)
    return console.show(
        staff_request,
        "enter.html",
        status=422 if problem or unclear or typed.errors else 200,
        active="clients",
        client=client,
        center=center,
        language=LANGUAGE_NAMES.get(client.language, client.language),
        questions=_questions(sheet, console, client, center),
        hows=HOW,
        how=how,
        surveys=[(str(one.id), _survey_name(one)) for one in surveys],
        survey=survey,
        checked=replies is not None and not sheet.empty,
        complete=sheet.complete,
        unclear=sum(line.open for line in sheet.lines),
        seen=_seen(sheet),
        problem=problem or next(iter(typed.errors.values()), ""),
    )


def _seen(sheet: Sheet) -> str:
    """What the page carries so that it is kept when it is sent again; nothing while there is something to agree to."""
    return sheet.as_read if not any(line.problem for line in sheet.lines) else ""


def _questions(sheet: Sheet, console: Console, client: Client, center: Center) -> list[Shown]:
    """All of the follow-up, those that follow from others included, so that one page is enough."""
    shown = {line.question.name: _shown(line, console, client, center) for line in sheet.lines}
    shown |= {line.question.name: _shown(line, console, client, center, pointless=True) for line in sheet.pointless}
    return [shown[question.name] for question in keyed_figures.FLOW.questions if question.name in shown]


def _shown(line: Line, console: Console, client: Client, center: Center, *, pointless: bool = False) -> Shown:
    voice = Voice(client.language, center.country, center.zone)
    catalogs = console.assistant.wiring.catalogs
    ask = speak(line.ask, voice, catalogs)
    reading, name = line.reading, line.question.name
    known = reading is not None and reading.hint != "skipped"
    return Shown(
        name,
        labels.question_name(name),
        ask.text,
        tuple(button.label for button in ask.buttons if not button.quiet),
        line.typed,
        labels.reading_in_words(reading, keyed_figures.FLOW.name, name, center)
        if reading is not None and known and reading.value is not None
        else labels.NOT_GIVEN.get(reading.outcome.value, "")
        if reading is not None and known
        else "",
        speak(line.read_back, voice, catalogs).text if line.read_back else "",
        line.agreement,
        line.agreed,
        speak(line.problem, voice, catalogs).text if line.problem else "",
        ONLY_WHERE.get(name, ""),
        pointless,
    )


def _survey_name(followup: Followup) -> str:
    day = f"{followup.due_on.day} {followup.due_on:%b %Y}"
    return f"{labels.wave_name(followup.wave).capitalize()}, due {day}, {followup.status}"
