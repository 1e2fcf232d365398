"""
The judge of a script: it walks every way there is, step by step, and says what it met.

It shares nothing with :mod:`hustings.core.script.validating`. What it takes grows with the number of ways, so it
gives up on scripts that nobody could try out by hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hustings.core.script.tree import Script, Step

MOST_WAYS = 20_000


class TooManyWays(Exception):
    """Nobody can try them all."""


def met_on_the_way(script: Script) -> set[str]:
    """
    Which of ``leads_nowhere``, ``circle``, ``unreachable``, ``asked_twice``, ``support_twice`` are met by walking.

    Raises
    ------
    TooManyWays
        After 20 000 of them.
    """
    by_name: dict[str, Step] = {}
    for step in reversed(script.steps):
        by_name[step.name] = step
    met: set[str] = set()
    seen = {script.steps[0].name}
    ways: list[tuple[str, tuple[str, ...], frozenset[tuple[str, ...]], bool]]
    ways = [(script.steps[0].name, (), frozenset(), False)]  # here, so far, what was asked, told
    tried = 0
    while ways:
        tried += 1
        if tried > MOST_WAYS:
            raise TooManyWays
        name, so_far, asked, told = ways.pop()
        step = by_name[name]
        words = tuple(re.findall(r"\w+", step.say.casefold()))
        if name in so_far:
            met.add("circle")
            continue
        if step.answers:
            if words and words in asked:
                met.add("asked_twice")
            if told and any(answer.holds == "support" for answer in step.answers):
                met.add("support_twice")
            asked = asked | {words}
        goes_on = [(a.leads_to, told or a.holds == "support") for a in step.answers]
        for to, told_now in goes_on or [(step.then, told)]:
            if to == "":
                continue
            if to not in by_name:
                met.add("leads_nowhere")
                continue
            seen.add(to)
            ways.append((to, (*so_far, name), asked, told_now))
    if seen != set(by_name):
        met.add("unreachable")
    return met
