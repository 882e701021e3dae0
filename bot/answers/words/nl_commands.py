"""Dutch, as in Suriname: what steers the conversation."""

from __future__ import annotations

from bot.answers.words.base import Listed, listed

CODE = "nl"
NAMES = listed(
    """
    nederlands | dutch | holandes | neerlandais | neerlandes | olande | hollands | nl | nld
    """
)
POLITE = listed(
    """
    alstublieft | alsjeblieft | aub | ajb | graag | dank u | dank je | dank u wel | dank je wel | bedankt | hallo |
    hoi | goedemorgen | goedemiddag | goedenavond | sorry | ok | even | meneer | mevrouw
    """
)
JOIN = listed("meedoen | aanmelden")
COMMANDS: dict[str, Listed] = {
    "stop": listed(
        """
        stoppen | afmelden | uitschrijven | annuleren | ophouden | hou op | houd op | stop ermee | stop hiermee |
        geen berichten | geen berichten meer | niet meer sturen | stuur niets meer | stuur mij niets meer | stuur me
        niets meer | stuur geen berichten meer | stuur mij geen berichten meer | stuur me geen berichten meer | stop
        met sturen | stop met berichten | stop met appen | ik wil geen berichten | ik wil geen berichten meer | laat
        me met rust | laat mij met rust | val me niet lastig | haal me van de lijst | verwijder mijn nummer
        """
    ),
    "start": listed("starten | beginnen | begin | hervatten"),
    "help": listed("hulp | help mij | ik heb hulp nodig | informatie | opdrachten"),
    "language": listed("taal | andere taal | taal veranderen | verander taal | verander de taal"),
    "back": listed("terug | ga terug | vorige | vorige vraag"),
    "skip": listed("overslaan | sla over | volgende vraag | deze overslaan"),
    "pause": listed(
        """
        pauze | later | niet nu | nu niet | een andere keer | morgen | ik ben bezig | bezig | ik heb het druk
        """
    ),
    "person": listed(
        """
        persoon |  adviseur | een adviseur |   medewerker | praten met iemand | met
        iemand praten | ik wil iemand spreken | ik wil met iemand praten | spreek met iemand | bel me | bel mij
        """
    ),
    "code": listed(
        """
        mijn code | telefoon toevoegen | nieuwe telefoon | nieuw nummer | nummer toevoegen
        """
    ),
    "followup": listed(
        """
        opvolging | enquete | vragenlijst | bijwerken | mijn cijfers | doorgaan | verder | onderzoek
        """
    ),
    "data": listed("mijn gegevens | gegevens | toon mijn gegevens | wat weet u over mij | mijn data"),
    "erase": listed(
        """
        wissen | verwijderen | verwijder mijn gegevens | wis mijn gegevens | mijn gegevens wissen | mijn gegevens
        verwijderen | verwijder mij | vergeet mij
        """
    ),
}
ORDINALS: dict[int, Listed] = {
    1: listed("een | de eerste | eerste"),
    2: listed("twee | de tweede | tweede"),
    3: listed("drie | de derde | derde"),
    4: listed("vier"),
    5: listed("vijf"),
    6: listed("zes"),
    7: listed("zeven"),
    8: listed("acht"),
    9: listed("negen"),
}
