"""What the validator says, and that it says it where walking every way meets it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from hustings.core.script.check import TooManyWays, met_on_the_way
from hustings.core.script.tree import END, Answer, Script, Step, of_one_step
from hustings.core.script.validating import MOST_STEPS, SENTENCES, Fault, faults_of
from hustings.core.script.walking import held, stands_at, walked
from tests.core.script.scripts import BRANCHING, GREETING, POSTER, THANKS, small_scripts

OF_WAYS = {"leads_nowhere", "circle", "unreachable", "asked_twice", "support_twice"}


def codes(*steps: Step) -> list[tuple[str, str]]:
    return [(fault.code, fault.step) for fault in faults_of(Script(steps), {"1", "3"})]


def test_a_good_script_has_no_fault() -> None:
    assert faults_of(BRANCHING, {"1", "3"}) == []
    assert faults_of(of_one_step("Hello.")) == []


def test_each_fault_says_where_it_is_and_what_to_do() -> None:
    lost = replace(GREETING, answers=(Answer("Yes", "nowhere"),))

    assert [fault.sentence for fault in faults_of(Script((lost,)))] == [
        "Step “start” leads to “nowhere”, and there is no such step. Choose another, or the end."
    ]
    assert all(Fault(code, "here", "that").sentence for code in SENTENCES)


def test_a_step_that_no_way_leads_to_is_found() -> None:
    assert codes(THANKS, POSTER) == [("unreachable", "poster")]


def test_a_circle_is_found_at_each_of_its_steps() -> None:
    there = Step("there", "And so?", then="back")
    back = Step("back", "Well?", then="there")

    assert codes(replace(there, name="start", then="there"), there, back) == [
        ("circle", "there"), ("circle", "back"),
    ]  # fmt: skip


def test_a_question_that_comes_again_on_one_way_is_found_however_it_is_typed() -> None:
    again = Step("again", "would you put a POSTER, in your window", (Answer("Yes"),))
    first = replace(POSTER, answers=(Answer("Later", "again"),))

    assert codes(first, again) == [("asked_twice", "poster")]


def test_the_same_question_on_two_ways_is_fine() -> None:
    fork = Step("fork", "Do you vote here?", (Answer("Yes", "one"), Answer("No", "two")))
    one, two = (Step(name, "Shall we write to you?", (Answer("Yes"),)) for name in ("one", "two"))

    assert codes(fork, one, two) == []


def test_support_is_asked_once_on_each_way_that_told_it() -> None:
    told = Step("told", "And really?", (Answer("Yes", END, "support", "1"),))
    first = replace(GREETING, answers=(Answer("For it", "told", "support", "1"),))
    dodged = replace(GREETING, answers=(Answer("Perhaps", "told"), Answer("For it", END, "support", "1")))  # fmt: skip

    assert codes(first, told) == [("support_twice", "start")]
    assert codes(dodged, told) == []


def test_what_is_never_written_down_stands_for_nothing() -> None:
    assert codes(replace(POSTER, sensitivity="not_kept"), THANKS) == [("not_kept", "poster")]


def test_a_level_that_is_not_asked_for_is_named() -> None:
    (fault,) = faults_of(BRANCHING, {"1"})

    assert (fault.code, fault.step, fault.other) == ("unknown_code", "start", "3")


def test_too_many_steps_and_answers_and_no_words_are_said() -> None:
    long = [Step(f"s-{n}", "Yes?", then=f"s-{n + 1}") for n in range(MOST_STEPS)]
    many = Step("many", "Which?", tuple(Answer(str(n)) for n in range(13)))

    assert codes(*long, Step(f"s-{MOST_STEPS}", "Bye.")) == [("too_many_steps", "")]
    assert codes(many) == [("too_many_answers", "many")]
    assert codes(Step("Start", " ", (Answer(" "),))) == [
        ("bad_name", "Start"), ("no_text", "Start"), ("no_label", "Start"),
    ]  # fmt: skip
    assert codes() == [("empty", "")]


@settings(max_examples=500)
@given(small_scripts())
def test_the_validator_finds_what_walking_every_way_finds(script: Script) -> None:
    found = {fault.code for fault in faults_of(script)} & OF_WAYS
    met = met_on_the_way(script)
    if (
        "circle" in found
    ):  # the walker stops where it comes back, so it may see less of what lies behind
        assert "circle" in met or "unreachable" in found
        assert met - {"circle"} <= found
    elif "unreachable" in found:  # nobody walks there
        assert met <= found
    else:
        assert met == found


@settings(max_examples=500)
@given(small_scripts())
def test_every_way_of_what_is_accepted_ends_and_can_be_walked(script: Script) -> None:
    if faults_of(script):
        return
    ended, most = 0, len(script.steps)
    seen = {script.steps[0].name}
    ways: list[list[int]] = [[]]
    while ways:
        way = ways.pop()
        here = stands_at(script, way)
        assert len(walked(script, way)) == len(way) <= most
        assert sum(kind == "support" for kind, _code in held(script, way)) <= 1
        if here is None:
            ended += 1
            continue
        seen.add(here.name)
        ways += [[*way, place] for place in range(len(here.ways))]
    assert ended
    assert seen == {step.name for step in script.steps}


def test_the_judge_gives_up_on_what_nobody_could_try() -> None:
    yes_no = [
        Step(f"s-{n}", f"Question {n}?", (Answer("Yes", f"s-{n + 1}"), Answer("No", f"s-{n + 1}")))
        for n in range(20)
    ]

    with pytest.raises(TooManyWays):
        met_on_the_way(Script((*yes_no, Step("s-20", "Bye."))))
    assert faults_of(Script((*yes_no, Step("s-20", "Bye.")))) == []
