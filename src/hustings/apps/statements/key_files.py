"""
The node's secrets: one file a turn of keys, which only the server's user may read; never in the database.

A file holds one seed, and the keys are derived from it: three that sign, and one that opens what is sealed to us. The seed of the *next* turn is on paper alone.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from hustings.core.errors import HustingsError
from hustings.core.ledger.keys import SecretKey
from hustings.core.ledger.seal_keys import SealSecret

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

SEED_BYTES = 32
PARTS = ("statement", "log", "witness")


class NoKeyFile(HustingsError):
    """The keys of this node are not on this server."""


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """The keys of one turn."""

    seed: bytes

    def key(self, part: str) -> SecretKey:
        """The key that signs statements, the log, or others' heads."""
        return SecretKey(self._derived(part))

    @property
    def seal(self) -> SealSecret:
        """What opens a part that is sealed to this turn."""
        return SealSecret(self._derived("seal"))

    @property
    def signing(self) -> dict[str, str]:
        """The public keys that verify; what sheets promised before there were seals."""
        return {part: self.key(part).public.multikey for part in PARTS}

    @property
    def public(self) -> dict[str, str]:
        """The public keys, as key events write them."""
        return {**self.signing, "seal": self.seal.public.multikey}

    def _derived(self, part: str) -> bytes:
        return hmac.digest(self.seed, f"hustings {part}".encode(), hashlib.sha256)


def write(campaign_id: UUID, node: str, turn: int, seed: bytes) -> None:
    """Keep the seed of a turn; a file that is there is never written over."""
    path = _path(campaign_id, node, turn)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(seed.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(campaign_id: UUID, node: str, turn: int) -> Secrets:
    """The keys of a turn; :class:`NoKeyFile` where they are not here."""
    path = _path(campaign_id, node, turn)
    try:
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise NoKeyFile(
            "The keys that sign for this campaign are not on this server. The host brings the folder "
            "«keys» back, or takes the next keys into use from the recovery sheet."
        ) from error
    return Secrets(seed)


def _path(campaign_id: UUID, node: str, turn: int) -> Path:
    folder: Path = settings.KEYS_FOLDER / str(campaign_id)
    return folder / f"{node.removeprefix('node:')}-{turn}"
