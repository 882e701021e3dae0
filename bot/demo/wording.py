"""What fictional clients write, by language; the assistant's own texts are in the catalogs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speech:
    """Fields: `{n}` and `{m}` are figures, `{f}` and `{p}` full- and part-time employees, `{last}` an owner's last name."""

    hello: tuple[str, ...]
    join: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    thanks: tuple[str, ...]
    unsure: tuple[str, ...]
    refuse: tuple[str, ...]
    chatter: tuple[str, ...]
    about: tuple[str, ...]
    thousands: str
    weekly: str
    between: str
    money_word: str
    numbers: tuple[str, ...]
    """The words for 0 to 4."""
    both: str
    stop: str
    start: str
    skip: str
    back: str
    later: str
    update: str
    person: str
    code: str
    erase: str
    topics: tuple[str, ...]
    answer_to_counselor: tuple[str, ...]
    counselor: str
    businesses: Mapping[str, tuple[str, ...]]
    trainings: Mapping[str, str]


SPEECH: Mapping[str, Speech] = {
    "en": Speech(
        hello=("hello", "Good morning", "hi I want to register"),
        join="JOIN",
        yes=("yes please", "yeah", "ok yes", "1"),
        no=("no", "no thanks", "2"),
        thanks=("thanks", "ok thank you", "Great"),
        unsure=("I don't know", "not sure", "idk"),
        refuse=("rather not say", "I prefer not to say"),
        chatter=("why you need that?", "it was a slow month you know", "wait, a customer just came in"),
        about=("about {n}", "around {n}", "{n} more or less"),
        thousands="{n}k",
        weekly="{n} a week",
        between="between {n} and {m}",
        money_word="{n} dollars",
        numbers=("none", "one", "two", "three", "four"),
        both="{f} full time {p} part time",
        stop="STOP",
        start="START",
        skip="skip",
        back="back",
        later="later",
        update="UPDATE",
        person="PERSON",
        code="CODE",
        erase="ERASE",
        topics=("I need help with a loan application", "labels for my product", "how to register my business name"),
        answer_to_counselor=("Thank you so much!", "ok great, see you then", "yes Thursday is fine"),
        counselor="Hello, I got your message. Can you pass by the office on Thursday at 10?",
        businesses={
            "food": ("{last}'s Bakery", "Mama {last} Hot Sauce", "{last} Catering"),
            "farming": ("{last} Farm", "Green Hill Produce"),
            "crafts": ("{last} Designs", "Island Basket Weavers"),
            "retail": ("{last} Mini Mart", "Corner Shop {last}"),
            "tourism": ("{last} Tours", "Blue Bay Guesthouse"),
            "beauty": ("{last} Beauty Salon", "Coconut Skin Care"),
            "services": ("{last} Auto Repair", "{last} Tailoring"),
            "other": ("{last} Enterprises", "{last} Recycling"),
        },
        trainings={
            "finance": "Books for your business",
            "technology": "Sell on WhatsApp",
            "standards": "Labels and food safety",
            "cooperatives": "Buying together",
            "value_chains": "Supplying hotels",
        },
    ),
    "es": Speech(
        hello=("hola", "buenos días", "buenas, quiero registrar mi negocio"),
        join="UNIRME",
        yes=("sí", "si claro", "1"),
        no=("no", "no gracias", "2"),
        thanks=("gracias", "muchas gracias", "Dios le bendiga"),
        unsure=("no sé", "no se"),
        refuse=("prefiero no decir",),
        chatter=("¿y para qué es eso?", "este mes ha estado flojo", "espere, llegó un cliente"),
        about=("como {n}", "unos {n}", "{n} más o menos"),
        thousands="{n} mil",
        weekly="{n} por semana",
        between="entre {n} y {m}",
        money_word="{n} pesos",
        numbers=("ninguno", "uno", "dos", "tres", "cuatro"),
        both="{f} fijos y {p} a medio tiempo",
        stop="ALTO",
        start="START",
        skip="saltar",
        back="atrás",
        later="luego",
        update="UPDATE",
        person="ASESOR",
        code="CODE",
        erase="ERASE",
        topics=("necesito un préstamo para una nevera", "cómo exportar mi salsa", "el registro sanitario"),
        answer_to_counselor=("¡Muchas gracias!", "perfecto, ahí estaré", "el jueves está bien"),
        counselor="Buenas, vi su mensaje. ¿Puede pasar por el centro el jueves a las 10?",
        businesses={
            "food": ("Repostería {last}", "Comedor Doña {last}", "Salsas {last}"),
            "farming": ("Finca {last}", "Cacao {last}"),
            "crafts": ("Artesanías {last}", "Modas {last}"),
            "retail": ("Colmado {last}", "Tienda {last}"),
            "tourism": ("Excursiones {last}", "Hostal Brisas"),
            "beauty": ("Salón {last}", "Jabones Naturales {last}"),
            "services": ("Taller {last}", "Costura {last}"),
            "other": ("Inversiones {last}", "Reciclados {last}"),
        },
        trainings={
            "finance": "Cuentas claras",
            "technology": "Vender por WhatsApp",
            "standards": "Etiquetas e higiene",
            "cooperatives": "Comprar juntos",
            "value_chains": "Vender a hoteles",
        },
    ),
    "fr": Speech(
        hello=("bonjour", "bonsoir", "bonjour je veux m'inscrire"),
        join="JOIN",
        yes=("oui", "oui merci", "1"),
        no=("non", "non merci", "2"),
        thanks=("merci", "merci beaucoup", "D'accord"),
        unsure=("je ne sais pas",),
        refuse=("je préfère ne pas dire",),
        chatter=("pourquoi vous demandez ça ?", "le mois a été difficile", "attendez, un client arrive"),
        about=("environ {n}", "à peu près {n}"),
        thousands="{n} mille",
        weekly="{n} par semaine",
        between="entre {n} et {m}",
        money_word="{n} gourdes",
        numbers=("aucun", "un", "deux", "trois", "quatre"),
        both="{f} à temps plein {p} à temps partiel",
        stop="STOP",
        start="START",
        skip="passer",
        back="retour",
        later="plus tard",
        update="UPDATE",
        person="PERSON",
        code="CODE",
        erase="ERASE",
        topics=("un prêt pour mon atelier", "comment faire une facture", "l'emballage de mes produits"),
        answer_to_counselor=("Merci beaucoup !", "très bien, à jeudi", "oui c'est bon"),
        counselor="Bonjour, j'ai bien reçu votre message. Pouvez-vous passer au centre jeudi à 10 h ?",
        businesses={
            "food": ("Pâtisserie {last}", "Saveurs {last}"),
            "farming": ("Jardins {last}", "Café {last}"),
            "crafts": ("Atelier {last}", "Couture {last}"),
            "retail": ("Boutique {last}", "Dépôt {last}"),
            "tourism": ("Auberge {last}",),
            "beauty": ("Salon {last}", "Savons {last}"),
            "services": ("Garage {last}", "Imprimerie {last}"),
            "other": ("Entreprise {last}",),
        },
        trainings={
            "finance": "Tenir ses comptes",
            "technology": "Vendre sur WhatsApp",
            "standards": "Étiquettes et hygiène",
            "cooperatives": "Acheter ensemble",
            "value_chains": "Fournir les hôtels",
        },
    ),
    "pt": Speech(
        hello=("oi", "bom dia", "olá, quero me cadastrar"),
        join="JOIN",
        yes=("sim", "sim claro", "1"),
        no=("não", "2"),
        thanks=("obrigada", "muito obrigado", "valeu"),
        unsure=("não sei",),
        refuse=("prefiro não dizer",),
        chatter=("por que precisa disso?", "o mês foi fraco", "espera, chegou um cliente"),
        about=("uns {n}", "cerca de {n}"),
        thousands="{n} mil",
        weekly="{n} por semana",
        between="entre {n} e {m}",
        money_word="SRD {n}",
        numbers=("nenhum", "um", "dois", "três", "quatro"),
        both="{f} em tempo integral e {p} em meio período",
        stop="PARAR",
        start="START",
        skip="pular",
        back="voltar",
        later="depois",
        update="UPDATE",
        person="PERSON",
        code="CODE",
        erase="ERASE",
        topics=("preciso de crédito para um forno", "como registrar a empresa"),
        answer_to_counselor=("Muito obrigada!", "combinado", "quinta está bom"),
        counselor="Olá, recebi sua mensagem. Pode passar no centro na quinta às 10?",
        businesses={
            "food": ("Churrasco {last}", "Padaria {last}"),
            "farming": ("Sítio {last}",),
            "crafts": ("Ateliê {last}",),
            "retail": ("Mercadinho {last}",),
            "tourism": ("Pousada {last}",),
            "beauty": ("Salão {last}", "Estética {last}"),
            "services": ("Oficina {last}", "Motores {last}"),
            "other": ("Comércio {last}",),
        },
        trainings={
            "finance": "Contas em dia",
            "technology": "Vender no WhatsApp",
            "standards": "Rótulos e higiene",
            "cooperatives": "Comprar em grupo",
            "value_chains": "Fornecer a hotéis",
        },
    ),
    "ht": Speech(
        hello=("bonjou", "bonswa", "bonjou mwen vle enskri"),
        join="JOIN",
        yes=("wi", "wi mèsi", "1"),
        no=("non", "non mèsi", "2"),
        thanks=("mèsi", "mèsi anpil", "dakò"),
        unsure=("mwen pa konnen", "m pa konnen"),
        refuse=("mwen pito pa di",),
        chatter=("poukisa ou mande sa?", "mwa a te di anpil", "tann, gen yon kliyan"),
        about=("anviwon {n}", "apeprè {n}"),
        thousands="{n} mil",
        weekly="{n} pa semèn",
        between="ant {n} ak {m}",
        money_word="{n} goud",
        numbers=("okenn", "youn", "de", "twa", "kat"),
        both="{f} aplen tan {p} a tan pasyèl",
        stop="STOP",
        start="START",
        skip="sote",
        back="tounen",
        later="pita",
        update="UPDATE",
        person="PERSON",
        code="CODE",
        erase="ERASE",
        topics=("mwen bezwen yon prè pou biznis mwen", "kijan pou m fè etikèt", "papye pou komès la"),
        answer_to_counselor=("Mèsi anpil!", "oke, n ap wè", "jedi bon pou mwen"),
        counselor="Bonjou, mwen resevwa mesaj ou. Èske ou ka pase nan sant lan jedi a 10 è?",
        businesses={
            "food": ("Pen {last}", "Manba {last}", "Restoran {last}"),
            "farming": ("Jaden {last}", "Poul {last}"),
            "crafts": ("Atis {last}", "Koutiryè {last}"),
            "retail": ("Boutik {last}", "Komès {last}"),
            "tourism": ("Otèl {last}",),
            "beauty": ("Estidyo {last}", "Savon {last}"),
            "services": ("Garaj {last}", "Elektrik {last}"),
            "other": ("Biznis {last}",),
        },
        trainings={
            "finance": "Kenbe kont ou",
            "technology": "Vann sou WhatsApp",
            "standards": "Etikèt ak ijyèn",
            "cooperatives": "Achte ansanm",
            "value_chains": "Vann bay otèl",
        },
    ),
    "nl": Speech(
        hello=("hallo", "goedemorgen", "ik wil mijn bedrijf inschrijven"),
        join="JOIN",
        yes=("ja", "ja graag", "1"),
        no=("nee", "nee dank je", "2"),
        thanks=("bedankt", "dank u wel", "Oké"),
        unsure=("weet ik niet", "ik weet het niet"),
        refuse=("zeg ik liever niet",),
        chatter=("waarom wilt u dat weten?", "het was een slappe maand", "wacht, er komt een klant"),
        about=("ongeveer {n}", "rond {n}"),
        thousands="{n} duizend",
        weekly="{n} per week",
        between="tussen {n} en {m}",
        money_word="{n} SRD",
        numbers=("geen", "een", "twee", "drie", "vier"),
        both="{f} fulltime en {p} parttime",
        stop="STOP",
        start="START",
        skip="overslaan",
        back="terug",
        later="later",
        update="UPDATE",
        person="PERSON",
        code="CODE",
        erase="ERASE",
        topics=("ik zoek een lening voor een oven", "vergunning voor mijn winkel", "verpakking voor export"),
        answer_to_counselor=("Hartelijk dank!", "prima, tot dan", "donderdag is goed"),
        counselor="Goedendag, ik heb uw bericht gezien. Kunt u donderdag om 10 uur langskomen?",
        businesses={
            "food": ("Warung {last}", "Bakkerij {last}", "Roti Shop {last}"),
            "farming": ("Kwekerij {last}",),
            "crafts": ("Atelier {last}", "Pangi van {last}"),
            "retail": ("Winkel {last}",),
            "tourism": ("{last} Tours", "Gasthuis {last}"),
            "beauty": ("Salon {last}",),
            "services": ("Garage {last}", "{last} Techniek"),
            "other": ("{last} Handel",),
        },
        trainings={
            "finance": "Uw boekhouding op orde",
            "technology": "Verkopen via WhatsApp",
            "standards": "Etiketten en hygiëne",
            "cooperatives": "Samen inkopen",
            "value_chains": "Leveren aan hotels",
        },
    ),
}
