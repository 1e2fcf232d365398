"""
What a teller writes down: a polling district and a number, as said by a voter or read off a poll card.

Voters need not give a number. Nothing here says, or could say, how anybody voted.
"""

from __future__ import annotations

from hustings.core.errors import BadInput
from hustings.core.register.numbers import ElectorNumber


def number_told(district: str, text: str) -> str:
    """
    The elector number as the register writes it: ``AB`` and ``888/8`` or ``888.8`` give ``AB-888/8``.

    A number that brings its own district (``CD12``) is taken as it is.

    Raises
    ------
    BadInput
        When it holds no number.
    """
    read = ElectorNumber.parse(text)
    if read is None:
        raise BadInput(
            f"«{text.strip()[:20]}» is no elector number; write it as on the poll card, such as 888 or 888/8."
        )
    if read.district:
        return str(read)
    own = ElectorNumber.of_parts(district, read.number, read.suffix)
    return str(own or read)
