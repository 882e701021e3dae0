"""acompana outcome enter: figures that a client told by phone, in a visit or on paper, question by question."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.app import App
from bot.cli.common import Problem, actor, now, one_of, opened_app
from bot.cli.groups import outcome
from bot.flows.engine import YES, plain_yes_or_no
from bot.flows.sheet import Line, Sheet
from bot.model import Say
from bot.service import keyed_figures
from bot.service.results import Refused
from bot.text.render import Voice, speak
from storage import registers
from storage.centers import get_center


@outcome.command("enter")
def enter(
    client: Annotated[str, typer.Argument(help="Client code or name.")],
    how: Annotated[str, typer.Option(help=f"How the client told them: {', '.join(keyed_figures.HOW)}.")],
    wave: Annotated[
        str | None,
        typer.Option(help="3m, 6m, 12m …, or asked for a talk of its own. Default: the survey that is open."),
    ] = None,
    followup: Annotated[int | None, typer.Option(help="The number of the follow-up, instead of its wave.")] = None,
    by: Annotated[
        str | None, typer.Option(help="Who had the talk: e-mail address or name of the staff member.", metavar="EMAIL")
    ] = None,
) -> None:
    """Enter figures that a client told by phone, in a visit or on paper.

    Asks the questions of the follow-up in the client's language and reads the replies as in the chat; from a pipe, one
    reply per line. An empty line skips a question. After a talk by phone or in a visit, the client is asked once in
    the chat whether the center helped.
    """
    one_of("--how", how, keyed_figures.HOW)
    if wave is not None and followup is not None:
        raise Problem("--wave and --followup: give one of them")
    app = opened_app()
    with app.database.read() as db:
        found = registers.find_client(db, client)
        code = found.code
        if by is not None:
            registers.find_staff(db, by)
        known = keyed_figures.survey_for(db, found, how=how, followup=followup, wave=wave, now=now())
        if isinstance(known, Refused):
            raise Problem(f"{code}: {known.reason}")
    replies, agreed = _Talk(app, code, how).hold()
    if sys.stdin.isatty():
        typer.confirm("Keep these figures?", default=True, abort=True)
    with app.database.write() as db:
        who, staff = registers.find_client(db, code), registers.find_staff(db, by) if by else None
        done = keyed_figures.enter_figures(
            app.assistant.wiring,
            db,
            who,
            replies,
            agreed,
            how=how,
            staff=staff,
            followup=followup,
            wave=wave,
            by=(staff.email or f"staff:{staff.id}") if staff else actor(),
            now=now(),
        )
        if isinstance(done, Refused):
            raise Problem(f"{code}: {done.reason}")
        survey = done.result.followup
        kept = (
            f"{code}: kept as follow-up {survey.wave}, told by {how}. To see the figures: acompana outcome show {code}"
        )
    typer.echo(kept)
    if done.result.asked:
        typer.echo("The client is asked in the chat whether the center helped.")
    elif done.result.not_asked:
        typer.echo(f"The client is not asked whether the center helped: {done.result.not_asked}.")


class _Talk:
    """The questions one after the other, until each has a clear reply."""

    def __init__(self, app: App, code: str, how: str) -> None:
        self._app, self._code, self._how = app, code, how
        self._replies: dict[str, str] = {}
        self._agreed: dict[str, str] = {}

    def hold(self) -> tuple[dict[str, str], dict[str, str]]:
        """The reply to each question, and what was agreed to. Raises Problem where the input ends before that."""
        while (line := self._next(self._sheet())) is not None:
            name = line.question.name
            if line.problem is not None:
                self._say(line.problem)
            if line.read_back is not None and not line.agreed:
                self._confirm(line)
            else:
                self._replies[name] = self._ask(line.ask)
        return self._replies, self._agreed

    def _sheet(self) -> Sheet:
        with self._app.database.read() as db:
            client = registers.find_client(db, self._code)
            center = get_center(db, client.center_id)
            self._voice = Voice(client.language, center.country, center.zone)
            return keyed_figures.sheet_of(
                self._app.assistant.wiring, db, client, self._replies, self._agreed, how=self._how, now=now()
            )

    def _next(self, sheet: Sheet) -> Line | None:
        return next((line for line in sheet.lines if line.open or self._unasked(line)), None)

    def _unasked(self, line: Line) -> bool:
        """A question that another reply has answered as well is not asked."""
        answered = line.reading is not None and line.reading.hint != "skipped"
        return line.question.name not in self._replies and not answered

    def _confirm(self, line: Line) -> None:
        assert line.read_back is not None
        name, reply = line.question.name, self._ask(line.read_back)
        answer = plain_yes_or_no(reply)
        if answer == YES.id:
            self._agreed[name] = line.agreement
        elif answer is not None or not reply:
            del self._replies[name]
        else:
            self._replies[name] = reply

    def _ask(self, say: Say) -> str:
        self._say(say)
        if sys.stdin.isatty():
            return str(typer.prompt(">", default="", prompt_suffix=" ", show_default=False)).strip()
        line = sys.stdin.readline()
        if not line:
            raise Problem("the input ended before the last question; nothing was kept")
        return line.strip()

    def _say(self, say: Say) -> None:
        message = speak(say, self._voice, self._app.assistant.wiring.catalogs)
        labels = [button.label for button in message.buttons if not button.quiet]
        typer.echo(f"{message.text} ({' / '.join(labels)})" if labels else message.text)
