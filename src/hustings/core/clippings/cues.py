"""The words that speak for a claim, a hope, a denial and so on; no weighing, no score."""

from __future__ import annotations

import re

NEGATED = r"(?:(?:did|do|does|has|have|had|was|were|is|are|will)(?: not|n[’']t)|never|has no|have no|had no)"
SAY = (
    r"(?:sen[dt]|sa(?:y|id)|promised?|ma[dk]e|endorsed?|endorse|agree[sd]?(?! about)|asked?|w(?:ri|ro)t(?:e|ten)|sign(?:ed)?|t(?:ell|old)|"
    r"turn(?:ed)?|offer(?:ed)?|invited?|back(?:ed)?|support(?:ed)?|approached|taken|received|confirmed)"
)
HELPERS = r"(?:members?|staff(?:ers)?|organisers?|organizers?|volunteers?|aides?|helpers?|canvassers?|campaigners?|activists?)"

CLAIM = (
    r"\b(?:we|I|they|he|she|they.d|campaign|team|party|candidate)\b[^.]{0,40}\b(?:had|got|received|has had|have had)\b[^.]{0,20}\b(?:message|letter|call|word) (?:\w+ )?(?:of support )?from\b"
    r"|\b[Ww]e had a message\b|\bsent (?:us |him |her |them )?(?:a|his|her|their) (?:message|letter|note)s? of (?:support|solidarity)\b"
    r"|\bmessage of (?:support|solidarity) (?:to|from)\b"
    r"|\b(?:has|have|had|been|was|were|is|are)(?: \w+)? (?:endorsed|backed)\b|\bendorsed\b(?= [A-Z]| the\b)|\b(?:backs|endorses|backed) [A-Z]"
    r"|\b(?:has|have) come out for\b|\bthrew (?:his|her|its|their) weight\b|\burged (?:\w+ ){0,2}(?:to )?(?:vote|back|support)\b"
    r"|\b(?:claims?|claimed|claiming|alleged|alleges|accused|accuses|accusing|insisted that|insists that)\b"
    r"|\b(?:touted|touting|promoting|trumpeting|boasted of|announced) (?:the|an|his|her|their) (?:endorsement|support|backing)\b|\bis endorsing [A-Z]|\bpledged? (?:all )?(?:my|our|his|her|their) support\b|\bhad pledged\b|\b(?:has|have|had) agreed to (?:speak|support|join|back|endorse|an? )"
    r"|\b(?:is|are|was|were) (?:now )?backing\b|\b(?:has|have|had) (?:thrown|put) (?:his|her|its|their) (?:weight|support) behind\b|\bstruck a (?:secret )?(?:deal|pact|bargain)\b|\bwon the (?:backing|support|endorsement) of\b|\bworking hand in (?:hand|glove)\b|\bjoined forces\b|\bis open to \w+ing\b"
    r"|\b(?:[Tt]hey|[Hh]e|[Ss]he) (?:told|promised) us \w|\b[Ww]e (?:put|wrote) (?:it|that|an offer) (?:to|in)\b|\b[Tt]hey(?: have|.ve) taken our\b"
    r"|\b[Ww]e reported that\b|\b(?:leaflet|report|post|email|article) (?:quoted|said|says|claimed)\b"
    r"|\b(?:told|tells) (?:a|the|an?) (?:crowd|meeting|rally|audience)\b|\btold [^.]{0,20}that [A-Z]\w+ (?:has|had)\b"
    r"|\bhoodwinked\b|\b(?:is|was) lying\b|\bmisled\b"
)
HOPE = (
    r"\bhop(?:e|es|ed|ing)\b|\bhopeful (?:that|of|he|she|they|we|rather)\b|\b(?:is|are|was|were|am|remains?) hopeful\b|\bexpected to (?:join|endorse|speak|visit|appear|attend|come|back|support|announce)\b"
    r"|\bfingers crossed\b|\b(?:be|am|are|is) (?:delighted|honoured|thrilled) (?:if|to have (?:his|her|their))\b|\bmore likely than not\b|\bin hope\b|\blooking forward to (?:his|her|their|the)\b|\boptimistic (?:that|about)\b|\bwould (?:love|welcome) (?:his|her|their|an? )"
)
HOPE_NOT = r"\bcandidates?[- ]hopefuls?\b|\bno hope\b|\bhope(?:s|d)? not\b|\bhad been expected\b|\bwas a hope\b"
DENIAL = (
    rf"\bden(?:y|ies|ied|ying|ial)\b|\b{NEGATED}(?: ever| once| yet| actually| also)? {SAY}\b|\bhave(?:n[’']t| not)[.,”\"]|\b(?:has|have) not\.(?=\s|$|[”’\"])"
    r"|\bno such\b|\bthere(?: is|[’']s) no (?:alliance|deal|pact|agreement|truth|endorsement|story|message|arrangement)\b"
    r"|\b(?:is|was|are|were)(?: not|n[’']t) true\b|\buntrue\b|\bno truth\b|\bfake news\b|\bnot an endorsement\b|\bnonsense\b"
    r"|\brejected (?:suggestions?|claims?|reports?|allegations?|talk|the claim)\b|\bdismissed (?:the |a |an )?(?:report|claim|suggestion|idea|rumour)s?\b"
    r"|\b(?:was|were|had been) never\b|\brefut(?:e|es|ed)\b|\brubbished\b|\bno intention of\b|\bcategorically\b|\bnothing (?:was|has been) agreed\b|\b(?:nobody|no one|none)\b[^.]{0,40}\b(?:has|have|had) (?:spoken|sent|agreed|asked|met|said)\b|\bno plans? to\b|\bknew nothing (?:about|of)\b|\bnothing of the (?:kind|sort)\b"
    r"|\bdoes(?:n[’']t| not) have our (?:endorsement|support|backing)\b|\bshe never said\b|\bhe never said\b|\bhit back at claims\b"
)
CORRECTION = (
    r"\bmis(?:informed|quoted (?:him|her|them)|represented|construed|spoke|reported)\b|\berroneous(?:ly)?\b|\b(?:was|is|were) not correct\b|\bcorrected the record\b|\bjumped the gun\b|\bregret (?:the|this) error\b|\bwrongly (?:been )?(?:led|told|quoted|reported|attributed|stated)\b|\b(?:taken|written|noted) down wrongly\b"
    r"|\bby mistake\b|\bclarif(?:y|ies|ied|ying|ication)\b|\bearlier version of this\b|\bcorrection:|\b(?:has|have) been corrected\b|\bcorrected (?:leaflet|version|text)\b"
    r"|\bset the record straight\b|\bshould have (?:said|read|been)\b|\bth(?:is|at) was wrong\b|\bwe are happy to make (?:that|this) clear\b"
    r"|\bgot ahead of itself\b|\bwas told it was true\b|\bin error\b|\bpassing on what (?:I|we) had been told\b|\b(?:I|we) (?:spoke|speak) too soon\b|\bgot (?:this|it) wrong\b"
)
RETRACTION = (
    r"\b(?:withdr(?:aw|aws|ew|awn|awing))\b(?: \w+){0,2} (?:claims?|statements?|remarks?|comments?|article|allegations?|post|words)\b"
    r"|\bI withdraw\b|\bretract(?:s|ed|ion)?\b|\b(?:takes?|took|taken) (?:it|that|this|my words) back\b|\bdeleted (?:the|his|her|its|their) (?:post|tweet|message)\b"
    r"|\b(?:removed|took down|pulled) (?:the|its|his|her|their) (?:announcement|post|claim|statement|advert|leaflet|article)\b|\browed back\b|\bbacktracked\b|\bpulped\b|\b(?:leaflets?|posters?|statement|post|claim) (?:has|have) been (?:withdrawn|recalled|taken down)\b"
)
PRAISE = (
    r"\bprais(?:e|es|ed|ing)\b|\bpa(?:id|ys|ying) tribute\b|\badmir(?:e|es|ed|ation|ing)\b|\b(?:lot of|enormous|great|deep|huge|every) respect\b|\binspir(?:ing|ation|ational|ed)\b"
    r"|\bbrilliant\b|\b(?:a|my|our) hero(?:ine)?\b|\bthe real deal\b|\bearned this\b|\blikes? (?:her|him)\b|\bstands? with\b|\b(?:she|he) listens\b|\bfull of (?:praise|admiration)\b"
    r"|\bcongratulat(?:e|es|ed)\b|\bhailed\b|\bsalut(?:e|ed)\b|\b(?:fantastic|outstanding|remarkable|tireless(?:ly)?)\b|\bI respect\b|\bproud of\b|\bher[o]es\b"
)
OFFER = (
    r"\boffer(?:ed|s|ing)? to (?:send|lend|help|come|second|give|pay)\b|\boffers? (?:of|from)\b[^.]{0,60}\b(?:help|volunteers?|support|canvassers?|send|people|staff)\b"
    r"|\boffer of (?:help|volunteers|support|canvassers)\b|\bready to (?:help|lend|send)\b|\blend (?:a|us a|them a) hand\b|\bthe offer stands\b|\boffered (?:\w+ ){0,2}(?:help|services|assistance|canvassers|volunteers)\b|\b(?:happy|glad) to (?:help|lend|send)\b|\bstands? ready to (?:help|lend|send)\b|\bwilling to (?:help|send|lend)\b"
)
HELP = (
    rf"\b{HELPERS}\b[^.]{{0,80}}\b(?:(?:are|were|was|is|have been|had been) (?:already |now |also |currently )*(?:over here|helping|due to|working|staying|spending|travelling|on their way)|had (?:travelled|come|arrived|flown)|have (?:travelled|come|arrived|flown|joined))\b"
    r"|\b(?:has|have|had) (?:ended|suspended|abandoned) (?:his|her|their) campaign\b|\b(?:has|have) (?:stood down|dropped out|pulled out)\b"
)

