"""What a careless or hostile phone may send, on each engine: it is answered, and it breaks nothing."""

from __future__ import annotations

import pytest

from storage import schema
from tests.service.world import World


@pytest.mark.parametrize(
    "choice",
    [
        "yes~99999999999999999999999.1",
        "yes~1.99999999999999999999999",
        "yes~0.0",
        "\x00",
        "yes\x00~1.1",
        "\ud800",
        "~",
        "x" * 5000,
        "followup~1.1",
        "join:~",
        "join:" + "9" * 300,
    ],
    ids=range(11),
)
@pytest.mark.parametrize("stranger", [False, True], ids=["client", "stranger"])
def test_a_forged_button_is_answered(world: World, choice: str, stranger: bool) -> None:
    world.register()
    assert world.say(choice=choice, who="+17585550999" if stranger else "+17585550101")


@pytest.mark.parametrize("text", ["\ud800", "a\udfff\x00b", "\u202eevil\u2066", "{first_name} {0} %s"])
def test_text_that_no_store_takes_is_still_heard(world: World, text: str) -> None:
    world.talk("hello", "1", "1", "1")
    assert world.say(text)
    assert world.say("Ana Charles")


@pytest.mark.parametrize(
    "name", ["{first_name}", "=cmd()|' /C calc'!A0", "Ana 🌸", "\u202eanA", "Ana\nCharles", "1", "Español"]
)
def test_any_name_is_kept_as_written_on_one_line(world: World, name: str) -> None:
    world.talk("hello", "1", "1", "1", name, name, "1", name, "4500", "2", "1")
    said = world.say("no")
    client = world.client()
    kept = " ".join(name.replace("\u202e", "").split())
    assert (client.status, client.name, client.business_name, client.place) == ("registered", kept, kept, kept)
    assert kept.split()[0][:20] in said


def test_menu_buttons_of_last_month_still_work_in_the_middle_of_a_survey(world: World) -> None:
    world.register()
    world.say("hello")
    menu = world.buttons()
    world.say("update")
    assert "BACK, SKIP, LATER" in world.say(choice=menu["help"])
    assert "sell in December" in world.say(choice=menu["followup"])
    assert "what is it about" in world.say(choice=menu["person"])


def test_a_center_button_after_the_start_moves_the_registration(network: World) -> None:
    network.say("hello")
    centers = network.buttons()
    assert "Santo Domingo" in network.say(choice=centers["join:DO"])
    assert "SBDC Haïti" in network.say(choice=centers["join:HT"])


def test_what_was_read_back_and_not_understood_ends_with_a_person(world: World) -> None:
    world.register()
    world.say("update")
    assert "is that right" in world.say("450000")
    replies = [world.say(text) for text in ("perhaps my cousin knows", "hm hm", "zzz zzz")]
    assert len(set(replies)) == 3
    assert "PERSON" in replies[-1]
    world.talk("yes")
    assert world.all(schema.Answer, flow="followup")[0].raw == "450000"
