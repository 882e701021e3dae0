"""The questions that staff put through the chat, in every language: did the center help, and is this figure right?"""

from __future__ import annotations

import pytest

from bot.model import LANGUAGES
from tests.flows.phone import Phone
from tests.flows.scripts import CLIENTS, Reply


def chat(flow: str, language: str, *replies: str, channel: str = "sms", reason: str = "") -> list[str]:
    """What the phone shows, without the line that counts the segments, and what is done."""
    phone = Phone(CLIENTS[language], flow, channel, reason=reason)
    lines = phone.replay([Reply.of(reply) for reply in replies]).splitlines()
    return [line for line in lines if line and not line.startswith("  (")]


REPLIES = {
    # language: yes, partly, no, no difference, wrong figures
    "en": ("yes it did", "partly", "no", "no difference", "wrong figures"),
    "es": ("sí, mucho", "en parte", "no", "no cambió nada", "cifras incorrectas"),
    "fr": ("oui beaucoup", "en partie", "non", "aucune différence", "chiffres faux"),
    "pt": ("sim, muito", "em parte", "não", "não fez diferença", "números errados"),
    "ht": ("wi anpil", "an pati", "non", "pa gen diferans", "chif yo pa bon"),
    "nl": ("ja, veel", "deels", "nee", "geen verschil", "cijfers kloppen niet"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_the_center_helped(language: str) -> None:
    yes, partly, no, none, wrong = REPLIES[language]
    outcomes = {
        (yes,): "the center helped: yes",
        (partly,): "the center helped: partly",
        ("1",): "the center helped: yes",
        ("2",): "the center helped: partly",
        (no, none): "the center helped: no",
        ("3", "1"): "the center helped: no",
        (no, wrong): "change the figures",
        ("3", "2"): "change the figures",
    }
    for replies, effect in outcomes.items():
        done = [line for line in chat("confirmation", language, *replies) if line.startswith("=")][-1]
        assert effect in done.split("; "), replies
        assert done.endswith("completed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_a_figure_is_right(language: str) -> None:
    last = CLIENTS[language].last["sales_month"]
    yes, no = REPLIES[language][0].split(",")[0].split()[0], REPLIES[language][2]
    right = str(int(last) * 2)
    outcomes = {(yes,): last, ("1",): last, (right,): right, (no, right): right, ("2", right): right}
    for replies, value in outcomes.items():
        done = [line for line in chat("query", language, *replies) if line.startswith("=")][-1]
        assert f"reply on sales_month {value} " in done, replies
        assert done.endswith("completed")


QUERIED = {
    "en": [
        "< Hi Marva, SBDC Saint Lucia is checking a figure that you told us on 3 Mar 2026: Sales.",
        "< Why: 2 x",
        "< EC$2,400 for February, is that right?",
        "< 1 Yes",
        "< 2 No",
    ],
    "es": [
        "< Hola Maria, SBDC Santo Domingo revisa una cifra que nos dio el 3 mar de 2026: Ventas.",
        "< Motivo: 2 x",
        "< RD$45,000 en febrero, ¿es correcto?",
        "< 1 Si",
        "< 2 No",
    ],
    "fr": [
        "< Bonjour Marie-Ange, SBDC Haiti vérifie un chiffre donné le 3 mars 2026 : Ventes.",
        "< Motif : 2 x",
        "< 45 000 G en février, c'est bien ca?",
        "< 1 Oui",
        "< 2 Non",
    ],
    "pt": [
        "< Ola, Joana! SBDC Belém esta conferindo um numero que voce deu em 3 de mar. de 2026: Vendas.",
        "< Motivo: 2 x",
        "< R$3.000 em fevereiro, esta certo?",
        "< 1 Sim",
        "< 2 Nao",
    ],
    "ht": [
        "< Bonjou Wideline, SBDC Ayiti ap verifye yon chif ou te bay 3 mas 2026: Lavant.",
        "< Poukisa: 2 x",
        "< 15 000 G pou mwa fevriye, èske se sa?",
        "< 1 Wi",
        "< 2 Non",
    ],
    "nl": [
        "< Hallo Sharda, SBDC Suriname kijkt een cijfer na dat u op 3 mrt 2026 gaf: Verkoop.",
        "< Reden: 2 x",
        "< SRD 20.000 in februari, klopt dat?",
        "< 1 Ja",
        "< 2 Nee",
    ],
}
NOTED = {
    "en": [
        "< This is what SBDC Saint Lucia noted:",
        "< Sales EC$2,400",
        "< Full-time 2",
        "< Part-time 0",
        "< Did the center's help contribute to these results?",
        "< 1 Yes",
        "< 2 Partly",
        "< 3 No",
    ],
    "es": [
        "< Esto anoto SBDC Santo Domingo:",
        "< Ventas RD$45,000",
        "< Tiempo completo 2",
        "< Medio tiempo 0",
        "< ¿La ayuda del centro contribuyo a estos resultados?",
        "< 1 Si",
        "< 2 En parte",
        "< 3 No",
    ],
    "fr": [
        "< Voici ce que SBDC Haiti a noté :",
        "< Ventes 45 000 G",
        "< Temps plein 2",
        "< Temps partiel 0",
        "< L'aide du centre a-t-elle contribué à ces résultats?",
        "< 1 Oui",
        "< 2 En partie",
        "< 3 Non",
    ],
    "pt": [
        "< Isto é o que SBDC Belém anotou:",
        "< Vendas R$3.000",
        "< Tempo integral 2",
        "< Meio periodo 0",
        "< A ajuda do centro contribuiu para esses resultados?",
        "< 1 Sim",
        "< 2 Em parte",
        "< 3 Nao",
    ],
    "ht": [
        "< Men sa SBDC Ayiti note:",
        "< Lavant 15 000 G",
        "< A plen tan 2",
        "< A tan pasyèl 0",
        "< Eske èd sant lan kontribye nan rezilta sa yo?",
        "< 1 Wi",
        "< 2 An pati",
        "< 3 Non",
    ],
    "nl": [
        "< Dit noteerde SBDC Suriname:",
        "< Verkoop SRD 20.000",
        "< Voltijd 2",
        "< Deeltijd 0",
        "< Heeft de hulp van het centrum bijgedragen aan deze resultaten?",
        "< 1 Ja",
        "< 2 Deels",
        "< 3 Nee",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_names_figure_day_month_and_reason(language: str) -> None:
    assert chat("query", language, reason="2 x")[2:] == QUERIED[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_noted_is_read_back(language: str) -> None:
    assert chat("confirmation", language)[1:] == NOTED[language]


def test_a_tap_is_enough() -> None:
    assert chat("confirmation", "fr", "Oui {yes}", channel="whatsapp")[-3].startswith("> [Oui]")
