"""A city's walks come a hundred at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.results.paging import A_PAGE, links, page_of
from hustings.apps.results.queries import Row, effort
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def test_every_walk_is_on_one_page(campaign: Campaign, alice: Membership) -> None:
    with tenant(campaign.pk):
        for number in range(1, A_PAGE + 6):
            a_walk(campaign, [number], number=number, code=f"PAGE{number:02}"[-6:])
    desk = signed_in(alice)
    address = reverse("results:numbers", kwargs={"slug": campaign.slug})

    first, second = (desk.get(address, {"page": page}).context["page"] for page in (1, 2))

    labels = [row.label for row in (*first.rows, *second.rows)]
    assert len(first.rows) == A_PAGE
    assert len(set(labels)) == len(labels) == A_PAGE + 5


def test_a_walk_that_is_named_is_on_the_page_that_is_shown(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        walks = [a_walk(campaign, [n], number=n, code=f"WALK{n:03}"[-6:]) for n in range(1, 130)]
        rows: list[Row] = effort(campaign).walks

    page = page_of(rows, None, walks[-1].pk)

    assert walks[-1].pk in [row.key for row in page.rows]
    assert page.number == 2
    assert page_of(rows, 99, None).number == 2
    assert page_of([], None, None).rows == []


def test_the_way_to_the_next_page_keeps_what_was_asked(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        for n in range(1, A_PAGE + 2):
            a_walk(campaign, [n], number=n, code=f"WAYS{n:03}"[-6:])
        rows = effort(campaign).walks

    found = links(page_of(rows, 1, None), QueryDict("action=7&walk=3"))

    assert found["older"] == "?action=7&page=2#walk-table"
    assert found["newer"] == ""
    assert links(page_of(rows[:3], None, None), QueryDict("")) == {}
