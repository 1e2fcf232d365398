"""A script as a value: steps in the order of the list, the first of which is where a conversation begins."""

from __future__ import annotations

from dataclasses import dataclass

END = ""
"""Where an answer leads that leads to the end."""
SUPPORT = "support"
"""The answer is a level of the scale or a party; its ``code`` says which."""
FOLLOW_UPS = ("poster", "postal_vote", "lift", "volunteer", "casework", "call_back")
"""What may be wanted of the campaign afterwards."""
HOLDS = ("", SUPPORT, *FOLLOW_UPS)
"""What an answer may stand for; an empty one is a plain choice, which only says where the talk goes on."""
OPEN, PERSONAL, NOT_KEPT = "open", "personal", "not_kept"
SENSITIVITY = (OPEN, PERSONAL, NOT_KEPT)
"""Asked of everybody; asked only of who is willing; asked to be heard, and never written down."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that may be answered: what it stands for, and the step that it leads to."""

    label: str
    leads_to: str = END
    holds: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """
    Words to say; with answers it is a question.

    Parameters
    ----------
    then
        Where a step without answers goes on.
    """

    name: str
    say: str
    answers: tuple[Answer, ...] = ()
    then: str = END
    sensitivity: str = OPEN

    @property
    def ways(self) -> tuple[str, ...]:
        """The steps it leads to, the end among them."""
        return tuple(answer.leads_to for answer in self.answers) or (self.then,)

    @property
    def asks_support(self) -> bool:
        """Whether an answer of it is a level or a party."""
        return any(answer.holds == SUPPORT for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Script:
    """The steps; it may be wrong as long as it is a draft (:mod:`hustings.core.script.validating`)."""

    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        """The first step of that name."""
        return next((step for step in self.steps if step.name == name), None)

    @property
    def branches(self) -> bool:
        """Whether it is more than one text to say."""
        return len(self.steps) > 1 or any(step.answers for step in self.steps)


def of_one_step(wording: str) -> Script:
    """What a script was before it had steps: one text, after which any answer of the scale is heard."""
    return Script((Step("start", wording),))
