"""JSON, pasted text, one flat text, what changed, and the picture."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given

from hustings.core.errors import BadInput
from hustings.core.script import editing
from hustings.core.script.as_json import from_json, to_json
from hustings.core.script.as_text import __doc__ as how_it_is_written
from hustings.core.script.as_text import from_text, spoken, to_text
from hustings.core.script.differing import Change, changes
from hustings.core.script.drawing import placed
from hustings.core.script.flat import flat
from hustings.core.script.tree import Answer, Script, Step, of_one_step
from hustings.core.script.validating import faults_of
from tests.core.script.scripts import (
    BRANCHING,
    GREETING,
    POSTER,
    THANKS,
    small_scripts,
    spoken_scripts,
)


@given(spoken_scripts())
def test_json_reads_back_the_same(script: Script) -> None:
    assert from_json(to_json(script)) == script


@given(spoken_scripts())
@example(Script((Step("a", "- not an answer\n-> nor this\n== nor a step ==\n\\\n\nend"),)))
@example(Script((Step("a", "Which?", (Answer("a -> b [c]"), Answer("[]"), Answer("->", "a"))),)))
def test_pasted_text_reads_back_the_same_but_for_white_space(script: Script) -> None:
    as_heard = Script(tuple(replace(step, say=spoken(step.say)) for step in script.steps))

    assert from_text(to_text(script)) == as_heard


def test_the_example_of_the_documentation_is_a_script() -> None:
    assert how_it_is_written is not None
    example_text = how_it_is_written.split("::\n", 1)[1].split("A step begins", 1)[0]
    script = from_text(example_text)

    assert [step.name for step in script.steps] == ["start", "poster", "thanks"]
    assert script.steps[0].answers[0] == Answer("For it", "poster", "support", "1")
    assert script.steps[1].sensitivity == "personal"
    assert faults_of(script, {"1", "3"}) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello.", "There is no step in this."),
        ("== ==\nHello.", "line 1: Write a step’s name"),
        ("== a ==\nHello.\n- Yes\nAnd so on.", "line 4: What is said stands before the answers"),
        ("== a ==\nHello.\n-> b c", "line 3: Write one name after ->"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        from_text(text)


@pytest.mark.parametrize("content", [{}, ["x"], [{"name": 1}], [{"answers": {}}], [{"say": "\x00"}]])  # fmt: skip
def test_json_that_is_no_script_is_refused(content: object) -> None:
    with pytest.raises(BadInput):
        from_json(content)


def test_one_step_is_its_own_words_on_paper() -> None:
    assert flat(of_one_step("Hello.\n[[statement ab]]")) == "Hello.\n[[statement ab]]"


def test_branches_are_numbered_on_paper() -> None:
    assert flat(BRANCHING, end="Schluss") == (
        "1. Hello, I am a volunteer. How do you feel about us?\n"
        "– For it → 2\n– Not sure → 3\n– Would rather not say → Schluss\n\n"
        "2. Would you put a poster in your window?\n– Yes → 3\n– No → 3\n\n"
        "3. Thank you for your time."
    )


def test_what_changed_is_said_step_by_step() -> None:
    new = Script((THANKS, replace(GREETING, say="Good evening."), Step("new", "By the way.")))

    assert changes(BRANCHING, new) == [
        Change("words", "start", GREETING.say, "Good evening."),
        Change("added", "new", now="By the way."),
        Change("removed", "poster", was=POSTER.say),
        Change("order", "", "start · thanks", "thanks · start"),
    ]


@given(small_scripts())
def test_nothing_changed_is_nothing_said(script: Script) -> None:
    assert changes(script, script) == []


def test_a_step_that_is_taken_out_leaves_no_loose_end() -> None:
    left = editing.remove_step(BRANCHING, "poster")

    assert [step.name for step in left.steps] == ["start", "thanks"]
    assert left.steps[0].answers[0].leads_to == ""
    assert not [fault for fault in faults_of(left) if fault.code == "leads_nowhere"]


def test_a_new_step_goes_on_where_the_one_before_ended() -> None:
    longer = editing.add_step(BRANCHING, Step("more", "One more thing."), after="thanks")

    assert longer.steps[2].then == "more"
    assert faults_of(longer) == []


def test_a_step_that_is_renamed_is_found_by_what_led_to_it() -> None:
    renamed = editing.change_step(BRANCHING, "thanks", replace(THANKS, name="bye"))

    assert faults_of(renamed) == []
    assert renamed.steps[1].answers[0].leads_to == "bye"


def test_moving_there_and_back_changes_nothing() -> None:
    there = editing.move_step(BRANCHING, "start", 1)

    assert [step.name for step in there.steps] == ["poster", "start", "thanks"]
    assert editing.move_step(there, "start", -1) == BRANCHING
    assert editing.move_step(BRANCHING, "start", -1) == BRANCHING


@given(small_scripts())
def test_no_two_steps_stand_in_one_place_of_the_picture(script: Script) -> None:
    places = placed(script)

    assert len({(one.row, one.column) for one in places}) == len(script.steps)
    if not faults_of(script):
        row = {one.name: one.row for one in places}
        assert all(row[to] > row[step.name] for step in script.steps for to in step.ways if to)
