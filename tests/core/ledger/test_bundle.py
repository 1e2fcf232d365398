"""A bundle says what it proves, and nothing of it can be changed unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.bundle import read_bundle
from hustings.core.ledger.proof import signed
from hustings.core.ledger.verify import LAWS, Verdict, verify_bundle
from tests.core.ledger.campaigns import Campaign, greeting_bundle, pair, secret, urn


def laws(verdict: Verdict) -> set[str]:
    assert {broken.law for broken in verdict.broken} <= set(LAWS)
    assert verdict.good is not bool(verdict.broken)
    return {broken.law for broken in verdict.broken}


def test_a_good_bundle_says_what_is_proven_and_what_is_not() -> None:
    alder, birch, bundle = greeting_bundle()

    verdict = verify_bundle(str(bundle))

    assert verdict.good
    assert verdict.proven == (
        f"The node that calls itself «Birch for Mayor» ({birch.node}) signed this statement of the kind "
        f"«greeting» (public, to «{alder.node}»), word for word as it stands here and dated 2016-08-24 10:00:00 UTC, and it is "
        f"record 12 of 13 in its log birch.example/log, co-signed by «Alder for Mayor» ({alder.node}) at "
        "2016-08-24 12:00:00 UTC."
    )
    assert "are the campaigns they say they are" in verdict.not_proven
    assert "not withdrawn" in verdict.not_proven
    assert [seen.node for seen in verdict.witnesses] == [alder.node]


def test_without_a_witness_it_says_that_others_may_be_shown_another_log() -> None:
    _, birch, _ = greeting_bundle()

    verdict = verify_bundle(str(birch.bundle(11, birch.head())))

    assert verdict.good
    assert "nobody has co-signed it" in verdict.not_proven
    assert "co-signed" not in verdict.proven


def test_a_hope_is_never_called_a_statement() -> None:
    alder, birch, _ = greeting_bundle()
    index = alder.add(
        alder.say("expectation", about=birch.node, kind="endorsement", quote="We hope.")
    )

    verdict = verify_bundle(str(alder.bundle(index, alder.head())))

    assert "signed this hope, which is no statement" in verdict.proven


def test_a_bundle_reads_back_as_it_was_written() -> None:
    _, _, bundle = greeting_bundle()

    assert read_bundle(str(bundle)) == bundle


def test_keys_that_are_known_need_not_be_in_the_bundle() -> None:
    alder, birch, bundle = greeting_bundle()
    bare = str(replace(bundle, keys=()))

    assert verify_bundle(bare, [birch.history, alder.history]).good
    assert laws(verify_bundle(bare)) == {"keys"}
    assert laws(verify_bundle(bare, [birch.history])) == {"witness"}


def test_the_issuers_keys_come_first_and_every_nodes_stand_together() -> None:
    alder, birch, bundle = greeting_bundle()
    birch.rotate("2016-09-01T00:00:00Z")
    first, second = (event.record for event in birch.history.events)
    (other,) = (event.record for event in alder.history.events)

    assert verify_bundle(str(replace(bundle, keys=(first, second, other)))).good
    for keys in ((other, first, second), (first, other, second), (first, second, other, first)):
        assert laws(verify_bundle(str(replace(bundle, keys=keys)))) == {"keys"}


def test_the_same_words_from_a_fresh_node_with_the_same_name_are_not_from_the_one_asked_for() -> (
    None
):
    alder, birch, _ = greeting_bundle()
    false = Campaign("Birch", extra={"id": urn("false")})
    index = false.add(false.statement("endorsement", "We endorse Alder.", to=alder))
    bundle = str(false.bundle(index, alder.watch(false), alder))

    assert verify_bundle(bundle).good
    assert laws(verify_bundle(bundle, node=birch.node)) == {"asked-for"}


def resigned(birch: Campaign, record: dict[str, Any], name: str) -> dict[str, Any]:
    bare = {key: part for key, part in record.items() if key != "proof"}
    return signed(bare, secret(name), f"{birch.node}#{secret(name).public.multikey}")


@pytest.mark.parametrize("name", ["Birch log 0", "Alder statement 0", "nobody"])
def test_another_key_than_the_statement_key_does_not_sign_records(name: str) -> None:
    alder, birch, bundle = greeting_bundle()
    index = birch.add(resigned(birch, bundle.record, name))

    verdict = verify_bundle(str(birch.bundle(index, alder.watch(birch), alder)))
    assert laws(verdict) == {"signature", "in-force"}


def test_a_head_that_another_key_signed_is_found() -> None:
    alder, birch, bundle = greeting_bundle()
    head = bundle.proof.head.sign(secret("Birch statement 0"))

    assert laws(verify_bundle(str(birch.bundle(11, head)))) == {"head", "witness"}
    alder.add(alder.statement("fact", "As many records as Birch has."))
    assert laws(verify_bundle(str(birch.bundle(11, alder.head())))) == {"head", "witness", "log"}


def test_a_record_dated_after_its_witness_is_found() -> None:
    alder, birch = pair()
    index = birch.add(
        birch.statement("greeting", "Later.", to=alder, created="2016-08-24T12:00:01Z")
    )

    verdict = verify_bundle(str(birch.bundle(index, alder.watch(birch), alder)))

    assert laws(verdict) == {"dated"}
    assert verdict.proven.startswith("Nothing is proven: the record is dated")


def test_a_kind_that_needs_two_signatures_is_not_good_with_one() -> None:
    candidate = secret("Birch candidate")
    alder = Campaign("Alder")
    birch = Campaign(
        "Birch",
        extra={"roles": {"candidate": candidate.public.multikey}, "threshold": {"endorsement": 2}},
    )
    approved = [{"role": "candidate", "key": candidate.public.multikey}]
    once = birch.statement("endorsement", "We endorse.", to=alder)
    twice = signed(once, candidate, f"{birch.node}#{candidate.public.multikey}")
    said = birch.statement("greeting", "Hello.", to=alder, approvedBy=approved)
    greeting = birch.statement("greeting", "Hello.", to=alder)
    stranger = signed(greeting, secret("x"), f"{birch.node}#{secret('x').public.multikey}")
    doubled = signed(
        greeting, birch.statement_key, f"{birch.node}#{birch.statement_key.public.multikey}"
    )
    again = signed(twice, candidate, f"{birch.node}#{candidate.public.multikey}")
    records = [once, twice, said, greeting, stranger, doubled, again]
    for record in records:
        birch.add(record)

    good = [verify_bundle(str(birch.bundle(n, birch.head()))).good for n in range(len(records))]

    assert good == [False, True, False, True, False, False, False]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "first line should be"),
        ("hello\n", "first line should be"),
        ("hustings-bundle@v1\n", "was cut off"),
        ("hustings-bundle@v1\nkey {}\nc2sp.org/tlog-proof@v1\n", "second line"),
        ("hustings-bundle@v1\nrecord []\nc2sp.org/tlog-proof@v1\n", "no JSON object"),
        ("hustings-bundle@v1\nrecord {}\nkeys {}\nc2sp.org/tlog-proof@v1\n", "no line that begins"),
        ("hustings-bundle@v1\nrecord {}\nc2sp.org/tlog-proof@v1\nindex 1\n", "no proof of a log"),
        ("x" * 1_000_001, "more than 1,000,000"),
    ],
)
def test_what_is_no_bundle_is_said_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        verify_bundle(text)


def test_a_bundle_in_any_other_writing_is_refused() -> None:
    text = str(greeting_bundle()[2])

    for other in (
        text + "\n",
        text.replace("\n", "\r\n"),
        " " + text,
        text.replace(':"', ': "'),
        text[:-1],
    ):
        with pytest.raises(BadInput):
            verify_bundle(other)


def test_a_line_that_nobody_vouches_for_is_refused() -> None:
    _, birch, bundle = greeting_bundle()
    proof = bundle.proof
    crowd = Campaign("Cedar").watch(birch).signatures[1:]
    extra = replace(bundle, proof=replace(proof, extra=b"psst"))
    stranger = replace(bundle, proof=replace(proof, note=proof.note.with_lines(crowd)))
    unseen = replace(bundle, proof=replace(proof, note=birch.head()))

    assert laws(verify_bundle(str(extra))) == {"head"}
    assert laws(verify_bundle(str(stranger))) == {"witness"}
    assert laws(verify_bundle(str(unseen))) == {"witness"}
    assert verify_bundle(str(replace(unseen, keys=bundle.keys[:1]))).good
