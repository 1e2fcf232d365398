r"""
A script as plain text that can be pasted into a message, and back.

::

    == start ==
    Hello, I am a volunteer with the campaign.
    How do you feel about us at this election?
    - For it [support 1] -> poster
    - Not sure yet [support 3] -> thanks
    - Would rather not say -> end

    == poster (personal) ==
    Would you put a poster in your window?
    - Yes [poster] -> thanks
    - No -> thanks

    == thanks ==
    Thank you for your time.
    -> end

A step begins with its name between ``==``, its sensitivity in brackets where it is not open. Lines that begin with
``- `` are answers: their words, what they stand for in square brackets, where they lead after ``->``; without it, to
the end. A line of ``->`` alone says where a step without answers goes on. Every other line is said. A ``\`` before a
line that is to be said keeps it from being read as anything else. What stands before the first step is a note, and
left out.
"""

from __future__ import annotations

import re

from hustings.core.errors import BadInput
from hustings.core.script.tree import END, OPEN, SUPPORT, Answer, Script, Step

HEAD = re.compile(r"==\s*(\S+?)\s*(?:\(\s*(\w+)\s*\))?\s*==")
HOLDS = re.compile(r"(?P<label>.*?)\s*\[(?P<holds>[^\[\]]*)\]")
SPECIAL = ("==", "- ", "->", "\\")
LONGEST = 200_000
"""Characters that are read at all."""


def to_text(script: Script) -> str:
    """The whole script; reading it back gives the same, but for white space round its words."""
    return "\n\n".join(_step(step) for step in script.steps) + "\n"


def _step(step: Step) -> str:
    how = "" if step.sensitivity == OPEN else f" ({step.sensitivity})"
    lines = [f"== {step.name}{how} =="]
    lines += [
        f"\\{line}" if line.startswith(SPECIAL) or line == "-" or not line else line
        for line in spoken(step.say).split("\n")
    ]
    lines += [_answer(answer) for answer in step.answers]
    if not step.answers:
        lines.append(f"-> {step.then or 'end'}")
    return "\n".join(lines)


def _answer(answer: Answer) -> str:
    label = " ".join(answer.label.split())
    holds = " ".join(filter(None, (answer.holds, answer.code)))
    bracket = f" [{holds}]" if holds or label.endswith("]") else ""
    return f"- {label}{bracket} -> {answer.leads_to or 'end'}"


def spoken(text: str) -> str:
    """Words to say without the white space that nobody hears."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return "\n".join(lines).strip("\n")


def from_text(text: str) -> Script:
    """
    The script in such a text; what is wrong with it as a script is for the validator.

    Raises
    ------
    BadInput
        With the line and what to do.
    """
    if len(text) > LONGEST:
        raise BadInput(f"This is longer than {LONGEST} characters. Paste one script.")
    steps: list[Step] = []
    said: list[str] = []
    answers: list[Answer] = []
    name, then, sensitivity = "", END, OPEN
    begun = False

    def close() -> None:
        if begun:
            words = spoken("\n".join(said))
            ends = END if answers else then
            steps.append(Step(name, words, tuple(answers), ends, sensitivity))

    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("=="):
            head = HEAD.fullmatch(line)
            if head is None:
                raise BadInput("Write a step’s name between two pairs of =, like == start ==.", where=f"line {number}")  # fmt: skip
            close()
            begun, said, answers = True, [], []
            name, then, sensitivity = head[1], END, head[2] or OPEN
        elif not begun:
            continue
        elif line.startswith("->"):
            to = line[2:].strip()
            if not to or " " in to:
                raise BadInput("Write one name after ->, or end.", where=f"line {number}")
            then = END if to == "end" else to
        elif line == "-" or line.startswith("- "):
            answers.append(_read_answer(line[1:].strip()))
        elif answers and line:
            raise BadInput("What is said stands before the answers; begin a new step with == name ==.", where=f"line {number}")  # fmt: skip
        else:
            said.append(line.removeprefix("\\"))
    close()
    if not steps:
        raise BadInput("There is no step in this. A step begins with its name, like == start ==.")
    return Script(tuple(steps))


def _read_answer(text: str) -> Answer:
    label, to, holds = text, "end", ""
    before, arrow, after = text.rpartition("->")
    if arrow and after.strip() and " " not in after.strip():  # the last arrow: a label may hold one
        label, to = before.strip(), after.strip()
    if (kept := HOLDS.fullmatch(label)) is not None:
        label, holds = kept["label"], kept["holds"].strip()
    kind, _space, code = holds.partition(" ")
    if kind != SUPPORT and code:
        kind, code = holds, ""
    return Answer(label.strip(), END if to == "end" else to, kind, code.strip())
