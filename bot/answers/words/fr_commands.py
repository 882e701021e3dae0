"""French of the Caribbean and Haiti: what steers the conversation."""

from __future__ import annotations

from bot.answers.words.base import Listed, listed

CODE = "fr"
NAMES = listed("francais | french | frances | franse | frans | fr | fra | fre")
POLITE = listed(
    """
    s'il vous plait | s'il te plait | svp | stp | merci | merci beaucoup | bonjour | bonsoir | salut | pardon |
    desole | desolee | monsieur | madame | ok | d'accord
    """
)
JOIN = listed("rejoindre | joindre")
COMMANDS: dict[str, Listed] = {
    "stop": listed(
        """
        arret | arreter | arretez | arrete | stopper | stoppez | desabonner | desabonnement | me desabonner |
        desinscrire | desinscription | annuler | plus de messages | plus de sms | ne m'ecrivez plus | ne m'ecris
        plus | n'ecrivez plus | arretez de m'ecrire | arrete de m'ecrire | arretez les messages | arretez ces
        messages | laissez-moi tranquille | laissez moi tranquille | laisse-moi tranquille | laisse moi tranquille |
        fichez-moi la paix | ne me contactez plus | ne m'envoyez plus de messages | ne m'envoyez plus rien | je ne
        veux plus de messages | je veux plus de messages | je ne veux plus recevoir de messages | retirez-moi de la
        liste | retirez moi de la liste | supprimez mon numero | je veux arreter
        """
    ),
    "start": listed("commencer | demarrer | debuter | reprendre les messages | s'abonner | m'abonner"),
    "help": listed(
        """
        aide | aidez-moi | aidez moi | aide-moi | infos | besoin d'aide | j'ai besoin d'aide | commandes
        """
    ),
    "language": listed("langue | langues | changer de langue | changer la langue | autre langue"),
    "back": listed("retour | precedent | precedente | revenir | question precedente | en arriere"),
    "skip": listed("passer | sauter | passe | question suivante | passer la question | ignorer"),
    "pause": listed(
        """
        plus tard | pas maintenant | une autre fois | demain | je suis occupe | je suis occupee | occupe | occupee |
        continuer plus tard | faire une pause
        """
    ),
    "person": listed(
        """
        personne reelle |  conseiller | conseillere | un conseiller | humain |  parler a
        quelqu'un | parler a une personne | parler a un conseiller | parler a mon conseiller | je veux parler a
        quelqu'un | je veux parler a une personne | appelez-moi | appelez moi
        """
    ),
    "code": listed(
        """
        mon code | ajouter un telephone | nouveau telephone | nouveau numero | ajouter un numero
        """
    ),
    "followup": listed(
        """
        suivi | enquete | sondage | mettre a jour | mise a jour | mes chiffres | continuer | reprendre |
        questionnaire
        """
    ),
    "data": listed(
        """
        mes donnees | donnees | voir mes donnees | que savez-vous de moi | mes informations
        """
    ),
    "erase": listed(
        """
        effacer | effacer mes donnees | effacez mes donnees | supprimer | supprimer mes donnees | supprimez mes
        donnees | supprimer mon compte | oubliez-moi | oubliez moi
        """
    ),
}
ORDINALS: dict[int, Listed] = {
    1: listed("un | une | le premier | la premiere | premier | premiere"),
    2: listed("deux | le deuxieme | la deuxieme | deuxieme"),
    3: listed("trois | le troisieme | la troisieme"),
    4: listed("quatre"),
    5: listed("cinq"),
    6: listed("six"),
    7: listed("sept"),
    8: listed("huit"),
    9: listed("neuf"),
}
