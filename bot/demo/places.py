"""The fictional network: five centers with their people, names, towns and prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One center and its country."""

    code: str
    name: str
    country: str
    language: str
    counselors: tuple[str, ...]
    coordinator: str
    languages: Mapping[str, int]
    """How many of a hundred clients speak each language."""
    sales: tuple[int, int]
    """Lowest and highest typical sales of a month, in the local currency."""
    step: int
    """What people round amounts to."""
    phones: tuple[str, ...]
    """Prefixes of numbers that belong to nobody: 555-01xx of a North American area, or a leading zero elsewhere."""
    digits: int
    """Digits after the prefix."""
    towns: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name in text.split())


PLACES = (
    Place(
        code="LC",
        name="SBDC Saint Lucia",
        country="LC",
        language="en",
        counselors=("Marcia Joseph", "Kerwin Alcide"),
        coordinator="Denise Auguste",
        languages={"en": 92, "fr": 8},
        sales=(1200, 18000),
        step=50,
        phones=("+175855501",),
        digits=2,
        towns=_names("Castries Gros_Islet Soufrière Vieux_Fort Micoud Dennery Choiseul Laborie Anse_La_Raye Babonneau"),
        first_names=_names(
            "Shanice Kimberly Alvin Marva Jervan Lyndell Curtis Tamara Johanan Verneta Delroy Chantelle Nigel Sherma "
            "Ezra Portia Garvin Merlicia Dwight Anselma"
        ),
        last_names=_names(
            "Charlery St._Rose Mathurin Polius Hippolyte Edward Jn_Baptiste Cenac Felix Emmanuel Joseph Regis Popo "
            "Augustin Clovis Henry Wilson Montoute Leonce Flavien"
        ),
    ),
    Place(
        code="BZ",
        name="SBDC Belize",
        country="BZ",
        language="en",
        counselors=("Gilda Requena", "Orlando Teck"),
        coordinator="Yvette Longsworth",
        languages={"en": 62, "es": 38},
        sales=(900, 14000),
        step=50,
        phones=("+5010000",),
        digits=3,
        towns=_names(
            "Belize_City Belmopan San_Ignacio Corozal Orange_Walk Dangriga Punta_Gorda San_Pedro Benque_Viejo Hopkins"
        ),
        first_names=_names(
            "Anita Eloisa Kenrick Darlene Francisco Ermelinda Albert Sharima Rolando Leticia Emory Marisol Jorge Kendra "
            "Santiago Denver Isabel Roy Felicita Elwin"
        ),
        last_names=_names(
            "Castillo Flowers Cal Ack Zetina Gillett Martinez Nunez Usher Choc Lino Cawich Arana Bowen Pott Tzul Moguel "
            "Gentle Palacio Ical"
        ),
    ),
    Place(
        code="DO",
        name="Centro PYME Santiago",
        country="DO",
        language="es",
        counselors=("Yanira Peralta", "Rafael Ureña"),
        coordinator="Altagracia Polanco",
        languages={"es": 90, "ht": 10},
        sales=(18000, 380000),
        step=500,
        phones=("+180955501", "+182955501", "+184955501"),
        digits=2,
        towns=_names(
            "Santiago La_Vega Moca Puerto_Plata San_Francisco Mao Bonao Higüey Barahona Jarabacoa San_Cristóbal"
        ),
        first_names=_names(
            "Yokasta Ramón Altagracia Wilkin Rosanna Miguelina Franklin Yudelka Persio Mercedes Johanny Bienvenido Leidy "
            "Starling Carmen Radhamés Indira Nelson Ysabel Domingo"
        ),
        last_names=_names(
            "Almonte Peña Rosario Tavárez Jiménez De_la_Cruz Ventura Abreu Marte Liriano Paulino Encarnación Guzmán Mejía "
            "Santana Báez Familia Tejada Núñez Cepeda"
        ),
    ),
    Place(
        code="HT",
        name="Sant Biznis Okap",
        country="HT",
        language="ht",
        counselors=("Wideline Pierre",),
        coordinator="Frantz Dorvil",
        languages={"ht": 70, "fr": 30},
        sales=(15000, 260000),
        step=500,
        phones=("+50900000",),
        digits=3,
        towns=_names("Okap Limonad Milo Fòlibète Leyogàn Jakmèl Gonayiv Okay Ench Senmak Pòdpè"),
        first_names=_names(
            "Mirlande Jean-Robert Fabiola Wisly Guerda Emmanuel Nadège Roseline Stanley Marie-Ange Evens Islande Dieudonné "
            "Yolette Jameson Ketly Peterson Rose-Laure Widmaer Carline"
        ),
        last_names=_names(
            "Desrosiers Jean-Baptiste Saint-Fleur Louissaint Exantus Charles Dorcé Toussaint Joassaint Étienne Noël Cadet "
            "Mésidor Augustin Pierre-Louis Belizaire Innocent Occéan Victor Théodore"
        ),
    ),
    Place(
        code="SR",
        name="Ondernemershuis Paramaribo",
        country="SR",
        language="nl",
        counselors=("Radjesh Ramdin",),
        coordinator="Muriël Pinas",
        languages={"nl": 78, "en": 8, "pt": 14},
        sales=(9000, 140000),
        step=250,
        phones=("+5970000",),
        digits=3,
        towns=_names(
            "Paramaribo Lelydorp Nieuw-Nickerie Moengo Albina Brokopondo Groningen Totness Wageningen Domburg"
        ),
        first_names=_names(
            "Sharmila Ruben Farida Jerrel Wonny Anjali Regillio Ingrid Soenil Jacqueline Rahiem Mavis Edson Luciana "
            "Giovanni Astrid Marcelino Shanti Orlando Tamara"
        ),
        last_names=_names(
            "Ramdin Pinas Kartosoewito Sewnarain Amatmoekrim Jubitana Bhagwandas Kromosoeto Wijngaarde Da_Silva Mohan "
            "Adjako Tjin_A_Tsoi Soekhoe Pereira Alendy Somohardjo Baldew Lieveld Doekhi"
        ),
    ),
)

RATES = {"DOP": ("60.2", "63.9"), "HTG": ("131.1", "130.4"), "SRD": ("35.6", "38.9")}
"""Units of a floating currency per US dollar, a year ago and now; fictional."""