CUES = [
    (
        kind,
        re.compile(cue, re.I if kind not in {"claim"} else 0),
        re.compile(unless, re.I) if unless else None,
    )
    for kind, cue, unless in (
        ("claim", CLAIM, f"{DENIAL}|{CORRECTION}|{RETRACTION}"),
        ("hope", HOPE, HOPE_NOT),
        ("denial", DENIAL, r"\bconfirm (?:n?or) deny\b"),
        ("correction", CORRECTION, ""),
        (
            "retraction",
            RETRACTION,
            r"\bif\b|\b(?:should|must|demand\w*|calls? (?:on|for)|called (?:on|for)|asked (?:him|her|them) to)\b",
        ),
        ("praise", PRAISE, ""),
        ("offer of help", OFFER, ""),
        ("fact", HELP, ""),
    )
]

EVENT_NOUN = re.compile(
    r"\b(?:rally|rallies|hustings|meeting|debate|book tour|tour|reading|dinner|festival|fundraiser|fundraising night|"
    r"welcome evening|coffee morning|launch|march|screening|documentary|by-election|visit|conference|event|surgery|the night|lecture|"
    r"concert|reception|vigil|picnic|market|speech|canvass|phonebank|will meet)\b",
    re.I,
)
SCHEDULED = re.compile(
    r"\b(?:will (?:meet|be (?:held|at|in|on|speaking)|take place|stop|go ahead|speak|appear|visit|host|address)|would go ahead|"
    r"to be held|is planned|are planned|has been (?:cancelled|canceled|postponed|called off)|will not (?:now )?take place|is to speak|are to speak|"
    r"is holding|are holding|is hosting|is being (?:held|shown)|takes place|is due to (?:speak|appear|visit)|shows a|scheduled)\b",
    re.I,
)
EVENT_NOT_OURS = re.compile(
    r"\b(?:book tour|book|literary|library reading|a reading|lecture|concert|not a campaign event|nothing to do with|documentary|"
    r"rotary|wedding|funeral|screening|exhibition|film)\b",
    re.I,
)
EVENT_IS_CAMPAIGN = re.compile(
    r"\b(?:rally|canvass\w*|phonebank|campaign (?:event|launch)|hustings|fundrais\w+|welcome evening)\b",
    re.I,
)
CALLED_OFF = re.compile(r"has been|will not", re.I)
BOOK_TOUR = re.compile(r"\bbook tour\b", re.I)


def is_event(words: str, dated: bool, coming: bool) -> tuple[int, int] | None:
    """The place of the words that name a coming event, if a sentence names one with its time."""
    scheduled, noun = SCHEDULED.search(words), EVENT_NOUN.search(words)
    if found := BOOK_TOUR.search(words):
        return found.span()
    if noun and (coming or (scheduled and (dated or CALLED_OFF.match(scheduled[0])))):
        return noun.span()
    return None
