"""
The codes that a phone shows of its unsent answers: put together again in any order, to what the file would hold.

``static/canvass/codes.js`` writes what is read here.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hustings.core.errors import BadInput

MOST_CHARACTERS = 6 * 1024 * 1024
"""Of everything that is pasted at once."""
_CODE = re.compile(r"HU1([ZR]):([A-Z2-7]{8}):([0-9]{1,3})/([0-9]{1,3}):((?:(?!HU1)[A-Z2-7])+)")
"""What each says: how it is packed, whose set, which of how many, and a piece."""


@dataclass(frozen=True, slots=True)
class Codes:
    """
    What was shown, set by set.

    Parameters
    ----------
    files
        Of the sets that are whole: what the phone's file would hold.
    missing
        Of the others, how many codes there are in all and which are missing.
    rest
        The codes of those others, as text, to go on with.
    """

    files: list[bytes]
    missing: list[tuple[int, list[int]]]
    rest: str


def put_together(text: str, *, most_bytes: int) -> Codes:
    """
    Put codes together, however often and in whatever order they were shown.

    Parameters
    ----------
    most_bytes
        Of one file; what is longer is refused before it is unpacked.

    Raises
    ------
    BadInput
        When there is no code in the text, or codes of one set contradict each other.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadInput(_("This is more text than codes of unsent answers are."), where="codes")
    sets: dict[tuple[str, str, int], dict[int, str]] = {}
    for packed, name, nth, of, piece in _CODE.findall("".join(text.upper().split())):
        pieces = sets.setdefault((packed, name, int(of)), {})
        if not 1 <= int(nth) <= int(of) or pieces.setdefault(int(nth), piece) != piece:
            raise BadInput(
                _("Code %(nth)s does not fit the others: show it again.") % {"nth": int(nth)},
                where="codes",
            )
    if not sets:
        raise BadInput(
            _("No code of unsent answers is in this. Each begins with HU1."), where="codes"
        )
    files, missing, rest = [], [], []
    for (packed, name, of), pieces in sets.items():
        lacking = [nth for nth in range(1, of + 1) if nth not in pieces]
        if lacking:
            missing.append((of, lacking))
            rest += [
                f"HU1{packed}:{name}:{nth}/{of}:{piece}" for nth, piece in sorted(pieces.items())
            ]
        else:
            letters = "".join(pieces[nth] for nth in range(1, of + 1))
            files.append(_unpacked(packed, name, letters, most_bytes))
    return Codes(files, missing, "\n".join(rest))


def _unpacked(packed: str, name: str, letters: str, most_bytes: int) -> bytes:
    wrong = _("These codes do not fit together: a letter of one of them is wrong. Show them again.")
    try:
        held = base64.b32decode(letters + "=" * (-len(letters) % 8))
        digest = hashlib.sha256(held).digest()[:5]
        if base64.b32encode(digest).decode() == name:
            unpack = zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress
            return held if packed == "R" else unpack(held, most_bytes + 1)
    except (ValueError, zlib.error) as error:
        raise BadInput(wrong, where="codes") from error
    raise BadInput(wrong, where="codes")


def missing_in_words(missing: list[tuple[int, list[int]]]) -> str:
    """«Codes 2, 5 of 8 are missing.», for each set."""
    return " ".join(
        _("Of %(all)s codes these are missing: %(which)s.")
        % {"all": of, "which": ", ".join(map(str, lacking))}
        for of, lacking in missing
    )
