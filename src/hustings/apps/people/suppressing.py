"""
Keeping erased people out of registers that come again, by keyed hashes and nothing else.

A hash is made of the name with the address, of the name with the elector number, and of the number
alone; the last only hides the number where a file's problems are shown, since numbers are given to
others in time. The key is the installation's secret, which is not in the database: a backup alone
cannot be tried against a list of names. Whoever has both can; that is the price of keeping the person out.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings

from hustings.apps.people.models import Suppression

if TYPE_CHECKING:
    from uuid import UUID


class KeptOut:
    """The suppressions of one campaign, read once."""

    def __init__(self, campaign_id: UUID) -> None:
        self._key = hmac.new(
            settings.SECRET_KEY.encode(), f"suppression {campaign_id}".encode(), hashlib.sha256
        )
        self._there = set(Suppression.objects.of(campaign_id).values_list("digest", flat=True))

    def __bool__(self) -> bool:
        return bool(self._there)

    def is_kept_out(self, *, name_key: str, address_key: str, number: str) -> bool:
        """Whether somebody of this name was erased, at this address or under this number."""
        if not self._there:
            return False
        return not self._there.isdisjoint(self.of_somebody(name_key, address_key, number))

    def is_number_of_somebody(self, cell: str) -> bool:
        """Whether an erased person had this elector number."""
        return bool(self._there) and self._digest("number", cell.strip()) in self._there

    def of_somebody(self, name_key: str, address_key: str, number: str) -> set[str]:
        """The hashes that find a row of a register again."""
        found = set()
        if name_key and address_key:
            found.add(self._digest("home", name_key, address_key))
        if number:
            found.add(self._digest("entry", name_key, number))
        return found

    def of_number(self, number: str) -> set[str]:
        """The hash that finds the number alone."""
        return {self._digest("number", number)} if number else set()

    def _digest(self, *parts: str) -> str:
        keyed = self._key.copy()
        # Lengths, so that no two lists of parts read alike.
        keyed.update("".join(f"{len(part)}:{part}" for part in parts).encode())
        return keyed.hexdigest()
