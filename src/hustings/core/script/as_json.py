"""A script as plain JSON, and back; what is left out is what it usually is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.script.tree import END, OPEN, Answer, Script, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 1000
"""Of steps or answers that are read at all; what may be published is far less."""


def to_json(script: Script) -> list[dict[str, Any]]:
    """One object a step."""
    return [_step(step) for step in script.steps]


def _step(step: Step) -> dict[str, Any]:
    written: dict[str, Any] = {"name": step.name, "say": step.say}
    if step.answers:
        written["answers"] = [_answer(answer) for answer in step.answers]
    elif step.then != END:
        written["then"] = step.then
    if step.sensitivity != OPEN:
        written["sensitivity"] = step.sensitivity
    return written


def _answer(answer: Answer) -> dict[str, str]:
    written = {"label": answer.label}
    if answer.leads_to != END:
        written["leads_to"] = answer.leads_to
    if answer.holds:
        written["holds"] = answer.holds
    if answer.code:
        written["code"] = answer.code
    return written


def from_json(content: Any) -> Script:
    """
    The script in a list of objects.

    Raises
    ------
    BadInput
        With the place and what is expected there.
    """
    return Script(tuple(_read_step(item, place) for place, item in _items(content, "script")))


def _items(content: Any, where: str) -> list[tuple[str, Mapping[str, Any]]]:
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
        raise BadInput("Write a list of objects.", where=where)
    if len(content) > MOST:
        raise BadInput(f"More than {MOST} are not read.", where=where)
    return [(f"{where}, {place}", item) for place, item in enumerate(content, 1)]


def _read_step(item: Mapping[str, Any], where: str) -> Step:
    answers = _items(item.get("answers", []), where)
    return Step(
        name=_text(item, "name", where),
        say=_text(item, "say", where),
        answers=tuple(
            Answer(
                _text(each, "label", place), _text(each, "leads_to", place),
                _text(each, "holds", place), _text(each, "code", place),
            )
            for place, each in answers
        ),
        then=END if answers else _text(item, "then", where),
        sensitivity=_text(item, "sensitivity", where) or OPEN,
    )  # fmt: skip


def _text(item: Mapping[str, Any], name: str, where: str) -> str:
    value = item.get(name, "")
    if not isinstance(value, str):
        raise BadInput(f"«{name}» is text.", where=where)
    if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise BadInput(f"«{name}» holds a sign that is no text.", where=where)
    return value
