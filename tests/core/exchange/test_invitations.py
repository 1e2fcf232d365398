"""The rules of iTIP hold in any order of arrival, however often anything comes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.exchange.invitations import CANCEL, REPLY, REQUEST, Invitation, Message, fold

WHO = st.sampled_from("abc")


@st.composite
def messages(draw: Any) -> list[Message]:
    """Messages of three nodes under two UIDs, honest and not."""
    found = []
    for number in range(draw(st.integers(0, 14))):
        method = draw(st.sampled_from([REQUEST, REQUEST, REPLY, REPLY, CANCEL]))
        found.append(
            Message(
                draw(st.sampled_from("uv")), method, draw(st.integers(0, 3)),
                draw(st.sampled_from(["t1", "t2"])), draw(WHO), draw(WHO), f"n{number}",
                frozenset(draw(st.sets(WHO))) if method != REPLY else frozenset(),
                draw(st.sampled_from(["accepted", "declined"])) if method == REPLY else "",
            )
        )  # fmt: skip
    return found


def judged(said: list[Message], organizer: str, uid: str) -> Invitation | None:
    """The same by the letter of the rules, without any of the code that is judged."""
    mine = [m for m in said if (m.organizer, m.uid) == (organizer, uid)]
    own = [m for m in mine if m.sender == organizer]
    requests = sorted(
        (m.sequence, m.stamp, m.name, m.attendees) for m in own if m.method == REQUEST
    )
    if not requests:
        return None
    sequence, _stamp, name, attendees = requests[-1]
    ends = sorted((m.sequence, m.stamp, m.name) for m in own if m.method == CANCEL)
    answers = []
    for who in sorted(attendees):
        said_by = sorted(
            (m.sequence, m.stamp, m.name, m.answer)
            for m in mine
            if m.method == REPLY and m.sender == who
        )
        if said_by:
            last = said_by[-1]
            answers.append((who, last[2], last[3], last[0] < sequence))
    return Invitation(
        organizer, uid, name, sequence, attendees, tuple(answers), ends[-1][2] if ends else ""
    )


@given(messages(), st.randoms())
def test_any_order_and_any_number_of_times_give_the_same_as_the_letter_of_the_rules(
    said: list[Message], chance: Any
) -> None:
    again = said * 2
    chance.shuffle(again)

    assert fold(said) == fold(again)
    wanted = {(o, u): judged(said, o, u) for o in "abc" for u in "uv"}
    assert fold(said) == {key: one for key, one in wanted.items() if one is not None}


@given(messages(), messages())
def test_nobody_but_the_organizer_changes_it_or_calls_it_off(
    said: list[Message], more: list[Message]
) -> None:
    strangers = [m for m in more if m.sender != m.organizer and m.method != REPLY]

    assert fold(said + strangers) == fold(said)


@given(messages(), messages())
def test_what_is_called_off_stays_off_and_versions_never_go_back(
    said: list[Message], more: list[Message]
) -> None:
    before, after = fold(said), fold(said + more)

    for key, one in before.items():
        assert after[key].organizer == one.organizer
        assert after[key].sequence >= one.sequence
        assert not one.cancelled or after[key].cancelled


@given(messages(), WHO)
def test_a_reply_of_somebody_who_was_not_invited_changes_nothing(
    said: list[Message], who: str
) -> None:
    for (organizer, uid), one in fold(said).items():
        if who not in one.attendees:
            reply = Message(uid, REPLY, 9, "t9", who, organizer, "zz", answer="accepted")
            assert fold([*said, reply]) == fold(said)


def test_a_record_is_read_as_a_message_and_a_reply_without_an_answer_is_none() -> None:
    bare = {"uid": "u", "sequence": 1, "created": "t", "issuer": "node:a"}

    assert Message.of({**bare, "to": ["node:b"]}, "n") == Message(
        "u", REQUEST, 1, "t", "node:a", "node:a", "n", frozenset({"node:b"})
    )
    assert Message.of(
        {**bare, "to": ["node:b"], "method": "reply", "answer": "declined"}, "n"
    ) == Message("u", REPLY, 1, "t", "node:a", "node:b", "n", answer="declined")
    for wrong in ({"to": []}, {"to": ["x", "y"], "answer": "accepted"}, {"to": ["x"]}):
        with pytest.raises(BadInput, match="A reply"):
            Message.of({**bare, "method": "reply", **wrong}, "n")
