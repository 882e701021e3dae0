"""Haitian Creole, with the Kwéyòl of Saint Lucia and Dominica where it differs."""

from __future__ import annotations

from fractions import Fraction

from bot.answers.words import ht_commands as steering
from bot.answers.words.base import Words, listed, numbered, patterns

_ONES = {1: "en", 2: "de", 3: "twa", 4: "kat", 5: "senk", 6: "sis", 7: "set", 8: "uit", 9: "nef"}
_TENS = {20: "venn", 30: "trann", 40: "karann", 50: "senkann", 60: "swasann"}
_TEENS = {
    10: "dis",
    11: "onz",
    12: "douz",
    13: "trez",
    14: "katoz",
    15: "kenz",
    16: "sez",
    17: "diset",
    18: "dizwit",
    19: "diznef",
}


def _joined_numbers() -> dict[str, str]:
    """vennsenk (25), swasanndis (70), katrevenkenz (95): tens and ones written as one word."""
    found = {f"{stem}{one}": str(tens + n) for tens, stem in _TENS.items() for n, one in _ONES.items() if n > 1}
    found |= {
        f"{stem.removesuffix('n')}nt{one}": str(tens + n)
        for tens, stem in _TENS.items()
        for n, one in _ONES.items()
        if n > 1
    }
    found |= {f"{stem}teyen": str(tens + 1) for tens, stem in _TENS.items()}
    found |= {f"swasann{teen}": str(60 + n) for n, teen in _TEENS.items()}
    found |= {f"katreven{teen}": str(80 + n) for n, teen in (_ONES | _TEENS).items()}
    hundreds = {
        2: ("de", "d"),
        3: ("twa",),
        4: ("kat",),
        5: ("senk", "sen"),
        6: ("sis", "si"),
        7: ("set", "se"),
        8: ("uit", "wit", "ui"),
        9: ("nef", "ne"),
    }
    found |= {f"{stem}san": str(100 * n) for n, stems in hundreds.items() for stem in stems if len(stem) > 1}
    return found


