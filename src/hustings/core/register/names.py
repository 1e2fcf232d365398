"""Names: the key they are searched by, and splitting a name that stands in one cell."""

from __future__ import annotations

import unicodedata

ANONYMOUS = frozenset({"n/a", "na", "anonymous", "anonymous elector", "anonymous entry"})
"""What registers print where an elector is entered without a name."""

_STANDS_ALONE = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("’'`´.", ""),
        **dict.fromkeys("-‐–", " "),
        **{chr(mark): "" for mark in range(0x300, 0x370)},
    }
)


def fold(text: str) -> str:
    """
    The key a text is searched by: lower case, no accents, no apostrophes, hyphens as one space.

    ``O’Brien-Müller`` gives ``obrien muller``. The search text is folded by the same function.
    """
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = text.translate(_STANDS_ALONE)
    return " ".join(text.translate(_PLAIN).split())


def split_name(text: str) -> tuple[str, str]:
    """
    Surname and forenames of a cell that holds both, surname first.

    A comma parts them if there is one; else words all in capitals at the front are the surname; else the first word.
    """
    text = " ".join(text.split())
    if "," in text:
        surname, _, forename = text.partition(",")
        return surname.strip(), forename.strip()
    words = text.split(" ")
    capitals = 0
    for word in words:
        if len(word) > 1 and word.isupper():
            capitals += 1
        else:
            break
    cut = capitals if 0 < capitals < len(words) else 1
    return " ".join(words[:cut]), " ".join(words[cut:])
