"""The catalogs and the offer of a language."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.numbers import format_decimal

from bot.countries import COUNTRIES, country_of, number_locale, text_locale
from bot.messages import catalogs
from bot.model import LANGUAGES, _
from bot.text.language import LANGUAGE_NAMES, Catalogs, suggest

CATALOGS = Catalogs({"es": {"Yes": "Sí", "No": "No"}, "fr": {"Yes": "Oui"}, "pt": {"Yes": "Sim"}})


def test_a_text_without_translation_stays_english() -> None:
    assert CATALOGS.translate("Yes", "es") == "Sí"
    assert CATALOGS.translate("Yes", "ht") == "Yes"
    assert CATALOGS.translate("Later", "es") == "Later"
    assert CATALOGS.translate(_("Yes"), "xx") == "Yes"


def test_spellings_are_those_of_all_languages_once() -> None:
    assert CATALOGS.spellings("Yes") == ("Yes", "Sí", "Oui", "Sim")
    assert CATALOGS.spellings("No") == ("No",)


def test_the_shipped_catalogs_are_read_once() -> None:
    assert Catalogs.load() is Catalogs.load()
    assert set(Catalogs.load().texts) == set(LANGUAGES) == set(LANGUAGE_NAMES)


@pytest.mark.parametrize(
    ("text", "hint", "offered"),
    [
        ("hola", None, "es"),
        ("Hola, quiero registrarme", "en", "es"),
        ("JOIN LC", "es-DO", "es"),
        ("JOIN LC", "pt_BR", "pt"),
        ("JOIN LC", None, None),
        ("Bonjou, mwen vle enskri", "fr", "ht"),
        ("Sak pase", None, "ht"),
        ("Bonjour, je voudrais m’inscrire", None, "fr"),
        ("bom dia", None, "pt"),
        ("vendo pão no mercado", None, "pt"),
        ("Ik verkoop brood op de markt", None, "nl"),
        ("I sell bread and cakes in the market", None, "en"),
        ("hi", "de", None),
        ("👍 5", None, None),
        ("", None, None),
        ("x" * 1_000_000, "nl", "nl"),
    ],
)
def test_a_language_is_offered(text: str, hint: str | None, offered: str | None) -> None:
    assert suggest(text, hint, LANGUAGES) == offered


def test_only_what_is_allowed_is_offered() -> None:
    assert suggest("Bonjou, mwen vle enskri", "fr-HT", ("en", "es")) is None
    assert suggest("Hola, quiero registrarme", None, ("en",)) is None


# --- countries -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("countries", "figure"),
    [
        ("AG BB BS BZ DM GD GY JM KN LC TT VC DO GT HN NI PA SV MX", "1,234.5"),
        ("SR CO EC UY CL BR AR", "1.234,5"),
        ("CR HT", "1 234,5"),
        ("XX", "1,234.5"),
    ],
)
def test_figures_as_each_country_writes_them(countries: str, figure: str) -> None:
    for country in countries.split():
        written = format_decimal(1234.5, locale=number_locale(country))
        assert (country, written.replace("\xa0", " ").replace("\u202f", " ")) == (country, figure)


def test_every_country_has_a_clock_and_a_language() -> None:
    for country in COUNTRIES.values():
        assert country.language in LANGUAGES
        assert all(ZoneInfo(zone) for zone in country.zones)


@pytest.mark.parametrize(
    ("phone", "country"),
    [
        ("+17585551234", "LC"),
        ("+18765551234", "JM"),
        ("+16585551234", "JM"),
        ("+18295551234", "DO"),
        ("+50937000000", "HT"),
        ("+5215512345678", "MX"),
        ("+442079460000", None),
        ("+12025550100", None),
    ],
)
def test_the_country_of_a_phone(phone: str, country: str | None) -> None:
    assert country_of(phone) == country


def test_a_bare_dollar_is_the_local_one() -> None:
    assert COUNTRIES["MX"].symbol_of("MXN") == "$"
    assert COUNTRIES["MX"].symbol_of("USD") == "US$"
    assert COUNTRIES["SV"].symbol_of("USD") == "$"
    assert COUNTRIES["LC"].symbol_of("MXN") == "MXN"
    assert COUNTRIES["LC"].symbol_of("GBP") == "GBP"


def test_a_language_that_no_country_of_ours_speaks_uses_its_own_locale() -> None:
    assert str(text_locale("en", "HT")) == "en_001"
    assert str(text_locale("ht", "HT")) == "fr_HT"


# --- keeping the catalogs --------------------------------------------------------------------------------------------

PROGRAM = """
_ = str
GREETING = _("Hello {name}")
# long: the law wants all of it
NOTICE = _("%s")
LABELS = (_("Yes"), _("Not today"))
""" % ("We keep your answers and nothing else. " * 5)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "small_program"
    package.mkdir()
    (package / "__init__.py").write_text(PROGRAM)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(catalogs, "PACKAGES", ("small_program",))
    monkeypatch.setattr(catalogs, "LANGUAGES", ("en", "es"))
    monkeypatch.setattr(catalogs, "catalog_path", lambda language: tmp_path / language / "acompana.po")
    return tmp_path


def test_updating_twice_changes_nothing_and_keeps_translations(folder: Path) -> None:
    assert catalogs.update() == [folder / "en" / "acompana.po", folder / "es" / "acompana.po"]
    _translate(folder, {"Yes": "Sí", "Not today": "Hoy no"})
    before = (folder / "es" / "acompana.po").read_text()
    assert catalogs.update() == []
    (folder / "small_program" / "__init__.py").write_text("\n\n" + PROGRAM)
    assert catalogs.update() == []
    (folder / "small_program" / "__init__.py").write_text(PROGRAM.replace('_("Not today")', '_("Later")'))
    catalogs.update()
    after = (folder / "es" / "acompana.po").read_text()
    assert 'msgstr "Sí"' in before
    assert 'msgstr "Sí"' in after
    assert '#~ msgstr "Hoy no"' in after


def test_what_is_wrong_with_a_catalog_is_named(folder: Path) -> None:
    catalogs.update()
    _translate(folder, {"Yes": "Sí", "Not today": "Hoy no, gracias, mejor mañana", "Hello {name}": "Hola {nombre}"})
    notice = "We keep your answers and nothing else. " * 5
    assert catalogs.problems(labels={"Not today"}) == [
        "es: 'Hello {name}': the fields differ: name in English, nombre here",
        f"es: {notice!r}: no translation",
        "es: 'Not today': a label of 29 characters; WhatsApp shows 24",
    ]


@pytest.mark.parametrize(
    ("translation", "faults"),
    [
        ("Hola {name}", []),
        ("Hola", ["the fields differ: name in English, none here"]),
        ("Hola {name}, escriba CANCEL", ["Twilio takes CANCEL for itself"]),
        ("Hola {name} 你好", ["'你好' cannot be sent in GSM-7"]),
        ("Hola {name} 🎉, ¿cómo está?", []),
        ("Hola {name}" + "á" * 160, ["2 SMS segments"]),
    ],
)
def test_faults_of_one_translation(translation: str, faults: list[str]) -> None:
    assert catalogs.faults("Hello {name}", translation) == faults


def test_a_fuzzy_translation_is_named(folder: Path) -> None:
    catalogs.update()
    _translate(folder, {"Yes": "Sí"})
    path = folder / "es" / "acompana.po"
    path.write_text(path.read_text().replace('msgid "Yes"', '#, fuzzy\nmsgid "Yes"'))
    assert "es: 'Yes': the translation is marked as fuzzy, so it is not used" in catalogs.problems()


def _translate(folder: Path, translations: dict[str, str]) -> None:
    path = folder / "es" / "acompana.po"
    text = path.read_text()
    for english, spanish in translations.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{spanish}"')
    path.write_text(text)
