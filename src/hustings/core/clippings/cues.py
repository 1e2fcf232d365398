"""The words that speak for a claim, a hope, a denial and so on; no weighing, no score."""

from __future__ import annotations

import re

NOT = r"(?:(?:did|do|does|has|have|had|was|were|is|are|am|will|would)(?: not|n[’']t)|[’'](?:m|s|re|ve|ll) not|never|won[’']t)"
ADVERB = r"(?: ever| once| yet| actually| also| been| be| personally| \w+ly)*"
SAY = (
    r"(?:sen[dt]|sa(?:y|id)|promis\w+|ma(?:ke|de)|endors\w+|agree[sd]?(?! about)|ask(?:ed)?|w(?:ri|ro)t(?:e|ten)|"
    r"sign(?:ed)?|t(?:ell|old)|turn(?:ed)?|offer(?:ed)?|invit\w+|back(?:ed|ing)?|support(?:ed|ing)?|approach\w+|taken|"
    r"received|confirmed|met|consult\w+|contact\w+|authori[sz]\w+|approv\w+|joined|joining|coming|campaigning|"
    r"planned|involved|spoken to any|had a (?:message|letter|call))"
)
DEAL = (
    r"(?:alliance|deal|pact|agreement|truth|endorsement|stor(?:y|ies)|message|arrangement|promise|offer|plans?|"
    r"intention|contact|talks|link|connection)"
)
BACKING = r"(?:support|backing|endorsement|blessing)"
HELPERS = r"(?:members?|staff(?:ers)?|organi[sz]ers?|volunteers?|aides?|helpers?|canvassers?|campaigners?|activists?|students?)"
WORDS = r"(?:claims?|statements?|remarks?|comments?|articles?|allegations?|posts?|tweets?|messages?|leaflets?|announcement|advert|words)"

