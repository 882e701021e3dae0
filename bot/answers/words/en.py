"""English: standard, Caribbean and Patois."""

from __future__ import annotations

from fractions import Fraction

from bot.answers.words import en_commands as steering
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
        zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13
        fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50
        sixty=60 seventy=70 eighty=80 ninety=90 hundred=x100 thousand=x1000 thousands=x1000 million=x1000000
        millions=x1000000 billion=x1000000000 dozen=x12 dozens=x12 grand=x1000 thou=x1000 thous=x1000
        wan=1 tu=2 tree=3 tri=3 fo=4 fower=4 fuor=4 faiv=5 siks=6 seben=7 eit=8 nain=9 fourty=40 fivty=50 fity=50 fiffy=50 fifity=50
        fiftee=50 ninty=90 ninteen=19 fourten=14 twelfe=12 twelv=12 elevin=11 leven=11 forteen=14 tousand=x1000 tousan=x1000
        tousen=x1000 thousan=x1000 thousnd=x1000 thosand=x1000 thousend=x1000 hundrid=x100 hundrad=x100 hundered=x100
        hunderd=x100 hunred=x100 hundren=x100 undred=x100 hunnid=x100 hundreds=x100 twenny=20 tirty=30 tirteen=13 eigth=8 eigh=8 fiv=5
        sevn=7 nien=9 thre=3 tew=2 milion=x1000000 millon=x1000000 twinty=20 twentie=20 tweny=20
        """
    ),
    articles=listed("a | an"),
    joiners=listed("and | n | an"),
    fractions={
        "half": Fraction(1, 2),
        "the half": Fraction(1, 2),
        "a half": Fraction(1, 2),
        "one half": Fraction(1, 2),
        "half of": Fraction(1, 2),
        "half half": Fraction(1, 2),
        "fifty fifty": Fraction(1, 2),
        "half and half": Fraction(1, 2),
        "haf": Fraction(1, 2),
        "third": Fraction(1, 3),
        "a third": Fraction(1, 3),
        "one third": Fraction(1, 3),
        "two thirds": Fraction(2, 3),
        "two third": Fraction(2, 3),
        "2 thirds": Fraction(2, 3),
        "1 third": Fraction(1, 3),
        "quarter": Fraction(1, 4),
        "a quarter": Fraction(1, 4),
        "one quarter": Fraction(1, 4),
        "one fourth": Fraction(1, 4),
        "a fourth": Fraction(1, 4),
        "three quarters": Fraction(3, 4),
        "three quarter": Fraction(3, 4),
        "three fourths": Fraction(3, 4),
        "3 quarters": Fraction(3, 4),
        "3 quarter": Fraction(3, 4),
        "a fifth": Fraction(1, 5),
        "one fifth": Fraction(1, 5),
        "two fifths": Fraction(2, 5),
        "a tenth": Fraction(1, 10),
        "one tenth": Fraction(1, 10),
        "an eighth": Fraction(1, 8),
        "all": Fraction(1),
        "all of it": Fraction(1),
        "everything": Fraction(1),
        "all of them": Fraction(1),
        "the whole thing": Fraction(1),
        "the whole": Fraction(1),
        "whole of it": Fraction(1),
        "all a dem": Fraction(1),
        "all a it": Fraction(1),
        "every one": Fraction(1),
        "every single one": Fraction(1),
        "all my sales": Fraction(1),
        "every bit": Fraction(1),
        "everybody": Fraction(1),
        "everyone": Fraction(1),
    },
    halves=listed("half | a half | haf"),
    months={
        "january": 1,
        "jan": 1,
        "february": 2,
        "feb": 2,
        "febuary": 2,
        "feburary": 2,
        "march": 3,
        "mar": 3,
        "april": 4,
        "apr": 4,
        "may": 5,
        "june": 6,
        "jun": 6,
        "july": 7,
        "jul": 7,
        "august": 8,
        "aug": 8,
        "september": 9,
        "sep": 9,
        "sept": 9,
        "october": 10,
        "oct": 10,
        "november": 11,
        "nov": 11,
        "december": 12,
        "dec": 12,
        "setember": 9,
        "ocober": 10,
        "novemeber": 11,
        "decemeber": 12,
    },
    hedges=listed(
        """
        about | around | like | roughly | approx | approximately | aprox | maybe | i think | i guess | probably | bout | bouta | 'bout | round |
        round about | roundabout | somewhere around | somewhere about | something like | say | lets say | let's say | give or take |
        more or less | or so | or there about | or thereabouts | thereabout | thereabouts | there about | ish | estimate | estimated |
        my best guess | best guess | my best estimate | best estimate | guess | perhaps | almost | nearly | close to | near | nearly about | in the region of |
        average | on average | on an average | an average of | i would say | id say | i'd say | i believe | i suppose | if i remember |
        not sure but | not too sure but | not exactly sure but | i not sure but | mi think | me think | a guess | just about | just over | just under | somewhere near |
        plus minus | plus or minus | average about | rough estimate | ballpark | in the ballpark of | must be | could be | might be | should be | probly | prolly
        """
    ),
    periods={
        "day": listed(
            "a day | per day | daily | every day | each day | one day | the day | day | by the day | yesterday | today | for today | for yesterday | a dai | pa day"
        ),
        "week": listed(
            """
            a week | per week | weekly | every week | each week | the week | wk | a wk | per wk | week | one week | last week | this week | by the week | fi di week |
            pw | in a week | for the week | for a week | every weekend | a weekend | for one week
            """
        ),
        "fortnight": listed(
            "a fortnight | per fortnight | fortnightly | every fortnight | every two weeks | every 2 weeks | biweekly | bi weekly | every other week | for two weeks | for 2 weeks | two weeks | 2 weeks"
        ),
        "month": listed(
            """
            a month | per month | monthly | every month | each month | the month | month | last month | for the month | for last month | a mth | per mth | mth | in a month |
            pm | one month | last mth | the whole month | for the whole month | by the month | lastmonth | last moth | las month | past month | the past month | previous month | the previous month | this past month
            """
        ),
        "quarter": listed(
            "per quarter | quarterly | every quarter | each quarter | for the quarter | last quarter | every three months | every 3 months | for three months | for 3 months"
        ),
        "year": listed(
            "a year | per year | yearly | every year | each year | annually | annual | the year | year | last year | for the year | in a year | yr | a yr | per yr | for the whole year | the whole year | per annum | p a | past year | the past year | for last year | one year"
        ),
    },
    this_period=listed(
        "this month | this year | so far | so far this month | up to now | for this month | current month | dis month | month so far | to date"
    ),
    total=listed(
        "total | in total | altogether | all together | in all | grand total | total sales | overall | all in all | total of | sum | comes to | came to | amounts to | adds up to"
    ),
    corrections=listed(
        """
        i mean | i meant | sorry | sorry i mean | correction | wait |  oops | actually | i mean to say | make that | make it | my mistake | mistake | typo | rather |  meant | mi mean | me mean | change that to | should say
        """
    ),
    bounds=listed(
        """
        under | over | more than | less than | at least | at most | up to | no more than | not more than | not less than | no less than | above | below | minimum | maximum |
        max | min | or more | or less | or under | or less than | and up | plus more | and more | upwards of | and over | or over | or under | not even | more dan | less dan | and above | or above |
        and change | not up to | fewer than | no fewer than | maximum of | minimum of | exceeding | tops | past
        """
    ),
    ors=listed(
        "or | to | between | from | till | until | through | versus | vs | either | ranging | range | an odd | going on"
    ),
    plus=listed("and | plus | with | along with | together with | also | n | as well as | & | an"),
    each=listed(
        "each | apiece | per | per one | for each | per piece | per unit | one piece | a piece | per head | per person | each one | per item | per customer | a pound | per pound | per lb | a dozen eggs | a cup | a plate | per plate"
    ),
    percent=listed("percent | per cent | pct | percentage | precent | persent | pc | per hundred | out of a hundred"),
    units=listed(
        """
        days | weeks | months | years | hours | hour | hrs | hr | customers | customer | clients | client | orders | order | boxes | box | bags | pounds weight | lbs | lb | kg | kgs | kilos |
        pieces | pcs | items | cakes | cake | plates | dresses | shirts | chickens | chicken | fowls | fish | eggs | bottles | packs | cases | jars | units | tickets |
        products | loaves | cups | trays | haircuts | heads | head | tours | rooms | guests | bananas | mangoes | trucks | loads | cars | tables | goats | cows | pigs | sheep | acres | shops |
        stores | branches | locations | machines | times | deals | am | pm | o'clock | oclock | minutes | mins | phones | meals | lunches | shoes | bracelets | soaps | breads | patties | juices | drinks | beers
        """
    ),
    people=listed(
        """
        people | persons | person | employees | employee | workers | worker | staff | staffs | staff members | members | member | girls | girl | boys | boy | guys | guy | men | man | women | woman | ladies | lady |
        fellas | fella | fellows | hands | helpers | team members | young men | young ladies | yutes | youths | youth | bwoy | bwoys | gyal | gyals | smaddy | somebody | ppl | peeps | peoples | individuals | souls |
        others | other | other people | others people | empl | workmen | labourers | laborers | staffers | on staff | emplyees | employes | employess | on payroll | on the payroll | of us | of dem | of them | dem | pickney | youngsters | helper | assistant | cashier | cook | driver | seamstress | baker | friend | seamstresses | drivers | cooks |
        vendors | assistants | cashiers | clerks | apprentices | trainees | interns | juniors | chefs | bakers | farmers | technicians | mechanics | stylists | barbers | sales reps | sales persons | team | strong
        """
    ),
    full=listed(
        """
        full | full time | fulltime | ft | fulltimers | full timers | full time workers | full time employees | full timer | permanent | permanently | fulls | regular | regulars | full-time staff |
        full time staff | f t | permanents | full tyme | steady | full days
        """
    ),
    part=listed(
        """
        part | part time | parttime | pt | parttimers | part timers | part timer | part time workers | part time employees | casual | casuals | seasonal | temporary | temps | temp | on weekends | weekends |
        weekend | on weekend | on saturdays | saturdays | on saturday | sometimes come in | part time staff | p t | occasional | occasionally | parts | freelance | freelancers | on call | half day | half days | part tyme | hourly | now and then | jobbing | casual workers
        """
    ),
    oneself=listed(
        """
        me | myself | me myself | just me | only me | just myself | me alone | me one | mi one | mi alone | by myself | i alone | alone | on my own | just i | only i | me only | solo | one man show | one woman show | one man band | i work by myself | i work alone | i work on my own | i do everything myself | i do it all myself | i'm the only one | im the only one | i am the only one | is me alone | is only me | is just me | its just me | it's just me | it's only me | its only me | just me alone | me myself and i | me myself and me | only myself | just moi | sole trader | self employed | sole proprietor | one man business | one person business | mi wan | a me alone | a mi alone | a mi one | a me one | a just me | a jus mi | jus me | jus mi | juss me | me and me alone | the owner | owner | i by myself | is i alone | just the owner | only the owner | i one | me by myself | i am alone | i am by myself | i run it alone | i run it by myself | my two hands | just my two hands | my own hands | my own two hands
        """
    ),
    relatives=listed(
        """
        my sister | my brother | my wife | my husband | my mother | my mom | my mum | my father | my dad | my son | my daughter | my cousin | my friend | my partner | my aunt | my uncle | my nephew | my niece | my helper | my assistant | my boyfriend | my girlfriend | my neighbour | my neighbor | my grandson | my granddaughter | my grandmother | my granny | my baby mother | my baby father | my hubby | my sis | my bro | my worker | my mummy | mommy | mummy | mi bredda | mi sista | my spouse | mi sister | mi brother | mi wife | mi husband | mi madda | mi faada | mi cousin | mi son | mi daughter | the wife | the husband
        """
    ),
    groups=listed(
        """
        family | my family | the family | family members | my kids | my children | my sons | my daughters | my sisters | my brothers | my cousins | friends | my friends | relatives | some friends | my parents | kids | children |
        a team | my team | my staff | family help | family only | only family | just family | the kids | the children | my nephews | my nieces | my workers | we family | di family
        """
    ),
    including=listed(
        "including me | including myself | counting me | counting myself | with me | with myself | me included | myself included | inclusive of me | including the owner | including i | me inclusive | including owner | incl me | inc me | plus me inside"
    ),
    excluding=listed(
        """
        excluding me | not including me | not counting me | besides me | apart from me | other than me | without me | plus me | and me | and myself | plus myself | not counting myself | excluding myself | apart from myself |
        aside from me | not including myself | in addition to me | except me | minus me | not me | excluding the owner | besides myself | and i | n me | an me | and the owner | helping me | helping me out | beside me | working for me | working with me | under me | who work for me
        """
    ),
    more=listed("more | extra | additional | another | new | newly hired | more people | more workers | hired | added"),
    now=listed(
        "now | currently | at present | right now | at the moment | these days | presently | today | nowadays | down to | remaining | left | still | as of now | only now | for now | at this time | it's | so now | but now"
    ),
    before=listed(
        "used to be | used to have | before | previously | down from | up from | from before | last time | ago | at first | formerly | initially | started with | we used to have | i used to have | once had | in the past | originally | use to be | use to have | went from | instead of"
    ),
    zero=listed(
        """
        none | nothing | nil | nought | naught | zilch | no one | nobody | not one | not any | none yet | none at all | nothing yet | nothing at all | no employees | no employee | no workers | no staff | no sales | no sale | nada |
        no income | no money | not a cent | not a penny | not a dollar | zip | no people | no person | not a soul | nuttin | nutten | nutn | notin | nothin | nutting | no body | noone | nun | nobady | not a thing | no part time | no part timers | no full time |
        no full timers | no parttime | no fulltime | zero sales | zero employees | i have none | have none | dont have any | don't have any | don't have anybody | don't have no workers | dont have anyone | not yet | never yet | nuh one | no worker | no helpers | no help | no profit no sales |
        not a single one | not one cent | didnt sell | didn't sell anything | didnt make any | made nothing | made none | sold nothing | no revenue | no business | zerooo | zeroo | nah none | no customers | no exports | no loans | nuttin at all | not a ting | haven't hired anyone | no full timer | no part timer | no full | no part | no employees yet | zero people | nan | neither
        """
    ),
    negations=listed(
        "no | not | don't | dont | didn't | didnt | never | without | nah | nope | isn't | isnt | wasn't | wasnt | couldn't | cannot | can't | cant | nuh | doh | ain't | aint | neva | lost | loss | owe | owing | minus | negative"
    ),
    vague=listed(
        """
        much | nothing much | nothing special | a few | few | some | several | many | a lot | lots | alot | plenty | a little | little bit | not much | not many | not a lot | enough | a couple | couple | a couple of | couple of | couple hundred | a couple hundred | a few hundred | few hundred | a couple thousand | few thousand | a few thousand | good | bad | slow | ok | okay | so so | fine | normal |
        better | worse | same | the same | same as before | same as last time | as usual | usual | not bad | not good | great | terrible | up | down | low | high | very low | very slow | it varies | varies | depends | it depends | variable | changes | huge | small | tons | loads of it | most | most of it | most of them | mostly | hardly | hardly any |
        nuff | whole heap | whole heap a | heap | heaps | bare | big money | chump change | not too bad | half of what | double | triple | twice | thousands upon thousands | hundreds of | very little | a bit | lil bit | likkle bit | likkle | small change | nice | poor | majority | the majority | minority | the rest | part of it | more than half | less than half | over half | under half | nearly all | almost all | nearly half
        """
    ),
    questions=listed(
        """
        what | why | how | when | who | which | where | what do you mean | you mean | do you mean | does that include | is that | is it | do i | should i | can i | can you | could you | would you | are you | who is this | what is | what's | whats | how come | wah | weh | wha | wuh | huh | pardon | in what currency | in us or | gross or net | before or after | do you want | you want | repeat | explain | i dont understand | i don't understand | what you mean
        """
    ),
    fillers=listed(
        """
        we | i | i'm | im | i am | we're | were we | it | it is | is | it's | its | the | of | in | at | on | for | my | our | our sales | so | have | has | had | have got | got | get | i have | we have | i've | we've | made | make | did | do | sold | sell | selling | sales were | sales was | sales is | was | were | took in | bring in | brought in | earned | earn | been | he | she | they | them | that | that's | thats | this | these | those | there | there's | there are | there is | yes | yeah | yea | yep | well | just | only | exactly | exact | really | right | even | amount | figure | answer | number | number of | no of | no. of | revenue | income | turnover | cash | gross | earnings | be | being | as | sales | business | shop | my shop | month | ever | exactly | best | hello | hi | hey | good morning | good afternoon | good evening | please | thanks | thank you | ok | okay | sir | miss | madam | ma'am | boss | bossman | dear | friend | bro | sis | man | dude | sah | mi | wi | dem | di | de | inna | outta | fi | pon | ah | a | an | eh | um | uh | erm | er | well then | then | ya | yah | you | u | know | you know | because | cause | working | work | works | employ | employed | employing | hire | total sales for | last | month's | months sales | sale | all | january | february | march | april | may | june | july | august | september | october | november | december | jan | feb | mar | apr | jun | jul | aug | sep | sept | oct | nov | dec | put | write | say it's | think | say | here | me have | mi have | mi get | mi mek | mek | mi did mek | wi mek | gwaan | yuh | yu | ting | sell off | got in | gain | gained | received | collect | collected | brought | around here | lol thanks | god bless | bless | blessed | ah make | ah sell | ah get | i make | i made | i sold | we made | we sold | we did | i did | cleared | clear | pulled in | raked in | profit | net | after expenses | before expenses | expenses | reply | also have | right now | at the moment | currently | by now | still | now | same | the same | again | flat | even | straight | clean | like this | too | to be honest | honestly | tbh | truthfully | frankly | in my | each | who | working there | there working | you see | give | worth of | would be | came up to | come up to | comes up to | add up to | adds up to | added up to | amount to | amounted to | doh laugh | don't laugh | dont laugh | no lie | nah lie | nuh lie | hear nuh | mi nah lie | good day | goodday
        """
    ),
    sold=listed(
        """
        sold | sell | selling | made | make | mek | sales | sale | took in | bring in | brought in | earned |
        turnover | revenue | gross | income | i sold | we sold | i made | we made | ah sell | ah make | i did
        | we did | cleared | pulled in | raked in | got in | in sales | sales were | sales was | sales is |
        our sales | total sales for | made about
        """
    ),
    debts=listed(
        """
        loan | loans | borrowed | borrow | grant | credit | credit union | bank | lender | lent | financing |
        funding | got approved | approved | investor | partner put in
        """
    ),
    profit=listed(
        """
        after expenses | profit | profits | after costs | left over | leftover | left with | lef wid | left | net |
        take home | after everything | after all the bills | when everything done | after i pay
        """
    ),
    not_sales=listed(
        """
        spent | spend | spending | paid | pay | payment | payments | costs | cost | expense | expenses | bills |
        bill | rent | wages | salary | salaries | payroll | tax | taxes | vat | owe | owing | owed | owes | debt |
        unpaid | invoiced | quoted | quote | need | needed | want | wanted | hope | hoping | expect | expecting |
        goal | target | plan | planning | plan to | could | can make | might | invested | invest | stock | inventory
        | supplies | materials | saved | savings | stolen | stole | thief | gift | remittance | pension | budget |
        deposit | deposited | withdrew | insurance | send me | give me | lend me | call me | bought | buy | buying |
        purchases | fee | fine | house number | room | extension | code | followers | likes | views | subscribers |
        sent | sent me | send | abroad | susu | sou sou | sousou | pardner | box hand | meeting turn | bill was |
        light bill | water bill | buy goods | trying | trying to | waiting on | still waiting on | neighbor |
        neighbour | competitor | competition
        """
    ),
    yes=listed(
        """
        yes | y | yess | yesss | yessss | yea | yeah | yeh | yep | yup | yah | ye | yas | yass | yh | ya | yuh | sure | sure thing | of course | for sure | definitely | def | certainly | absolutely | ok | okay | okey | k | kk | correct | right | that's right | thats right | that is right | true | true dat | indeed | affirmative | i do | i did | i have | i am | we do | we did | we have | we are | it did | it does | it is | it has |
        they did | they do | sure did | sure do | i agree | agree | agreed | yes i do | yes i did | yes we did | yes please | yessir | yes sir | yes sah | yes man | yeah man | ya man | yes mon | yes boss | yes miss | yes indeed | very much | very much so | a lot yes | totally | you bet | got it yes | no doubt | without a doubt | without doubt | exactly | fo sho | fa sho | fosho | done | all good | seen | zeen | zeet | irie | yes ting | yuh done know | of cors | ofcourse | off course | ov course | most definitely | by all means | it helped | it did help | that is correct | thats correct | that's correct | is true | a true | alright | aight | great | perfect | go ahead | accepted | i accept | accept | please do | confirm | confirmed | always | ys | ues | ues | yez | yws | yse | yese | tes | yee | si
        """
    ),
    no=listed(
        """
        no | n | nope | nah | naw | na | noo | nooo | noooo | nop | noh | nuh | not really | not at all | not yet | never | no way | no sah | no sir | no man | no mon | no please | no thanks | no thank you | nah man | nah sah | negative | i don't | i dont | i do not | i didn't | i didnt | i did not | we don't | we dont | we didn't | we didnt | we did not | i haven't | i havent | we haven't | we havent | i have not | i am not | i'm not | im not |
        don't have | dont have | didn't | didnt | did not | it didn't | it didnt | it did not | don't think so | dont think so | i don't think so | i dont think so | not so | not for me | not me | not now | not this time | not quite | nope not yet | not as yet | none | nothing | nada | incorrect | wrong | that's wrong | thats wrong | it's wrong | false | never did | mi nuh | me nuh | mi neva | mi never | nuh sah | nuh uh | nuhuh | uh uh | uhuh no | no no | no no no | of course not | absolutely not | definitely not | certainly not | no i don't | no i didn't | no i dont | no not yet | not ever | hell no | cho no | nope sorry | unfortunately not | i wish | sadly no | no it's not | no it isn't | disagree | i disagree | refuse | decline | reject | not interested | not that i know | doh | i ain't | ain't | not one bit | not a bit | not even | not necessarily | hardly | no longer | not anymore | no again | nuttn
        """
    ),
    maybe=listed(
        """
        maybe | perhaps | sometimes | some times | it depends | depends | kind of | kinda | sort of | sorta | hmm | hm | hmmm | mmm | possibly | probably | could be | might | might be | not sure | i guess | i think so | i think | think so | somewhat | so so | a little | a bit | a lil bit | likely | we'll see | will see | yes and no | yes no | both | partly | partially | half half | i suppose | suppose so | guess so | i guess so | later | wait | but | unless | if | except | a little bit | likkle bit | to some extent | in a way | not always | on and off | occasionally | once in a while
        """
    ),
    unknown=patterns(
        r"""
        \b(i|mi|me|we|ah|a)? ?(really |honestly |actually |still |just )?(do not|dont|don t|doh|doe|nuh|nah|never|cannot|cant|couldnt|wouldnt|aint|dunno|donno|not|no) (really |even |quite |too |exactly )?(know|kno|knw|no idea|remember|recall|sure|certain|memba|rememba|tell yet|say for sure)\b
        | \bno (idea|clue|records?)\b | \b(dont|do not|didnt) have (that|the|this|my|those|any) (information|info|figures?|numbers?|records?|data|details)\b | \b(dont|do not) track\b | \bdunno\b | \bdonno\b | \bidk\b | \bnot (really |too |so |very |quite |at all |entirely |100 )?(sure|certain)\b | \bunsure\b | \bnot sure\b | \bhave(nt| not) (a clue|counted|checked|calculated|tallied|added|worked it out|done the books|looked)\b
        | \b(dont|do not|doh|nuh|never|didnt|did not) (really )?(keep|have|write|check|count|track|take|add|mek|do|record|note) ?(up |down |any |the |my |no |it |that |them |of )*(records?|track|books?|count|note|notes|figures?|figure|accounts?|receipts|calculations?|sales down|it down|that down|down)?\b(?=.*(record|track|book|count|note|figure|account|receipt|down|check))
        | \b(need|have|got) to (check|ask|look|count|calculate|confirm)\b | \b(will|ill|let me|lemme) (have to )?(check|ask|look|count|calculate|confirm|get back)\b | \bcheck(ing)? (my |the )?(books?|records?)\b | \b(misplaced|forgot|forget|forgotten|cant find|can not find|lost (my|the))\b | \bno (record|books?|figures?|accounts?)\b | \bhard to (say|tell|know)\b | \bcan(t|not|t really|not really) (say|tell|remember|recall|think)\b(?! you) | \bwho knows\b | \bgod (alone )?knows?\b | \bonly god knows\b | \bmi nuh sure\b | \bhow (would|should|am) i (supposed to )?know\b | \bbeats me\b | \bask (my|the) (accountant|wife|husband|bookkeeper|daughter|son|partner)\b | \bmy (accountant|wife|husband|bookkeeper|daughter|partner) (knows?|has|have|does|keeps?)\b | \bno way (to|of) know
        """
    ),
    refused=patterns(
        r"""
        \b(rather|prefer|choose|want|like|wish|going|gonna|comfortable|willing|able|allowed|ready|feel like) (to )?(not|no|nah) (to )?(say|tell|share|answer|disclose|give|discuss|reply|talk|respond)
        | \b(not|dont|do not|wont|will not|cannot|cant|never|nah|nuh|aint|ent|eh|doh|no|refuse|decline|rather not|prefer not|not going|not gonna|unwilling|hesitant) (really |feel |feeling |want to |want |wanna |wah |waan |like |going to |go |gonna |gon |be |to |comfortable |prepared |willing |ready |allowed |able |in |about )*(to |with )?(say(ing)?(?! (for sure|exactly|for certain|right now))|seh|tell(ing|in|ina)?|share|sharing|answer(ing)?|disclos(e|ing)|discuss(ing)?|giv(e|ing) (that|you|out|my)|divulg(e|ing)|reveal(ing)?|talk(ing)? about|comfortable)\b
        | \bbetween me and (the|my|di|de) | \b(rather not|prefer not|refuse|i decline|no comment|private|personal|confidential|sensitive|none of (your|yuh|u|ur|yu|my) (business|bizness|concern)|not (your|yuh|ur) (business|concern)|nuh (yuh|your|yu) (business|bizness)|mind (your|yuh|ur) (own )?(business|bizness)|thats my (own )?business|^my (own )?business$|why (do |would |should )?(you|u|yuh|i) (want|need|wah|wan|tell|have)( to know| tell)?|not (for )?(you|yours?) to know|nunya|keep (that|it) (to myself|private)|dont ask( me)?( that)?|no thanks i|secret|not telling|nah tell|not sharing|skip that|not for sharing|not public|not disclosing|top secret)\b
        | \b(ask me no questions|fass|faas|too fast|stay out of my|too personal|outta (yuh|your) business)\b
        """
    ),
    nothing=patterns(
        r"""
        \b(did not|didnt|didn t|never|havent|have not|hasnt|aint|nuh|doh|dont|do not|ent|en|wasnt able to|couldnt) (really |even |yet |get to |manage to |mek |did )?(sell|sold|make|made|mek|earn|earned|get|got|have|hav|had|hire|hired|employ|take in|receive|export|work|business)\b ?(any ?thing|any ?body|any ?one|nothing|nuttin|nutten|no one|nobody|any|a (single )?(cent|thing|dollar|penny|sale|soul)|no sales?|no money|money|any money|any sales?|one|sales?|one cent|a ting|staff|employees|workers|any staff|any employees|any workers|any full time|any part time|no staff|no workers)?( yet| at all| so far| last month| for the month| this month)*$
        | \b(was|were|been|is|had|shop|business|we|i|stayed|remain(ed)?) (been |completely |all |still |is |was )*(closed|shut|shut down|not open|not operating)\b | \bclosed (down|all month|the whole month|for the month|last month|for)?\b | \bno(t)? (have )?(any )?(sales?|income|revenue|employees?|workers?|staff|one|body|money|earnings|customers?|helpers?|business) (yet|at all|so far|last month|for now|right now|this month|now|working|working for me|currently|in february|for february|for the month|employed|hired|presently|at the moment)\b | \bnot (yet )?(started|start|opened|open|selling|operating)( yet)?\b | \b(havent|have not|haven t|not) (started|opened|begun|sold|made|hired|start|got)\b | \bnot (even )?(a|one) (single |red )?(cent|dollar|penny|person|soul|sale|thing|ting|worker)\b | \bno(body| one|one) (else|yet|but me|works|work|working|at all|except me|besides me|other than me|apart from me|only me|just me|else yet)\b | \b(zero|nothing|none) (yet|at all|so far|last month|for now|this month|right now|currently|just me|only me|really|man|sah|boss|sorry|unfortunately)\b | \b(i|we|mi) (have|had|got|get|made|sold|mek|sell|employ) (none|nothing|nobody|no one|zero|nuttin|nil|no employees|no workers|no staff|no sales)\b | \bmi nuh (have|sell|mek|get)\b | \bdidnt (do|make) (any|no) (sales|business)\b | \b(no|zero) (full ?time|part ?time)(rs?| (workers?|staff|employees?|people|persons?))?\b
        """
    ),
    complaints=patterns(
        r"""
        \b(stupid|idiot|useless|nonsense|scam|fraud|thief|thieves|rubbish|foolishness|harass|annoying|fed up|sick of|tired of (this|these|your)|waste (of|my) time|shut up|fuck|damn|bullshit|worst|disappointed|complain|complaint|never (helped|help|called|call|came) me|you (people|all) (never|dont|do not|only)|unacceptable|terrible service|ridiculous|f off|go to hell|hate this|nobody (helped|helps|called))\b
        """
    ),
    years_ago=patterns(
        r"""
        (?:about |around |like |over |almost |nearly )?(?P<n>\d+|[a-z]+(?: [a-z]+)?) (?P<unit>years?|yrs?|months?|mths?|weeks?|wks?|days?) (?:ago|back|now|aback)
        | (?:for|since|about|over)? ?(?P<n>\d+|[a-z]+(?: [a-z]+)?) (?P<unit>years?|yrs?|months?|mths?|weeks?|days?)
        """
    ),
    dates={
        "today": listed("today | now | right now | just now | this morning | this very day | tody | 2day"),
        "yesterday": listed("yesterday | yestaday | yesterday morning | last night | yestday"),
        "before_yesterday": listed("day before yesterday | the day before yesterday"),
        "last_week": listed("last week | a week ago | one week ago | las week"),
        "this_week": listed("this week"),
        "last_month": listed(
            "last month | the past month | previous month | a month ago | one month ago | las month | lastmonth"
        ),
        "this_month": listed("this month"),
        "last_year": listed(
            "last year | the past year | previous year | a year ago | one year ago | las year | lastyear | a year back"
        ),
        "this_year": listed("this year | dis year | earlier this year"),
        "year_before_last": listed("year before last | the year before last | two years ago | couple years ago"),
        "last": listed("last | this past | past"),
        "this": listed("this"),
        "future": listed("next | tomorrow | coming | soon | will | later | not yet"),
        "around": listed(
            "early | late | mid | the beginning of | beginning of | end of | the end of | start of | the start of | middle of | summer | spring | winter | christmas | easter | before | after | carnival | around | about | maybe | i think | ending of | the 90s"
        ),
    },
)
