"""
Where an invitation stands: the four rules of iTIP, over messages in whatever order they came.

1. The organizer is fixed: whoever sent the first request under this UID; only they change it or call it off, and
   the same UID by somebody else is another invitation.
2. The request with the higher SEQUENCE counts; of two with the same, the later DTSTAMP, then the higher name.
3. A reply counts only from an attendee of the request that counts; of one attendee's the highest counts. A reply to an
   earlier SEQUENCE is shown as one.
4. What is called off stays off: another date is another invitation.

Source: RFC 5546 (iTIP), sections 2.1.4, 2.1.5 and 3.2.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REQUEST, REPLY, CANCEL = "request", "reply", "cancel"


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``name`` is the hash of its record, and breaks the last tie."""

    uid: str
    method: str
    sequence: int
    stamp: str
    sender: str
    organizer: str
    name: str
    attendees: frozenset[str] = frozenset()
    answer: str = ""

    @classmethod
    def of(cls, record: Mapping[str, Any], name: str) -> Message:
        """The message that a record of the type ``event`` is; ``BadInput`` where it is none."""
        method, to = record.get("method", REQUEST), record.get("to", [])
        if method == REPLY and (len(to) != 1 or "answer" not in record):
            raise BadInput("A reply to an invitation is to its organizer, and has an answer.")
        organizer = to[0] if method == REPLY else record["issuer"]
        return cls(
            record["uid"], method, record["sequence"], record["created"], record["issuer"],
            organizer, name, frozenset() if method == REPLY else frozenset(to),
            record.get("answer", "") if method == REPLY else "",
        )  # fmt: skip

    @property
    def rank(self) -> tuple[int, str, str]:
        """Of two the higher counts."""
        return self.sequence, self.stamp, self.name


@dataclass(frozen=True, slots=True)
class Invitation:
    """
    What counts of one invitation.

    Parameters
    ----------
    request
        The name of the message that says what it is.
    answers
        Of each attendee who replied: the reply's name, the answer, and whether it was to an earlier version.
    cancelled
        The name of the message that called it off; "" while it stands.
    """

    organizer: str
    uid: str
    request: str
    sequence: int
    attendees: frozenset[str]
    answers: tuple[tuple[str, str, str, bool], ...]
    cancelled: str

    def answer_of(self, attendee: str) -> str:
        """What this attendee answered last; "" where they did not."""
        return next((said for who, _name, said, _old in self.answers if who == attendee), "")


def fold(messages: Iterable[Message]) -> dict[tuple[str, str], Invitation]:
    """Every invitation by organizer and UID; a reply or an end without a request is kept waiting."""
    by_one: dict[tuple[str, str], set[Message]] = defaultdict(set)
    for one in messages:
        by_one[one.organizer, one.uid].add(one)
    found = {}
    for (organizer, uid), mine in by_one.items():
        requests = [one for one in mine if one.method == REQUEST and one.sender == organizer]
        if not requests:
            continue
        counts = max(requests, key=lambda one: one.rank)
        ends = [one for one in mine if one.method == CANCEL and one.sender == organizer]
        replies: dict[str, Message] = {}
        for one in mine:
            if one.method == REPLY and one.sender in counts.attendees:
                before = replies.get(one.sender, one)
                replies[one.sender] = max(before, one, key=lambda reply: reply.rank)
        found[organizer, uid] = Invitation(
            organizer, uid, counts.name, counts.sequence, counts.attendees,
            tuple(
                (who, one.name, one.answer, one.sequence < counts.sequence)
                for who, one in sorted(replies.items())
            ),
            max(ends, key=lambda one: one.rank).name if ends else "",
        )  # fmt: skip
    return found