CLAIM = [
    r"\b[Ww]e had a message\b|\b(?:had|got|received)\b[^.]{0,20}\b(?:message|letter|call|word) (?:\w+ )?(?:of support )?from\b",
    r"\bsent (?:us |him |her |them )?(?:an?|his|her|their) (?:message|letter|note)s? of (?:support|solidarity)\b",
    r"\bmessage of (?:support|solidarity) (?:to|from)\b",
    r"\b(?:has|have|had|been|was|were|is|are)(?: \w+)? (?:endorsed|backed)\b|\bendorsed\b(?= [A-Z]| the\b)",
    r"\b(?:backs|endorses|backed) [A-Z]|\bis endorsing [A-Z]|\b(?:is|are|was|were) (?:now )?backing\b",
    r"\b(?:has|have) come out for\b|\b(?:threw|thrown|put) (?:his|her|its|their) (?:weight|support) behind\b",
    r"\burged (?:\w+ ){0,2}(?:to )?(?:vote|back|support)\b|\bwon the (?:backing|support|endorsement) of\b",
    r"\b(?:claim(?:s|ed|ing)?|alleg(?:es|ed|ing)|accus(?:es|ed|ing)|insist(?:s|ed) that)\b",
    rf"\b(?:touted|touting|promoting|trumpeting|boasted of|announced) (?:the|an|his|her|their) {BACKING}\b",
    r"\bpledged? (?:all )?(?:my|our|his|her|their) support\b|\bhad pledged\b",
    r"\b(?:has|have|had) agreed to (?:speak|support|join|back|endorse|an? )|\bagreed not to\b",
    r"\bstruck a (?:secret )?(?:deal|pact|bargain)\b|\bworking hand in (?:hand|glove)\b|\bjoined forces\b|\bis open to \w+ing\b",
    r"\b(?:[Tt]hey|[Hh]e|[Ss]he) (?:told|promised) (?:us|our \w+) \w|\b[Ww]e (?:put|wrote) (?:it|that|an offer) (?:to|in)\b",
    r"\b[Tt]hey(?: have|.ve) taken our\b|\b[Ww]e reported that\b|\bhoodwinked\b|\b(?:is|was) lying\b|\bmisled\b",
    r"\b(?:leaflet|report|post|email|article|website)s? (?:quoted|said|says|claimed|listed|named)\b",
    r"\b(?:told|tells) (?:a|the|an?) (?:crowd|meeting|rally|audience)\b|\btold [^.]{0,20}that [A-Z]\w+ (?:has|had|is|was)\b",
    rf"\b(?:his|her|their|whose) {BACKING} (?:was|is|were)\b|\b(?:is|are|was|were) (?:\w+ )?(?:with us|behind (?:us|her|him|them|the)|on (?:our|her|his|their) side)\b",
    r"\bappear(?:s|ed) to show\b|\b(?:documents|papers|emails|minutes) (?:seen|leaked|obtained)\b",
    r"\b(?:is|are) coming to (?:help|speak|campaign)\b|\btaken money\b|\bbankrolled\b|\bpaid for by\b",
]
HOPE = [
    r"\bhop(?:e|es|ed|ing)\b|\bhopeful (?:that|of|he|she|they|we|rather)\b|\b(?:is|are|was|were|am|remains?) hopeful\b",
    r"\bexpect(?:s|ed|ing)? (?:him|her|them|it|to (?:join|endorse|speak|visit|appear|attend|come|back|support|announce|get|win))\b",
    r"\bfingers crossed\b|\b(?:be|am|are|is) (?:delighted|honoured|thrilled) (?:if|to have (?:his|her|their))\b",
    r"\bmore likely than not\b|\bin hope\b|\blooking forward to (?:his|her|their|the)\b|\boptimistic (?:that|about)\b",
    r"\bwould (?:love|welcome|like) (?:his|her|their|him|an? )|\bwaiting for (?:his|her|their) (?:support|backing|answer)\b",
    rf"\b(?:looking|look|looked) to [A-Z][^.]{{0,60}} for (?:his |her |their )?{BACKING}\b",
]
HOPE_NOT = r"\bcandidates?[- ]hopefuls?\b|\bno hope\b|\bhope(?:s|d)? not\b|\bhad been expected\b|\bwas a hope\b|\bexpected to get\b"
DENIAL = [
    rf"\bden(?:y|ies|ied|ying|ial)\b|\b{NOT}{ADVERB} {SAY}\b|[’']ve never{ADVERB} {SAY}\b",
    r"\bhave(?:n[’']t| not)[.,”\"]|\b(?:has|have) not\.(?=\s|$|[”’\"])|\bI do not\.|\bthat (?:he|she|it|they) (?:was|were|had|did) not[.,”\"]",
    rf"\bno such\b|\bno (?!big)(?:\w+ )?{DEAL}\b|\bnothing of the (?:kind|sort)\b|\bnothing (?:was|has been) agreed\b",
    r"\b(?:is|was|are|were)(?: not|n[’']t) true\b|\buntrue\b|\bfake news\b|\bnot an endorsement\b|\bnonsense\b",
    r"\b(?:a|pure|sheer|total) (?:fantasy|invention|fabrication|lie)\b|\bbaseless\b|\bgroundless\b|\bwide of the mark\b|\bmade[- ]up\b",
    r"\breject(?:s|ed|ing) (?:\w+ )?(?:suggestions?|claims?|reports?|allegations?|talk)\b",
    r"\bdismiss(?:es|ed|ing) (?:the |a |an )?(?:reports?|claims?|suggestions?|idea|rumours?)\b|\bdisput(?:e|es|ed)\b",
    r"\b(?:was|were|had been) never\b|\brefut(?:e|es|ed)\b|\brubbished\b|\bno intention of\b|\bcategorically\b|\bruled? out\b",
    r"\b(?:nobody|no one|none)\b[^.]{0,40}\b(?:has|have|had) (?:spoken|sent|agreed|asked|met|said)\b|\bknew nothing (?:about|of)\b",
    rf"\bdoes(?:n[’']t| not) have our {BACKING}\b|\b(?:she|he|they) never said\b|\bhit back at claims\b",
]
CORRECTION = [
    r"\bmis(?:informed|quoted (?:him|her|them)|represented|construed|spoke|reported|stated|heard|remembered|attributed)\b",
    r"\berroneous(?:ly)?\b|\b(?:was|is|were) not correct\b|\bcorrected the record\b|\bjumped the gun\b|\bin error\b",
    r"\bregret(?:s|ted)? (?:the|this|any) (?:errors?|mistakes?|confusion)\b|\bth(?:is|at) was wrong\b|\bit was wrong\b",
    r"\bwrongly (?:been )?(?:led|told|quoted|reported|attributed|stated)\b|\b(?:taken|written|noted|wrote|took) down (?:wrongly|the wrong)\b",
    r"\bby (?:mistake|accident)\b|\bclarif(?:y|ies|ied|ying|ication)\b|\bearlier version of this\b|\bcorrection:",
    r"\b(?:has|have) been corrected\b|\bcorrected (?:leaflet|version|text)\b|\bset the record straight\b|\bshould have (?:said|read|been)\b",
    r"\bwe are happy to make (?:that|this) clear\b|\bgot ahead of (?:it|him|her|them)sel(?:f|ves)\b|\bwas told it was true\b",
    r"\bpass(?:ed|ing) on (?:what (?:I|we)|something)\b|\b(?:I|we) (?:spoke|speak) too soon\b|\bgot (?:this|it) wrong\b",
    r"\bin fact (?:said|a|an|the)\b|\bwalk(?:s|ed|ing)? (?:it|that|this|the \w+|his \w+|her \w+)? ?back\b|\b(?:an )?(?:old|wrong) (?:list|version|draft)\b",
    r"\bwas (?:only )?a joke\b|\bspeaking of (?:my|our|an?) (?:hopes?|ambition)\b|\bmix-up\b(?! ['’])",
]
RETRACTION = [
    rf"\bwithdr(?:aws?|ew|awn|awing)\b(?: \w+){{0,2}} {WORDS}\b|\bI withdraw\b|\bretract(?:s|ed|ion)?\b",
    r"\b(?:takes?|took|taken) (?:it|that|this|my words) back\b|\browed back\b|\bbacktracked\b|\bpulped\b",
    rf"\b(?:delet|remov)(?:es|ed|ing) (?:the|an?|its|his|her|their) {WORDS}\b|\b(?:took|taken?|pulled) (?:down )?(?:the|its|his|her|their) {WORDS}(?: down)?\b",
    rf"\b{WORDS} (?:has|have|had) been (?:withdrawn|recalled|taken down|deleted|removed)\b|\b{WORDS} (?:had|has|was) (?:gone|vanished)\b",
]
PRAISE = [
    r"\bprais(?:e|es|ed|ing)\b|\bpa(?:id|ys|ying) tribute\b|\badmir(?:e|es|ed|ation|ing)\b|\binspir(?:ing|ation|ational|ed)\b",
    r"\b(?:lot of|enormous|great|deep|huge|every) respect\b|\bI respect\b|\bbrilliant\b|\b(?:a|my|our) hero(?:ine)?\b",
    r"\bthe real deal\b|\bearned this\b|\blikes? (?:her|him)\b|\bstands? with\b|\b(?:she|he) listens\b|\bproud of\b",
    r"\bcongratulat(?:e|es|ed)\b|\bhailed\b|\bsalut(?:e|ed)\b|\b(?:fantastic|outstanding|remarkable|marvellous|wonderful|superb|tireless(?:ly)?)\b",
    r"\bexactly the (?:kind|sort)\b|\ba (?:fine|great|good|decent) (?:candidate|mayor|councillor|person|friend|man|woman)\b|\b(?:is|was) a friend\b",
    r"\bthe (?:better|best) (?:candidate|organi[sz]ed)\b|\bthe most \w+ (?:people|person|campaigner|candidate|team)\b|\b(?:is|she[’']s|he[’']s) (?:smart|straight|honest|decent)\b",
]
OFFER = [
    r"\boffer(?:ed|s|ing)? to (?:send|lend|help|come|second|give|pay)\b|\boffers? (?:of|from)\b[^.]{0,60}\b(?:help|volunteers?|support|canvassers?|send|people|staff)\b",
    r"\b(?:ready|happy|glad|willing) to (?:help|lend|send)\b|\blend (?:a|us a|them a) hand\b|\bthe offer stands\b|\b[Ww]e(?: a|’|')re offering\b",
    r"\boffered (?:\w+ ){0,2}(?:help|services|assistance|canvassers|volunteers)\b|\bwas offered by\b",
    r"\b(?:[’']d|would|will|could) (?:lend|send|second) (?:them|us|him|her|you)\b|\bturned down an offer\b",
]
HELP = [
    rf"\b{HELPERS}\b[^.]{{0,80}}\b(?:(?:are|were|was|is|have been|had been) (?:already |now |also |currently )*(?:over here|helping|due to|working|staying|spending|travelling|on their way)|(?:had|have) (?:travelled|come|arrived|flown|joined|spent))\b",
    r"\b(?:has|have|had) (?:ended|suspended|abandoned) (?:his|her|their) campaign\b|\b(?:has|have) (?:stood down|dropped out|pulled out|withdrawn from)\b",
]
CALLS_FOR = r"\bif\b|\b(?:should|must|demand\w*|calls? (?:on|for)|called (?:on|for)|asked (?:him|her|them) to)\b"


def _any(patterns: list[str], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(patterns), flags)


CUES = [
    ("claim", _any(CLAIM), _any([*DENIAL, *CORRECTION, *RETRACTION], re.I)),
    ("hope", _any(HOPE, re.I), _any([HOPE_NOT], re.I)),
    ("denial", _any(DENIAL, re.I), _any([r"\bconfirm (?:n?or) deny\b"], re.I)),
    ("correction", _any(CORRECTION, re.I), None),
    ("retraction", _any(RETRACTION, re.I), _any([CALLS_FOR], re.I)),
    ("praise", _any(PRAISE, re.I), None),
    ("offer of help", _any(OFFER, re.I), None),
    ("fact", _any(HELP, re.I), None),
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
