"""A head is co-signed if it goes on from the last one; a fork and a log that shrank are refused, and both heads kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.alarms import as_evidence
from hustings.apps.exchange.models import Alarm, PeerHead
from hustings.apps.exchange.sending import signed
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.models import Head
from hustings.apps.statements.node import secrets_now
from hustings.apps.statements.recording import stored
from hustings.core.exchange.signed_request import Request
from hustings.core.ledger.checkpoint import Checkpoint, cosigned_at
from hustings.core.ledger.merkle import leaf_hash, root_of
from hustings.core.ledger.note import read_note, to_base64
from hustings.core.ledger.tree import consistency_path
from tests.apps.exchange.wire import Wire, address, delivered
from tests.apps.statements.talking import Desk, a_desk

if TYPE_CHECKING:
    from hustings.apps.exchange.calling import Answer
    from hustings.apps.statements.models import Party


@pytest.fixture
def peers(wire: Wire, riverside: Desk, harbour: Desk) -> tuple[Party, Party]:
    """Riverside's log has four records."""
    found = wire.connect(riverside, harbour)
    for number in range(4):
        riverside.says(f"Fact {number}.", kind="fact")
    return found


def head(desk: Desk, size: int) -> str:
    with tenant(desk.campaign.pk):
        return str(Head.objects.of(desk.campaign).get(size=size).note)


def path(desk: Desk, old: int, size: int) -> list[bytes]:
    with tenant(desk.campaign.pk):
        return consistency_path(old, size, lambda *at: stored(desk.campaign, *at)) if old else []


def forked(desk: Desk, size: int) -> str:
    """A head of that size over other records, signed with the true key."""
    with tenant(desk.campaign.pk):
        history, keys = secrets_now(desk.campaign)
        root = root_of([leaf_hash(b"other %d" % number) for number in range(size)])
        return str(Checkpoint(history.now.record["origin"], size, root).sign(keys.key("log")))


def ask(at: Desk, old: int, hashes: list[bytes], note: str, by: Desk | None = None) -> Answer:
    body = "\n".join([f"old {old}", *map(to_base64, hashes), "", note])
    request = Request("POST", f"{address(at)}witness/add-checkpoint", {}, body.encode())
    if by is not None:
        with tenant(by.campaign.pk):
            request = signed(by.campaign, request)
    return delivered(request)


def alarms(desk: Desk) -> list[Alarm]:
    with tenant(desk.campaign.pk):
        return list(Alarm.objects.of(desk.campaign).order_by("id"))


def heads_seen(desk: Desk) -> list[int]:
    with tenant(desk.campaign.pk):
        rows = PeerHead.objects.of(desk.campaign).order_by("id")
        return list(rows.values_list("size", flat=True))


