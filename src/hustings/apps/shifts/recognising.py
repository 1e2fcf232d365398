"""
Who stands at the table: by the number on their own page, or by the whole name that they signed up with.

Whoever asks is told nothing: a page that said who has signed up could be asked for everybody by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from hustings.apps.shifts.models import SignUp
from hustings.core.register import fold

if TYPE_CHECKING:
    from hustings.apps.shifts.models import Session

DIGITS = 6


def number_of(sign_up: SignUp) -> str:
    """Made of the installation's own key, so that it is kept nowhere and is the same whenever it is shown."""
    said = f"{sign_up.campaign_id.hex}/{sign_up.pk}"
    digest = salted_hmac("hustings.shifts.number", said, algorithm="sha256").hexdigest()
    return f"{int(digest[:15], 16) % 10**DIGITS:0{DIGITS}}"


def recognised(session: Session, said: str) -> SignUp | None:
    """The only sign-up of that number or that name, in whatever order its words come; None for none or several."""
    words = fold(said).split()
    digits = "".join(words)
    rows = SignUp.objects.of(session.campaign_id).filter(session=session, volunteer__left_at=None)
    everybody = list(rows.select_related("volunteer__person"))
    if digits.isdecimal():
        found = [one for one in everybody if len(digits) == DIGITS and number_of(one) == digits]
    elif len(words) < 2:
        return None
    else:
        found = [
            one for one in everybody if sorted(fold(str(one.volunteer)).split()) == sorted(words)
        ]
    return found[0] if len(found) == 1 else None
