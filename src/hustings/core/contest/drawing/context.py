"""What is drawn for, as bytes that everyone can make again: contest, tie, names in order."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hustings.core.contest.tie import Tie


def context_of(contest: str, tie: Tie) -> bytes:
    """Compact JSON in UTF-8, in this order of fields."""
    return json.dumps(
        {"contest": contest, "step": tie.step, "among": list(tie.among), "choose": tie.choose},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8")


def context_hash(context: bytes) -> str:
    """What a record holds of it."""
    return hashlib.sha256(context).hexdigest()
