"""The inbox takes a met peer's parcel as it was signed, once, and nobody else's, and tells everyone else why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from http_message_signatures import HTTPMessageSigner, algorithms

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange import node_views
from hustings.apps.exchange.asking import forget_old_nonces
from hustings.apps.exchange.models import Contact, SeenNonce, Taken
from hustings.apps.exchange.packing import pack
from hustings.apps.exchange.parcels import Parcel
from hustings.apps.exchange.sending import signed
from hustings.apps.statements.access import party_for
from hustings.apps.statements.models import Record
from hustings.apps.statements.node import secrets_now, take_next_keys
from hustings.core.exchange.signed_request import Request, _Secrets, sign_request
from hustings.core.ledger.keys import SecretKey
from hustings.core.ledger.records import method_name
from tests.apps.exchange.wire import HOST, Wire, address, delivered
from tests.apps.statements.talking import Desk, a_desk

if TYPE_CHECKING:
    from hustings.apps.exchange.calling import Answer
    from hustings.apps.statements.models import Party


@pytest.fixture
def peers(wire: Wire, riverside: Desk, harbour: Desk) -> tuple[Party, Party]:
    return wire.connect(riverside, harbour)


def parcel_of(desk: Desk, party: Party) -> Parcel:
    with tenant(desk.campaign.pk):
        return pack(party, 0)


def a_request(desk: Desk, to: Desk, body: str | bytes) -> Request:
    data = body.encode() if isinstance(body, str) else body
    url = f"{address(to)}exchange/inbox"
    with tenant(desk.campaign.pk):
        return signed(
            desk.campaign, Request("POST", url, {"Content-Type": "application/json"}, data)
        )


def said(answer: Answer) -> str:
    return str(json.loads(answer.body)["error"])


def records_at(desk: Desk) -> int:
    with tenant(desk.campaign.pk):
        return Record.objects.of(desk.campaign).exclude(issuer=desk.node).count()


def test_a_parcel_is_taken_and_answered_with_a_receipt_and_the_head_co_signed(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    statement = riverside.says()

    answer = delivered(a_request(riverside, harbour, str(parcel_of(riverside, peers[0]))))

    assert answer.status == 200
    back = json.loads(answer.body)
    assert back["results"] == [{"name": statement.name, "refused": ""}]
    assert back["have"] == 1
    assert back["cosigned"]["size"] == 1
    (receipt,) = back["bundles"]
    assert '"decision":"received"' in receipt
    with tenant(harbour.campaign.pk):
        assert Contact.objects.of(harbour.campaign).get().good


def test_the_same_parcel_signed_anew_changes_nothing_and_is_answered_the_same(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    riverside.says()
    parcel = str(parcel_of(riverside, peers[0]))
    first = delivered(a_request(riverside, harbour, parcel))
    before = records_at(harbour)

    again = [delivered(a_request(riverside, harbour, parcel)) for _ in range(5)]

    assert {answer.status for answer in again} == {200}
    assert {len(json.loads(answer.body)["bundles"]) for answer in [first, *again]} == {1}
    assert records_at(harbour) == before
    with tenant(harbour.campaign.pk):
        assert Taken.objects.of(harbour.campaign).count() == 1


def test_a_request_that_came_before_is_refused(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    request = a_request(riverside, harbour, str(parcel_of(riverside, peers[0])))

    first, *others = [delivered(request) for _ in range(4)]

    assert first.status == 200
    assert [answer.status for answer in others] == [401] * 3
    assert said(others[0]) == "This request came before; sign each one anew."


def test_a_nonce_is_spent_also_where_the_request_was_refused(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    request = a_request(
        riverside, harbour, str(replace(parcel_of(riverside, peers[0]), receiver="node:zX"))
    )

    assert [delivered(request).status for _ in range(2)] == [403, 401]


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_request_of_another_time_is_refused(
    seconds: int,
    riverside: Desk,
    harbour: Desk,
    peers: tuple[Party, Party],
    time_machine: Any,
) -> None:
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    request = a_request(riverside, harbour, str(parcel_of(riverside, peers[0])))
    time_machine.move_to(now + timedelta(seconds=seconds), tick=False)

    answer = delivered(request)

    assert answer.status == 401
    assert "more than 300 are not taken" in said(answer)


def test_nonces_are_kept_for_a_day_and_then_forgotten(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party], time_machine: Any
) -> None:
    delivered(a_request(riverside, harbour, str(parcel_of(riverside, peers[0]))))
    now = timezone.now()
    left = []
    for hours in (23.9, 24.1):
        time_machine.move_to(now + timedelta(hours=hours), tick=False)
        with tenant(harbour.campaign.pk):
            forget_old_nonces(harbour.campaign)
            left.append(SeenNonce.objects.of(harbour.campaign).count())

    assert left == [1, 0]


@pytest.mark.parametrize("at", [0, 40, -2])
def test_a_body_that_was_changed_is_refused(
    at: int, riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    request = a_request(riverside, harbour, str(parcel_of(riverside, peers[0])))
    body = bytearray(request.body)
    body[at] ^= 1

    answer = delivered(replace(request, body=bytes(body)))

    assert answer.status == 401
    assert records_at(harbour) == 0


@pytest.mark.parametrize("missing", ["Signature", "Signature-Input", "Content-Digest"])
def test_a_request_without_its_signature_or_digest_is_refused(
    missing: str, riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    request = a_request(riverside, harbour, str(parcel_of(riverside, peers[0])))
    headers = {
        name: value for name, value in request.headers.items() if name.lower() != missing.lower()
    }

    assert delivered(replace(request, headers=headers)).status == 401


def test_a_signature_that_leaves_the_body_out_is_refused(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    with tenant(riverside.campaign.pk):
        history, keys = secrets_now(riverside.campaign)
    key_id = method_name(history.node, history.now.key("statement").multikey)
    body = str(parcel_of(riverside, peers[0])).encode()
    request = Request("POST", f"{address(harbour)}exchange/inbox", {}, body)
    HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519, key_resolver=_Secrets(key_id, keys.key("statement"))
    ).sign(
        request, key_id=key_id, created=datetime.now(UTC), nonce="n" * 20, label="hustings",
        covered_component_ids=("@method", "@target-uri"),
    )  # fmt: skip

    answer = delivered(request)

    assert answer.status == 401
    assert "does not cover content-digest" in said(answer)


def test_a_stranger_is_refused_and_told_why(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    strangers = a_desk(create_campaign("hillside", "Hillside"))
    party = strangers.meets(harbour)
    strangers.says()

    answer = delivered(a_request(strangers, harbour, str(parcel_of(strangers, party))))

    assert answer.status == 401
    assert records_at(harbour) == 0


def test_somebody_whose_card_is_here_and_who_was_not_met_is_refused(
    riverside: Desk, harbour: Desk, wire: Wire
) -> None:
    party = riverside.meets(harbour)
    harbour.meets(riverside, spoke=False)
    riverside.says()

    answer = delivered(a_request(riverside, harbour, str(parcel_of(riverside, party))))

    assert answer.status == 403
    assert "not met yet" in said(answer)
    assert records_at(harbour) == 0


def test_a_parcel_for_another_campaign_is_refused(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    hillside = a_desk(create_campaign("hillside", "Hillside"))
    hillside.meets(riverside)
    riverside.says()

    answer = delivered(a_request(riverside, hillside, str(parcel_of(riverside, peers[0]))))

    assert answer.status == 403
    assert said(answer) == "This parcel is for another campaign than this one."


def test_a_parcel_of_one_peer_signed_by_another_is_refused(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    hillside = a_desk(create_campaign("hillside", "Hillside"))
    hillside.meets(harbour)
    harbour.meets(hillside)
    riverside.says()

    answer = delivered(a_request(hillside, harbour, str(parcel_of(riverside, peers[0]))))

    assert answer.status == 422
    assert said(answer) == "This parcel is not from Hillside."


def test_a_request_of_another_address_cannot_be_used_here(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    elsewhere = a_request(riverside, riverside, str(parcel_of(riverside, peers[0])))

    answer = delivered(replace(elsewhere, url=f"{address(harbour)}exchange/inbox"))

    assert answer.status == 401


def test_the_key_of_another_node_signs_nothing_for_this_one(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    thief = SecretKey(b"\x07" * 32)
    body = str(parcel_of(riverside, peers[0])).encode()
    request = sign_request(
        Request("POST", f"{address(harbour)}exchange/inbox", {}, body), thief,
        method_name(riverside.node, thief.public.multikey), created_s=1, nonce="n" * 20,
    )  # fmt: skip

    assert delivered(request).status == 401


def test_too_much_is_refused_before_it_is_read(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node_views, "MOST_BYTES", 100)

    answer = delivered(a_request(riverside, harbour, str(parcel_of(riverside, peers[0]))))

    assert answer.status == 413
    assert "100 bytes" in said(answer)


JUNK: list[bytes] = [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format":"hustings-parcel@v1"}', b"[" * 100_000,
    b'{"format":"hustings-parcel@v1","from":1,"to":2}', b'{"a":1,"a":2}', b"1e999",
    b'{"format":"hustings-parcel@v1","from":"x","to":"y","keys":[]}',
    b'{"format":"hustings-parcel@v1","from":"x","to":"y","keys":[1]}',
]  # fmt: skip
CHANGES: dict[str, Any] = {
    "have-negative": {"have": -1}, "have-true": {"have": True}, "have-text": {"have": "1"},
    "bundles-text": {"bundles": "x"}, "bundles-numbers": {"bundles": [1]},
    "bundles-junk": {"bundles": ["", "x", "hustings-bundle@v1\n", "\ud83d"]},
    "log-list": {"log": []}, "log-empty": {"log": {}},
    "log-junk": {"log": {"checkpoint": "x", "start": 0, "entries": []}},
    "log-start": {"log": {"checkpoint": "x\n1\nAA==\n\n— x AAAA\n", "start": 10**15, "entries": []}},
    "cosigned-junk": {"cosigned": {"size": 1, "line": "x"}}, "cosigned-list": {"cosigned": [1]},
    "results-junk": {"results": [1]}, "results-nul": {"results": [{"name": "\u0000", "refused": ""}]},
    "results-unknown": {"results": [{"name": "x", "refused": "y"}]},
    "attachments-junk": {"attachments": [1, {}, {"kind": "x"}, {"kind": "x", "name": "0" * 64}]},
    "keys-none": {"keys": []}, "keys-twice": {"keys": "twice"}, "to-nul": {"to": "\u0000"},
}  # fmt: skip


@pytest.mark.parametrize("body", JUNK, ids=range(len(JUNK)))
@pytest.mark.parametrize("signs", [True, False], ids=["signed", "unsigned"])
def test_junk_is_answered_with_a_sentence(
    body: bytes, *, signs: bool, riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    url = f"{address(harbour)}exchange/inbox"
    request = a_request(riverside, harbour, body) if signs else Request("POST", url, {}, body)

    answer = delivered(request)

    assert answer.status == (422 if signs else 401)
    assert said(answer)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_parcel_with_junk_in_it_is_answered_with_a_sentence_and_never_breaks(
    change: dict[str, Any], riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    riverside.says()
    fields = json.loads(str(parcel_of(riverside, peers[0])))
    if change.get("keys") == "twice":
        change = {"keys": fields["keys"] * 2}
    body = json.dumps(fields | change).encode()

    answer = delivered(a_request(riverside, harbour, body))

    assert answer.status in {200, 401, 403, 409, 422}
    assert answer.status == 200 or said(answer)


HEADERS = [
    "", "x", "hustings=()", 'hustings=("@method");keyid="x"', "hustings=:x:", "a=();b=();c", "é",
    'hustings=("@method" "@target-uri" "content-digest");created=99999999999999999999;keyid="x";alg="ed25519"',
    'hustings=("@method" "@target-uri" "content-digest");created=-1;keyid=1;nonce=2',
]  # fmt: skip


@pytest.mark.parametrize("name", ["Signature", "Signature-Input", "Content-Digest"])
@pytest.mark.parametrize("junk", HEADERS, ids=range(len(HEADERS)))
def test_junk_in_the_headers_is_answered_with_a_sentence(
    name: str, junk: str, riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    request = a_request(riverside, harbour, str(parcel_of(riverside, peers[0])))
    headers = {key: value for key, value in request.headers.items() if key.lower() != name.lower()}

    answer = delivered(replace(request, headers=headers | {name: junk}))

    assert answer.status == 401
    assert said(answer)


def test_a_browser_that_goes_there_sees_nothing(harbour: Desk) -> None:
    assert Client().get(f"/says/{harbour.campaign.slug}/exchange/inbox").status_code == 405
    assert Client().post("/says/nobody/exchange/inbox").status_code == 404


def test_keys_that_were_changed_go_along_and_the_old_ones_sign_no_more(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    old = a_request(riverside, harbour, str(parcel_of(riverside, peers[0])))
    take_next_keys(riverside.campaign, " ".join(riverside.sheet.next_keys), by=riverside.ada.actor)
    riverside.says()

    new = delivered(a_request(riverside, harbour, str(parcel_of(riverside, peers[0]))))
    late = delivered(old)

    assert new.status == 200
    assert json.loads(new.body)["have"] == 1
    assert late.status == 401


def test_a_peer_of_one_campaign_is_nobody_to_another_on_the_same_server(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    hillside = a_desk(create_campaign("hillside", "Hillside"))
    with tenant(hillside.campaign.pk):
        assert not Contact.objects.exists()
    body = str(replace(parcel_of(riverside, peers[0]), receiver=hillside.node))

    assert delivered(a_request(riverside, hillside, body)).status == 401
    assert HOST in address(hillside)
    with tenant(riverside.campaign.pk):
        assert party_for(riverside.campaign, peers[0].pk).code == harbour.node
