"""From a `Say` to what a phone shows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.shape import SHARE_PHONE, shape, split
from bot.model import Button, Choice, Message, Money, Param, Say, Term
from bot.text.gsm import EXTENSION, fold, outside, segments
from bot.text.language import Catalogs
from bot.text.render import Voice, join, speak, written

CATALOGS = Catalogs(
    {
        "es": {
            "Hello {name}": "Hola, {name}",
            "Sales in {month}: {sales}": "Ventas de {month}: {sales}",
            "May": "mayo",
            "Yes": "Sí",
            "Broken {name}": "Roto {nombre}",
        }
    }
)
DO = Voice("es", "DO", "America/Santo_Domingo")
LC = Voice("en", "LC", "America/St_Lucia")
AFTERNOON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("param", "voice", "text"),
    [
        (Money(Decimal("4500.00"), "XCD"), LC, "EC$4,500"),
        (Money(Decimal("4500.5"), "XCD"), LC, "EC$4,500.50"),
        (Money(Decimal("-20"), "XCD"), LC, "-EC$20"),
        (Money(Decimal("20"), "USD"), LC, "US$20"),
        (Money(Decimal("20"), "MXN"), LC, "MXN 20"),
        (Money(Decimal("20"), "GBP"), LC, "GBP 20"),
        (Money(Decimal("20"), "XCD"), Voice("en", "XX", "UTC"), "EC$20"),
        (Money(Decimal("12345"), "BZD"), Voice("en", "BZ", "America/Belize"), "BZ$12,345"),
        (Money(Decimal("12345"), "BBD"), Voice("en", "BB", "America/Barbados"), "Bds$12,345"),
        (Money(Decimal("12345"), "JMD"), Voice("en", "JM", "America/Jamaica"), "J$12,345"),
        (Money(Decimal("12345"), "TTD"), Voice("en", "TT", "America/Port_of_Spain"), "TT$12,345"),
        (Money(Decimal("12345"), "DOP"), DO, "RD$12,345"),
        (Money(Decimal("12345"), "GTQ"), Voice("es", "GT", "America/Guatemala"), "Q12,345"),
        (Money(Decimal("12345"), "HNL"), Voice("es", "HN", "America/Tegucigalpa"), "L12,345"),
        (Money(Decimal("12345"), "NIO"), Voice("es", "NI", "America/Managua"), "C$12,345"),
        (Money(Decimal("12345"), "CRC"), Voice("es", "CR", "America/Costa_Rica"), "₡12 345"),
        (Money(Decimal("12345"), "HTG"), Voice("ht", "HT", "America/Port-au-Prince"), "12 345 G"),
        (Money(Decimal("12345.5"), "SRD"), Voice("nl", "SR", "America/Paramaribo"), "SRD 12.345,50"),
        (Money(Decimal("12345"), "MXN"), Voice("es", "MX", "America/Mexico_City"), "$12,345"),
        (Decimal("1234.50"), LC, "1,234.5"),
        (Decimal("1E+3"), Voice("nl", "SR", "America/Paramaribo"), "1.000"),
        (2026, LC, "2026"),
        (AFTERNOON, LC, "Tue 24 Nov, 2:00 pm"),
        (AFTERNOON, Voice("fr", "HT", "America/Port-au-Prince"), "mar. 24 nov., 13:00"),
        (AFTERNOON, Voice("ht", "HT", "America/Port-au-Prince"), "mad 24 nov, 13:00"),
        (AFTERNOON, Voice("nl", "SR", "America/Paramaribo"), "di 24 nov, 15:00"),
        (AFTERNOON, DO, "mar 24 nov, 2:00 p. m."),
        (date(2026, 2, 3), LC, "3 Feb 2026"),
        (date(2026, 2, 3), Voice("ht", "HT", "America/Port-au-Prince"), "3 fevr 2026"),
        (Term("May"), DO, "mayo"),
        (Term("May"), LC, "May"),
        ("Ana {0} {name} %s", DO, "Ana {0} {name} %s"),
        ("Ana\nSTOP\r\n\tto pay", LC, "Ana STOP to pay"),
        ("\u202eanA\u2066 \x00\x1b[1m", LC, "anA [1m"),
    ],
)
def test_a_value_is_written_as_where_the_client_lives(param: Param, voice: Voice, text: str) -> None:
    assert written(param, voice, CATALOGS) == text


def test_a_say_becomes_a_message_in_the_clients_words() -> None:
    say = Say(
        "Sales in {month}: {sales}",
        {"month": Term("May"), "sales": Money(Decimal(4500), "DOP")},
        (Choice("yes", "Yes"), Choice("center", "Yes\u202e", literal=True), Choice("skip", "Skip", quiet=True)),
    )
    assert speak(say, DO, CATALOGS) == Message(
        "Ventas de mayo: RD$4,500", (Button("yes", "Sí"), Button("center", "Yes"), Button("skip", "Skip", quiet=True))
    )


def test_a_brace_in_a_name_is_only_a_brace() -> None:
    assert speak(Say("Hello {name}", {"name": "{name} {x} {"}), DO, CATALOGS).text == "Hola, {name} {x} {"


def test_a_translation_with_an_unknown_field_is_not_used() -> None:
    assert speak(Say("Broken {name}", {"name": "Ana"}), DO, CATALOGS).text == "Broken Ana"


def test_a_text_without_its_value_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        speak(Say("Hello {name}"), DO, CATALOGS)


def test_one_turn_is_one_reply() -> None:
    yes, no = Button("y", "Yes"), Button("n", "No")
    assert join(
        [Message("Thanks."), Message(""), Message("And now?", (yes, no)), Message("Take your time.")]
    ) == Message("Thanks.\nAnd now?\nTake your time.", (yes, no))
    assert join([]) == Message("")


# --- shapes ----------------------------------------------------------------------------------------------------------


def buttons(*labels: str, quiet: tuple[str, ...] = ()) -> tuple[Button, ...]:
    return tuple(Button(label.lower(), label, label in quiet) for label in labels)


TWELVE = buttons(*(f"Area {number}" for number in range(1, 13)))


@pytest.mark.parametrize(
    ("channel", "given_buttons", "shown"),
    [
        ("telegram", buttons("Yes", "No"), ("Ok?", ["Yes", "No"], [])),
        ("telegram", TWELVE, ("Ok?", [button.label for button in TWELVE], [])),
        ("telegram", (Button("x" * 65, "Far too long an id"),), ("Ok?\n1 Far too long an id", [], [])),
        ("telegram", (Button(SHARE_PHONE, "Share my number"),), ("Ok?", ["Share my number"], [])),
        ("whatsapp", buttons("Yes", "No", "Later"), ("Ok?", ["Yes", "No", "Later"], [])),
        ("whatsapp", buttons("Skip", quiet=("Skip",)), ("Ok?", ["Skip"], [])),
        (
            "whatsapp",
            buttons("Yes", "No", "Later", "Skip", quiet=("Skip",)),
            ("Ok?", [], ["Yes", "No", "Later", "Skip"]),
        ),
        ("whatsapp", buttons("Twenty-one characters", "No"), ("Ok?", [], ["Twenty-one characters", "No"])),
        ("whatsapp", buttons("Twenty-five characters...", "No"), ("Ok?\n1 Twenty-five characters...\n2 No", [], [])),
        ("whatsapp", (Button("a", "Yes"), Button("b", "Yes")), ("Ok?\n1 Yes\n2 Yes", [], [])),
        ("whatsapp", (Button(SHARE_PHONE, "Share my number"),), ("Ok?", [], [])),
        ("whatsapp", (Button("x" * 201, "Yes"),), ("Ok?\n1 Yes", [], [])),
        (
            "whatsapp",
            TWELVE,
            ("Ok?\n" + "\n".join(f"{number} Area {number}" for number in range(1, 13)), [], []),
        ),
        ("sms", buttons("Yes", "No"), ("Ok?\n1 Yes\n2 No", [], [])),
        ("sms", buttons("Sí", "No", "Skip", quiet=("Skip",)), ("Ok?\n1 Si\n2 No", [], [])),
        ("sms", (Button(SHARE_PHONE, "Share my number"),), ("Ok?", [], [])),
        ("sms", (), ("Ok?", [], [])),
    ],
)
def test_choices_on_each_channel(
    channel: str, given_buttons: tuple[Button, ...], shown: tuple[str, list[str], list[str]]
) -> None:
    shaped = shape(Message("Ok?", given_buttons), channel)
    assert (shaped.text, [each.label for each in shaped.buttons], [each.label for each in shaped.rows]) == shown


def test_a_long_whatsapp_text_carries_its_choices_as_lines() -> None:
    shaped = shape(Message("x" * 1025, buttons("Yes")), "whatsapp")
    assert not shaped.buttons
    assert shaped.text.endswith("x\n1 Yes")


def test_folding_an_sms_is_a_setting() -> None:
    message = Message("¿Cuántos?")
    assert shape(message, "sms").text == "¿Cuantos?"
    assert (shape(message, "sms").segments, shape(message, "sms").encoding) == (1, "GSM-7")
    assert shape(message, "sms", fold=False).text == "¿Cuántos?"
    assert shape(message, "sms", fold=False).encoding == "UCS-2"
    assert shape(message, "whatsapp").text == "¿Cuántos?"


# --- the alphabet of SMS ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count", "encoding"),
    [
        ("", 0, "GSM-7"),
        ("a" * 160, 1, "GSM-7"),
        ("a" * 161, 2, "GSM-7"),
        ("a" * 306, 2, "GSM-7"),
        ("a" * 307, 3, "GSM-7"),
        ("€" * 80, 1, "GSM-7"),
        ("€" * 81, 2, "GSM-7"),
        ("a" * 152 + "€" + "a" * 7, 2, "GSM-7"),
        ("a" * 152 + "€" + "a" * 152, 3, "GSM-7"),
        ("éèùàòñü¿¡ÇÉÑ" * 13, 1, "GSM-7"),
        ("á" * 70, 1, "UCS-2"),
        ("á" * 71, 2, "UCS-2"),
        ("á" * 134, 2, "UCS-2"),
        ("á" * 135, 3, "UCS-2"),
        ("😀" * 35, 1, "UCS-2"),
        ("😀" * 36, 2, "UCS-2"),
        ("á" * 66 + "😀" + "á" * 66, 3, "UCS-2"),
    ],
)
def test_segments(text: str, count: int, encoding: str) -> None:
    assert segments(text) == (count, encoding)


@pytest.mark.parametrize(
    ("text", "sms"),
    [
        ("¿Cuántos años? Sí, José", "¿Cuantos años? Si, José"),
        ("Não há açúcar – “é” l’été…", 'Nao ha acucar - "é" l\'été...'),
        ("Kreyòl ayisyen", "Kreyòl ayisyen"),
        ("Ga je naar België? Œuvre", "Ga je naar Belgie? OEuvre"),
        ("12\xa0345,50\u202fG", "12 345,50 G"),
        ("₡500", "CRC 500"),
        ("Gracias 🎉 👍🏽\nAdiós ❤️", "Gracias\nAdios"),
        ("a\u0301 e\u0301", "a é"),
        ("李 é", "李 é"),
        ("plain  text ", "plain  text "),
    ],
)
def test_folding(text: str, sms: str) -> None:
    assert fold(text) == sms


quick = settings(max_examples=2 * settings().max_examples)


@quick
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_segments_hold_the_text_and_no_more_than_needed(text: str) -> None:
    count, encoding = segments(text)
    if encoding == "GSM-7":
        size, alone, each = sum(2 if character in EXTENSION else 1 for character in text), 160, 153
    else:
        size, alone, each = len(text.encode("utf-16-le")) // 2, 70, 67
    assert (encoding == "GSM-7") == (outside(text) == "")
    assert (count <= 1) == (size <= alone)
    if count > 1:
        assert -(-size // each) <= count <= -(-size // (each - 1))


@quick
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_folding_is_done_once_and_never_costs_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert segments(text)[1] == "UCS-2" or fold(text) == text


@quick
@given(st.lists(st.sampled_from(["word", "end. ", "line\n", "😀", "á ", "x" * 30]), max_size=60), st.integers(20, 200))
def test_a_long_text_is_split_without_loss(words: list[str], limit: int) -> None:
    text = "".join(words)
    pieces = split(text, limit)
    assert all(len(piece.encode("utf-16-le")) <= 2 * limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_long_text_is_split_at_sentences() -> None:
    assert split("One is here. Two is there. Three", 28) == ["One is here. Two is there.", "Three"]
    assert split("One\nTwo three", 9) == ["One", "Two three"]
