"""Haitian Creole, with the Kwéyòl of Saint Lucia and Dominica where it differs: what steers the conversation."""

from __future__ import annotations

from bot.answers.words.base import Listed, listed

CODE = "ht"
NAMES = listed(
    """
    kreyol | kreyol ayisyen | creole | haitian creole | haitian | haitien | creole haitien | criollo | criollo
    haitiano | crioulo | kweyol | ht | hat
    """
)
POLITE = listed(
    """
    tanpri | souple | silvouple | mesi | mesi anpil | bonjou | bonswa | alo | padon | eskize m | eskize mwen
    """
)
JOIN = listed("antre | rantre | enskri")
COMMANDS: dict[str, Listed] = {
    "stop": listed(
        """
        sispann | rete | kanpe | anile | estop | stope | pa ekri m anko | pa ekri mwen anko | pa voye mesaj anko |
        pa voye mesaj ban mwen anko | pa voye mesaj ban m anko | pa voye m mesaj anko | sispann ekri m | sispann
        ekri mwen | sispann voye mesaj | mwen pa vle mesaj | mwen pa vle mesaj anko | m pa vle mesaj | m pa vle
        mesaj anko | m pa vle resevwa mesaj | kite m trankil | kite mwen trankil | kite m anpe | retire m sou lis la
        | retire mwen sou lis la | dezabone | dezabone m | pa kontakte m anko | pa deranje m | pa deranje m anko |
        pa anmede m
        """
    ),
    "start": listed("komanse | koumanse | demare | rekomanse"),
    "help": listed("ed | ede m | ede mwen | mwen bezwen ed | m bezwen ed | enfomasyon"),
    "language": listed("lang | chanje lang | lot lang"),
    "back": listed("tounen | retounen | anvan | kesyon anvan | deye"),
    "skip": listed("sote | pase | sote kesyon an | kesyon swivan | lot kesyon"),
    "pause": listed(
        """
        pita | pi ta | poz | pran yon poz | pa kounye a | yon lot fwa | demen | mwen okipe | m okipe | okipe
        """
    ),
    "person": listed(
        """
   konseye | yon konseye | pale ak yon moun | pale ak moun | pale ak konseye | pale ak
        konseye m | mwen vle pale ak yon moun | m vle pale ak yon moun | rele m | rele mwen
        """
    ),
    "code": listed(
        """
        kod | kod mwen | kod la | ajoute telefon | nouvo telefon | nouvo nimewo | ajoute nimewo
        """
    ),
    "followup": listed("swivi | anket | sondaj | mete ajou | chif mwen | kontinye"),
    "data": listed(
        """
        done mwen | done m | done | we done mwen | ki sa ou konnen sou mwen | enfomasyon mwen
        """
    ),
    "erase": listed(
        """
        efase | efase done mwen | efase done m | efase m | siprime | siprime done mwen | bliye m
        """
    ),
}
ORDINALS: dict[int, Listed] = {
    1: listed("youn | premye | premye a"),
    2: listed("de | dezyem | dezyem nan"),
    3: listed("twa | twazyem | twazyem nan"),
    4: listed("kat"),
    5: listed("senk"),
    6: listed("sis"),
    7: listed("set"),
    8: listed("uit | wit"),
    9: listed("nef"),
}
