"""What an organiser writes into a step, and what comes back from it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hustings.apps.scripts.queries import LevelLine
from hustings.apps.scripts.wording import SENSITIVE, STANDS_FOR
from hustings.core.script.as_text import spoken
from hustings.core.script.tree import END, SUPPORT, Answer, Script, Step
from hustings.core.script.validating import LONGEST_LABEL, LONGEST_TEXT, MOST_ANSWERS, NAME

if TYPE_CHECKING:
    from django.http import QueryDict

    from hustings.apps.scripts.versions import Choices

MORE = 3
"""Empty lines for further answers."""


class StepForm(forms.Form):
    """A step without its answers."""

    name = forms.CharField(
        label=_("Name"), max_length=30,
        help_text=_("For yourself: small letters, digits and hyphens."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )  # fmt: skip
    say = forms.CharField(
        label=_("What is said, or asked"), max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    sensitivity = forms.ChoiceField(label=_("How it is asked"), choices=list(SENSITIVE.items()))
    then = forms.ChoiceField(
        label=_("Without answers, go on with"), required=False,
        help_text=_("Counts only while there are no answers below."),
    )  # fmt: skip

    def __init__(self, script: Script, step: Step, *arguments: Any, **options: Any) -> None:
        first = {
            "name": step.name, "say": step.say, "sensitivity": step.sensitivity, "then": step.then,
        }  # fmt: skip
        options["initial"] = first
        super().__init__(*arguments, **options)
        self.others = {one.name for one in script.steps if one.name != step.name}
        self.fields["then"].choices = ways(script, step)  # type: ignore[attr-defined]  # a choice field

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if not NAME.fullmatch(name) or name == "end":
            raise forms.ValidationError(_("Use small letters, digits and hyphens, and not “end”."))
        if name in self.others:
            raise forms.ValidationError(_("Another step is called this."))
        return name

    def clean_say(self) -> str:
        return spoken(str(self.cleaned_data["say"]))


def ways(script: Script, step: Step) -> list[tuple[str, object]]:
    """Where a step may lead: the end, and every other step; also the one that is not there."""
    names = [one.name for one in script.steps if one.name != step.name]
    gone = [to for to in step.ways if to != END and to not in names]
    return [(END, _("the end")), *((name, name) for name in [*names, *dict.fromkeys(gone)])]


def kinds(choices: Choices, step: Step) -> list[tuple[str, object]]:
    """What an answer may stand for: a plain choice, the levels, the follow-ups."""
    levels: list[tuple[str, object]] = [
        (f"{SUPPORT} {choice['code']}", choice["label"]) for choice in choices
    ]
    there = {value for value, _label in levels}
    retired = [
        (value, value)
        for answer in step.answers
        if answer.holds == SUPPORT and (value := f"{SUPPORT} {answer.code}") not in there
    ]
    plain, *follow_ups = STANDS_FOR.items()
    return [plain, *levels, *dict.fromkeys(retired), *follow_ups]


def rows(step: Step) -> list[tuple[int, Answer]]:
    """The answers and empty ones to fill in."""
    more = min(MORE, MOST_ANSWERS - len(step.answers))
    return list(enumerate([*step.answers, *[Answer("")] * max(0, more)]))


def answers_in(posted: QueryDict) -> tuple[Answer, ...]:
    """The answers that have words; the others are left out."""
    found = []
    for nth in range(MOST_ANSWERS):
        label = " ".join(posted.get(f"label-{nth}", "").split())[:LONGEST_LABEL]
        if label:
            holds, _space, code = posted.get(f"holds-{nth}", "").partition(" ")
            found.append(Answer(label, posted.get(f"leads-{nth}", "")[:30], holds[:20], code[:20]))
    return tuple(found)


class PasteForm(forms.Form):
    """A script as text."""

    text = forms.CharField(
        label=_("The script as text"), widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        strip=False, max_length=200_000,
        help_text=_("A step begins with its name, like == start ==. Answers begin with a hyphen; what they stand for is in square brackets, where they lead comes after ->."),
    )  # fmt: skip


class LevelsForm(forms.Form):
    """What goes with the levels; the levels are read by :func:`levels_in`."""

    stores_opposition = forms.BooleanField(
        label=_("Store opposition"), required=False,
        help_text=_("Without it, levels that count as opposition are not offered at the door. Whoever says no is “Refused”, like those who would rather not say."),
    )  # fmt: skip


LINES = 40
"""Levels that are read from one form."""


def fresh_lines(n: int) -> list[LevelLine]:
    """Empty lines for new levels."""
    return [LevelLine({}, "", 0, "", False, "", False)] * n


def as_typed(
    there: list[LevelLine], more: list[LevelLine], retired: list[LevelLine], posted: QueryDict
) -> tuple[list[LevelLine], list[LevelLine], list[LevelLine]]:
    """The same lines with what was typed into them, found by their codes; the new ones first among the empty."""
    places = {posted.get(f"code-{nth}", ""): nth for nth in range(LINES)}
    fresh = [
        nth
        for nth in range(LINES)
        if not posted.get(f"code-{nth}") and posted.get(f"label-{nth}", "").strip()
    ]
    return (
        [_typed(line, places.get(line.level["code"]), posted, "retire") for line in there],
        [*(_typed(more[0], nth, posted) for nth in fresh), *more][: max(len(more), len(fresh) + 1)],
        [_typed(line, places.get(line.level["code"]), posted, "ask") for line in retired],
    )


def _typed(line: LevelLine, nth: int | None, posted: QueryDict, tick: str = "") -> LevelLine:
    if nth is None:
        return line
    return replace(
        line, order=posted.get(f"order-{nth}", "")[:3] or line.order, words=posted.get(f"label-{nth}", ""),
        against=bool(posted.get(f"against-{nth}")),
        ticked=bool(tick and posted.get(f"{tick}-{nth}")),
    )  # fmt: skip


def levels_in(posted: QueryDict) -> list[tuple[str, str, bool]]:
    """Code, label and whether it is opposition, in the order that was posted; lines without words go."""
    found = []
    for nth in range(LINES):
        label = posted.get(f"label-{nth}", "").strip()
        code = posted.get(f"code-{nth}", "")[:10]
        wanted = bool(posted.get(f"ask-{nth}")) if posted.get(f"rests-{nth}") else label
        if wanted and not posted.get(f"retire-{nth}"):
            order = posted.get(f"order-{nth}", "")
            place = int(order) if re.fullmatch(r"\d{1,3}", order) else 999
            found.append((place, nth, (code, label, bool(posted.get(f"against-{nth}")))))
    return [level for _place, _nth, level in sorted(found)]
