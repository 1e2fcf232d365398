"""What every method of counting returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.tie import Tie
    from hustings.core.contest.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Count:
    """
    ``result`` is what was decided, as plain values that JSON holds (whole numbers, words, "7/5" for a fraction).

    Where ``tie`` is there, the count stopped at it: ``result`` holds what is certain without the lot.
    ``flags`` are the sentences about what is odd in the input or has no rule; nothing is corrected silently.
    """

    method: str
    result: Mapping[str, Any]
    transcript: Transcript
    tie: Tie | None = None
    flags: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What a count file holds of it."""
        return {
            "method": self.method,
            "result": dict(self.result),
            "tie": self.tie.as_json() if self.tie else None,
            "flags": list(self.flags),
            "transcript": self.transcript.as_json(),
        }
