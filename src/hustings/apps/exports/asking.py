"""What somebody says about a copy, in an address or on a command line; nothing has to be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.exports.models import Copy
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What a copy is for, where that is not what its path says.

    Parameters
    ----------
    country
        Where it will be kept, in two letters.
    until
        The day by which it will be destroyed.
    """

    purpose: str = ""
    receiver: str = ""
    country: str = ""
    until: date | None = None


NOTHING_SAID = Asked()


def asked_in(said: Mapping[str, str]) -> Asked:
    """
    ``purpose``, ``receiver``, ``country`` and ``until`` of a query.

    Raises
    ------
    BadInput
        One of them cannot be meant.
    """
    purpose, receiver = said.get("purpose", ""), said.get("receiver", "")
    country, until = said.get("country", "").upper(), said.get("until", "")
    if purpose and purpose not in Copy.Purpose.values:
        raise BadInput(_one_of("purpose", Copy.Purpose.values), where="purpose")
    if receiver and receiver not in Copy.Receiver.values:
        raise BadInput(_one_of("receiver", Copy.Receiver.values), where="receiver")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise BadInput(_("Write the country in two letters, like GB."), where="country")
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise BadInput(_("Write the day like 2026-01-31."), where="until") from error
    return Asked(purpose, receiver, country, day)


def _one_of(name: str, values: list[str]) -> str:
    return _("«%(name)s» is one of %(values)s.") % {"name": name, "values": ", ".join(values)}


def asked_by(chosen: argparse.Namespace) -> Asked:
    """What the options say."""
    return asked_in({"receiver": chosen.receiver, "country": chosen.kept_in, "until": chosen.until})
