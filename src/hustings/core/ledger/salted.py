"""
A hash in the log for what must stay erasable: the log keeps the hash, we keep the words and the salt.

Once the salt is gone nobody can tell whose words they were, not even by trying all names, and the log still verifies.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical

SALT_BYTES = 32


def commit(salt: bytes, words: Any) -> str:
    """The hash of ``words`` under a salt of 32 bytes of chance, which is kept as long as the words."""
    if len(salt) != SALT_BYTES:
        raise BadInput(f"A salt has {SALT_BYTES} bytes of chance; this one has {len(salt)}.")
    return hmac.new(salt, canonical(words), hashlib.sha256).hexdigest()


def is_of(commitment: str, salt: bytes, words: Any) -> bool:
    """Whether the hash in the log is of these words."""
    return hmac.compare_digest(commitment, commit(salt, words))
