"""Keys are known by their history: nobody begins, forks or goes on with another's."""

from __future__ import annotations

from typing import Any

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.key_history import (
    ForkedHistory,
    KeyHistory,
    commitment,
    first_event,
    next_event,
    recovery_hash,
)
from hustings.core.ledger.proof import signed
from hustings.core.ledger.seal_keys import SealSecret
from hustings.core.ledger.verify import verify_bundle
from tests.core.ledger.campaigns import T0, Campaign, greeting_bundle, key_set, secret, urn

LATER, LATEST = "2016-09-01T09:00:00Z", "2016-10-01T09:00:00Z"


def records(campaign: Campaign) -> list[dict[str, Any]]:
    return [event.record for event in campaign.history.events]


def rotated() -> Campaign:
    campaign = Campaign("Birch")
    campaign.rotate(LATER)
    campaign.rotate(LATEST)
    return campaign


def test_keys_follow_those_that_promised_them() -> None:
    birch = rotated()

    assert KeyHistory.of(records(birch)).now.seq == 2
    assert {event.node for event in birch.history.events} == {Campaign("Birch").node}


def test_the_name_of_a_node_is_the_hash_of_its_beginning() -> None:
    first, *rest = records(Campaign("Birch"))
    false = {**first, "name": "Somebody else"}
    bare = {key: part for key, part in false.items() if key != "proof"}
    signed_again = signed(bare, secret("Birch statement 0"), first["proof"]["verificationMethod"])

    for record in (false, signed_again):
        with pytest.raises(BadInput, match="is not the one that its first event gives it"):
            KeyHistory.of([record, *rest])


def test_a_thief_of_the_live_keys_cannot_rotate_to_his_own() -> None:
    birch = Campaign("Birch")
    theirs = key_set("thief", 0)
    fields = birch._fields(1, LATER, 0) | {"keys": theirs}

    for key in ("Birch statement 0", "thief statement 0"):
        event = next_event(birch.history.now, fields, secret(key))
        with pytest.raises(BadInput, match="other keys than were promised"):
            KeyHistory.of([*records(birch), event])
    promised = next_event(
        birch.history.now, birch._fields(1, LATER, 0), secret("Birch statement 0")
    )
    with pytest.raises(BadInput, match="not signed with the key that may"):
        KeyHistory.of([*records(birch), promised])


def test_the_recovery_key_rotates_to_any_keys_and_is_used_up() -> None:
    birch = Campaign("Birch")
    recovery = secret("Birch recovery 0")
    fields = birch._fields(1, LATER, 0) | {
        "keys": key_set("Fresh", 0), "next": commitment(key_set("Fresh", 1)),
        "recoveryKey": recovery.public.multikey,
    }  # fmt: skip

    good = next_event(birch.history.now, fields, recovery)
    assert KeyHistory.of([*records(birch), good]).now.key("log") == secret("Fresh log 0").public
    again = next_event(
        birch.history.now, {**fields, "recovery": recovery_hash(recovery.public)}, recovery
    )
    with pytest.raises(BadInput, match="used up"):
        KeyHistory.of([*records(birch), again])
    stranger = secret("stranger")
    fields["recoveryKey"] = stranger.public.multikey
    with pytest.raises(BadInput, match="was not promised"):
        KeyHistory.of([*records(birch), next_event(birch.history.now, fields, stranger)])


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"created": "2016-06-01T08:59:59Z"}, "older than the one before"),
        ({"logSize": 1}, "older than the one before"),
        ({"compromised": {"since": LATER, "logSize": 5}}, "stolen after they were replaced"),
    ],
)
def test_an_event_that_contradicts_itself_is_refused(more: dict[str, Any], sentence: str) -> None:
    birch = Campaign("Birch", extra={"logSize": 2})
    event = next_event(
        birch.history.now, birch._fields(1, LATER, 2) | more, secret("Birch statement 1")
    )

    with pytest.raises(BadInput, match=sentence):
        KeyHistory.of([*records(birch), event])


def test_two_events_of_the_same_second_and_place_may_follow_each_other() -> None:
    birch = Campaign("Birch")
    birch.rotate(T0)

    assert KeyHistory.of(records(birch)).at(0).seq == 1


