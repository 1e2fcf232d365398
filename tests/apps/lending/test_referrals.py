"""A volunteer is asked, ticks, takes it back, and sees the receipt; nothing else of them is ever sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from hustings.apps.accounts.models import Device, DeviceAdmission
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.erasing import NOBODY, Leaving
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import erasing, forgetting, judging, referring
from hustings.apps.lending.models import Offer, OfferAnswer, Referred
from hustings.apps.statements import parties
from hustings.apps.statements.models import Record, Refusal, Salted
from hustings.apps.statements.node import take_next_keys
from hustings.apps.statements.receiving import receive
from hustings.core.errors import BadInput
from hustings.core.ledger.verify import verify_bundle
from hustings.core.named import Named
from hustings.formats.parcel import SEALED, Parcel, read_parcel, write_parcel
from tests.apps.cast import SETUP, member, signed_in
from tests.apps.lending.lending import TICKED, last, page, parcel, takes

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from tests.apps.lending.lending import Both
    from tests.apps.statements.talking import Desk


def words_at(desk: Desk) -> list[dict[str, str]]:
    with tenant(desk.campaign.pk):
        return [row.words for row in Referred.objects.of(desk.campaign).order_by("pk")]


def accepts(token: str, **more: str) -> Any:
    return page(token, do="accept", agreed="on", **TICKED | more)


def test_the_whole_way_from_the_link_to_the_receipt_of_deletion(both: Both) -> None:
    one, token = both.offer()
    shown = page(token).content.decode()
    assert "Harbour would like your help" in shown
    assert "United States" in shown
    assert "checked" not in shown
    assert accepts(token, email="asha@example.org").status_code == 302

    file = parcel(both.riverside, last(both.riverside, "referral"))
    assert not isinstance(takes(both.harbour, file), Refusal)
    (words,) = words_at(both.harbour)
    assert {name: words[name] for name in ("name", "telephone")} == {
        "name": "Asha Malik", "telephone": "01632 960 001",
    }  # fmt: skip
    assert "email" not in words

    assert page(token, do="take-back").status_code == 302
    assert "has not confirmed yet" in page(token).content.decode()
    takes(both.harbour, parcel(both.riverside, last(both.riverside, "retraction")))
    assert words_at(both.harbour) == []
    takes(both.riverside, parcel(both.harbour, last(both.harbour, "deletion")))
    assert both.asked(one).state == "deleted"
    assert "signed that they deleted your details" in page(token).content.decode()


def test_what_is_written_without_a_tick_is_not_sent_and_not_kept(both: Both) -> None:
    _one, token = both.offer()

    accepts(token, email="asha@example.org", skills="Bakes")

    with tenant(both.riverside.campaign.pk):
        assert (
            Salted.objects.of(both.riverside.campaign)
            .get()
            .words.keys()
            .isdisjoint({"email", "skills"})
        )
    with connection.cursor() as cursor:
        for table in ("lending_offeranswer", "statements_salted", "statements_record"):
            cursor.execute(
                f"select count(*) from {table} t where t::text ~ %s",  # noqa: S608  # our own tables
                [f"asha@example|{b'asha@example'.hex()}"],
            )
            assert cursor.fetchone() == (0,)


def test_the_log_says_that_there_is_somebody_and_not_who(both: Both) -> None:
    _one, token = both.offer()
    accepts(token)

    record = last(both.riverside, "referral")

    said = record.said
    assert (said["count"], said["purpose"], said["to"]) == (
        1,
        "Knocking on doors",
        both.harbour.node,
    )
    for text in (
        both.riverside.bundle(record),
        both.riverside.bundle(last(both.riverside, "consent")),
    ):
        assert verify_bundle(text).good
        assert "Malik" not in text
        assert "01632 960 001" not in text
        assert "01632960001" not in text
    assert b"Malik" not in parcel(both.riverside, record)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"agreed": "on"}, "Tick at least one thing"),
        ({"tick_name": "on", "name": "Asha"}, "Without this tick nothing is sent"),
        ({"agreed": "on", "tick_name": "on"}, "You ticked this: write it here"),
    ],
)
def test_without_a_tick_or_a_yes_nothing_is_sent(
    both: Both, sent: dict[str, str], why: str
) -> None:
    one, token = both.offer()

    response = page(token, do="accept", **sent)

    assert response.status_code == 422
    assert why in response.content.decode()
    assert both.asked(one).state == "open"
    with tenant(both.riverside.campaign.pk):
        assert not Record.objects.of(both.riverside.campaign).filter(kind="referral").exists()


def test_the_rules_stop_what_was_not_agreed_to_and_name_themselves(both: Both) -> None:
    one, token = both.offer()
    campaign = both.riverside.campaign

    with tenant(campaign.pk):
        consent = referring.consent_of(one, "risk", {"name": "Asha"})
        cases = {
            "agreed": judging.of_sending(one, consent, {"name"}, agreed=True),
            "not": judging.of_sending(one, consent, {"name"}, agreed=False),
            "more": judging.of_sending(one, consent, set(), agreed=True),
            "riskless": judging.of_sending(one, consent | {"risk": ""}, {"name"}, agreed=True),
            "another": judging.of_sending(one, consent | {"receiver": "X"}, {"name"}, agreed=True),
        }
        with pytest.raises(judging.NotWithoutConsent, match=r"UK-14.*art 49"):
            referring.accept(campaign, token, {"name": "Asha"}, risk="", agreed=True)
    assert {name: [f.case for f in law.stopping] for name, law in cases.items()} == {
        "agreed": [], "not": ["no-consent"], "more": ["too-much"], "riskless": ["no-consent"],
        "another": ["no-consent"],
    }  # fmt: skip
    assert both.asked(one).state == "open"


def test_no_is_no_and_says_nothing_else(both: Both) -> None:
    one, token = both.offer()

    assert page(token, do="decline").status_code == 302

    assert both.asked(one).state == "declined"
    assert accepts(token).status_code == 422
    with tenant(both.riverside.campaign.pk):
        assert not Record.objects.of(both.riverside.campaign).filter(kind="referral").exists()


def test_a_link_runs_out_and_a_newer_one_ends_it(both: Both) -> None:
    one, token = both.offer(answer_by=timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert "The time to answer is over" in page(token).content.decode()
        assert accepts(token).status_code == 422

    with tenant(both.riverside.campaign.pk):
        _one, newer = referring.new_link(both.riverside.campaign, one.pk, by=SETUP)
    assert page(token).status_code == 404
    assert page(newer).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 43, "A" * 42 + "!", "A" * 400])
def test_a_link_that_is_none_leads_nowhere(db: None, token: str) -> None:
    assert page(token).status_code == 404


def test_who_tries_links_is_slowed_down_as_at_signing_in(both: Both) -> None:
    _one, token = both.offer()

    answers = [page("A" * 43).status_code for _ in range(12)]

    assert answers == [404] * 10 + [429] * 2
    assert page(token).status_code == 200


def test_a_yes_can_be_taken_back_long_after_the_link_ran_out(both: Both) -> None:
    one, token = both.offer()
    accepts(token)

    with time_machine.travel(timezone.now() + timedelta(days=25), tick=False):
        assert page(token, do="take-back").status_code == 302
        assert both.asked(one).state == "withdrawn"
        assert page(token, do="take-back").status_code == 302
    with tenant(both.riverside.campaign.pk):
        assert Record.objects.of(both.riverside.campaign).filter(kind="retraction").count() == 1


def test_taking_it_back_deletes_our_copy_at_once_and_the_log_still_verifies(both: Both) -> None:
    _one, token = both.offer()
    accepts(token)
    record = last(both.riverside, "referral")

    page(token, do="take-back")

    with tenant(both.riverside.campaign.pk):
        assert Salted.objects.of(both.riverside.campaign).count() == 0
        assert OfferAnswer.objects.of(both.riverside.campaign).get().sealed is None
    assert verify_bundle(both.riverside.bundle(record)).good
    with pytest.raises(BadInput, match="took this back"):
        parcel(both.riverside, record)


def test_a_withdrawal_that_comes_before_the_referral_lets_nothing_in(both: Both) -> None:
    one, token = both.offer()
    accepts(token)
    referral = parcel(both.riverside, last(both.riverside, "referral"))
    page(token, do="take-back")

    takes(both.harbour, parcel(both.riverside, last(both.riverside, "retraction")))
    takes(both.harbour, referral)

    assert words_at(both.harbour) == []
    takes(both.riverside, parcel(both.harbour, last(both.harbour, "deletion")))
    assert both.asked(one).state == "deleted"


def test_the_same_parcel_a_second_time_brings_nobody_back(both: Both) -> None:
    _one, token = both.offer()
    accepts(token)
    file = parcel(both.riverside, last(both.riverside, "referral"))
    for _ in range(3):
        assert not isinstance(takes(both.harbour, file), Refusal)
    assert len(words_at(both.harbour)) == 1
    campaign = both.harbour.campaign

    with tenant(campaign.pk):
        forgetting.forget(campaign, Referred.objects.of(campaign).get(), by=SETUP)
    takes(both.harbour, file)

    assert words_at(both.harbour) == []


def test_a_withdrawal_that_came_over_the_press_desk_is_obeyed_too(both: Both) -> None:
    _one, token = both.offer()
    accepts(token)
    takes(both.harbour, parcel(both.riverside, last(both.riverside, "referral")))
    page(token, do="take-back")
    text = both.riverside.bundle(last(both.riverside, "retraction"))
    campaign = both.harbour.campaign

    with tenant(campaign.pk):
        receive(campaign, text, by=both.harbour.ada.actor)
    forgetting.forget_everywhere()

    assert words_at(both.harbour) == []
    assert last(both.harbour, "deletion").said["of"] == last(both.riverside, "referral").name


def test_when_the_last_day_is_over_both_sides_delete_by_themselves(both: Both) -> None:
    _one, token = both.offer()
    accepts(token)
    takes(both.harbour, parcel(both.riverside, last(both.riverside, "referral")))

    with time_machine.travel(timezone.now() + timedelta(days=32), tick=False):
        forgetting.forget_everywhere()
        assert words_at(both.harbour) == []
        with tenant(both.riverside.campaign.pk):
            assert Salted.objects.of(both.riverside.campaign).count() == 0
            assert OfferAnswer.objects.of(both.riverside.campaign).get().sealed is None
        assert "The last day was" in page(token).content.decode()


def refused(desk: Desk, content: bytes) -> str:
    taken = takes(desk, content)
    assert isinstance(taken, Refusal)
    assert words_at(desk) == []
    return taken.reason


def test_a_part_that_is_missing_changed_or_of_another_is_refused(both: Both) -> None:
    parcels = []
    for _ in range(2):
        _one, token = both.offer()
        accepts(token)
        parcels.append(read_parcel(parcel(both.riverside, last(both.riverside, "referral"))))
    one, other = parcels
    changed = bytearray(one.parts[SEALED])
    changed[-1] ^= 1

    def with_part(part: bytes) -> bytes:
        return write_parcel(Parcel(one.bundle, {SEALED: part}))

    assert "without its sealed part" in refused(both.harbour, one.bundle.encode())
    assert "cannot be opened" in refused(both.harbour, with_part(bytes(changed)))
    assert "cannot be opened" in refused(both.harbour, with_part(other.parts[SEALED]))
    assert "no sealed part" in refused(both.harbour, with_part(b"x"))
    assert not isinstance(takes(both.harbour, write_parcel(one)), Refusal)


def test_a_referral_to_somebody_else_is_refused(both: Both, rivals: Any) -> None:
    from tests.apps.statements.talking import a_desk

    third = a_desk(rivals)
    third.meets(both.riverside)
    _one, token = both.offer()
    accepts(token)

    why = refused(third, parcel(both.riverside, last(both.riverside, "referral")))

    assert "for another campaign" in why


def test_a_receipt_counts_only_from_whom_the_details_went_to(both: Both, rivals: Any) -> None:
    from hustings.apps.statements.recording import say
    from tests.apps.statements.talking import a_desk

    third = a_desk(rivals)
    third.meets(both.riverside)
    both.riverside.meets(third)
    one, token = both.offer()
    accepts(token)
    page(token, do="take-back")
    referral = last(both.riverside, "referral")

    with tenant(third.campaign.pk):
        false = say(third.campaign, "deletion", of=referral.name, consent=referral.said["consent"])
    takes(both.riverside, parcel(third, false))

    assert both.asked(one).state == "withdrawn"
    assert "UK-14" in both.asked(one).advice[0]


def test_nothing_can_be_offered_to_who_was_not_met_or_has_no_key_to_seal_to(
    both: Both, rivals: Any
) -> None:
    from tests.apps.statements.talking import a_desk

    campaign = both.riverside.campaign
    stranger = both.riverside.meets(a_desk(rivals), spoke=False)
    with tenant(campaign.pk):
        telephone = parties.add_by_name(campaign, "Quay", telephone="01632 960 009", by=SETUP)
    for party, why in ((stranger, "was not met yet"), (telephone, "has no card")):
        both.harbour_is = party
        with pytest.raises(BadInput, match=why):
            both.offer()


def test_what_was_sealed_before_they_changed_their_keys_is_still_opened(both: Both) -> None:
    _one, token = both.offer()
    accepts(token)
    file = parcel(both.riverside, last(both.riverside, "referral"))

    take_next_keys(both.harbour.campaign, " ".join(both.harbour.sheet.next_keys), by=SETUP)

    assert not isinstance(takes(both.harbour, file), Refusal)
    assert len(words_at(both.harbour)) == 1


def test_each_answer_of_a_volunteer_leaves_one_line_that_does_not_say_who(both: Both) -> None:
    campaign = both.riverside.campaign

    def lines() -> list[tuple[str, str]]:
        with tenant(campaign.pk):
            rows = AuditLine.objects.of(campaign).filter(actor_kind="link").order_by("pk")
            return [(line.verb, line.actor_label) for line in rows]

    _one, token = both.offer()
    accepts(token)
    page(token, do="take-back")
    page(both.offer()[1], do="decline")

    who = "a volunteer's own link"
    assert lines() == [
        ("referral.accept", who), ("referral.withdraw", who), ("referral.decline", who),
    ]  # fmt: skip


def test_the_referred_are_seen_by_organisers_and_by_nobody_else(both: Both, rivals: Any) -> None:
    _one, token = both.offer()
    accepts(token)
    takes(both.harbour, parcel(both.riverside, last(both.riverside, "referral")))
    campaign = both.harbour.campaign
    room = f"/c/{campaign.slug}/lending/"

    def seen(who: Membership, path: str) -> tuple[int, bool]:
        response = signed_in(who).get(path)
        return response.status_code, "Asha" in response.content.decode()

    organiser = member(campaign, "Olga", "organiser")
    assert seen(organiser, f"{room}people/") == (200, True)
    assert seen(both.harbour.ada, f"{room}people/") == (403, False)
    assert seen(both.harbour.ada, room) == (200, False)
    assert seen(member(rivals, "Charlie", "organiser"), f"{room}people/") == (404, False)
    assert seen(member(campaign, "Bob", "canvasser"), room) == (403, False)


def test_who_is_erased_is_taken_back_as_if_by_their_own_link(both: Both) -> None:
    one, token = both.offer()
    accepts(token)
    takes(both.harbour, parcel(both.riverside, last(both.riverside, "referral")))
    campaign = both.riverside.campaign
    who = Leaving(campaign.pk, 0, None, Named((("", "Asha"),)))

    with tenant(campaign.pk):
        erasing.erase(who)
        assert Salted.objects.of(campaign).count() == 0
        assert Offer.objects.of(campaign).get().person_name == NOBODY
    takes(both.harbour, parcel(both.riverside, last(both.riverside, "retraction")))

    assert words_at(both.harbour) == []
    assert both.asked(one).state == "withdrawn"


def test_members_and_whoever_has_a_phone_can_be_picked(both: Both, alice: Membership) -> None:
    campaign = both.riverside.campaign
    with tenant(campaign.pk):
        for name, in_ in (("Noor", True), ("Waits", False)):
            phone = Device.objects.create(
                campaign=campaign, label=name, secret_hash=name,
                expires_at=timezone.now() + timedelta(days=1),
            )  # fmt: skip
            if in_:
                DeviceAdmission.objects.create(campaign=campaign, device=phone, by_label="Alice")

    shown = signed_in(alice).get(f"/c/{campaign.slug}/lending/offers/new/").content.decode()

    for name, there in (("Noor", True), ("Alice", True), ("Waits", False)):
        assert (f'<option value="{name}">' in shown) is there
