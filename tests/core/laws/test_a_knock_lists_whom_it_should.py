"""Law: whoever is on a knock's list is to be knocked on, whoever is not is not, and both are counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hustings.core.polling.check import broken_laws
from hustings.core.polling.knocking import Heard, Voter, list_of

KINDS = st.sampled_from(
    ["no_answer", "no_access", "come_back", "language", "answered", "refused", "moved", "hostile"]
)
VOTERS = st.lists(
    st.builds(
        Voter,
        person=st.integers(1, 10**6),
        door=st.integers(1, 5),
        wanted=st.booleans(),
        voted=st.booleans(),
        left_alone=st.booleans(),
        heard=st.lists(st.builds(Heard, st.integers(1, 4), KINDS), max_size=4).map(tuple),
    ),
    max_size=12,
    unique_by=lambda voter: voter.person,
)


@given(VOTERS, st.integers(1, 5))
def test_a_knock_lists_whom_it_should(voters: list[Voter], knock: int) -> None:
    assert broken_laws(voters, knock, list_of(voters, knock)) == []


@given(VOTERS, st.integers(1, 4))
def test_a_later_knock_never_shows_somebody_an_earlier_one_hid(
    voters: list[Voter], knock: int
) -> None:
    before = list_of(voters, knock).doors
    after = list_of(voters, knock + 1).doors

    assert all(set(people) <= set(before.get(door, ())) for door, people in after.items())
