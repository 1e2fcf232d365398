"""What the log shows: to everyone what is public now, to a peer what is for it, of the rest the hash of a leaf alone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.sending import signed
from hustings.apps.statements import told
from hustings.apps.statements.models import Record
from hustings.core.exchange.signed_request import Request
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.key_history import KeyHistory
from hustings.core.ledger.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from hustings.core.ledger.note import from_base64, read_note
from tests.apps.exchange.wire import Wire, address, delivered
from tests.apps.statements.talking import Desk, a_desk

if TYPE_CHECKING:
    from hustings.apps.statements.models import Party

PUBLIC, PRIVATE, EMBARGOED, OF_OTHERS = "PUBLIC", "PRIVATE", "EMBARGOED", "OFOTHERS"


@pytest.fixture
def hillside(db: None) -> Desk:
    return a_desk(create_campaign("hillside", "Hillside"))


@pytest.fixture
def peers(wire: Wire, riverside: Desk, harbour: Desk, hillside: Desk) -> tuple[Party, Party]:
    """Riverside says something of each sort; Harbour and Hillside both met it."""
    found = wire.connect(riverside, harbour)
    riverside.meets(hillside)
    hillside.meets(riverside)
    riverside.says(f"{PUBLIC} word")
    riverside.says(f"{PRIVATE} word", public=False, to=[harbour.node])
    riverside.says(
        f"{EMBARGOED} word", not_before=timezone.now() + timedelta(days=1), to=[harbour.node]
    )
    with tenant(riverside.campaign.pk):
        told.claim(
            riverside.campaign, found[0], kind="support", quote=f"{OF_OTHERS} claim",
            when=timezone.now(), by=riverside.ada.actor,
        )  # fmt: skip
    return found


def entries(of: Desk, reader: Desk | None = None, query: str = "") -> dict[str, Any]:
    url = f"{address(of)}log/entries{query}"
    request = Request("GET", url, {})
    if reader is not None:
        with tenant(reader.campaign.pk):
            request = signed(reader.campaign, request)
    answer = delivered(request)
    assert answer.status == 200, answer.body
    said: dict[str, Any] = json.loads(answer.body)
    return said


def shown(said: dict[str, Any]) -> str:
    return json.dumps([one.get("record") for one in said["entries"]])


def leaves(said: dict[str, Any]) -> list[bytes]:
    return [
        leaf_hash(canonical(one["record"])) if "record" in one else from_base64(one["leaf"])
        for one in said["entries"]
    ]


def test_everyone_reads_what_is_public_now_and_of_the_rest_only_that_it_is_there(
    riverside: Desk, peers: tuple[Party, Party]
) -> None:
    said = entries(riverside)

    assert [list(one) for one in said["entries"]] == [["record"], ["leaf"], ["leaf"], ["leaf"]]
    assert PUBLIC in shown(said)
    assert not any(word in json.dumps(said) for word in (PRIVATE, EMBARGOED, OF_OTHERS))


def test_a_peer_reads_what_is_for_it_and_another_peer_does_not(
    riverside: Desk, harbour: Desk, hillside: Desk, peers: tuple[Party, Party]
) -> None:
    for_harbour, for_hillside = entries(riverside, harbour), entries(riverside, hillside)

    assert all(word in shown(for_harbour) for word in (PUBLIC, PRIVATE, EMBARGOED, OF_OTHERS))
    assert PUBLIC in shown(for_hillside)
    assert not any(word in json.dumps(for_hillside) for word in (PRIVATE, EMBARGOED, OF_OTHERS))


def test_an_embargo_that_is_over_opens_the_record_to_everyone(
    riverside: Desk, peers: tuple[Party, Party], time_machine: Any
) -> None:
    time_machine.move_to(timezone.now() + timedelta(days=2))

    assert EMBARGOED in shown(entries(riverside))


def test_whoever_reads_the_leaves_are_the_same_and_lead_to_the_signed_root(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    everyones, peers_ = entries(riverside), entries(riverside, harbour)
    note = read_note(
        delivered(Request("GET", f"{address(riverside)}log/checkpoint", {})).body.decode()
    )
    card = json.loads(
        delivered(Request("GET", f"{address(riverside)}.well-known/campaign-node", {})).body
    )

    assert leaves(everyones) == leaves(peers_)
    head = Checkpoint.of_text(note.text)
    assert root_of(leaves(everyones)) == head.root
    history = KeyHistory.of(card["keys"])
    assert history.node == card["node"] == riverside.node
    assert note.signed_by(history.now.log)
    assert card["address"] == address(riverside)


def test_a_part_of_the_log_is_asked_for_by_place_and_proofs_lead_to_its_heads(
    riverside: Desk, peers: tuple[Party, Party]
) -> None:
    part = entries(riverside, query="?start=1&count=2")
    all_ = leaves(entries(riverside))

    def hashes(what: str) -> list[bytes]:
        answer = delivered(Request("GET", f"{address(riverside)}log/{what}", {}))
        return [from_base64(one) for one in json.loads(answer.body)["hashes"]]

    assert (part["start"], part["size"], leaves(part)) == (1, 4, all_[1:3])
    for place in range(4):
        path = hashes(f"inclusion?place={place}&size=4")
        verify_inclusion(all_[place], place, 4, path, root_of(all_))
    for old in range(1, 5):
        verify_consistency(
            old, root_of(all_[:old]), 4, root_of(all_), hashes(f"consistency?old={old}&size=4")
        )


@pytest.mark.parametrize(
    "what",
    [
        "inclusion?place=4&size=4", "inclusion?place=0&size=5", "inclusion", "inclusion?place=x&size=1",
        "consistency?old=0&size=4", "consistency?old=3&size=2", "consistency?old=1&size=99",
        "entries?start=-1", "entries?start=0x1", "entries?count=1e3", "inclusion?place=99999999999999999999&size=1",
    ],
)  # fmt: skip
def test_what_the_log_cannot_answer_is_refused_with_a_sentence(
    what: str, riverside: Desk, peers: tuple[Party, Party]
) -> None:
    answer = delivered(Request("GET", f"{address(riverside)}log/{what}", {}))

    assert answer.status == 422
    assert json.loads(answer.body)["error"]


def test_more_than_there_is_is_nothing(riverside: Desk, peers: tuple[Party, Party]) -> None:
    assert entries(riverside, query="?start=99&count=99")["entries"] == []


def test_a_false_signature_reads_nothing_rather_than_less(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    with tenant(harbour.campaign.pk):
        request = signed(harbour.campaign, Request("GET", f"{address(riverside)}log/entries", {}))
    first, second = delivered(request), delivered(request)

    assert (first.status, second.status) == (200, 401)


def test_a_node_is_found_by_its_name_and_no_other_is_named(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    found = Client().get("/.well-known/campaign-node", {"node": harbour.node})
    nobody = [
        Client().get("/.well-known/campaign-node", query)
        for query in ({}, {"node": ""}, {"node": "node:zX"}, {"node": riverside.node[:20]})
    ]

    assert found.json()["address"] == address(harbour)
    assert [answer.status_code for answer in nobody] == [404] * 4
    assert not any(
        b"iverside" in answer.content or b"arbour" in answer.content for answer in nobody
    )


def test_a_campaign_without_keys_has_no_node(db: None) -> None:
    create_campaign("quiet", "Quiet")

    for where in (".well-known/campaign-node", "log/entries", "log/checkpoint"):
        assert Client().get(f"/says/quiet/{where}").status_code == 404


def test_the_proof_of_a_public_record_has_a_page_and_a_short_address(
    riverside: Desk, harbour: Desk, peers: tuple[Party, Party]
) -> None:
    page = entries(riverside)["entries"][0]["record"]
    name = json.loads(
        Client().get(f"/says/{riverside.campaign.slug}/feed.json").content
    )["items"][0]["id"].removeprefix("urn:sha256:")  # fmt: skip

    full = Client().get(f"/says/{riverside.campaign.slug}/verify/{name}/")
    short = Client().get(f"/verify/{name[:16]}/", follow=True)

    assert page["body"] in full.content.decode()
    assert "hustings-bundle@v1" in full.content.decode()
    assert "/verify/" in full.content.decode()
    assert short.redirect_chain[-1][0] == f"/says/{riverside.campaign.slug}/verify/{name}/"
    assert Client().get(f"/verify/{name[:15]}/").status_code == 404


def test_what_is_not_public_has_no_page_of_its_proof(
    riverside: Desk, peers: tuple[Party, Party]
) -> None:
    with tenant(riverside.campaign.pk):
        names = [
            row.name for row in Record.objects.of(riverside.campaign)
            if row.said.get("body", "").startswith((PRIVATE, EMBARGOED)) or row.kind in ("claim", "draft")
        ]  # fmt: skip

    assert len(names) >= 5
    for name in names:
        assert Client().get(f"/says/{riverside.campaign.slug}/verify/{name}/").status_code == 404
        assert Client().get(f"/verify/{name}/").status_code == 404
