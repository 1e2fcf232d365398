"""Lines that newspapers put round and into an article: adverts, appeals, captions, links to elsewhere."""

from __future__ import annotations

import re

OPENINGS = r"""
advert(?:isement|ising)?s?\W*$ | hide\ ad\W*$ | sponsored(?:\ content)?\W*$ | promoted\ (?:content|stories)
| (?:story|article)\ continues\b | (?:read|see)\ (?:more|also|next)\b\W | read\ more\W*$
| related(?:\ (?:articles?|stories|topics|content|links))?\W*(?::|$) | more\ from\b | more\ on\ this\b
| more\ news\W*$ | most\ (?:read|popular|viewed)\b | you\ may\ also\ like\b | recommended\W*(?::|$)
| popular\W*(?::|$) | trending\W*(?::|$) | don.t\ miss\W*(?::|$) | editor.s\ picks?\b
| sign\ (?:up|in)\b | log\ in\b | register\ (?:now|here|for\ (?:free|our))\b | subscribe\b | unsubscribe\b
| (?:like\ this\?\s*)?get\ (?:the\ (?:latest|day|morning|news)|our|unlimited|more\ from|all\ the)\b
| support\ (?:our|independent|quality|us|local|the)\b.*\b(?:journalis[mt]s?|reporting|newsroom|independent)\b
| support\ our\ \w+\W*$ | your\ (?:support|donation|contribution)s?\ (?:makes?|helps?|allows?|means)\b
| from\ as\ little\ as\b | (?:make|give)\ a\ (?:donation|contribution|one-off)\b
| become\ a\ (?:member|supporter|subscriber|patron)\b | buy\ us\ a\ coffee\b
| join\ (?:our|the)\ (?:\w+\ )?(?:comment\w*|conversation|community|debate|whatsapp|forum|discussion)\b
| join\ thought-provoking\b | have\ your\ say\b | what\ do\ you\ think\? | leave\ a\ comment\b
| (?:\d+\ )?comments?\W*(?:\(?\d+\)?)?\W*$ | (?:view|show|read|see)\ (?:all\ )?(?:\d+\ )?comments\b
| do\ you\ have\ a\ (?:story|tip)\b | got\ a\ story\b | e-?mail\ (?:us|the\ newsdesk|our)\b
| (?:we|this\ (?:site|website|page))\b.{0,40}\bus(?:e|es|ing)\ cookies\b | cookies?\ (?:policy|settings|notice)\b
| accept\ (?:all|cookies)\b | manage\ (?:your\ )?(?:preferences|cookies|consent)\b
| share\ (?:this|on|via|article|story)\b | share\W*$ | follow\ (?:us|him|her|them|the\ \w+|\w+)\ on\b
| copy\ link\b | print\ this\b | save\ (?:this|for\ later)\b | bookmark\b
| (?:photo(?:graph)?|picture|image|pic|file\ photo|photo\ caption|image\ caption|image\ source|caption)s?\ ?
  (?:caption|credit|source)?\s*(?::|,|by\b)
| pictured\W | above:|below:|left:|right:|inset: | (?:watch|listen)(?:\ (?:live|now|again|to\ this|below|here))?\s*:
| listen\ (?:live|now|again|to\ this)\b | watch\ (?:live|now|again|more|this)\b | play\ (?:video|audio)\b
| (?:©|\(c\)\ |copyright\b) | all\ rights\ reserved\b | this\ article\ is\ more\ than\b
| this\ (?:article|story)\ (?:was\ )?(?:first|originally)\ (?:appeared|published)\b
| \d+\ min(?:ute)?s?\ read\b | (?:estimated\ )?reading\ time\b | text\ size\b | skip\ to\b | back\ to\ top\b
| click\ here\b | tap\ here\b | view\ in\ (?:your\ )?browser\b | forwarded\ this\ e-?mail\b
| you(?:.ve|\ have)\ (?:read|reached)\b.*\b(?:free|limit|articles?)\b | already\ a\ subscriber\b
| reporting\ by\b.*\bediting\ by\b | (?:additional\ )?reporting\ by\ [A-Z]
| for\ (?:immediate\ release|(?:further|more)\ information|interviews?|media\ enquiries)\b | press\ contacts?\b
| (?:media|press)\ (?:contact|enquiries)\b | contact\ [A-Z]\w+\ [A-Z]\w+\ at\b
| promoted\ by\b.*\bon\ behalf\ of\b | printed\ (?:and\ promoted\ )?by\b
| (?:the\ \w+\ |we\ )welcomes?\ (?:entries|letters|contributions)\b | send\ (?:us\ )?your\b
| what\ you\ need\ to\ know\W*$ | download\ (?:the|our)\ (?:free\ )?app\b | breaking\ news\ alerts?\b
| stay\ (?:up\ to\ date|informed|ahead)\b | keep\ up\ with\ (?:all\ )?(?:the|our)\b | notifications?\ can\ be\b
| home\W+news\b | you\ can\ help\ too\b | terms\ (?:of\ use|and\ conditions)\b | privacy\ policy\b
"""
OPENS = re.compile(rf"[^\w\"“‘'«„`]{{0,3}}(?:{OPENINGS})", re.I | re.X)
LABELLED = re.compile(r"[^:]{0,30}:")
REPORTED = re.compile(r"\b(?:said|says|told|announced|added|asked)\b")
CREDIT = re.compile(
    r"(?:\((?:photo|image|picture|pic|credit|photograph)s?\b[^()]*\)|\b(?:photograph|picture|photo|image)\s*:[^.!?]*|"
    r"\b(?:image source|picture credit|photo credit|image credit|getty images?)\b[:,]?[^.!?]*|\bpic\.\S+)\s*\.?$",
    re.I,
)
CAPTION_LENGTH = 240
ENDS = re.compile(
    r"\W*(?:ends|notes? (?:to|for) editors?|about the author|editor.s notes?)\W*$", re.I
)


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page and not to the article."""
    if not any(character.isalnum() for character in line):
        return True
    if OPENS.match(line):
        return LABELLED.match(line) is not None or REPORTED.search(line) is None
    return len(line) <= CAPTION_LENGTH and CREDIT.search(line) is not None


def ends_article(line: str) -> bool:
    """Whether everything after this line is for editors, not for readers."""
    return ENDS.match(line) is not None
