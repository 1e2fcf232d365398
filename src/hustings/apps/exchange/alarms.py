"""Two words of a peer that cannot both be true: kept with both, once, whoever refuses them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hustings.apps.exchange.models import Alarm
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.statements.models import Party

FORKED, SHRANK, KEYS = "fork", "shrank", "keys"


class Alarming(BadInput):
    """
    Refused, and evidence against whoever signed it: whoever catches this calls :meth:`keep`.

    Parameters
    ----------
    seen, shown
        The two words, as their signer wrote them.
    leaves
        The leaves of the log that was shown: with them anybody works out that it does not go on from ``seen``.
    """

    def __init__(
        self, kind: str, sentence: str, *, seen: str, shown: str, leaves: Sequence[bytes] = ()
    ) -> None:
        super().__init__(sentence)
        self.kind, self.seen, self.shown, self.leaves = kind, seen, shown, leaves

    def keep(self, party: Party) -> Alarm:
        """Keep both words, once, after everything else of the refused request was taken back."""
        both = f"{party.code}\n{self.kind}\n{self.seen}\n{self.shown}"
        alarm: Alarm
        alarm, _new = Alarm.objects.of(party.campaign_id).get_or_create(
            campaign_id=party.campaign_id,
            fingerprint=hashlib.sha256(both.encode()).hexdigest(),
            defaults={
                "party": party, "kind": self.kind, "sentence": self.message, "seen": self.seen,
                "shown": self.shown, "proof": "".join(f"{leaf.hex()}\n" for leaf in self.leaves),
            },
        )  # fmt: skip
        return alarm


def as_evidence(alarm: Alarm) -> str:
    """All of it as a text, for whoever asks to see it."""
    parts = [
        "hustings-evidence@v1", alarm.sentence, f"kept {alarm.at:%Y-%m-%dT%H:%M:%SZ}", "",
        "seen", alarm.seen.rstrip("\n"), "", "shown", alarm.shown.rstrip("\n"),
    ]  # fmt: skip
    if alarm.proof:
        parts += ["", "leaves of the log that was shown", alarm.proof.rstrip("\n")]
    return "\n".join(parts) + "\n"
