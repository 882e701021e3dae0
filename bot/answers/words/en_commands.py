"""English: standard, Caribbean and Patois: what steers the conversation."""

from __future__ import annotations

from bot.answers.words.base import Listed, listed

CODE = "en"
NAMES = listed("english | ingles | anglais | angle | anglè | engels | inglese | en | eng")
POLITE = listed(
    """
    please | pls | plz | plse | thanks | thank you | thx | ty | hi | hello | hey | good morning | good afternoon |
    good evening | good night | ok | okay | sir | miss | madam | sah | dear | sorry | just | now | respect | bless |
    blessings
    """
)
JOIN = listed("join")
COMMANDS: dict[str, Listed] = {
    "stop": listed(
        """
        stop | stopp | stopall | stop all | unsubscribe | unsubscribe me | end | quit | cancel | revoke | optout |
        opt out | opt-out | stop it | stop this | leave me alone | lef me alone | remove me | remove my number |
        take me off | take me off the list | take me off this list | remove me from this list | no more messages |
        no more texts | no more msgs | no more sms | dont text me | don't text me | do not text me | don't message
        me | dont message me | do not message me | don't contact me | dont contact me | do not contact me | don't
        text me again | dont text me again | don't message me again | dont message me again | do not text me again |
        do not contact me again | stop bothering me | stop spam | stop spamming | stop spamming me | i want to stop
        | i want out | i want to unsubscribe | i don't want these messages | i dont want these messages | i do not
        want these messages | i don't want messages | i dont want messages | i don't want any more messages | block
        me | delete my number | go away | stop the messages | stop all messages | end this
        """
    ),
    "start": listed(
        """
        start | unstop | start again | restart | resume messages | subscribe | opt in | optin | opt-in
        """
    ),
    "help": listed(
        """
        help | info | help me | i need help | what can i do | commands | menu | information
        """
    ),
    "language": listed(
        """
        language | languages | lang | change language | change the language | other language
        """
    ),
    "back": listed("back | go back | previous | undo | previous question | last question"),
    "skip": listed(
        """
        skip | skip it | skip this | skip this one | skip question | pass | next question
        """
    ),
    "pause": listed(
        """
        pause | later | not now | another time | ask me later | talk later | remind me later | busy | busy now | i'm
        busy | im busy | i am busy | tomorrow | continue later | save
        """
    ),
    "person": listed(
        """
        person | human | agent | counselor | counsellor | adviser | advisor |  operator | talk
        to a person | talk to someone | talk to a human | speak to a person | speak to someone | speak to a human |
        speak with someone | talk to my counselor | talk to a counselor | call me | call me please | real person | i
        want to talk to a person | i want to talk to someone | i need to talk to someone | i want to speak to
        someone | i want a person | can someone call me
        """
    ),
    "code": listed(
        """
        code | my code | add phone | add a phone | new phone | new number | add number | link code | get code
        """
    ),
    "followup": listed(
        """
        update | follow-up | follow up | followup | survey | my figures | figures | report | start survey | continue
        | resume | update my figures | send figures | results
        """
    ),
    "data": listed(
        """
        my data | data | show my data | show me my data | what do you know about me | what data do you have | what
        do you have about me | what do you hold about me | my info | my information
        """
    ),
    "erase": listed(
        """
        erase | erase me | erase my data | delete | delete me | delete my data | delete my information | delete my
        account | delete everything | delete all my data | forget me | remove my data
        """
    ),
}
ORDINALS: dict[int, Listed] = {
    1: listed("one | first | the first | the first one"),
    2: listed("two | second | the second | the second one"),
    3: listed("three | third | the third | the third one"),
    4: listed("four | fourth"),
    5: listed("five | fifth"),
    6: listed("six"),
    7: listed("seven"),
    8: listed("eight"),
    9: listed("nine"),
}
