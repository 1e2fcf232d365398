"""Changing a script: each verb gives a new one, and leaves it without dangling ends of its own making."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hustings.core.script.tree import END, Script, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.core.script.tree import Answer


def fresh_name(script: Script, wanted: str = "step") -> str:
    """A name that no step has yet."""
    names = {step.name for step in script.steps}
    if wanted not in names and wanted != "step":
        return wanted
    return next(
        name for number in range(1, len(names) + 2) if (name := f"{wanted}-{number}") not in names
    )


def add_step(script: Script, step: Step, *, after: str = "") -> Script:
    """Put a step behind that one, or at the end; where the one before said nothing else, it goes on there."""
    steps = list(script.steps)
    place = next((i + 1 for i, one in enumerate(steps) if one.name == after), len(steps))
    if place and not steps[place - 1].answers and steps[place - 1].then == END:
        steps[place - 1] = replace(steps[place - 1], then=step.name)
    steps.insert(place, step)
    return Script(tuple(steps))


def remove_step(script: Script, name: str) -> Script:
    """Take a step out; what led to it leads to where it went on, or to the end."""
    gone = script.step(name)
    if gone is None:
        return script
    onward = gone.then if gone.then != name else END
    left = Script(tuple(step for step in script.steps if step is not gone))
    if left.step(name) is not None:  # another of the same name stays
        return left
    return _redirect(left, name, onward)


def move_step(script: Script, name: str, by: int) -> Script:
    """Earlier (-1) or later (+1) in the list; the first is where a talk begins."""
    steps = list(script.steps)
    place = next((i for i, step in enumerate(steps) if step.name == name), None)
    if place is None or not 0 <= place + by < len(steps):
        return script
    steps.insert(place + by, steps.pop(place))
    return Script(tuple(steps))


def change_step(script: Script, name: str, new: Step) -> Script:
    """Put this in its place; where it has another name now, what led to it leads there."""
    changed = _each(script, lambda step: new if step.name == name else step)
    return changed if new.name == name else _redirect(changed, name, new.name)


def change_answers(script: Script, name: str, answers: tuple[Answer, ...]) -> Script:
    """Put these in place of a step's answers."""
    return _each(
        script,
        lambda step: (
            replace(step, answers=answers, then=END if answers else step.then)
            if step.name == name
            else step
        ),
    )


def moved(answers: tuple[Answer, ...], place: int, by: int) -> tuple[Answer, ...]:
    """One answer earlier or later."""
    if not (0 <= place < len(answers) and 0 <= place + by < len(answers)):
        return answers
    turned = list(answers)
    turned.insert(place + by, turned.pop(place))
    return tuple(turned)


def _redirect(script: Script, name: str, to: str) -> Script:
    def one(step: Step) -> Step:
        answers = tuple(
            replace(answer, leads_to=to) if answer.leads_to == name else answer
            for answer in step.answers
        )
        return replace(step, answers=answers, then=to if step.then == name else step.then)

    return _each(script, one)


def _each(script: Script, change: Callable[[Step], Step]) -> Script:
    return Script(tuple(change(step) for step in script.steps))