WORDS = Words(
    code=steering.CODE,
    names=steering.NAMES,
    commands=steering.COMMANDS,
    join=steering.JOIN,
    polite=steering.POLITE,
    ordinals=steering.ORDINALS,
    numbers=numbered(
        """
        zewo=0 en=1 yonn=1 de=2 twa=3 kat=4 senk=5 sis=6 set=7 uit=8 wit=8 nef=9 dis=10 onz=11 douz=12 trez=13 katoz=14 katoz=14 kenz=15 sez=16 diset=17 dizwit=18 dizuit=18 diznef=19 ven=20 venteyen=21 tranteyen=31 karanteyen=41 trant=30 karant=40
        senkant=50 swasant=60 katreven=80 katrevendis=90 san=x100 sant=x100 mil=x1000 milye=x1000 milyon=x1000000 milion=x1000000 milyar=x1000000000 douzen=x12 douzenn=x12 dizen=x10 dizenn=x10 kenzen=15 ventan=20 mill=x1000
        de=2 due=2 twaa=3 kenze=15 kinz=15 venn=20 vent=20 senkan=50 swasan=60 karan=40 tran=30 sank=5 senke=5 dizwuit=18 diznet=19 zero=0
        """
    )
    | _joined_numbers(),
    articles=listed("yon | youn | on | you | yonn sel"),
    joiners=listed("e | ak"),
    fractions={
        "mwatye": Fraction(1, 2),
        "lamwatye": Fraction(1, 2),
        "la mwatye": Fraction(1, 2),
        "mwatye mwatye": Fraction(1, 2),
        "yon mwatye": Fraction(1, 2),
        "demi": Fraction(1, 2),
        "yon demi": Fraction(1, 2),
        "mwatie": Fraction(1, 2),
        "yon tye": Fraction(1, 3),
        "yon tyè": Fraction(1, 3),
        "tye": Fraction(1, 3),
        "on tye": Fraction(1, 3),
        "de tye": Fraction(2, 3),
        "2 tye": Fraction(2, 3),
        "yon ka": Fraction(1, 4),
        "on ka": Fraction(1, 4),
        "ka": Fraction(1, 4),
        "twa ka": Fraction(3, 4),
        "3 ka": Fraction(3, 4),
        "yon senkyem": Fraction(1, 5),
        "yon dizyem": Fraction(1, 10),
        "tout": Fraction(1),
        "tout net": Fraction(1),
        "tout nèt": Fraction(1),
        "tout moun": Fraction(1),
        "tout bagay": Fraction(1),
        "totalite": Fraction(1),
        "tou le": Fraction(1),
        "yo tout": Fraction(1),
        "tout yo": Fraction(1),
    },
    halves=listed("edmi | demi | mwatye"),
    months={
        "janvye": 1,
        "jan": 1,
        "fevriye": 2,
        "fev": 2,
        "mas": 3,
        "avril": 4,
        "avr": 4,
        "me": 5,
        "jen": 6,
        "jiye": 7,
        "out": 8,
        "septanm": 9,
        "sept": 9,
        "oktob": 10,
        "okt": 10,
        "novanm": 11,
        "nov": 11,
        "desanm": 12,
        "des": 12,
        "fevrye": 2,
        "jyen": 6,
        "janvie": 1,
        "dawout": 8,
        "daout": 8,
        "jwen": 6,
        "jwiye": 7,
    },
    hedges=listed(
        "anviwon | apepre | apeprè | preske | konsa | yon bagay konsa | mwen kwe | m kwe | m panse | mwen panse | petet | mete | anviron | apre pre | plizoumwen | plis oumwen | plis ou mwens | ozalantou | nan zon | prè | toutpre | estimasyon | an mwayen | mwayen | mwayenn | a pe pre | bo | pre | m ta di | mwen ta di | konsa konsa | an gwo | sipoze | ann di | annou di | vè | nan | yon jan | dwe | man kwe | man ka kwe | mwen ka di | m ka di"
    ),
    periods={
        "day": listed(
            "pa jou | chak jou | yon jou | jou a | le jou | tou le jou | toulejou | pou yon jou | nan yon jou | jounen | la jounen | pa jounen | ye | jodi a | chak jounen | on jou | jou | lajounen | chak joune"
        ),
        "week": listed(
            "pa semen | pa semenn | chak semen | chak semenn | yon semen | yon semenn | semen nan | semenn nan | tou le semen | tou le semenn | pou yon semenn | nan yon semenn | semen | semenn | semen pase | semenn pase | semen pase a | semenn pase a | semenn sa a | pa senmenn | chak senmenn | senmenn | on semenn | senmenn pase | senmenn nan | nan semenn | nan senmenn | pa senmen | chak senmen | on senmenn | yon senmenn"
        ),
        "fortnight": listed(
            "chak kenz jou | chak kenzen | pa kenzen | chak 15 jou | chak de semenn | chak 2 semenn | kenzen"
        ),
        "month": listed(
            "pa mwa | chak mwa | yon mwa | mwa a | tou le mwa | pou mwa a | nan mwa a | nan yon mwa | mwa | mwa pase | mwa pase a | nan mwa pase | nan mwa pase a | on mwa | pou mwa pase | pou mwa pase a | denye mwa | mwa ki sot pase a | mwa ki pase a | mwa denye"
        ),
        "quarter": listed("chak trimes | pa trimes | chak twa mwa | chak 3 mwa | trimes"),
        "year": listed(
            "pa an | pa ane | chak ane | yon ane | ane a | tou le ane | chak an | pou ane a | nan ane a | nan yon ane | ane | ane pase | ane pase a | lane pase | l ane pase | lane | tout ane a | on ane | chak lane | pa lane | lan pase | pou ane pase"
        ),
    },
    this_period=listed(
        "mwa sa a | mwa sa | ane sa a | ane sa | jiska kounye a | jiskaprezan | jouk kounye a | jiska prezan | mwa sila a"
    ),
    total=listed("total | antou | an tou | ansanm | total la | tout ansanm | an total | tou ansanm | fe antou"),
    corrections=listed(
        "mwen vle di | m vle di | padon | eskize m | eskize mwen | se pa sa | ere | koreksyon | m twonpe m | mwen twonpe m | tann | m fe ere | mwen fe ere | pito | m te vle di | mwen te vle di | vle di"
    ),
    bounds=listed(
        "mwens pase | plis pase | omwen | o mwen | pa plis pase | pa mwens pase | pi plis | pi piti pase | maksimom | minimom | jiska | jouk | ou plis | o plis | pa depase | depase | anba | anwo | mwens ke | plis ke | mwen ke | pi wo pase | pi ba pase | plis passe | o maksimom | o minimom | pa menm | omwens"
    ),
    ors=listed("oswa | ou | o | ant | a | swa | oubyen | ou byen | ant de"),
    plus=listed("ak | epi | plis | avek | ansanm ak | tou | e | avè | ave"),
    each=listed("chak | chak moun | chak grenn | pou chak | youn | pa tet | pa moun | pa grenn | liv la | grenn nan"),
    percent=listed("pousan | pou san | pousantaj | % | pou 100 | pousant"),
    units=listed(
        "jou yo | ane yo | mwa yo | kliyan | kliyan yo | komand | liv | kilo | pyes | bwat | sak | plat | manje | rad | soulye | ze | boutey | pwodwi | fwa | minit | le | edtan | machin | tab | bet | kabrit | bef | kochon | poul | telefon | mamit | galon | savon | pate | ji | byè | boutik | magazen"
    ),
    people=listed(
        "moun | moun yo | anplwaye | anplwaye yo | zanmi | asistan | ed | kouzen | travaye | travaye yo | ouvriye | ouvriye yo | gason | ti gason | fi | ti fi | fanm | medam | jenn gason | jenn moun | ed | kolaborate | lot | lot moun | lot ankò | nan travay | manm | apranti | asistan | manb | anplwayer | amplwaye | enplwaye | jenn | timoun | mesye | machann | kouturye | bos | travayè | zanmi kap ede | lot yo | moun kap travay | moun k ap travay | moun k ap ede m"
    ),
    full=listed(
        "a plen tan | plen tan | aplentan | tan plen | pemanan | fiks | tout tan | full time | full | tan konple | a tan plen | plentan | chak jou nèt | plen"
    ),
    part=listed(
        "a tan pasyel | tan pasyel | mi tan | pasyel | a mi tan | tanpore | wikenn | nan wikenn | le samdi | chak samdi | part time | okazyonel | detanzantan | pa le | mwatye tan | demi tan | ki pa plen tan | kek fwa | fen semenn | nan fen semenn | jounalye | samdi"
    ),
    oneself=listed(
        "mwen | mwen menm | mwen sel | se mwen | se mwen sel | se mwen menm | mwen menm sel | m sel | se mwen selman | mwen selman | sel mwen | se sel mwen | se sel mwen menm | mwen menm selman | pou kont mwen | pou kont mwen menm | m ap travay pou kont mwen | poukont mwen | poukont mwen menm | mwen travay poukont mwen | m ap travay poukont mwen | m travay poukont mwen | se mwen sel ki la | m pou kont mwen | mwen yon sel | mwen sel grenn | pwopriyete a | met la | se mwen k fe tout bagay | mwen fe tout bagay | se mwen menm sel | mwen tou sel | mwen tousel | se mwen tousel | annik mwen | mwen travay sel | m travay sel | mwen sel mwen | yon sel mwen | jis mwen | se mwen ki fe tout | se mwen sel k ap travay | se mwen sel kap travay | se yon mwen sel"
    ),
    relatives=listed(
        """
        ak se mwen | ak se m | ak se m nan | avek se mwen | avek se m | epi se mwen | epi se m | ave se mwen | ave se m | se m nan | fre mwen | fre m | madanm mwen | madanm m | mari mwen | mari m | manman mwen | manman m | papa mwen | papa m | pitit mwen | pitit fi mwen | pitit gason mwen | pitit gason m | pitit fi m | kouzen mwen | kouzen m | kouzin mwen | kouzin m | zanmi mwen | zanmi m | asosye mwen | asosye m | matant mwen | tonton mwen | neve mwen | nyes mwen | menaj mwen | menaj m | vwazin mwen | vwazen mwen | pitit m | tonton m | matant m | fi m | belse m | bofre m
        """
    ),
    groups=listed(
        "fanmi | fanmi mwen | fanmi m | fanmi an | timoun yo | timoun mwen yo | pitit mwen yo | pitit m yo | zanmi yo | zanmi mwen yo | fre mwen yo | se mwen yo | kek zanmi | fanmi selman | moun lakay | ekip mwen | yon ekip | kek moun | moun lakay mwen"
    ),
    including=listed(
        "ak mwen | ave m | ave mwen | avek mwen | avek m | mwen ladan | mwen ladan l | mwen menm ladan l | ak mwen menm | mwen konte ladan | konte mwen | ak mwen ladan | mwen landan | ak mwen ladan l | mwen tou"
    ),
    excluding=listed(
        "san mwen | san konte mwen | apa mwen | anplis mwen | san mwen menm | epi mwen | epi mwen menm | plis mwen | mwen pa ladan | mwen pa ladan l | san konte m | san m | wete mwen | wete m | retire mwen | k ap ede m | kap ede m | ki ede m | kap travay ave m | k ap travay ave m | k ap travay ak mwen | anplis de mwen"
    ),
    more=listed("anplis | anko | lot anko | nouvo | de plis"),
    now=listed(
        "kounye a | kounya | koulye a | jodi a | aktyelman | alekile | rete | ki rete | gen sel | pou kounye a | konnya | kouniea | kounyea | kounye la | ap rete | toujou"
    ),
    before=listed(
        "anvan | avan | te gen | mwen te gen | m te gen | te konn gen | lontan | te | nan tan lontan | o komansman | okomansman | yo te"
    ),
    zero=listed(
        """
        okenn | anyen | pesonn | pèsonn | zewo | zero | ayen | pa gen | pa genyen | mwen pa genyen | m pa genyen | m pa gen | mwen pa gen | pa gen moun | pa gen okenn | pa gen anyen | pa gen pesonn | pa gen anplwaye | okenn moun | okenn anplwaye | okenn vant | okenn goud | anyen ditou | okenn ditou | pesonn ditou | pa anko | poko | poko gen | m poko gen | mwen poko gen | poko genyen | mwen pa vann anyen | m pa vann anyen | m pa vann | mwen pa vann | m pa fe anyen | mwen pa fe anyen | pa yon goud | pa menm yon goud | pa menm yon moun | pa gen lot moun | pa ni | pa ni pyes | pyes | pa ni pesonn | m pa gen pesonn | mwen pa gen pesonn | pa gen youn | pa youn | pa yonn | pa menm youn | nada | pa vann anyen | pa fe anyen | pa gen vant | zewo goud | pokò | mwen poko vann | m poko vann | poko vann anyen | pa ankò | zewo moun | zewo anplwaye | okenn lot moun | pèsonn | pesonn anko | anyen anko | okenn anko
        """
    ),
    negations=listed("pa | non | pap | p ap | janm | poko | san | pedi | dwe lajan | negatif | p"),
    vague=listed(
        "anpil | anpil anpil | yon ti kras | ti kras | tikras | yon ti | piti | kek | plizye | ase | enpe | yon enpe | byen | mal | menm jan | menm bagay | menm jan ak avan | sa depann | depann | konsa | pi byen | pi mal | pa anpil | pa mal | pa twop | twop | gwo | pi plis nan yo | majorite | laplipa | preske tout | preske anyen | rès la | bon | pa bon | pa pi mal | komsi komsa | sa ap mache | yon bann | yon pakèt | yon paket | pakèt | yon pil | dal | yon dal | yon kantite | plizyè | yon pe | de twa | yon de twa | ti kob | ti monnen | plis pase mwatye | mwens pase mwatye | yon pati | double | doub | normal | kek grenn | bel | yon pwanye | pi fo | dous"
    ),
    questions=listed(
        "kisa | ki sa | poukisa | pouki | kijan | kouman | koman | konbyen | ki le | kile | ki moun | kiyes | ki kote | sa sa vle di | sa ou vle di | ki sa ou vle di | m pa konprann | mwen pa konprann | eske | repete | ou ka repete | esplike m | se ki sa | sa sa ye | nan dola oswa | an goud oswa | ki kob | m pa byen konprann"
    ),
    fillers=listed(
        """
        mwen | m | m' | mwen te | mwen gen | m gen | nou | nou gen | gen | genyen | se | te | ap | a | la | an | nan | yo | yon | on | sa | sa a | ki | k | pou | pa m | mwen vann | m vann | nou vann | vann | vant | te vann | m te vann | mwen te vann | nou te vann | fe | fè | te fe | mwen fe | m fe | nou fe | m te fe | mwen te fe | rantre | antre | kob | lajan | kenbe | rive | touche | resevwa | benefis | li | l | ou | wi | non | selman | sel | sèlman | jis | egzakteman | anpil | ok | bonjou | bonswa | mesi | tanpri | souple | tou | ladan | ladan l | k ap | kap | travay | travayè | ap travay | k ap travay | anplwaye | ede | biznis | komes | boutik | boutik la | biznis lan | chif | chif dafè | kantite | nimewo | repons | la a | isit | isit la | ak | avek | mesye | madanm | bos | fre | se te | li te | te ye | ye | nou se | bon | ebyen | wè | men | gras a dye | gras a bondye | mesi bondye | mwen ap | map | m ap | janvye | fevriye | mas | avril | jen | jiye | out | septanm | oktob | novanm | desanm | nan mwa | man | man ni | ni | mwen ni | i | net | nèt | brit | lò | moun | de mwen | ban | banm | ban m | fe yon | te rantre | nan men m
        """
    ),
    sold=listed(
        """
        vann | vant | mwen vann | m vann | nou vann | te vann | m te vann | mwen te vann | nou te vann | fe |
        te fe | mwen fe | m fe | nou fe | m te fe | mwen te fe | antre | rantre | te rantre | resevwa | brit |
        chif dafe
        """
    ),
    debts=listed(
        """
        prete | pre | kredi | bank | labank | sibvansyon | mikwokredi | finansman
        """
    ),
    profit=listed(
        """
        benefis | rete | te rete | m rete | apre tout
        """
    ),
    not_sales=listed(
        """
        depanse | depans | peye | peyi kay | peman | koute | kout | lwaye | sale | taks | fre | achte | acha |
        envesti | bezwen | vle | ta vle | espere | objektif | ta dwe | ta ka | stok | sere | ekonomize | dwe |
        yo dwe m | yo dwe mwen | det | det | bidje | vole | yo vole | kado | voye | ban m | banm | chanm | kod |
        amann | asirans | debou | sol | men sol | sang | voye ban m | dwe m
        """
    ),
    yes=listed(
        "wi | w | wii | wiii | wi wi | men wi | byen si | byensi | natirelman | sèten | seten | se sa | se sa menm | egzakteman | egzak | dako | dakò | ok | oke | oui | yes | wi se sa | wi mesi | wi tanpri | se vre | vre | sa vre | kòrèk | korek | se korek | wi m genyen | wi mwen genyen | wi gen | mwen genyen | m genyen | wi mwen dako | mwen dako | m dako | aksepte | mwen aksepte | m aksepte | wi m aksepte | wi anpil | anpil | absoliman | san dout | san pwoblem | pa gen pwoblem | avek plezi | ak plezi | wi bos | wi mesye | wi madanm | konfime | mwen konfime | toujou | trè byen | byen | anfom | si | wi li ede m | li ede m | li ede m anpil | wi yo ede m | enhen | anhan | an han | wè | wi wi wi | men wi anpil | tout bon | tou bon | klè | wi se vre | wey | wi m fe l | mwen fe l | m fe l | definitivman | wi menm"
    ),
    no=listed(
        "non | n | no | nop | non non | non mesi | men non | ditou | pa ditou | pa vreman | pa anko | poko | m poko | mwen poko | janm | janme | jame | pa janm | okenn | anyen | pa gen | m pa genyen | mwen pa genyen | m pa gen | mwen pa gen | m pa vle | mwen pa vle | m pa dako | mwen pa dako | pa dako | se pa sa | se pa vre | pa vre | pa korek | pa kòrèk | non se pa sa | non pa anko | non poko | m pa kwe | mwen pa kwe | m pa panse sa | pa kounye a | non pa kounye a | pa pou kounye a | absoliman pa | non non non | pa menm | pa tro | pa twop | non mesye | non madanm | malerezman non | fo | manti | m pa fe l | mwen pa fe l | li pa ede m | yo pa ede m | nanpwen | awa | non pa vreman | pa reyelman | pa reyèlman | m refize | pokò | non m poko | non ditou | nonn | no mesi"
    ),
    maybe=listed(
        "petet | pafwa | de fwa | kek fwa | sa depann | depann | yon ti kras | enpe | yon tikras | plizoumwen | hmm | mmm | wi ak non | wi e non | mwen kwe | m kwe | m panse | mwen panse | pa si | m pa si | detanzantan | men | pita | n ap we | nap we | konsa konsa | yon jan | tanzantan | posib | pwobableman | gen de le | gende le"
    ),
    unknown=patterns(
        r"""
        \b(m|mwen|nou|man|moin)? ?(pa|poko|pap|p ap) (vreman |byen |fin |twop |tro |vrèman |menm |janm )*(konnen|konen|konn|kon|kone|sonje|sav|gen (okenn |pyes |anyen )?lide|gen ide|sa|si|sèten|seten|byen si|konnen vre|ka di|fin konnen)\b(?! sa vle di) | \b(okenn|pa gen|san) (lide|ide)\b | \bpa konnen\b
        | \b(m|mwen|nou)? ?(pa|poko|pa janm) (kenbe|fe|fè|ekri|konte|gen|note|make|kalkile|kontwole|swiv|tcheke|gade) (okenn |pyes |ditou |bon )?(kont|kaye|rejis|liv|kontwol|not|nòt|dosye|kalkil|chif|chif yo|lis|sa|l|kontabilite|li|trase|prev)\b | \b(fok|fòk|fo|se pou|mwen bezwen|m bezwen|kite m|kite mwen|m pral|mwen pral|m ap|map|m dwe|mwen dwe) (m |mwen )?(al |ale )?(tcheke|gade|verifye|mande|konte|kalkile|we)\b | \b(bliye|bondye konnen|se bondye ki konnen|ki moun ki konnen|dye konnen|sel dye konnen|difisil pou (m )?di|se madanm|se mari|mande (madanm|mari|kontab)|kontab mwen|kontab la|pedi kaye|m pedi kont)\b | \bm pa (konnen|sonje|konn|si)\b
        """
    ),
    refused=patterns(
        r"""
        \b(pito|prefere|ta pito|ta renmen|ta prefere) (pa|m pa|mwen pa|kenbe|gade|pa janm)\b | \b(m|mwen|nou|man)? ?(pa|p ap|pap|pa p|poko) (vle|ka|ta renmen|ta vle|kapab|gen dwa|renmen|alez pou|alez|santi m alez|santi mwen alez|pral|dwe|gen anvi|anvi|vle pou|oblije|di|reponn|bay|pataje)( m| mwen| pou)* ?(di|reponn|bay|pataje|pale|revele|ou sa|ou|sa a|w sa|sa|enfomasyon|devwale|alez|nou sa|ou anyen|chif)\b | \bp ?ap (di|reponn|bay|pataje|pale)\b | \bpap (di|reponn|bay|pataje|pale)\b
        | \b(prive|konfidansyel|sekre|pesonel|pèsonèl|pa regade (w|ou|nou|yo)|sa pa regade|pa zafe (w|ou|nou)|zafe pa m|zafe m|zafe mwen|zafe pesonel|bagay prive|bagay pesonel|mwen refize|m refize|pa mande m|poukisa ou vle konnen|okipe zafe|mele nan zafe|pa komante|enfomasyon prive|sa se zafe|se sekre|m pap reponn|mwen pap reponn|chita bouch|tripotay|pa alez)\b
        """
    ),
    nothing=patterns(
        r"""
        \b(m|mwen|nou|yo|li|man|biznis lan|biznis la)? ?(te )?(pa|poko|pa t|pat|pa te|pa ta|pa janm) (te |janm |menm |ko |gen tan )*(vann|fe|gen|genyen|ni|anplwaye|touche|resevwa|rantre|pran|travay|anboche|ekspote|antre)\b ?(anyen|okenn\w*( \w+)?|pesonn|moun|vant|yon (sel )?\w+|kob|lajan|pyes( \w+)?|anplwaye|lot moun|travaye|youn|yonn)?( ditou| anko| kounye a| mwa pase| mwa pase a| pou kounye a| poko| nan mwa a| a plen tan| a tan pasyel| k ap travay| kap travay| mwa sa a| plen tan| tan pasyel| la| nan fevriye)*$
        | \b(femen|te femen|fèmen)\b | \bpa (gen|ni|t gen|te gen) (vant|moun|anplwaye|kob|lajan|anyen|okenn|pesonn|pyes|travaye|lot)\b | \b(zewo|okenn|anyen|pesonn) (vant|moun|goud|ditou|anko|poko|kounye|mwa|anplwaye|pou kounye|lot|sof mwen|apa|nan)\b | \bpa menm (yon|on|senk) (sel )?(goud|kob|moun|vant|santim)\b | \b(poko|pa ko) (komanse|kòmanse|louvri|ouvri|vann|gen|anboche|genyen)\b | \bnanpwen\b
        """
    ),
    complaints=patterns(
        r"""
        \b(vole|vòlè|koken|sòt|sot yo|enbesil|kaka|manman w|manman ou|rans|tranble|fatige m|bouke|m bouke|mwen bouke|anmede|anmèdan|plent|pote plent|pa janm ede|pa janm rele|pedi tan|gaspiye tan|wont|magouy|magouye|pa itil|pa serye|eskwok|kite m trankil)\b
        """
    ),
    years_ago=patterns(
        r"""
        (?:sa (?:fe|gen)|gen|genyen|depi|depi apepre|li fe|sa fe deja|gen anviwon)(?: anviwon| apepre| deja| preske)* (?P<n>\d+|[a-z]+) (?P<unit>ane|ans?|lane|mwa|semen|semenn|senmenn|jou)(?: de sa| konsa)?
        | (?P<n>\d+|[a-z]+) (?P<unit>ane|ans?|lane|mwa|semen|semenn|senmenn|jou) (?:de sa|pase|konsa)
        | (?P<n>\d+|[a-z]+) (?P<unit>ane|an|lane|mwa|semen|semenn|senmenn|jou)
        """
    ),
    dates={
        "today": listed("jodi a | jodia | kounye a | maten an | jodi | kounya"),
        "yesterday": listed("ye | yè | ye swa | ye maten"),
        "before_yesterday": listed("avan ye | avanye | avantye"),
        "last_week": listed(
            "semen pase | semenn pase | semen pase a | semenn pase a | senmenn pase | senmenn pase a | lot semenn nan"
        ),
        "this_week": listed("semenn sa a | semen sa a | senmenn sa a"),
        "last_month": listed(
            "mwa pase | mwa pase a | mwa denye | lot mwa a | gen yon mwa | sa fe yon mwa | mwa ki sot pase a"
        ),
        "this_month": listed("mwa sa a | mwa sa"),
        "last_year": listed(
            "ane pase | ane pase a | lane pase | lan pase | ane denye | gen yon ane | sa fe yon ane | l ane pase | gen yon lane | sa gen yon ane | lot ane a"
        ),
        "this_year": listed("ane sa a | ane sa | lane sa a"),
        "year_before_last": listed(
            "gen de zan | sa fe de zan | gen dezan | de zan de sa | sa gen de zan | sa fe dezan | gen 2 zan"
        ),
        "last": listed("pase | pase a | denye"),
        "this": listed("ane sa a"),
        "future": listed("pwochen | demen | k ap vini | kap vini | poko | lane pwochen"),
        "around": listed(
            "komansman | nan komansman | fen | nan fen | mitan | anvan | apre | nwel | pak | anviwon | mwen kwe | m kwe | vakans"
        ),
    },
)
