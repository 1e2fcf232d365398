"""What no text can hold is refused before a view sees it, by every form and with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from tests.apps.outings.planting import a_cut, an_action

if TYPE_CHECKING:
    from django.test import Client

    from hustings.apps.campaigns.models import Campaign


@pytest.mark.django_db
@pytest.mark.parametrize("upload", [False, True], ids=["texts", "with files"])
def test_a_text_with_a_nul_in_it_is_refused_with_a_sentence(
    alice_signed_in: Client, campaign: Campaign, upload: bool
) -> None:
    with tenant(campaign.pk):
        cut = a_cut(campaign, an_action(campaign), [1, 2], [3, 4])
    pins = reverse("outings:workbench-pins", kwargs={"slug": campaign.slug, "cut_id": cut.pk})

    if upload:
        said = alice_signed_in.post(pins, {"meant_for": "Ve\0ra", "street": "Kirk Street"})
    else:
        said = alice_signed_in.post(
            pins, "meant_for=Ve%00ra&street=Kirk+Street",
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip

    assert said.status_code == 422
    assert "NUL" in said.content.decode()
