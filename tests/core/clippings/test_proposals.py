"""What an article gives a person to confirm: a denied message, and a hoped-for endorsement."""

from __future__ import annotations

from hustings.core.clippings.proposals import Proposal
from hustings.core.clippings.read import Reading, read
from tests.core.clippings.labelled import labelled

ARTICLES = {article.name: article.source for article in labelled("seen")}


def words(reading: Reading, proposal: Proposal) -> str:
    return reading.article.text[proposal.start : proposal.end]


def of_kind(reading: Reading, kind: str) -> list[Proposal]:
    return [
        proposal for proposal in reading.proposals if proposal.kind == kind and not proposal.post
    ]


def test_a_denied_message_gives_claim_denial_correction_and_that_helpers_were_due() -> None:
    reading = read(ARTICLES["phantom-message"])

    (claim,) = of_kind(reading, "claim")
    assert "We had a message yesterday from Ada Quill" in words(reading, claim)
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.basis, claim.record) == ("Tom Barrow", "own words", "claim")
    assert "Ada Quill" in claim.about

    denial = of_kind(reading, "denial")[-1]
    assert "didn’t send a message" in words(reading, denial)
    assert reading.proposals[denial.answers or 0] == claim
    assert (denial.authority, denial.record, denial.relay) == (
        "press office",
        "response",
        ("the Courier",),
    )

    (correction,) = of_kind(reading, "correction")
    assert "misinformed by an aide" in words(reading, correction)
    assert reading.proposals[correction.answers or 0] == claim
    assert claim.start < denial.start < correction.start

    (helpers,) = of_kind(reading, "fact")
    assert "were due to come to Kelby" in words(reading, helpers)
    assert helpers.answers is None


def test_a_hoped_for_endorsement_is_a_hope_and_the_book_tour_is_not_our_event() -> None:
    reading = read(ARTICLES["hoped-for"])

    hopes = of_kind(reading, "hope")
    assert [hope.record for hope in hopes] == ["expectation", "expectation"]
    assert {hope.speaker.name for hope in hopes if hope.speaker} == {"Lena Coombe"}
    (event,) = of_kind(reading, "event")
    assert "book tour" in words(reading, event)
    assert event.ours is False
    assert event.when is not None
    assert of_kind(reading, "claim") == []
    (helpers,) = of_kind(reading, "fact")
    assert "are already over here helping" in words(reading, helpers)


def test_a_brother_who_stands_for_another_party_is_shown_as_a_conflict() -> None:
    reading = read(ARTICLES["brother-stands"])

    (conflict,) = reading.conflicts
    assert conflict.what == (
        "Owen Denham (Civic Union) is the brother of Miles Denham (Harbour Party)"
    )
    posts = {(p.post.person, p.post.party, p.post.since) for p in reading.proposals if p.post}
    assert ("Miles Denham", "Lantern Party", 2028) in posts


def test_two_parties_of_one_person_and_a_brother_of_long_ago_are_no_conflict() -> None:
    reading = read(
        "Arun Sethi is the Lantern Party candidate in Kelby. His brother, Dev Sethi, stood for the Harbour Party "
        "in 2019.",
    )
    dated = read("Published 3 June 2031\n\n" + reading.article.text)

    assert [proposal.relation for proposal in dated.proposals if proposal.relation]
    assert dated.conflicts == ()


def test_an_answer_without_a_claim_answers_nothing() -> None:
    reading = read("“I never said that,” Tom Barrow told reporters.")

    (denial,) = of_kind(reading, "denial")
    assert denial.answers is None


def test_a_denial_by_somebody_else_has_no_authority() -> None:
    reading = read("“She never sent it,” said Vera Stott, 71, who was passing.")

    (denial,) = of_kind(reading, "denial")
    assert denial.authority == "third party"


def test_a_party_is_known_by_where_it_stands() -> None:
    reading = read(
        "Una McBride, the Commonweal candidate for Quayside, met Sinead Hegarty of the Northern Compact, and the "
        "Northern Compact leader, Judith Raine, in Quayside. Priscilla Vane, the Quayside councillor, stayed at home."
    )

    posts = {(p.post.person, p.post.party) for p in reading.proposals if p.post}
    assert ("Una McBride", "Commonweal") in posts
    assert ("Judith Raine", "Northern Compact") in posts
    assert not [post for post in posts if post[1] == "Quayside"]
