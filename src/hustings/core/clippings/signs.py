"""What stands beside the names of an article: who speaks, what has candidates, what one can be in."""

from __future__ import annotations

import re
from functools import cached_property

from hustings.core.clippings.words import ROLE_NOUN, SPOKE, TITLES

CAPITAL = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|-(?=[^\W\d_])|[’'](?=[A-ZÀ-Þ])|\.(?=[A-Z]))*"
TITLE = rf"(?:{'|'.join(TITLES)})\b\.?"
NAMES = rf"{CAPITAL}(?: {CAPITAL}){{0,11}}"
OF_PARTIES = (
    r"(?:deputy |group |county |regional |national |local |council |prospective |parliamentary |mayoral |chief )*"
    r"(?:candidates?|nominees?|councillors?|leader|group|whip|convenor|convener|TD|MPs?)\b"
)
LONGEST = 5
"""Names of parties have no more words than this."""
_OWNER = re.compile(rf"\b(?P<the>[Tt]he )?(?P<name>{NAMES})(?P<own>[’']s?)? {OF_PARTIES}")
_BRACKETS = re.compile(rf"[a-z] \((?P<name>{NAMES})\)")
_STOOD_FOR = re.compile(rf"\b(?:stood|standing|stands|candidate) for the (?P<name>{NAMES})")
_PLACE = re.compile(rf"\b(?:in|at|near|across|around|outside) (?P<name>{NAMES})")
_SURNAME = re.compile(rf"\b(?:{CAPITAL} |{TITLE} )+(?P<name>{CAPITAL})")
_TITLED = re.compile(rf"\b{TITLE} (?:{CAPITAL} )*(?P<name>{CAPITAL})")
_THE = re.compile(rf"\bthe (?P<name>{CAPITAL})")
_IN_ROLE = re.compile(rf"\b(?P<name>{CAPITAL}) (?:[a-z]+ )?{ROLE_NOUN.pattern}")
_LAST = re.compile(rf"(?P<name>{CAPITAL})(?:,(?: [^.,;]{{2,60}},)?)?\s*$")
_FIRST = re.compile(rf"\s(?P<name>{NAMES})")
BEFORE = 120


class Signs:
    """Words of one article by what stands beside them; each set is found once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def party_like(self) -> set[str]:
        """Names that stand as parties do: «the Commonweal candidate», «(Commonweal)», «standing for the …»."""
        found: set[str] = set()
        for match in _OWNER.finditer(self.text):
            words = match["name"].split()
            # The last words may be the name, where the first only open the sentence.
            for first in range(max(0, len(words) - LONGEST), len(words)):
                name = " ".join(words[first:])
                if not match["own"] or match["the"] or " " not in name:
                    found.add(name)
        for pattern in (_BRACKETS, _STOOD_FOR):
            found.update(match["name"] for match in pattern.finditer(self.text))
        return found

    @cached_property
    def places(self) -> set[str]:
        """Names that one can be in or at."""
        return {match["name"] for match in _PLACE.finditer(self.text)}

    @cached_property
    def surnames(self) -> set[str]:
        """Words that follow another word with a capital, or a title."""
        return {match["name"] for match in _SURNAME.finditer(self.text)}

    @cached_property
    def titled(self) -> set[str]:
        """Last words of names with a title."""
        return {match["name"] for match in _TITLED.finditer(self.text)}

    @cached_property
    def speaking(self) -> set[str]:
        """Last words of names that stand before or after a word for speaking."""
        found = set()
        for verb in SPOKE.finditer(self.text):
            before = _LAST.search(self.text[max(0, verb.start() - BEFORE) : verb.start()])
            if before:
                found.add(before["name"])
            if verb[0] in {"said", "says", "added", "adds"}:
                after = _FIRST.match(self.text, verb.end())
                found.update({after["name"].split()[-1]} if after else ())
        return found

    @cached_property
    def with_article(self) -> set[str]:
        """Words that «the» goes before."""
        return {match["name"] for match in _THE.finditer(self.text)}

    @cached_property
    def in_roles(self) -> set[str]:
        """Words that say whose candidate or spokesman somebody is."""
        return {match["name"] for match in _IN_ROLE.finditer(self.text)}
