"""
What is wrong with a script: each fault says where it is and what to do.

A script without faults can be walked: every step is reached, and every way ends
(:mod:`hustings.core.script.check` finds the same in another way).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.script.tree import END, HOLDS, NOT_KEPT, SENSITIVITY, SUPPORT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from hustings.core.script.tree import Answer, Script, Step

MOST_STEPS = 40
MOST_ANSWERS = 12
LONGEST_TEXT = 2000
LONGEST_LABEL = 80
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
"""A step's name; ``end`` is the end's own."""


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogues; translating is the caller's."""
    return sentence


SENTENCES = {
    "empty": gettext_noop("The script has no step. Add one with what is said first."),
    "too_many_steps": gettext_noop("There are %(other)s steps, and nobody keeps more than 40 in mind. Take out what is rarely said."),
    "bad_name": gettext_noop("“%(step)s” is no name for a step. Use small letters, digits and hyphens, at most 30, and not “end”."),
    "name_twice": gettext_noop("Two steps are called “%(step)s”. Give one of them another name."),
    "no_text": gettext_noop("Step “%(step)s” says nothing. Write what is said there, or take the step out."),
    "long_text": gettext_noop("Step “%(step)s” is longer than 2000 characters. Nobody listens that long at a door: shorten it."),
    "unknown_sensitivity": gettext_noop("Step “%(step)s” has a sensitivity that does not exist: “%(other)s”. Choose one of open, personal, not_kept."),
    "too_many_answers": gettext_noop("Step “%(step)s” has more than 12 answers. Put some together, or ask in two steps."),
    "no_label": gettext_noop("An answer of step “%(step)s” has no words. Write them, or take the answer out."),
    "long_label": gettext_noop("The answer “%(other)s” of step “%(step)s” is longer than 80 characters and fits on no button. Shorten it."),
    "label_twice": gettext_noop("Step “%(step)s” has the answer “%(other)s” twice. Take one out."),
    "unknown_kind": gettext_noop("An answer of step “%(step)s” stands for “%(other)s”, which does not exist. Choose a level, a follow-up or a plain choice."),
    "unknown_code": gettext_noop("An answer of step “%(step)s” stands for the level “%(other)s”, which is not asked for now. Choose one of the scale."),
    "not_kept": gettext_noop("Step “%(step)s” is never written down, but “%(other)s” would be. Make it a plain choice, or change the step’s sensitivity."),
    "leads_nowhere": gettext_noop("Step “%(step)s” leads to “%(other)s”, and there is no such step. Choose another, or the end."),
    "circle": gettext_noop("From step “%(step)s” one comes back to it, so the talk may never end. Let one of its ways lead on to another step."),
    "unreachable": gettext_noop("No way leads to step “%(step)s”. Let an answer lead there, or take it out."),
    "asked_twice": gettext_noop("On one way the question of step “%(step)s” is asked again in step “%(other)s”. Ask it once."),
    "support_twice": gettext_noop("After an answer of step “%(step)s”, support is asked for again in step “%(other)s”; only the last would count. Ask once on each way."),
}  # fmt: skip
"""Where and what to do, by code."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the code of its sentence, the step, and the word that completes it."""

    code: str
    step: str = ""
    other: str = ""

    @property
    def sentence(self) -> str:
        """In the language of this code."""
        return SENTENCES[self.code] % {"step": self.step, "other": self.other}


def faults_of(script: Script, codes: Collection[str] | None = None) -> list[Fault]:
    """
    Everything that keeps a script from being published.

    Parameters
    ----------
    codes
        The levels or parties that are asked for; None where nobody knows.
    """
    if not script.steps:
        return [Fault("empty")]
    found = []
    if len(script.steps) > MOST_STEPS:
        found.append(Fault("too_many_steps", other=str(len(script.steps))))
    names = Counter(step.name for step in script.steps)
    found += [Fault("name_twice", name) for name, times in names.items() if times > 1]
    for step in script.steps:
        found += _of_step(step, codes)
        found += [
            Fault("leads_nowhere", step.name, to)
            for to in dict.fromkeys(step.ways)
            if to != END and to not in names
        ]
    return found + _of_ways(script)


def _of_step(step: Step, codes: Collection[str] | None) -> Iterator[Fault]:
    name = step.name
    if not NAME.fullmatch(name) or name == "end":
        yield Fault("bad_name", name)
    if not step.say.strip():
        yield Fault("no_text", name)
    if len(step.say) > LONGEST_TEXT:
        yield Fault("long_text", name)
    if step.sensitivity not in SENSITIVITY:
        yield Fault("unknown_sensitivity", name, step.sensitivity)
    if len(step.answers) > MOST_ANSWERS:
        yield Fault("too_many_answers", name)
    labels = Counter(answer.label.casefold().strip() for answer in step.answers)
    for answer in step.answers:
        if labels[answer.label.casefold().strip()] > 1:
            labels[answer.label.casefold().strip()] = 1  # said once
            if answer.label.strip():
                yield Fault("label_twice", name, answer.label)
        yield from _of_answer(step, answer, codes)


def _of_answer(step: Step, answer: Answer, codes: Collection[str] | None) -> Iterator[Fault]:
    if not answer.label.strip():
        yield Fault("no_label", step.name)
    if len(answer.label) > LONGEST_LABEL:
        yield Fault("long_label", step.name, answer.label)
    if answer.holds not in HOLDS:
        yield Fault("unknown_kind", step.name, answer.holds)
    elif answer.holds == SUPPORT and (
        not answer.code or (codes is not None and answer.code not in codes)
    ):
        yield Fault("unknown_code", step.name, answer.code)
    if answer.holds and step.sensitivity == NOT_KEPT:
        yield Fault("not_kept", step.name, answer.label)


def _of_ways(script: Script) -> list[Fault]:
    """Circles, what is never reached, and what is asked twice: all of them from who comes after whom."""
    there: dict[str, Step] = {}
    for step in script.steps:
        there.setdefault(step.name, step)
    after = {name: _after(there, step.ways) for name, step in there.items()}
    first = script.steps[0].name
    found = [Fault("circle", name) for name, later in after.items() if name in later]
    found += [
        Fault("unreachable", name) for name in there if name != first and name not in after[first]
    ]
    for name, step in there.items():
        if not step.answers:
            continue
        said = _as_heard(step.say)
        once_told = [answer.leads_to for answer in step.answers if answer.holds == SUPPORT]
        after_support = _after(there, once_told)
        for other in there.values():
            if other.name == name or not other.answers:
                continue
            if other.name in after[name] and _as_heard(other.say) == said and said:
                found.append(Fault("asked_twice", name, other.name))
            if other.name in after_support and other.asks_support:
                found.append(Fault("support_twice", name, other.name))
    return found


def _after(there: dict[str, Step], starts: Collection[str]) -> set[str]:
    """Names of the steps that come after, by any way."""
    seen: set[str] = set()
    waiting = [name for name in starts if name in there]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [to for to in there[name].ways if to in there]
    return seen


def _as_heard(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
