"""
Walking a script: where one stands after these answers, and what was held on the way.

The phone does the same in ``canvass/static/canvass/script_walk.js``; both are held to ``tests/js/script_cases.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.core.script.tree import END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.core.script.tree import Answer, Script, Step


def walked(script: Script, taken: Sequence[int]) -> list[tuple[Step, Answer | None]]:
    """
    The steps that were left behind by these choices, each with its answer.

    Parameters
    ----------
    taken
        The place of each answer; 0 goes on from a step without answers. What leads no further is left out.
    """
    way: list[tuple[Step, Answer | None]] = []
    here = script.steps[0] if script.steps else None
    for choice in taken:
        if here is None or choice not in range(len(here.ways)):
            break
        way.append((here, here.answers[choice] if here.answers else None))
        to = here.ways[choice]
        here = script.step(to) if to != END else None
    return way


def stands_at(script: Script, taken: Sequence[int]) -> Step | None:
    """The step that comes now; None at the end."""
    if not script.steps:
        return None
    way = walked(script, taken)
    if not way:
        return script.steps[0]
    step = way[-1][0]
    return script.step(step.ways[taken[len(way) - 1]])


def held(script: Script, taken: Sequence[int]) -> list[tuple[str, str]]:
    """What the answers so far stand for: kind and code, in the order they were given."""
    return [
        (answer.holds, answer.code)
        for _step, answer in walked(script, taken)
        if answer is not None and answer.holds
    ]
