"""What a method of counting is: a count and a check, both over plain values, so that a file can hold all they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots


@dataclass(frozen=True, slots=True)
class Method:
    """
    ``count`` takes the input and the rules as JSON holds them; ``BadInput`` says in ``where`` which field is wrong.

    ``check`` takes the same and the count, and returns a sentence for each thing that is wrong with it.
    """

    name: str
    title: str
    count: Callable[[Mapping[str, Any], Mapping[str, Any], Lots], Count]
    check: Callable[[Mapping[str, Any], Mapping[str, Any], Lots, Count], list[str]]
