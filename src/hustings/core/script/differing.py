"""What changed from one script to another, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hustings.core.script.tree import Script, Step

ADDED, REMOVED, WORDS, ANSWERS, LEADS, SENSITIVITY, ORDER = (
    "added", "removed", "words", "answers", "leads", "sensitivity", "order",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing: what kind, at which step, what stood there and what stands there now."""

    what: str
    step: str
    was: str = ""
    now: str = ""


def changes(before: Script, after: Script) -> list[Change]:
    """In the order of the newer script, and what was taken out at the end; nothing where both say the same."""
    old = {step.name: step for step in before.steps}
    new = {step.name: step for step in after.steps}
    found: list[Change] = []
    for name, step in new.items():
        if name not in old:
            found.append(Change(ADDED, name, now=step.say))
        else:
            found += _at(old[name], step)
    found += [Change(REMOVED, name, was=step.say) for name, step in old.items() if name not in new]
    was = [name for name in old if name in new]
    now = [name for name in new if name in old]
    if was != now:
        found.append(Change(ORDER, "", " · ".join(was), " · ".join(now)))
    return found


def _at(old: Step, new: Step) -> list[Change]:
    found = []
    if old.say != new.say:
        found.append(Change(WORDS, new.name, old.say, new.say))
    if old.answers != new.answers:
        found.append(Change(ANSWERS, new.name, _answers(old), _answers(new)))
    if old.then != new.then:
        found.append(Change(LEADS, new.name, old.then, new.then))
    if old.sensitivity != new.sensitivity:
        found.append(Change(SENSITIVITY, new.name, old.sensitivity, new.sensitivity))
    return found


def _answers(step: Step) -> str:
    return "\n".join(
        " ".join(filter(None, (answer.label, answer.holds and f"[{answer.holds} {answer.code}]".replace(" ]", "]"), answer.leads_to and f"→ {answer.leads_to}")))
        for answer in step.answers
    )  # fmt: skip