def test_events_left_out_doubled_or_out_of_order_are_refused() -> None:
    first, second, third = records(rotated())

    for wrong in ([], [second], [first, third], [first, first], [first, third, second],
                  [first, second, second], [first, {**second, "previous": "0" * 64}]):  # fmt: skip
        with pytest.raises(BadInput):
            KeyHistory.of(wrong)


def test_an_event_that_names_another_before_it_is_refused_though_it_is_signed() -> None:
    birch = rotated()
    first, second, _ = records(birch)
    bare = {key: part for key, part in second.items() if key != "proof"} | {"previous": "0" * 64}
    false = signed(bare, secret("Birch statement 1"), second["proof"]["verificationMethod"])

    with pytest.raises(BadInput, match="does not name the one before"):
        KeyHistory.of([first, false])


@pytest.mark.parametrize(
    "more",
    [
        {"previous": "0" * 64},
        {"compromised": {"since": T0, "logSize": 0}},
        {"recoveryKey": secret("x").public.multikey},
    ],
)
def test_a_first_event_has_nothing_before_it(more: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="begins with event 0"):
        Campaign("Birch", extra=more)


def test_two_histories_of_one_node_are_joined_or_told_to_be_forked() -> None:
    short, long = Campaign("Birch"), rotated()
    other = Campaign("Birch")
    other.rotate(LATEST)

    assert short.history.joined(long.history) == long.history.joined(short.history) == long.history
    with pytest.raises(ForkedHistory) as forked:
        long.history.joined(other.history)
    assert forked.value.known.seq == forked.value.shown.seq == 1


def test_what_was_signed_before_a_rotation_stays_good_under_the_newer_keys() -> None:
    alder, birch, _ = greeting_bundle()
    birch.rotate(LATER)
    after = birch.add(birch.statement("support", "Support.", to=alder, created=LATER))
    note = alder.watch(birch, time=1_472_900_000)

    old, new = (verify_bundle(str(birch.bundle(index, note, alder))) for index in (11, after))

    assert old.good, old.broken
    assert new.good, new.broken


def test_an_old_key_signs_nothing_after_the_rotation() -> None:
    alder, birch, _ = greeting_bundle()
    late = birch.statement("support", "Support.", to=alder)
    birch.rotate(LATER)
    index = birch.add(late)

    verdict = verify_bundle(str(birch.bundle(index, alder.watch(birch), alder)))

    assert [broken.law for broken in verdict.broken] == ["in-force"]


def test_a_stolen_key_proves_nothing_from_the_theft_on_and_everything_before() -> None:
    alder, birch, _ = greeting_bundle()
    forged = birch.statement("endorsement", "Forged, and dated back.", to=alder)
    index = birch.add(forged)
    dated = birch.add(birch.statement("endorsement", "Forged.", to=alder, created=LATER))
    birch.rotate(LATEST, compromised={"since": "2016-08-30T00:00:00Z", "logSize": 13})
    birch.add(birch.statement("fact", "Our keys were stolen.", created=LATEST))
    note = alder.watch(birch, time=1_475_400_000)

    laws = {
        n: [broken.law for broken in verify_bundle(str(birch.bundle(n, note, alder))).broken]
        for n in (11, index, dated)
    }

    assert laws == {11: [], index: ["in-force"], dated: ["in-force"]}


def test_the_second_in_which_a_key_was_stolen_is_after_the_theft_already() -> None:
    found = {}
    for moment in ("2016-08-29T23:59:59Z", "2016-08-30T00:00:00Z"):
        alder, birch, _ = greeting_bundle()
        index = birch.add(birch.statement("fact", "Ours?", to=alder, created=moment))
        birch.rotate(LATER, compromised={"since": "2016-08-30T00:00:00Z", "logSize": 14})
        birch.add(birch.statement("fact", "Stolen.", created=LATER))
        note = alder.watch(birch, time=1_472_900_000)
        found[moment] = verify_bundle(str(birch.bundle(index, note, alder))).good

    assert [*found.values()] == [True, False]


def test_a_bundle_that_hides_the_rotation_is_judged_by_the_keys_one_knows() -> None:
    alder, birch, _ = greeting_bundle()
    index = birch.add(birch.statement("endorsement", "Forged.", to=alder))
    hiding = str(birch.bundle(index, alder.watch(birch), alder))
    birch.rotate(LATER, compromised={"since": "2016-08-24T09:00:00Z", "logSize": 13})

    assert verify_bundle(hiding).good
    verdict = verify_bundle(hiding, [birch.history])
    assert {broken.law for broken in verdict.broken} == {"in-force", "head"}