def test_heads_that_go_on_are_co_signed_and_the_last_is_remembered(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    for old, size in ((0, 1), (1, 3), (3, 4), (4, 4)):
        note = head(riverside, size)
        answer = ask(harbour, old, path(riverside, old, size) if old < size else [], note)

        assert answer.status == 200, answer.body
        with_line = read_note(note + answer.body.decode())
        with tenant(harbour.campaign.pk):
            witness = history_of(harbour.campaign, harbour.node).now.witness
        assert cosigned_at(with_line, witness) is not None
    assert heads_seen(harbour) == [1, 3, 4]
    assert alarms(harbour) == []


def test_another_old_size_than_the_last_is_answered_with_the_last(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    ask(harbour, 0, [], head(riverside, 2))

    answers = [
        ask(harbour, 0, [], head(riverside, 4)),
        ask(harbour, 1, path(riverside, 1, 4), head(riverside, 4)),
        ask(harbour, 3, path(riverside, 3, 4), head(riverside, 4)),
        ask(harbour, 0, [], head(riverside, 1)),
    ]

    assert [(answer.status, answer.body) for answer in answers] == [(409, b"2\n")] * 4
    assert heads_seen(harbour) == [2]
    assert alarms(harbour) == []


@pytest.mark.parametrize("size", [2, 3])
def test_a_fork_of_a_size_that_was_seen_is_refused_and_both_heads_are_kept(
    size: int, riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    ask(harbour, 0, [], head(riverside, 2))
    ask(harbour, 2, path(riverside, 2, 3), head(riverside, 3))

    answers = [ask(harbour, size, [], forked(riverside, size)) for _ in range(3)]

    assert [answer.status for answer in answers] == [409] * 3
    assert b"forked" in answers[0].body
    (alarm,) = alarms(harbour)
    assert (alarm.kind, alarm.seen, alarm.shown) == (
        "fork", head(riverside, size), forked(riverside, size),
    )  # fmt: skip
    assert alarm.seen in as_evidence(alarm)
    assert alarm.shown in as_evidence(alarm)
    assert heads_seen(harbour) == [2, 3]


def test_a_wrong_proof_is_refused_and_is_no_evidence(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    ask(harbour, 0, [], head(riverside, 2))

    for hashes, note in (
        (path(riverside, 2, 4)[:-1], head(riverside, 4)),
        (path(riverside, 2, 4), forked(riverside, 4)),
        ([], forked(riverside, 4)),
    ):
        assert ask(harbour, 2, hashes, note).status == 422
    assert heads_seen(harbour) == [2]
    assert alarms(harbour) == []


def test_an_old_head_that_somebody_brings_late_is_no_alarm_and_one_the_log_itself_shows_is(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party], time_machine: Any
) -> None:
    ask(harbour, 0, [], head(riverside, 4))
    time_machine.move_to(timezone.now() + timedelta(minutes=2))

    late = ask(harbour, 0, [], head(riverside, 3))
    assert (late.status, late.body, alarms(harbour)) == (409, b"4\n", [])

    shrunk = ask(harbour, 3, [], head(riverside, 3), by=riverside)

    assert shrunk.status == 409
    assert b"shrank" in shrunk.body
    (alarm,) = alarms(harbour)
    assert (alarm.kind, alarm.seen, alarm.shown) == (
        "shrank", head(riverside, 4), head(riverside, 3),
    )  # fmt: skip


def test_the_log_of_nobody_who_was_met_is_not_found(
    harbour: Desk, riverside: Desk, wire: Wire
) -> None:
    stranger = a_desk(create_campaign("hillside", "Hillside"))
    stranger.says()

    assert ask(harbour, 0, [], head(stranger, 1)).status == 404


def test_a_head_signed_by_somebody_else_is_refused(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    stranger = a_desk(create_campaign("hillside", "Hillside"))
    with tenant(stranger.campaign.pk):
        _, keys = secrets_now(stranger.campaign)
    text = read_note(head(riverside, 2)).text
    false = Checkpoint.of_text(text).sign(keys.key("log"))

    answer = ask(harbour, 0, [], str(false))

    assert answer.status == 403
    assert heads_seen(harbour) == []


def test_one_peer_cannot_show_the_log_of_another_as_its_own(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    hillside = a_desk(create_campaign("hillside", "Hillside"))
    hillside.meets(harbour)
    harbour.meets(hillside)

    assert ask(harbour, 0, [], head(riverside, 2), by=hillside).status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"", b"old", b"old \n\n", b"old x\n\nx", b"old 0\n\n", b"\xff", b"old 0\nxx\n\na\n1\nAA==\n\n",
        b"old 0\n\na\n1\nAA==\n\n\xe2\x80\x94 a AAAA\n", b"old 99999999999999999999\n\nx\n",
    ],
)  # fmt: skip
def test_junk_is_answered_with_a_sentence(
    body: bytes, harbour: Desk, riverside: Desk, peers: tuple[Party, Party]
) -> None:
    answer = delivered(Request("POST", f"{address(harbour)}witness/add-checkpoint", {}, body))

    assert answer.status in {404, 422}
    assert b"error" in answer.body


def test_too_much_is_refused(harbour: Desk, riverside: Desk, peers: tuple[Party, Party]) -> None:
    body = b"old 0\n" + b"A" * 70_000

    answer = delivered(Request("POST", f"{address(harbour)}witness/add-checkpoint", {}, body))

    assert answer.status == 413
