"""Erasing a person whom an article names: the article and those excerpts go, and what others said stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.models import Article, Excerpt, Meaning, Tie
from hustings.apps.clippings.queries import clippings_of
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Person
from hustings.apps.statements.node import make_node
from tests.apps.cast import SETUP, member
from tests.apps.clippings.cuttings import HOPED, PHANTOM

if TYPE_CHECKING:
    from tests.apps.clippings.cuttings import Cutter


def test_excerpts_that_name_the_person_go_with_all_that_was_said_of_them(cutter: Cutter) -> None:
    make_node(cutter.campaign, by=SETUP)
    member(cutter.campaign, "Alice", "organiser")
    phantom, hoped = cutter.drop(PHANTOM), cutter.drop(HOPED)
    spoken = cutter.confirms(phantom, "claim", "We had a message")
    denial = cutter.confirms(phantom, "denial", "told the Courier")
    named = cutter.confirms(phantom, "denial", "has denied")
    event = cutter.confirms(hoped, "event", "The book tour")
    cutter.sends("carry", {"kind": "support"}, excerpt_id=spoken.pk)
    with tenant(cutter.campaign.pk):
        tom = Person.objects.create(campaign=cutter.campaign, surname="Marlow", forename="Tom")

    erase_person(cutter.campaign, tom.pk, request="person", by=SETUP, members=[cutter.petra.pk])

    with tenant(cutter.campaign.pk):
        left = {one.excerpt.pk: one for one in clippings_of(cutter.campaign)}
        assert set(left) == {denial.pk, event.pk}
        assert {spoken.pk, named.pk} & set(left) == set()
        assert left[denial.pk].answers is None
        assert {one.excerpt.confirmed_by for one in left.values()} == {"—"}
        assert {one.meaning.by for one in left.values()} == {"—"}
        assert not Article.objects.of(cutter.campaign).exists()
        assert Excerpt.objects.of(cutter.campaign).count() == 2
        assert Meaning.objects.of(cutter.campaign).count() == 2
        meanings = set(Tie.objects.of(cutter.campaign).values_list("meaning__excerpt", flat=True))
    assert meanings == {denial.pk, event.pk}
