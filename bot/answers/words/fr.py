"""French of the Caribbean and Haiti."""

from __future__ import annotations

from fractions import Fraction

from bot.answers.words import fr_commands as steering
from bot.answers.words.base import Words, listed, numbered, patterns

WORDS = Words(
    code=steering.CODE,
    names=steering.NAMES,
    commands=steering.COMMANDS,
    join=steering.JOIN,
    polite=steering.POLITE,
    ordinals=steering.ORDINALS,
    numbers=numbered(
        """
        zero=0 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16
        vingt=20 vingts=20 trente=30 quarante=40 cinquante=50 soixante=60 septante=70 huitante=80 octante=80 nonante=90 quatre_vingt=80 quatre_vingts=80
        cent=x100 cents=x100 mille=x1000 milles=x1000 mil=x1000 million=x1000000 millions=x1000000 milliard=x1000000000 douzaine=x12 douzaines=x12
        dizaine=x10 dizaines=x10 quinzaine=15 vingtaine=20 trentaine=30 quarantaine=40 cinquantaine=50 centaine=x100 millier=x1000 deu=2 troi=3 quatr=4 katre=4 cink=5 sis=6 uit=8 nef=9 dis=10 quinz=15 vin=20 vint=20 trante=30
        quarente=40 karante=40 cinquente=50 sinquante=50 soissante=60 soixant=60 quinz=15 mile=x1000 sank=5 dousaine=x12 milion=x1000000 cens=x100
        """
    ),
    articles=listed("un | une"),
    joiners=listed("et"),
    fractions={
        "la moitie": Fraction(1, 2),
        "moitie": Fraction(1, 2),
        "moitie moitie": Fraction(1, 2),
        "la moitie de": Fraction(1, 2),
        "demi": Fraction(1, 2),
        "un demi": Fraction(1, 2),
        "la demi": Fraction(1, 2),
        "moitier": Fraction(1, 2),
        "cinquante cinquante": Fraction(1, 2),
        "un tiers": Fraction(1, 3),
        "le tiers": Fraction(1, 3),
        "tiers": Fraction(1, 3),
        "un tier": Fraction(1, 3),
        "deux tiers": Fraction(2, 3),
        "les deux tiers": Fraction(2, 3),
        "2 tiers": Fraction(2, 3),
        "un quart": Fraction(1, 4),
        "le quart": Fraction(1, 4),
        "quart": Fraction(1, 4),
        "trois quarts": Fraction(3, 4),
        "les trois quarts": Fraction(3, 4),
        "trois quart": Fraction(3, 4),
        "3 quarts": Fraction(3, 4),
        "les 3 quarts": Fraction(3, 4),
        "un cinquieme": Fraction(1, 5),
        "deux cinquiemes": Fraction(2, 5),
        "un dixieme": Fraction(1, 10),
        "tout": Fraction(1),
        "tous": Fraction(1),
        "toutes": Fraction(1),
        "toute": Fraction(1),
        "la totalite": Fraction(1),
        "en totalite": Fraction(1),
        "tout le monde": Fraction(1),
    },
    halves=listed("demi | demie"),
    months={
        "janvier": 1,
        "janv": 1,
        "jan": 1,
        "fevrier": 2,
        "fev": 2,
        "fevr": 2,
        "mars": 3,
        "avril": 4,
        "avr": 4,
        "mai": 5,
        "juin": 6,
        "juillet": 7,
        "juil": 7,
        "aout": 8,
        "aou": 8,
        "septembre": 9,
        "sept": 9,
        "sep": 9,
        "octobre": 10,
        "oct": 10,
        "novembre": 11,
        "nov": 11,
        "decembre": 12,
        "dec": 12,
        "fevriyer": 2,
        "otobre": 10,
        "desembre": 12,
    },
    hedges=listed(
        """
        environ | env | a peu pres | a peu prêt | presque | plus ou moins | autour de | aux alentours de | aux environs de | approximativement | approx | peut etre | je crois | je pense | je dirais | disons | dans les | vers les | pres de | quelque chose comme | en gros | grosso modo | a vue de nez | estimation | estime | estimee | une estimation | en moyenne | moyenne | une moyenne de | a plus ou moins | je crois que | je pense que | on va dire | a la louche | ca doit etre | ca tourne autour de | il me semble | je suppose | sans doute | quelques | dans ces eaux la | genre | a un peu pres | a peut pres | environs | probablement | quasi | quasiment
        """
    ),
    periods={
        "day": listed(
            "par jour | le jour | chaque jour | tous les jours | la journee | par journee | quotidien | quotidiennement | a la journee | jour | hier | aujourd'hui | journalier | journaliers | par jours | j | par j"
        ),
        "week": listed(
            "par semaine | la semaine | chaque semaine | toutes les semaines | hebdomadaire | hebdo | a la semaine | semaine | la semaine derniere | cette semaine | une semaine | par semaines | par sem | hebdomadaires | le week end | par week end"
        ),
        "fortnight": listed(
            "par quinzaine | tous les quinze jours | toutes les deux semaines | tous les 15 jours | toutes les 2 semaines | la quinzaine | chaque quinzaine"
        ),
        "month": listed(
            "par mois | le mois | chaque mois | tous les mois | mensuel | mensuels | mensuelle | mensuellement | au mois | mois | le mois dernier | mois dernier | le mois passe | du mois | un mois | pour le mois | sur le mois | dans le mois | du mois dernier | au mois dernier | mois passe | pour le mois dernier | le dernier mois | le mois precedent"
        ),
        "quarter": listed(
            "par trimestre | le trimestre | chaque trimestre | trimestriel | trimestre | tous les trois mois | tous les 3 mois | au trimestre"
        ),
        "year": listed(
            "par an | l'an | l'annee | par annee | chaque annee | tous les ans | annuel | annuels | annuelle | annuellement | a l'annee | an | annee | l'an dernier | l'annee derniere | l'annee passee | sur l'annee | pour l'annee | l'an passe | un an | dans l'annee | sur un an | de l'annee | de l'annee derniere"
        ),
    },
    this_period=listed(
        "ce mois ci | ce mois | cette annee | jusqu'a present | jusqu'ici | jusqu'a maintenant | pour l'instant ce mois | le mois en cours | mois en cours | depuis le debut du mois | depuis le debut de l'annee"
    ),
    total=listed(
        "total | au total | en tout | en total | ensemble | le total | tout compris | somme | total de | tout confondu | total des ventes | ca fait en tout"
    ),
    corrections=listed(
        "je veux dire | je voulais dire | pardon | desole | desolee | plutot | non plutot | enfin | erreur | rectification | correction | je me suis trompe | je me suis trompee | non pardon | oups | c'est a dire | je corrige | attends | attendez | faute de frappe | je rectifie"
    ),
    bounds=listed(
        "moins de | plus de | au moins | au plus | au maximum | maximum | minimum | au minimum | jusqu'a | a peine | pas plus de | pas moins de | ou plus | ou moins | et plus | en dessous de | au dessus de | max | min | superieur a | inferieur a | depasse | ne depasse pas | minimum de | maximum de | un maximum de | un minimum de | et quelques | pas meme | meme pas"
    ),
    ors=listed("ou | a | entre | de | jusque | ou bien | soit | varie entre | versus | vs"),
    plus=listed("et | plus | avec | ainsi que | aussi | et aussi | en plus"),
    each=listed(
        "chacun | chacune | piece | la piece | l'unite | par unite | par personne | par tete | chaque | le kilo | par piece | par client | la livre | l'un"
    ),
    percent=listed(
        "pour cent | pourcent | pourcentage | pour cents | pourcents | pct | % | pourcen | pour 100 | pr cent"
    ),
    units=listed(
        """
        jours | semaines | ans | annees | heures | heure | h | clients | client | clientes | commandes | commande | caisses | caisse | livres | kilos | kg | pieces | unites | gateaux | plats | robes | poulets | oeufs | bouteilles | paquets | sacs | billets | produits | pains |
        tasses | tetes | chambres | tables | voitures | camions | chevres | vaches | cochons | hectares | boutiques | magasins | machines | fois | minutes | telephones | repas | chaussures | savons | pates | jus | boissons | bieres | cartons | litres | metres | colis
        """
    ),
    people=listed(
        """
        personnes | personne en plus | employes | employe | employee | employees | salaries | salarie | salariee | salariees | travailleurs | travailleur | ouvriers | ouvrier | filles | ami | amie | aide | fille | garcons | garcon | gars | hommes | homme | femmes | femme | dames | dame | aides | collaborateurs | collaborateur | collaboratrice | gens | jeunes | jeune | autres | autres personnes | autre personne | autre | membres | equipiers | apprentis | apprenti | stagiaires | mecaniciens | vendeuses | vendeurs | vendeur | vendeuse | cuisiniers | personel | personnel | effectif | effectifs | monde | assistants | assistantes | extras | agents | d'entre nous | d'autres | emploes | employés | emploiyes | emplois | postes | cdi | contrats
        """
    ),
    full=listed(
        "a temps plein | temps plein | plein temps | a plein temps | temps complet | a temps complet | permanents | permanent | permanente | permanentes | fixes | fixe | cdi | en cdi | full time | temps pleins | full"
    ),
    part=listed(
        "a temps partiel | temps partiel | mi temps | a mi temps | partiel | partiels | temps partiels | saisonniers | saisonnier | occasionnels | occasionnel | part time | extras | extra | le week end | le weekend | week end | les week ends | le samedi | les samedis | interimaires | interimaire | de temps en temps | cdd | en cdd | a l'heure | temporaires | temporaire | journaliers | vacataires"
    ),
    oneself=listed(
        """
        moi | moi seul | moi seule | moi meme | juste moi | seulement moi | que moi | rien que moi | seul | seule | tout seul | toute seule | je suis seul | je suis seule | je travaille seul | je travaille seule | je suis tout seul | je suis toute seule | uniquement moi | il n'y a que moi | il y a que moi | y a que moi | ya que moi | c'est moi | c'est que moi | c'est juste moi | je bosse seul | je bosse seule | je suis le seul | je suis la seule | moi tout seul | moi toute seule | le patron | la patronne | le gerant | la gerante | auto entrepreneur | autoentrepreneur | je fais tout | je fais tout moi meme | je fais tout seul | je fais tout toute seule | moi uniquement | moi seulement | je suis tout seul dans l'entreprise | seulement moi meme | je travaille tout seul | je travaille toute seule | personne d'autre que moi | mon compte | a mon compte
        """
    ),
    relatives=listed(
        """
        ma soeur | mon frere | ma femme | mon mari | ma mere | mon pere | ma maman | mon papa | mon fils | ma fille | mon cousin | ma cousine | mon ami | mon amie | mon associe | mon associee | ma tante | mon oncle | mon neveu | ma niece | mon assistante | mon assistant | mon aide | mon conjoint | ma conjointe | mon copain | ma copine | mon epouse | mon epoux | mon voisin | ma voisine | mon employe | mon employee | ma belle soeur | mon beau frere | mon apprenti
        """
    ),
    groups=listed(
        "famille | ma famille | la famille | mes enfants | mes fils | mes filles | mes freres | mes soeurs | des amis | mes amis | mes cousins | mes parents | les enfants | que la famille | en famille | mon equipe | une equipe | mes employes | mes gars"
    ),
    including=listed(
        "moi compris | moi comprise | y compris moi | avec moi | moi inclus | moi incluse | en me comptant | moi y compris | en comptant moi | moi compri | en m'incluant | dont moi | y compris moi meme | incluant moi | inclus moi | le gerant compris"
    ),
    excluding=listed(
        "sans moi | sans me compter | a part moi | en plus de moi | hormis moi | et moi | et moi meme | plus moi | moi exclu | sans compter moi | sauf moi | autre que moi | moi non compris | moi pas compris | en dehors de moi | avec mon aide | sans m'inclure | hors moi | sous moi"
    ),
    more=listed(
        "de plus | supplementaires | supplementaire | en plus | nouveaux | nouveau | nouvelle | embauche | embauches"
    ),
    now=listed(
        "maintenant | actuellement | aujourd'hui | en ce moment | a present | plus que | il reste | il en reste | reste | a ce jour | pour le moment | pour l'instant | desormais | toujours"
    ),
    before=listed(
        "avant | j'avais | on avait | auparavant | c'etait | etait | autrefois | l'an dernier c'etait | au debut | precedemment | nous avions | il y avait | anciennement | on etait"
    ),
    zero=listed(
        """
        rien | aucun | aucune | personne | zero | nul | neant | pas un | pas une | rien du tout | aucun employe | aucune vente | aucune personne | aucun salarie | pas encore | rien encore | personne encore | pas d'employe | pas d'employes | pas encore d'employe | pas encore d'employes | pas de vente | pas de ventes | pas de salarie | pas de salaries | zero vente | zero euro | pas un sou | pas un centime | pas un euro | pas un seul | pas une seule | pas un rond | que dalle | nada | aucun pour l'instant | aucun pour le moment | rien pour l'instant | rien pour le moment | personne pour l'instant | personne pour le moment | aucun encore | je n'ai personne | j'ai personne | je n'en ai pas | j'en ai pas | je n'ai pas | il n'y en a pas | y en a pas | aucun pour le mois | walou | personne d'autre | aucune pour l'instant | zero employe | zero salarie
        """
    ),
    negations=listed("non | pas | ne | n' | jamais | sans | ni | perdu | perte | pertes | dois | moins | negatif"),
    vague=listed(
        """
        peu | beaucoup | pas beaucoup | pas mal | pas grand chose | un peu | quelques centaines | quelques milliers | quelques uns | quelques unes | plusieurs | assez | bien | mal | pas terrible | comme d'habitude | pareil | la meme chose | comme avant | ca va | ca depend | depend | variable | ca varie | tres peu | trop | mieux | pire | bon | mauvais | moyen | normal | bas | haut | faible | une partie | la plupart | la majorite | majorite | presque tout | presque rien | le reste | plus de la moitie | moins de la moitie | un paquet | des milliers | des centaines | le double | double | triple | plein | une poignee | correct | suffisamment | enormement | comme ci comme ca | ca peut aller | un couple | une paire | deux ou trois
        """
    ),
    questions=listed(
        "quoi | pourquoi | comment | combien | quand | qui | quel | quelle | quels | quelles | ou ca | que voulez vous dire | c'est quoi | qu'est ce que | est ce que | je ne comprends pas | je comprends pas | j'ai pas compris | je n'ai pas compris | vous pouvez repeter | pouvez vous repeter | tu peux repeter | pouvez vous expliquer | brut ou net | ttc ou ht | hors taxe ou | en euros ou | ca veut dire quoi | vous parlez de | pardon quoi | a quoi ca sert | repetez"
    ),
    fillers=listed(
        """
        j' | je | on | nous | vous | il | elle | ils | elles | ai | a | as | avons | avez | ont | fait | fais | faisons | vendu | vends | vente | ventes | gagne | realise | encaisse | facture | touche | rentre | le | la | les | l' | d' | n' | m' | s' | c' | t' | qu' | du | des | de | en | au | aux | dans | sur | pour | par | mon | ma | mes | notre | nos | ce | ca | c'est | c'etait | cela | est | sont | etait | sommes | suis | y | il y a | ya | ca fait | chiffre d'affaires | chiffre d'affaire | chiffre | ca de | recette | recettes | revenu | revenus | montant | nombre | nombre de | reponse | dernier | derniere | passe | passee | seulement | juste | exactement | exact | bien | alors | bon | ben | bah | euh | voila | donc | eh bien | ok | oui | bonjour | bonsoir | salut | merci | svp | s'il vous plait | madame | monsieur | net | nets | brut | bruts | ttc | ht | hors taxe | boutique | entreprise | commerce | magasin | affaire | affaires | travaillent | travaille | travail | employons | emploie | qui | que | avec | chez | me | se | lui | leur | tout | compte | bosse | bossent | comme | ici | la bas | seul | grace a dieu | dieu merci | aussi | janvier | fevrier | mars | avril | mai | juin | juillet | aout | septembre | octobre | novembre | decembre | nous avons | nous sommes | on est | on a | on a fait | j'ai | j'ai fait | j'ai vendu | aident | aide | m'aident | et demi | mois | le mois dernier
        """
    ),
    sold=listed(
        """
        vendu | vends | vente | ventes | fait | encaisse | facture | realise | chiffre d'affaires | chiffre
        d'affaire | chiffre | ca de | recette | recettes | rentre | j'ai fait | j'ai vendu | on a fait | brut
        | bruts
        """
    ),
    debts=listed(
        """
        pret | prets | emprunte | emprunt | credit | banque | subvention | subventions | financement |
        microcredit
        """
    ),
    profit=listed(
        """
        benefice | benefices | marge | reste | restent | il reste | il me reste | net | nets | apres tout |
        une fois tout paye
        """
    ),
    not_sales=listed(
        """
        depense | depenses | paye | payer | paiement | cout | couts | coute | loyer | salaire | salaires | impot |
        impots | taxe | taxes | charges | frais | achat | achats | achete | investi | investis | investissement |
        besoin | veux | voudrais | espere | objectif | prevois | devrais | pourrais | stock | stocks | epargne |
        economise | je dois | on doit | doit | doivent | dettes | dette | devis | impaye | impayes | budget | vole |
        cadeau | mandat | donne moi | donnez moi | envoie moi | envoyez moi | chambre | code | abonnes | vues |
        amende | assurance | tontine | sou sou | envoye | m'a envoye
        """
    ),
    yes=listed(
        """
        oui | o | ui | ouii | ouiii | oui oui | ouais | ouai | oue | ouep | ouaip | yep | wi | si | mais oui | mais si | bien sur | bien sur que oui | bien sure | biensur | evidemment | certainement | absolument | tout a fait | exactement | exact | c'est exact | c'est ca | correct | c'est correct | d'accord | dac | dacc | ok | okay | volontiers | avec plaisir | sans doute | sans aucun doute | sans probleme | effectivement | en effet | affirmatif | c'est vrai | vrai | juste | c'est juste | parfait | tres bien | oui bien sur | oui merci | oui svp | oui s'il vous plait | je confirme | confirme | j'accepte | accepte | oui j'accepte | oui j'ai | oui c'est ca | oui tout a fait | oui beaucoup | beaucoup | bien evidemment | carrement | clairement | grave | j'en ai | j'ai | ca m'a aide | oui ca m'a aide | oui un peu | que oui | oui madame | oui monsieur | toujours | ça marche | ca marche | entendu | yes | ouiiiii | parfaitement | pour sur | oui chef | dieu merci oui | oui dieu merci | je veux bien | c'est sur | bien entendu
        """
    ),
    no=listed(
        """
        non | n | nn | nan | nann | nope | no | non non | non merci | mais non | bien sur que non | certainement pas | absolument pas | pas du tout | pas vraiment | pas encore | pas maintenant | pas pour l'instant | pas pour le moment | jamais | jamais de la vie | negatif | du tout | non pas du tout | non pas encore | non jamais | pas question | hors de question | en aucun cas | aucun | aucune | rien | je n'ai pas | j'ai pas | je n'en ai pas | j'en ai pas | je ne crois pas | je crois pas | je pense pas | je ne pense pas | je ne veux pas | je veux pas | je refuse | c'est faux | faux | incorrect | c'est pas ca | ce n'est pas ca | ce n'est pas correct | pas correct | pas d'accord | pas ca | que non | non plus | moi non plus | non helas | malheureusement non | malheureusement pas | helas non | pas tellement | pas trop | pas beaucoup | non monsieur | non madame | ca ne m'a pas aide | ca m'a pas aide | non desole | non desolee | plus maintenant | evidemment non | surement pas | sûrement pas | noon | nooon | noooon | nenni | je ne l'ai pas fait | tjrs pas | toujours pas
        """
    ),
    maybe=listed(
        "peut etre | parfois | des fois | ca depend | depend | un peu | plus ou moins | quelquefois | probablement | possible | possiblement | hmm | mmm | bof | oui et non | je crois | je pense | pas sur | pas sure | en partie | moyennement | de temps en temps | mais | sauf | si on veut | comme ci comme ca | plus tard | on verra | a voir | presque | rarement | plutot | je crois que oui"
    ),
    unknown=patterns(
        r"""
        \b(je|j|on|nous)? ?(ne |n)?(le |la |l|en )?(sais|savons|sait|saurais|sai|c) (vraiment |absolument |toujours |franchement |pas |plus |trop |rien |meme )*(pas|rien|plus|trop)\b | \b(je|j|on) ?(ne |n)?(me |m)?(en )?(souviens|rappelle|souvient) (pas|plus)\b | \bje men (souviens|rappelle) (pas|plus)\b | \b(aucune|pas d|pas la moindre|sans|pas dd?) ?idee\b | \bpas (tres |vraiment |trop |totalement |bien )?(sur|sure|certain|certaine)\b | \bjen sais rien\b | \bne saurais (pas )?(le |vous )?dire\b | \bchais? pas\b | \bjsp\b | \bchepa\b | \bsais pas\b | \bsais plus\b | \baucune idee\b | \bnai pas didee\b
        | \b(je|on|nous) (ne )?(tiens|tient|tenons|garde|fais|fait|note|compte|calcule|regarde) (pas|jamais|rien|pas encore)\b.{0,30}(compte|comptes|comptabilite|registre|cahier|trace|note|notes|compta|calcul|ca|chiffres?|$) | \b(je|on|nous|j)? ?(nai|n ai|ai|avons|navons|a|na) pas (encore )?(fait|calcule|compte|note|verifie|les chiffres|le chiffre|de comptes?|de compta|de comptabilite|tenu|de registre|regarde|linfo|linformation)\b | \b(il faut que je|je dois|faut que je|laissez moi|laisse moi|je vais|attendez que je) (verifi\w+|regard\w+|calcul\w+|demand\w+|compt\w+|voir)\b | \b(oublie|dieu (seul )?sait|qui sait|je lignore|jignore|difficile a dire|impossible a dire|aucune trace|pas de comptes?|pas de registres?|pas de cahier|mon comptable|ma comptable|mon mari sait|ma femme sait|demandez a mon|demandez a ma|nous ne savons pas|perdu (mon|le) cahier|perdu le compte)\b
        """
    ),
    refused=patterns(
        r"""
        \b(prefere|prefererais|preferons|prefererai|aimerais|aime) (autant |mieux )?(ne )?(pas|garder|rien)\b | \b(je|on|nous)? ?(ne |n)?(veux|souhaite|desire|peux|vais|compte|tiens|voulons|souhaitons|desirons|voudrais|aimerais|suis|repondrai|repond|reponds|dirai|dis|dirais|donne|communique|divulgue|donnerai|partage) (pas|rien|pas a|plus)( a| vous| te| le| l| envie de| vraiment| dispose a| oblige de| autorise a| y| en)* ?(dire|repondre|donner|partager|communiquer|divulguer|parler|reveler|preciser|dispose|vous le dire|vous repondre|a laise)\b | \b(dirai|dis|dirais|reponds|repondrai|communique|divulgue|partage) (pas|rien)\b(?! (encore|combien))
        | \b(je|on)? ?(ne )?veux pas$ | \b(prive|privee|confidentiel|confidentielle|confidentiels|personnel cest|cest personnel|personnelle|secret|ca ne vous regarde pas|ca vous regarde pas|ne vous regarde pas|vous regarde pas|te regarde pas|ca te regarde pas|pas vos affaires|pas votre affaire|pas tes affaires|pas (tes|vos|ses) oignons|occupez vous de vos|occupe toi de|mele toi|melez vous|mes affaires|sans commentaire|perso|pas de commentaire|je refuse|refuse de|je passe|pas a laise|je ne dis rien|je dis rien|ca ne se dit pas|ca ne se demande pas|indiscret|indiscrete|je garde (ca|cela|le)|aucun commentaire|je ne dis pas|pas envie de|de quoi je me mele)\b
        """
    ),
    nothing=patterns(
        r"""
        \b(je|j|on|nous|il|elle|y)? ?(ne |n)?(ai|nai|avons|navons|a|na|est|ont) (encore |toujours |absolument )?(rien|pas|jamais|aucun\w*|personne)( encore| du tout)? ?(vendu|fait|gagne|encaisse|de ventes?|d employes?|demployes?|demploye|de salaries?|vente|employes?|salaries?|embauche|dembauche|touche|realise|recu|exporte|de revenus?|recette|de recette|de clients?|travaille|dautre|commence|ouvert|du tout)?( quelquun| personne| rien| encore| du tout| le mois dernier| ce mois ci| pour linstant| pour le moment| en fevrier| que ce soit| a temps plein| a temps partiel| dautre)*$
        | \b(ferme|fermee|fermes) (tout|le|pour|depuis|en|ce)?\b | \bpas (encore )?(de |d)(ventes?|employes?|employe|salaries?|revenus?|recettes?|personnel|clients?|chiffre|embauche|activite)\b | \bpas (encore )?(commence|ouvert|vendu|embauche|demarre|gagne)\b | \b(aucun|aucune|zero) (employes?|ventes?|salaries?|revenus?|euros?|personnes?|recettes?|clients?|chiffre|pour|temps|a temps|autre)\b | \b(rien|personne) (vendu|du tout|encore|pour|dautre|le mois|ce mois|gagne|a part moi|en ce moment|en fevrier)\b | \bil ny a (personne|rien|aucun)\b | \by a (personne|rien)\b | \bni vente\b | \bpas un (sou|centime|euro|seul|rond|radis)\b | \bsans (employes?|salaries?|ventes?|personnel|revenus?)\b
        """
    ),
    complaints=patterns(
        r"""
        \b(arnaque|arnaqueurs?|voleurs?|merde|putain|connards?|idiots?|stupides?|nul a chier|vous etes nuls|inutiles?|marre|ras le bol|fatigue de|honte|scandale|plainte|reclamation|perte de temps|vous n aidez|vous (ne )?(m )?(avez|aidez|aide) (jamais|pas)|jamais (aide|appele|rappele)|harcelement|harcelez|foutez|ridicule|inadmissible|mauvais service)\b
        """
    ),
    years_ago=patterns(
        r"""
        (?:il y a|ya|y a|ca fait|cela fait|depuis|voila)(?: environ| a peu pres| presque| plus ou moins| deja)* (?P<n>\d+|[a-z]+(?: [a-z]+)?) (?P<unit>ans?|annees?|mois|semaines?|jours?)
        | (?P<n>\d+|[a-z]+) (?P<unit>ans?|annees?|mois|semaines?|jours?)
        """
    ),
    dates={
        "today": listed("aujourd'hui | maintenant | ce matin | ce jour"),
        "yesterday": listed("hier | hier soir | hier matin"),
        "before_yesterday": listed("avant hier"),
        "last_week": listed(
            "la semaine derniere | semaine derniere | la semaine passee | il y a une semaine | la derniere semaine"
        ),
        "this_week": listed("cette semaine"),
        "last_month": listed(
            "le mois dernier | mois dernier | le mois passe | il y a un mois | le dernier mois | mois passe"
        ),
        "this_month": listed("ce mois | ce mois ci"),
        "last_year": listed(
            "l'an dernier | l'annee derniere | l'annee passee | l'an passe | annee derniere | an dernier | il y a un an | annee passee | l'annee d'avant | l'annee precedente"
        ),
        "this_year": listed("cette annee | cette annee ci"),
        "year_before_last": listed("il y a deux ans | l'avant derniere annee | avant l'an dernier"),
        "last": listed("dernier | derniere | passe"),
        "this": listed("cette annee | de cette annee"),
        "future": listed("prochain | prochaine | demain | pas encore | bientot | l'annee prochaine"),
        "around": listed(
            "debut | au debut de | fin | a la fin de | mi | milieu | vers | ete | hiver | noel | paques | avant | apres | environ | je crois | courant | le debut de | la fin de"
        ),
    },
)
