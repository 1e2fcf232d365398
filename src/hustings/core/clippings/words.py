"""The words papers use: for speaking, for the parts people play, and for what is no person's name."""

from __future__ import annotations

import re

ROLES: dict[str, str] = {
    "spokesman": (
        "spokesman spokeswoman spokesperson spokespeople press-secretary press-officer press-office publicist "
        "communications-director director-of-communications head-of-communications media-officer "
        "communications-chief spokesmen media-director press-chief"
    ),
    "candidate": "candidate hopeful nominee contender challenger candidates ppc front-runner",
    "aide": (
        "aide adviser advisor staffer organiser organizer campaign-manager agent field-director strategist "
        "team campaign chief-of-staff aides advisers organisers organizers team-member staff campaign-chief "
        "election-agent campaign-director speechwriter"
    ),
    "office holder": (
        "mp mps mayor councillor councillors councilor senator governor minister leader deputy-leader president-elect "
        "prime-minister secretary-of-state congressman congresswoman frontbencher backbencher peer msp mep "
        "sheriff trustee assemblyman assemblywoman alderwoman councilman councilwoman chancellor alderman party-leader vice-president representative lawmaker legislator premier cllr"
    ),
    "official": (
        "chairman chair chairwoman chairperson general-secretary branch-secretary secretary treasurer "
        "returning-officer president founder co-founder cofounder official officials director head inspector "
        "superintendent sergeant constable vice-chair convener convenor commissioner clerk ombudsman registrar"
    ),
    "relative": (
        "brother sister wife husband mother father son daughter cousin uncle aunt nephew niece partner widow "
        "widower mum dad brother-in-law sister-in-law mother-in-law father-in-law son-in-law daughter-in-law "
        "grandfather grandmother stepson stepdaughter twin sibling"
    ),
    "volunteer": "volunteer canvasser helper volunteers canvassers activist phonebanker",
    "unnamed source": "source sources insider insiders friend friends ally allies person onlooker colleague witness",
}
"""What people are to a campaign, and the nouns that say so."""

ROLE_OF = {
    noun.replace("-", " ") if noun.count("-") and "in-law" not in noun else noun: role
    for role, nouns in ROLES.items()
    for noun in nouns.split()
} | {"co-founder": "official", "front-runner": "candidate"}
RELATIVES = frozenset(ROLES["relative"].split())
_LONGEST_FIRST = sorted(ROLE_OF, key=lambda noun: -len(noun))
ROLE_NOUN = re.compile(rf"\b(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})\b", re.I)

SPEAKING = (
    "said says say saying told tells telling added adds insisted insists replied replies claimed claims "
    "explained explains wrote writes tweeted tweets posted posts asked asks continued warned warns "
    "argued argues admitted admits confirmed confirms stressed stresses joked jokes laughed laughs "
    "declared announced called calls described describes dubbed accused accuses blamed blames branded "
    "praised praises urged urges thanked vowed vows pledged pledges quipped recalled recalls "
    "acknowledged conceded noted notes suggested suggests revealed reveals commented responded "
    "answered maintained alleged shouted complained remarked observed predicted promised concluded "
    "emphasised emphasized cautioned countered retorted snapped sighed smiled mused read reads "
    "dismissed hailed condemned labelled lamented denounced stated states reported asserted denied "
    "denies welcomed criticised criticized attacked likened termed offered noting adding calling describing insisting warning claiming joking writing characterised characterized "
    "reiterated clarified"
).split()
SPOKE = re.compile(
    rf"\b(?:{'|'.join(SPEAKING)}|put it|shot back|hit back|went on|chimed in|fired back|hit out)\b"
)

TITLES = (
    "Mr Mrs Ms Clr TD Alderwoman Councilman Councilwoman Councilmember Miss Mx Dr Prof Professor Sir Dame Lord Lady Baroness Rev Cllr Councillor Councilor "
    "Sen Senator Rep Gov Governor Mayor President Insp Inspector Sgt PC Supt Judge MP MEP MSP "
    "Congressman Congresswoman Chancellor Gen Capt Col Father Rabbi Imam Bishop Archbishop Chief Det "
    "Justice Alderman Deputy Ex-Senator"
).split()
HE, SHE = (
    frozenset({"Mr", "Sir", "Lord", "Father"}),
    frozenset({"Mrs", "Ms", "Miss", "Dame", "Lady", "Baroness"}),
)
TITLE_ROLES = {
    **dict.fromkeys(
        (
            "Chancellor Alderman Congressman Congresswoman Cllr Councillor Councilor Sen Senator Rep Gov Governor Mayor MP MEP MSP"
        ).split(),
        "office holder",
    ),
    **dict.fromkeys(
        ["Insp", "Inspector", "Sgt", "PC", "Supt", "Judge", "Chief", "Det"], "official"
    ),
}

NO_PERSON = frozenset(
    (
        "party union alliance league council press gazette university street ground movement "
        "association guild coalition centre center news radio channel times herald courier mercury echo "
        "standard guardian telegraph mail express mirror sun star beacon sentinel mast tribune "
        "chronicle journal observer independent agency media tv television broadcasting corporation "
        "bay road way avenue school college library south east "
        " town city village river square market island port valley  "
        "district county constituency parliament congress senate assembly commons government cabinet "
        "department office ministry committee commission board trust foundation institute society club "
        "group network federation republic kingdom states america britain england scotland wales ireland "
        "europe   "
        " election by-election "
        "campaign conference festival police force abroad books green "
        " "
        "democracy front workers teachers "
        " service services morning evening night budget museum theatre stadium arena airport "
        "station hospital"
    ).split()
)
NAMES_TOO = frozenset(
    "ward hall hill church park west bridge lane post bank house court field north day green ground way wood".split()
)
"""Last words of places and papers that are surnames as well."""

OUTLETS = frozenset(
    (
        "press gazette news radio channel times herald courier mercury echo standard guardian telegraph "
        "mail express post mirror sun star beacon sentinel mast tribune chronicle journal observer agency "
        "tv television media broadcasting advertiser argus examiner "
        "bugle globe record review reporter independent digest weekly daily today sunday wire bulletin "
        "dispatch examiner programme podcast"
    ).split()
)
PARTY_WORDS = frozenset(
    (
        "party alliance union league coalition movement front "
        "green independents independent congress "
        "centre bloc"
    ).split()
)
OPENERS = frozenset(
    (
        "the a an but and yet so or nor if when while as at in on by for from of to with after before "
        "since until although though because however meanwhile later earlier then now here there this "
        "that these those he she it they we i you his her its their our my your asked speaking according "
        "commenting responding pressed what who why how where both one two three four five six seven "
        "eight nine ten another other some many most all no not only last next today yesterday tomorrow "
        "tonight also still even just like unlike despite during under over about among between reaction "
        "senior former ex retired local national international regional campaign fellow rival deputy "
        "acting shadow singer actor author businessman businesswoman farmer teacher nurse doctor lawyer "
        "driver student pensioner shopkeeper resident voter mother father brother sister wife husband son "
        "daughter opposition state federal veteran writing photograph correction honestly well yes every "
        "each did does do is was were are will would can could should has have had let please good dear "
        "mayoral presidential parliamentary prospective neither either whether mum dad told born image photo"
    ).split()
)
"""Words that may stand with a capital before a name without being part of it."""
