"""A script as one text: for paper, for the plain pages, and for whoever asks what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.core.script.tree import END

if TYPE_CHECKING:
    from hustings.core.script.tree import Script


def flat(script: Script, *, end: str = "the end") -> str:
    """
    All steps in their order, numbered, each answer with the number it leads to.

    A script of one step without answers is that step's own words.

    Parameters
    ----------
    end
        What the end is called in the campaign's language.
    """
    if not script.branches:
        return script.steps[0].say if script.steps else ""
    number = {step.name: str(place) for place, step in enumerate(script.steps, 1)}
    blocks = []
    for place, step in enumerate(script.steps, 1):
        lines = [f"{place}. {step.say}"]
        lines += [
            f"– {answer.label} → {number.get(answer.leads_to, end)}" for answer in step.answers
        ]
        following = script.steps[place].name if place < len(script.steps) else END
        if not step.answers and step.then != following:
            lines.append(f"→ {number.get(step.then, end)}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
