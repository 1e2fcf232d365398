"""The documented rules of several knocks on one list."""

from __future__ import annotations

import pytest

from hustings.core.polling.check import broken_laws
from hustings.core.polling.knocking import Heard, List, Voter, list_of


@pytest.mark.parametrize("kind", ["no_answer", "no_access", "language", "come_back"])
def test_who_was_not_reached_is_knocked_on_again(kind: str) -> None:
    voter = Voter(1, 10, heard=(Heard(1, kind),))

    assert list_of([voter], 2).doors == {10: (1,)}


@pytest.mark.parametrize("kind", ["answered", "refused", "hostile", "moved", "spoken_to"])
def test_who_was_spoken_to_stays_until_the_next_knock_begins(kind: str) -> None:
    voter = Voter(1, 10, heard=(Heard(1, kind),))

    assert list_of([voter], 1).doors == {10: (1,)}
    assert list_of([voter], 2) == List(
        {}, {"voted": 0, "left_alone": 0, "not_wanted": 0, "spoken_to": 1}
    )


def test_who_voted_leaves_the_knock_that_is_going_on() -> None:
    assert list_of([Voter(1, 10, voted=True)], 1).hidden["voted"] == 1


def test_a_door_with_one_voter_goes_with_them_and_one_with_several_stays() -> None:
    voters = [Voter(1, 10, voted=True), Voter(2, 11, voted=True), Voter(3, 11)]

    assert list_of(voters, 1).doors == {11: (3,)}


def test_who_need_not_be_turned_out_or_asked_to_be_left_alone_is_hidden() -> None:
    made = list_of([Voter(1, 10, wanted=False), Voter(2, 10, left_alone=True)], 1)

    assert (made.doors, made.hidden["not_wanted"], made.hidden["left_alone"]) == ({}, 1, 1)


def test_the_judge_finds_a_planted_wrong() -> None:
    voters = [Voter(1, 10, voted=True), Voter(2, 10)]
    none: dict[str, int] = dict.fromkeys(("voted", "left_alone", "not_wanted", "spoken_to"), 0)

    assert broken_laws(voters, 1, List({10: (1, 2)}, none))  # type: ignore[arg-type]
    assert broken_laws(voters, 1, List({}, {**none, "voted": 2}))  # type: ignore[arg-type]
    assert broken_laws(voters, 1, List({11: (2,)}, {**none, "voted": 1}))  # type: ignore[arg-type]
    assert broken_laws(voters, 1, List({10: (2,)}, {**none, "voted": 1})) == []  # type: ignore[arg-type]
