"""What the pages show: the list of steps with its picture, versions, the scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.apps.scripts.models import ScriptVersion
from hustings.apps.scripts.scale import OPPOSITION, RETIRED, asked, resting
from hustings.apps.scripts.wording import SENSITIVE, STANDS_FOR, sentence_of
from hustings.core.script.drawing import placed
from hustings.core.script.tree import END, SUPPORT

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.scripts.scale import Level
    from hustings.apps.scripts.versions import Choices
    from hustings.core.script.tree import Answer, Script, Step
    from hustings.core.script.validating import Fault

WIDE, HIGH, GAP_X, GAP_Y = 168, 56, 22, 44
"""Of a step in the picture, and between two, in its own units."""
ASIDE = 64
"""Room beside the first column for lines that go round."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer as the list shows it."""

    label: str
    stands_for: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the list shows it."""

    number: int
    step: Step
    answers: list[AnswerLine]
    faults: list[str]
    is_first: bool
    is_last: bool

    @property
    def sensitivity(self) -> object:
        """Its words; empty where it is asked of everybody."""
        return "" if self.step.sensitivity == "open" else SENSITIVE.get(self.step.sensitivity, "")


def lines(script: Script, choices: Choices, faults: list[Fault]) -> list[StepLine]:
    """The steps in their order, each with what is wrong with it."""
    labels = {choice["code"]: choice["label"] for choice in choices}
    last = len(script.steps)
    return [
        StepLine(
            nth, step, [_answer(answer, labels) for answer in step.answers],
            [sentence_of(fault) for fault in faults if fault.step == step.name],
            nth == 1, nth == last,
        )
        for nth, step in enumerate(script.steps, 1)
    ]  # fmt: skip


def _answer(answer: Answer, labels: dict[str, str]) -> AnswerLine:
    if answer.holds == SUPPORT:
        stands_for = labels.get(answer.code, answer.code)
        stands_for = "" if stands_for == answer.label else stands_for
    else:
        stands_for = str(STANDS_FOR.get(answer.holds, answer.holds)) if answer.holds else ""
    return AnswerLine(answer.label, stands_for, answer.leads_to)


@dataclass(frozen=True, slots=True)
class Box:
    """A step in the picture."""

    name: str
    words: str
    x: int
    y: int
    wide: int
    high: int
    asks: bool
    wrong: bool

    @property
    def middle(self) -> int:
        """Where its lines begin."""
        return self.x + self.wide // 2

    @property
    def text_y(self) -> int:
        """The line of its name."""
        return self.y + 22

    @property
    def words_y(self) -> int:
        """The line of its words."""
        return self.y + 42


@dataclass(frozen=True, slots=True)
class Picture:
    """The tree, drawn."""

    boxes: list[Box]
    paths: list[str]
    wide: int
    high: int


def picture(script: Script, faults: list[Fault]) -> Picture:
    """Boxes and the lines between them."""
    wrong = {fault.step for fault in faults}
    boxes: dict[str, Box] = {}
    for one in placed(script):
        step = script.step(one.name)
        if step is None:
            continue
        words = " ".join(step.say.split())
        boxes[one.name] = Box(
            one.name, words if len(words) <= 22 else f"{words[:21]}…",
            ASIDE + one.column * (WIDE + GAP_X), 8 + one.row * (HIGH + GAP_Y), WIDE, HIGH,
            bool(step.answers), one.name in wrong,
        )  # fmt: skip
    paths = [
        _path(boxes[step.name], boxes[to])
        for step in script.steps
        for to in dict.fromkeys(step.ways)
        if to != END and to in boxes
    ]
    wide = max((box.x + WIDE for box in boxes.values()), default=WIDE) + 8
    high = max((box.y + HIGH for box in boxes.values()), default=HIGH) + 8
    return Picture(list(boxes.values()), paths, wide, high)


def _path(before: Box, after: Box) -> str:
    if after.y - before.y != HIGH + GAP_Y:  # past other rows, or back: round them
        start, end = before.y + HIGH // 2, after.y + HIGH // 2
        aside = min(before.x, after.x) - ASIDE + 8
        return f"M{before.x} {start}C{aside} {start} {aside} {end} {after.x} {end}"
    start, end = before.y + HIGH, after.y
    half = GAP_Y // 2
    return f"M{before.middle} {start}C{before.middle} {start + half} {after.middle} {end - half} {after.middle} {end}"


def versions(campaign: Campaign) -> list[ScriptVersion]:
    """Newest first."""
    return list(ScriptVersion.objects.of(campaign).order_by("-number"))


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level as the editor shows it: what there is, and what stands in its fields."""

    level: Level
    order: int | str
    held: int
    shade: str
    is_hidden: bool
    words: str
    against: bool
    ticked: bool = False


def all_levels(campaign: Campaign, of: str) -> list[Level]:
    """What is asked for, and in its place what would be if opposition were stored."""
    levels = list(asked(campaign, of))
    hidden = [level for level in resting(campaign, of) if level["why"] == OPPOSITION]
    for level in sorted(hidden, key=lambda one: int(one["place"])):
        levels.insert(int(level["place"]), level)
    return levels


def level_lines(
    campaign: Campaign, of: str, held: dict[str, int], shades: list[str]
) -> tuple[list[LevelLine], list[LevelLine]]:
    """Those that can be asked for, and those that are retired; each with how many answers hold it."""
    there = [
        LevelLine(
            level, nth, held.get(level["code"], 0), shade, level.get("why") == OPPOSITION,
            level["label"], bool(level.get("against")),
        )
        for nth, (level, shade) in enumerate(zip(all_levels(campaign, of), shades, strict=True), 1)
    ]  # fmt: skip
    retired = [
        LevelLine(
            level, 0, held.get(level["code"], 0), "", True, level["label"], bool(level.get("against"))
        )
        for level in resting(campaign, of)
        if level["why"] == RETIRED
    ]  # fmt: skip
    return there, retired
