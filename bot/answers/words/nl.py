"""Dutch, as in Suriname, with the Sranan words that Surinamese mix in."""

from __future__ import annotations

from fractions import Fraction

from bot.answers.words import nl_commands as steering
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
        nul=0 twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12 dertien=13 veertien=14 vijftien=15 zestien=16 zeventien=17 achttien=18 negentien=19
        twintig=20 dertig=30 veertig=40 vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90 honderd=x100 honderden=x100 duizend=x1000 duizenden=x1000 miljoen=x1000000 milioen=x1000000 miljard=x1000000000 dozijn=x12
        twe=2 dri=3 fo=4 feifi=5 siksi=6 seibi=7 aiti=8 neigi=9 tin=10 eens=1 vijv=5 vijfig=50 twintg=20 hondert=x100 honder=x100 duisend=x1000 duizent=x1000 duizen=x1000 dusend=x1000 miljoenen=x1000000 dozein=x12 achtien=18 tachig=80 dertein=13 vijfteen=15 anderhalf=1.5 anderhalve=1.5 tweeenhalf=2.5 drieenhalf=3.5
        """
    ),
    articles=listed("een | 'n | eentje | 1tje"),
    joiners=listed("en"),
    fractions={
        "de helft": Fraction(1, 2),
        "helft": Fraction(1, 2),
        "half": Fraction(1, 2),
        "een half": Fraction(1, 2),
        "halve": Fraction(1, 2),
        "de helft van": Fraction(1, 2),
        "fifty fifty": Fraction(1, 2),
        "half half": Fraction(1, 2),
        "half om half": Fraction(1, 2),
        "afu": Fraction(1, 2),
        "een derde": Fraction(1, 3),
        "derde": Fraction(1, 3),
        "1 derde": Fraction(1, 3),
        "eenderde": Fraction(1, 3),
        "twee derde": Fraction(2, 3),
        "tweederde": Fraction(2, 3),
        "2 derde": Fraction(2, 3),
        "een kwart": Fraction(1, 4),
        "kwart": Fraction(1, 4),
        "een vierde": Fraction(1, 4),
        "driekwart": Fraction(3, 4),
        "drie kwart": Fraction(3, 4),
        "3 kwart": Fraction(3, 4),
        "een vijfde": Fraction(1, 5),
        "twee vijfde": Fraction(2, 5),
        "een tiende": Fraction(1, 10),
        "alles": Fraction(1),
        "allemaal": Fraction(1),
        "alle": Fraction(1),
        "helemaal": Fraction(1),
        "het geheel": Fraction(1),
        "iedereen": Fraction(1),
        "geheel": Fraction(1),
    },
    halves=listed("half | halve | een half"),
    months={
        "januari": 1,
        "jan": 1,
        "februari": 2,
        "feb": 2,
        "maart": 3,
        "mrt": 3,
        "april": 4,
        "apr": 4,
        "mei": 5,
        "juni": 6,
        "jun": 6,
        "juli": 7,
        "jul": 7,
        "augustus": 8,
        "aug": 8,
        "september": 9,
        "sep": 9,
        "sept": 9,
        "oktober": 10,
        "okt": 10,
        "november": 11,
        "nov": 11,
        "december": 12,
        "dec": 12,
        "febuari": 2,
        "october": 10,
    },
    hedges=listed(
        "ongeveer | rond | rond de | circa | ca | zo'n | zon | bijna | plusminus | plus minus | min of meer | ik denk | ik schat | denk ik | misschien | schatting | geschat | een stuk of | stuk of | tegen de | om en nabij | om en bij | ik geloof | gemiddeld | gemiddelde | laten we zeggen | zeg maar | pakweg | grofweg | naar schatting | iets van | iets als | +/- | of zo | ofzo | ongv | ong | waarschijnlijk | vermoedelijk | in de buurt van | nagenoeg | plm | ik dacht | dacht ik | zeg | dichtbij"
    ),
    periods={
        "day": listed(
            "per dag | elke dag | iedere dag | dagelijks | een dag | de dag | op een dag | p dag | gisteren | vandaag | daags | dag | p d | perdag"
        ),
        "week": listed(
            "per week | elke week | iedere week | wekelijks | een week | de week | p week | week | vorige week | deze week | afgelopen week | in een week | in de week | p w | perweek"
        ),
        "fortnight": listed(
            "per twee weken | om de twee weken | elke twee weken | per 2 weken | om de 2 weken | elke 2 weken | tweewekelijks | veertiendaags | per veertien dagen"
        ),
        "month": listed(
            "per maand | elke maand | iedere maand | maandelijks | een maand | de maand | p maand | maand | vorige maand | afgelopen maand | in een maand | in de maand | voor de maand | p m | permaand | de vorige maand | de afgelopen maand | laatste maand"
        ),
        "quarter": listed(
            "per kwartaal | elk kwartaal | ieder kwartaal | kwartaal | per drie maanden | per 3 maanden | elke drie maanden"
        ),
        "year": listed(
            "per jaar | elk jaar | ieder jaar | jaarlijks | een jaar | het jaar | p jaar | jaar | vorig jaar | afgelopen jaar | in een jaar | in het jaar | over het hele jaar | het hele jaar | op jaarbasis | per annum | het afgelopen jaar | het vorige jaar"
        ),
    },
    this_period=listed("deze maand | dit jaar | tot nu toe | tot op heden | tot nu | huidige maand"),
    total=listed(
        "totaal | in totaal | alles bij elkaar | bij elkaar | samen | het totaal | totale omzet | totaal van | opgeteld | alles samen"
    ),
    corrections=listed(
        "ik bedoel | ik bedoelde | bedoel | sorry | pardon | correctie | nee wacht | wacht | eigenlijk | foutje | typfout | verkeerd | nee sorry | sorry nee | oeps | moet zijn | ik wilde zeggen"
    ),
    bounds=listed(
        "minder dan | meer dan | minstens | hoogstens | maximaal | minimaal | tenminste | ten minste | op zijn minst | niet meer dan | niet minder dan | tot | onder | boven | of meer | of minder | ruim | max | min | hooguit | net boven | net onder | nog geen | en meer | maximum | minimum | onder de | boven de | groter dan | kleiner dan | nog niet eens | niet eens | over de"
    ),
    ors=listed("of | tussen | van | a | tot de | oftewel | versus | vs | danwel"),
    plus=listed("en | plus | met | samen met | en ook | ook | alsook | erbij"),
    each=listed(
        "per stuk | elk | ieder | stuk | per persoon | per hoofd | per eenheid | elke | per klant | per kilo | p st"
    ),
    percent=listed("procent | percent | % | pct | percentage | prosent | procenten | per cent"),
    units=listed(
        "dagen | weken | maanden | jaren | uren | uur | klanten | klant | bestellingen | bestelling | dozen | doos | kilo | kilos | kg | stuks | stukken | taarten | borden | jurken | hemden | kippen | kip | eieren | flessen | zakken | kaartjes | producten | broden | kopjes | kamers | tafels | auto's | autos | koeien | varkens | hectare | winkels | machines | keer | minuten | telefoons | maaltijden | schoenen | zepen | drankjes | liters | meters | pakken | bakken"
    ),
    people=listed(
        "mensen | persoon | personen | werknemers | werknemer | medewerkers | medewerker | medewerkster | medewerksters | personeelsleden | personeel | man | mannen | vrouw | vrouwen | meisjes | vriend | vriendin | assistent | meisje | jongens | jongen | dames | dame | heren | helpers | helper | hulpen | hulp | krachten | kracht | arbeiders | arbeider | collega's | collegas | collega | anderen | andere | ander | andere mensen | leden | jongeren | assistenten | in dienst | werkers | werknemrs | mensn | medwerkers | uitzendkrachten | stagiaires | sma | suma | boi | boys | verkopers | koks | naaisters | leerlingen | lui | van ons"
    ),
    full=listed(
        "voltijds | voltijd | fulltime | full time | full-time | volledig | vast | vaste | in vaste dienst | vaste dienst | voltijdse | hele dagen | fulltimers | fulltimer | vol | fte"
    ),
    part=listed(
        "deeltijds | deeltijd | parttime | part time | part-time | halve dagen | tijdelijk | tijdelijke | in het weekend | weekend | weekends | op zaterdag | parttimers | parttimer | oproepkrachten | oproepkracht | seizoens | losse | los | halftime | zaterdags | af en toe | deeltijdse | flexwerkers | seizoenarbeiders"
    ),
    oneself=listed(
        "ik | alleen ik | ik alleen | ikzelf | ik zelf | enkel ik | slechts ik | ik ben alleen | ik werk alleen | alleen | alleen ikzelf | ik doe alles zelf | ik doe alles alleen | in mijn eentje | ik in mijn eentje | zelfstandig | mezelf | alleen mezelf | ik ben de enige | alleen maar ik | ik werk zelf | ik werk in mijn eentje | mijzelf | alleen mijzelf | de eigenaar | eigenaar | eenmanszaak | ik heb een eenmanszaak | ik ben het alleen | zzp | zzper | net mi | mi wan | soso mi | mi wawan | alleen de eigenaar | ik run het alleen | enkel ikzelf | slechts ikzelf | ik ben alleen in de zaak | ik sta er alleen voor"
    ),
    relatives=listed(
        """
        mijn zus | mijn broer | mijn vrouw | mijn man | mijn moeder | mijn vader | mijn zoon | mijn dochter | mijn neef | mijn nicht | mijn vriend | mijn vriendin | mijn partner | mijn tante | mijn oom | mijn hulp | mijn assistent | mijn echtgenoot | mijn echtgenote | mijn schoonzus | mijn zwager | m'n zus | m'n broer | m'n vrouw | m'n man | m'n zoon | m'n dochter | mijn buurvrouw | mijn ma | mijn pa | mijn mama | mijn papa | mijn zusje | mijn broertje | mi sisa | mi brada | mi masra | mi wefi
        """
    ),
    groups=listed(
        "familie | mijn familie | de familie | familieleden | mijn kinderen | mijn zonen | mijn dochters | vrienden | mijn vrienden | mijn broers | mijn zussen | mijn ouders | alleen familie | mijn gezin | gezin | mijn team | een team | de kinderen | wat vrienden | familiebedrijf | enkel familie"
    ),
    including=listed(
        "inclusief ik | inclusief mij | inclusief mezelf | met mij | met mij erbij | mij meegerekend | mezelf meegerekend | ik meegerekend | mijzelf meegeteld | inclusief mijzelf | incl mij | incl mezelf | met mezelf | mezelf inbegrepen | ik inbegrepen | mij inbegrepen | ikzelf meegerekend | inclusief eigenaar | inclusief de eigenaar | met mij meegerekend"
    ),
    excluding=listed(
        "exclusief ik | exclusief mij | exclusief mezelf | zonder mij | behalve mij | naast mij | en ik | en ikzelf | plus ik | mij niet meegerekend | buiten mij | excl mij | zonder mezelf | behalve ik | naast mezelf | plus mezelf | mij niet meegeteld | en mezelf | die voor mij werken | die met mij werken | buiten mezelf | behalve mezelf | mezelf niet meegerekend"
    ),
    more=listed("meer | extra | nieuwe | nieuw | bijgekomen | erbij"),
    now=listed(
        "nu | momenteel | op dit moment | tegenwoordig | vandaag de dag | thans | nog maar | over | nog over | nog steeds | nu nog | voorlopig | nu zijn het"
    ),
    before=listed(
        "vroeger | eerst | voorheen | had | hadden | eerder | daarvoor | waren het er | waren het | was het | vorig jaar waren het | in het begin | begonnen met | voordien"
    ),
    zero=listed(
        "niets | niks | geen | niemand | nul | geen een | geen enkele | geen enkel | nog geen | nog niets | nog niks | nog niemand | geen personeel | geen werknemers | geen omzet | geen verkoop | geen medewerkers | helemaal niets | helemaal niks | geen cent | geen dollar | geen mensen | noppes | nada | geeneen | geen inkomsten | niets verkocht | niks verkocht | niet verkocht | nog niet | geen werknemer | geen medewerker | geen mens | helemaal geen | ik heb geen | ik heb niemand | heb geen | heb niemand | ik heb er geen | we hebben geen | ik heb niks verkocht | ik heb niets verkocht | nihil | notti | nowan | no wan | geen verkopen | geen sales | zero | geen vaste | geen hulp | momenteel geen | op dit moment geen | nu geen"
    ),
    negations=listed("niet | geen | nooit | nee | zonder | verloren | verlies | schuld | min | negatief | noit"),
    vague=listed(
        "weinig | veel | heel weinig | heel veel | een beetje | beetje | enkele | een paar | paar | sommige | genoeg | goed | slecht | matig | redelijk | normaal | zoals altijd | hetzelfde | zelfde | als altijd | net als vorige keer | hangt ervan af | hangt er van af | ligt eraan | wisselt | verschilt | varieert | wisselend | beter | slechter | laag | hoog | niet veel | niet zoveel | niet slecht | gewoon | de meeste | meeste | meerderheid | de meerderheid | bijna alles | bijna niets | de rest | meer dan de helft | minder dan de helft | een hoop | hoop | heleboel | een heleboel | tientallen | het dubbele | dubbel | een stel | voldoende | een deel | verschillende | gaat wel | het gaat | best goed | pikin | furu | een handvol | handvol | zo zo | bijna de helft | bijna allemaal"
    ),
    questions=listed(
        "wat | waarom | hoe | hoeveel | wanneer | wie | welke | waar | wat bedoelt u | wat bedoel je | hoezo | ik begrijp het niet | ik snap het niet | ik begrijp niet | snap niet | kunt u herhalen | kan je herhalen | kunt u dat herhalen | leg uit | bruto of netto | in srd of | in dollars of | is dat | bedoelt u | bedoel je | wat is | waarvoor | wablief | fa | san"
    ),
    fillers=listed(
        """
        ik | rustig | slechte | goede | we | wij | heb | hebben | had | hadden | heeft | is | zijn | was | waren | de | het | een | van | in | op | aan | voor | met | mijn | m'n | ons | onze | er | dat | dit | deze | verkocht | verkopen | verkoop | omzet | gemaakt | gedaan | verdiend | verdien | verdienen | binnengekregen | ontvangen | gehaald | draaien | gedraaid | draai | maand | vorige | vorig | afgelopen | ja | nou | dus | maar | gewoon | precies | exact | slechts | alleen | enkel | maar liefst | wel | ook | dan | daar | hier | werken | werkt | werk | bedrijf | winkel | zaak | bedrag | aantal | aantal werknemers | antwoord | inkomsten | inkomen | winst | bruto | netto | schoon | hallo | hoi | goedemorgen | goedemiddag | goedenavond | dank u | dank je | bedankt | alstublieft | meneer | mevrouw | ok | oke | hoor | toch | eh | uh | nu | zo | bij | mij | me | hun | zij | hij | ze | u | je | januari | februari | maart | april | mei | juni | juli | augustus | september | oktober | november | december | helpen | helpt | mee | in dienst | op de loonlijst | geleden | gehad | wordt | kwam | kwamen | komt | uit | gekomen | geworden | werkzaam | omzet was | verkoop was | god zij dank | gelukkig | a | mi | wi | abi | mi abi | wi abi | ben | nog | ik heb | wij hebben | we hebben | ik had | rond
        """
    ),
    sold=listed(
        """
        verkocht | verkopen | verkoop | omzet | gemaakt | gedraaid | draai | draaien | binnengekregen |
        ontvangen | inkomsten | bruto | omzet was | verkoop was | verdiend | gehaald
        """
    ),
    debts=listed(
        """
        lening | geleend | krediet | bank | subsidie | financiering | lenen
        """
    ),
    profit=listed(
        """
        winst | winstmarge | netto | over | overgehouden | na alles | moni na alles
        """
    ),
    not_sales=listed(
        """
        uitgegeven | uitgaven | uitgave | betaald | betalen | betaling | kost | kosten | huur | loon | lonen |
        salaris | salarissen | belasting | belastingen | btw | inkoop | inkopen | ingekocht | gekocht | kopen |
        geinvesteerd | investering | nodig | wil | willen | hoop | hopen | verwacht | verwachten | doel | streef |
        zou | zouden | voorraad | gespaard | spaargeld | schuld | schulden | krijg nog | te goed | onbetaald |
        offerte | begroting | gestolen | cadeau | stuur | geef | kamer | code | volgers | boete | verzekering |
        premie | kasmoni | gestuurd
        """
    ),
    yes=listed(
        "ja | j | jaa | jaaa | ja ja | jaja | jawel | jazeker | zeker | zeker weten | natuurlijk | tuurlijk | vanzelfsprekend | absoluut | inderdaad | klopt | dat klopt | het klopt | ja klopt | juist | dat is juist | correct | precies | goed | is goed | prima | akkoord | oke | ok | okay | okee | graag | ja graag | ja hoor | ja natuurlijk | ja zeker | yes | yep | jep | jup | jah | ja meneer | ja mevrouw | ja dank u | dat is waar | waar | klopt helemaal | helemaal | eens | mee eens | ik ga akkoord | ja ik heb | ja dat heb ik | heb ik | ik heb | ja dat klopt | ja het heeft geholpen | het heeft geholpen | heel veel | zonder twijfel | uiteraard | definitief | bevestigd | ik bevestig | doe maar | perfect | ai | aai | iya | ja man | ja toch | ja wel | altijd | yes sir | jazekers | geen probleem | ya"
    ),
    no=listed(
        "nee | n | nee nee | neen | neeee | neee | nop | nope | no | niet | nee hoor | nee dank u | nee dank je | nee bedankt | nog niet | niet echt | helemaal niet | absoluut niet | zeker niet | natuurlijk niet | nooit | nooit niet | geen | niets | niks | nee nog niet | nee niet echt | nee helaas | helaas niet | helaas | niet nu | nu niet | voorlopig niet | nee sorry | ik heb niet | heb ik niet | ik heb geen | heb geen | ik denk het niet | denk het niet | denk ik niet | ik geloof het niet | ik dacht het niet | dat klopt niet | klopt niet | niet correct | onjuist | fout | verkeerd | incorrect | niet waar | niet mee eens | oneens | ik ga niet akkoord | niet akkoord | in geen geval | geenszins | allerminst | welnee | nee man | nee meneer | nee mevrouw | negatief | echt niet | nee joh | tuurlijk niet | nono | no no | nee heb ik niet | nee dat heb ik niet | niet meer | het heeft niet geholpen | nee absoluut niet | neh | noit | jammer genoeg niet | ik niet | nee niet"
    ),
    maybe=listed(
        "misschien | soms | hangt ervan af | hangt er van af | ligt eraan | een beetje | beetje | wellicht | mogelijk | waarschijnlijk | ja en nee | deels | gedeeltelijk | hmm | mmm | niet zeker | ik denk | ik denk het wel | denk het wel | af en toe | bijna | maar | min of meer | later | zal zien | we zullen zien | kan zijn | zou kunnen | redelijk | niet altijd | tja | mwah | zo zo"
    ),
    unknown=patterns(
        r"""
        \b(ik |k |wij |we |mi )?(weet|weten|wist|herinner|zou|kan|heb|hebben|ben|sabi)( ik| we| het| dat| er| mij| me| echt| nog| eigenlijk| precies)* (niet|geen|niks|no)( meer| precies| zeker| echt| goed| helemaal| exact)?( weten| herinneren| zeggen| idee| zeker| flauw idee| bijgehouden| idee van| nageteld| geteld| berekend| opgeschreven| genoteerd)*\b(?<!heb niet)(?<!heb geen)(?<!ben niet)(?<!heb ik niet)(?<!heb niks)(?<!kan niet)(?<!hebben geen)(?<!hebben niet)(?<!heb er geen)(?<!heb nog geen)(?<!heb nog niet)(?<!hebben nog geen)(?<!zou niet)(?<!heb ik geen) | \b(geen|nul|geen flauw|geen enkel) idee\b | \bweet niet\b | \bweet (ik )?(het )?(echt |nog )?niet\b | \bniet (zo |helemaal |echt |heel )?zeker\b | \bgeen zekerheid\b | \bmi no sabi\b | \bno sabi\b
        | \b(ik |we |wij )?(houd|hou|hield|houden|schrijf|noteer|tel|heb|hebben|doe|bewaar|voer)( dat| het| er| de| mijn| dit)* (geen|niet|nooit|niks)( de| mijn| meer)? ?(boekhouding|administratie|boeken|bij|overzicht|op|registratie|cijfers|gegevens|bonnen|kasboek|bijgehouden|opgeschreven|geteld|opgeteld)\b | \b(ik )?(moet|ga|zal) (ik )?(het |dat |eerst |even |het even |het eerst |nog |eerst even )*(nakijken|checken|vragen|uitrekenen|opzoeken|kijken|tellen|navragen|uitzoeken|berekenen)\b | \b(laat me|laat mij|even) (het )?(even )?(nakijken|checken|kijken|vragen|tellen)\b | \b(vergeten|wie weet|god weet|alleen god weet|moeilijk te zeggen|lastig te zeggen|mijn (boekhouder|accountant|man|vrouw) (weet|doet|heeft|houdt)|geen (boekhouding|administratie|cijfers|overzicht|gegevens|registratie)|vraag (het )?(aan )?mijn|kan het niet zeggen|kwijt)\b
        """
    ),
    refused=patterns(
        r"""
        \b(liever|bij voorkeur|het liefst) (niet|geen|dat niet|niets|niks|voor mezelf|voor mij)\b | \b(zeg|deel|geef|vertel|houd|hou|wil|ga|zou|beantwoord|kan|mag)( ik| we| u| je| jou| dat| het| dit| er| daar| daarover| mijn| jullie| die| deze| op)* (liever )?(niet|niks|niets|geen|liever voor mezelf)( over| graag| aan u| zomaar| aan jou)? ?(zeggen|delen|vertellen|geven|kwijt|beantwoorden|antwoorden|antwoord|bekendmaken|informatie|antwoord geven|prijsgeven|praten|op in)\b | \b(zeg|deel|vertel|beantwoord)( ik| we| u| je| dat| het| er| daar)* (liever )?(niet|niks|niets)\b
        | \b(ik )?wil (dat |het |dit )?niet$ | \b(prive|privé|privacy|vertrouwelijk|persoonlijk|geheim|geen commentaar|gaat (je|u|jou|jullie|hun) (niks|niets|niet) aan|gaat (niemand|je|u) (wat |iets )?aan|niet jouw zaken|niet uw zaken|mijn zaak|mijn zaken|bemoei je|bemoei u|bemoeial|ik weiger|weiger|dat houd ik voor|dat hou ik voor|voor mezelf houden|mijn eigen zaken|niet openbaar|dat gaat|geen antwoord op|waarom wil (je|u) dat weten|niet prettig|niet op mijn gemak|daar praat ik niet over|no fu taki)\b
        """
    ),
    nothing=patterns(
        r"""
        \b(ik |we |wij |er |mi )?(heb|hebben|had|hadden|is|was|zijn|hebt)( ik| we| er| nog| nu| op dit moment| momenteel| vorige maand| toen| dit jaar)* (niets|niks|geen|niemand|niet|nog niets|nog niks|nog niet|nog niemand|helemaal niets|helemaal niks)( enkele| een| eens| een enkele)? ?(verkocht|gemaakt|verdiend|omzet|inkomsten|personeel|werknemers|medewerkers|mensen|in dienst|gehad|verkoop|klanten|werknemer|medewerker|hulp|begonnen|open|anders|parttimers|fulltimers|parttime|fulltime|voltijds|deeltijd|export|geexporteerd|aangenomen|binnengekregen|iemand|vaste)?( in dienst| vorige maand| nog| nu| meer| op dit moment| momenteel| gehad| verkocht| werknemers| medewerkers| krachten| mensen| personeel| in februari)*$
        | \b(gesloten|dicht)\b | \bgeen (enkele |een |enkel |vaste |eigen )?(verkoop|verkopen|omzet|personeel|werknemers?|medewerkers?|cent|dollar|mensen|inkomsten|mens|klanten|parttimers?|fulltimers?|parttime|fulltime|vaste|hulp|sales|werkers|srd|persoon|krachten)\b | \bnog (niet|geen|niemand|niets|niks) ?(begonnen|verkocht|gestart|open|werknemers|personeel|verdiend|omzet|in dienst|aangenomen)? | \b(nul|niets|niks|niemand) (verkocht|verdiend|werknemers|medewerkers|omzet|personeel|vorige|op dit moment|momenteel|nog|in dienst|srd|behalve|anders|deze maand|nu)\b
        """
    ),
    complaints=patterns(
        r"""
        \b(oplichting|oplichters?|dieven|dief|kut|klote|shit|idioten?|stom|stomme|nutteloos|waardeloos|zat van|ben het zat|genoeg van jullie|klacht|klagen|schande|belachelijk|tijdverspilling|nooit geholpen|nooit gebeld|jullie helpen (nooit|niet)|slechte service|rot op|lastig|irritant|vervelend)\b
        """
    ),
    years_ago=patterns(
        r"""
        (?:ongeveer |circa |zo'n |bijna |zon |al )?(?P<n>\d+|[a-z]+) (?P<unit>jaar|jaren|maanden?|weken|week|dagen|dag)(?: geleden| terug)
        | (?:al |sinds |ongeveer )?(?P<n>\d+|[a-z]+) (?P<unit>jaar|jaren|maanden?|weken|week|dagen|dag)
        """
    ),
    dates={
        "today": listed("vandaag | nu | vanochtend | vanmorgen | heden"),
        "yesterday": listed("gisteren | gisteravond | gister | gistere"),
        "before_yesterday": listed("eergisteren | eergister"),
        "last_week": listed("vorige week | afgelopen week | een week geleden | verleden week"),
        "this_week": listed("deze week"),
        "last_month": listed("vorige maand | afgelopen maand | een maand geleden | verleden maand"),
        "this_month": listed("deze maand"),
        "last_year": listed(
            "vorig jaar | afgelopen jaar | een jaar geleden | verleden jaar | het vorige jaar | het afgelopen jaar"
        ),
        "this_year": listed("dit jaar"),
        "year_before_last": listed("eervorig jaar | twee jaar geleden | 2 jaar geleden"),
        "last": listed("vorige | afgelopen | verleden | vorig jaar"),
        "this": listed("dit jaar"),
        "future": listed("volgende | volgend | morgen | komende | aanstaande | nog niet | binnenkort"),
        "around": listed(
            "begin | eind | medio | midden | rond | zomer | winter | kerst | pasen | voor | na | ongeveer | ik denk | einde | het begin van | het einde van"
        ),
    },
)