def test_what_a_known_witness_saw_cannot_be_taken_back_by_changing_keys_later() -> None:
    alder, birch, bundle = greeting_bundle()
    text = str(bundle)
    # Birch regrets its greeting: it «rotates» as if from before, and says the old keys were stolen.
    theft = {"since": "2016-08-25T00:00:00Z", "logSize": 3}
    birch.rotate(LATER, logSize=5, compromised=theft)

    assert {broken.law for broken in verify_bundle(text, [birch.history]).broken} == {
        "in-force", "head", "witness",
    }  # fmt: skip
    assert verify_bundle(text, [birch.history, alder.history]).good


def test_a_thief_cannot_bring_a_witness_of_his_own_to_date_a_forgery_back() -> None:
    alder, birch, _ = greeting_bundle()
    friend = Campaign("Thief")
    index = birch.add(birch.statement("endorsement", "Forged.", to=alder))
    text = str(birch.bundle(index, friend.watch(birch), friend))
    theft = {"since": "2016-08-25T00:00:00Z", "logSize": 13}
    birch.rotate(LATER, logSize=20, compromised=theft)

    verdict = verify_bundle(text, [birch.history, alder.history])

    assert {broken.law for broken in verdict.broken} == {"in-force", "head"}


def test_a_forked_history_in_a_bundle_is_refused_by_who_knows_the_other() -> None:
    _, birch, bundle = greeting_bundle()
    birch.rotate(LATER)
    other = Campaign("Birch")
    other.rotate(LATEST, logSize=13)
    index = birch.add(birch.statement("greeting", "Hello.", created=LATER))

    verdict = verify_bundle(str(birch.bundle(index, birch.head())), [other.history])

    assert {broken.law for broken in verdict.broken} == {"keys"}
    assert "two different key events" in verdict.proven
    assert verify_bundle(str(bundle), [other.history]).good


def test_a_witness_key_counts_only_while_it_is_in_force() -> None:
    alder, birch, _ = greeting_bundle()
    note = alder.watch(birch)
    alder.rotate(LATER, compromised={"since": "2016-08-24T11:00:00Z", "logSize": 11})

    verdict = verify_bundle(str(birch.bundle(11, note, alder)))

    assert [broken.law for broken in verdict.broken] == ["witness"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"next": "zz"}, "field «next»"),
        ({"origin": "two words"}, "field «origin»"),
        ({"keys": {"statement": "z6Mk"}}, "field «keys»"),
        ({"keys": dict.fromkeys(("statement", "log", "witness"), "z6Mk")}, "is not a public"),
        ({"keys": key_set("Birch", 0) | {"witness": key_set("Birch", 0)["log"]}}, "three keys"),
        ({"keys": key_set("Birch", 0) | {"seal": key_set("Birch", 0)["log"]}}, "public X25519"),
        ({"roles": {"candidate": "z6Mk"}}, "is not a public"),
        ({"shoe": 1}, "has no field «shoe»"),
        ({"type": "statement"}, "type key_event"),
    ],
)
def test_a_malformed_event_is_refused_in_a_sentence(change: dict[str, Any], sentence: str) -> None:
    (record,) = records(Campaign("Birch"))

    with pytest.raises(BadInput, match=sentence):
        KeyHistory.of([{**record, **change}])
    missing = {key: part for key, part in record.items() if key != "next"}
    with pytest.raises(BadInput, match="needs the field «next»"):
        KeyHistory.of([missing])
    assert first_event({"id": urn(1)}, secret("x"))["seq"] == 0


def test_a_node_may_have_a_key_to_seal_to_and_it_is_promised_with_the_others() -> None:
    seals = [SealSecret(bytes([turn]) * 32).public.multikey for turn in (1, 2, 3)]
    following = [key_set("Birch", turn) | {"seal": seals[turn]} for turn in (0, 1)]
    birch = Campaign("Birch", extra={"keys": following[0], "next": commitment(following[1])})

    with pytest.raises(BadInput, match="other keys than were promised"):
        birch.rotate(LATER, keys=following[1] | {"seal": seals[2]})
    birch.turn = 0
    birch.rotate(LATER, keys=following[1])

    assert [event.seal.multikey for event in birch.history.events if event.seal] == seals[:2]
    assert Campaign("Alder").history.now.seal is None
