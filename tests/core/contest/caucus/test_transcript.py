"""Every number of a count is on paper, with its rule."""

from __future__ import annotations

from hustings.core.contest.caucus.count import count
from hustings.core.contest.lot import Lot, Lots
from tests.core.contest.rulesets import IOWA_2020

SAID = {
    "unit": "Mill Lane", "delegates": 2, "attendance": 100,
    "first": {"Ash": 40, "Birch": 30, "Cedar": 30}, "final": {"Ash": 40, "Birch": 30, "Cedar": 30},
}  # fmt: skip


def test_the_steps_as_text() -> None:
    lots = Lots([Lot("more groups than delegates", ("Birch", "Cedar"), ("Birch",))])

    found = count(SAID, IOWA_2020, lots)

    lines = [line for line in found.transcript.as_text().splitlines() if "[" not in line]
    assert lines == [
        "1. viability: 100 attended for 2 delegates; a group needs 1/4 of them, which is 25.",
        "     Ash    40", "     Birch  30", "     Cedar  30",
        "2. final alignment: Viable: Ash, Birch, Cedar. In no group: 0.",
        "     Ash    40", "     Birch  30", "     Cedar  30",
        "3. lot: more groups than delegates: The lot fell on Birch: must realign.",
        "4. more groups than delegates: 3 groups for 2 delegates: Birch must realign.",
        "     Ash    40", "     Birch  30", "     Cedar  30",
        "5. raw delegates: Members × 2 / 100.",
        "     Ash    0.8000 (4/5)", "     Cedar  0.6000 (3/5)",
        "6. rounding: A rest of 1/2 or more is rounded up. Together 2.",
        "     Ash    1", "     Cedar  1",
    ]  # fmt: skip
    assert found.result["awarded"] == {"Ash": 1, "Cedar": 1}
    assert found.flags == (
        "Birch had to realign, since there are fewer delegates than groups; the report says them still standing.",
    )
    assert all(step.rule for step in found.transcript.steps)


def test_the_tie_says_what_is_asked() -> None:
    tie = count(SAID, IOWA_2020, Lots()).tie

    assert tie is not None
    assert tie.sentence() == (
        "A lot is needed (more groups than delegates): 1 of Birch, Cedar – must realign."
    )
    assert tie.as_json()["outcomes"] == 2


def test_what_is_left_and_what_is_taken_is_on_paper() -> None:
    more = {"unit": "a", "delegates": 10, "attendance": 75, "final": {"D": 23, "E": 27}}
    less = {"unit": "b", "delegates": 3, "attendance": 5, "final": {"A": 3, "B": 1, "C": 1}}

    left = [step.sentence for step in count(more, IOWA_2020, Lots()).transcript.steps[3:]]
    taken = [step.sentence for step in count(less, IOWA_2020, Lots()).transcript.steps[3:]]

    assert left == [
        "A rest of 1/2 or more is rounded up. Together 7.",
        "D: one more. Together 8.",
        "E: one more. Together 9.",
        "D: one more. Together 10.",
    ]
    assert taken == ["A rest of 1/2 or more is rounded up. Together 4.", "A: one less. Together 3."]
    for said, topic in ((more, "shortfall"), (less, "surplus")):
        *_, last = count(said, IOWA_2020, Lots()).transcript.steps
        assert last.rule == IOWA_2020["citation"][topic]
    assert count(more, IOWA_2020, Lots()).flags[0].startswith("Delegates are left though")
