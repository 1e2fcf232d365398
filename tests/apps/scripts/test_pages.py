"""The pages of the room: what a form does, and what it refuses."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.scripts import drafting, scale, versions
from hustings.core.script import editing
from hustings.core.script.as_text import from_text, to_text
from tests.core.script.scripts import BRANCHING, THANKS

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.script.tree import Script


def at(campaign: Campaign, page: str, **arguments: object) -> str:
    return reverse(f"scripts:{page}", kwargs={"slug": campaign.slug, **arguments})


def draft(campaign: Campaign) -> tuple[Script, int]:
    with tenant(campaign.pk):
        return drafting.draft_of(campaign)


def seen_on(page: HttpResponse) -> str:
    """What a page's form says that was seen."""
    found = re.search(r'name="seen" value="([^"]*)"', page.content.decode())
    assert found is not None
    return found[1]


def do(client: Client, campaign: Campaign, what: str, step: str = "") -> HttpResponse:
    form = {"do": what, "step": step, "seen": draft(campaign)[1]}
    return client.post(at(campaign, "do"), form)  # type: ignore[return-value]  # Django's test response


def test_steps_are_added_moved_and_taken_out_and_every_step_is_undone(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    first = draft(campaign)[0]
    added = do(alice_signed_in, campaign, "add", "start")
    assert added["Location"] == at(campaign, "step", name="step-1")
    do(alice_signed_in, campaign, "up", "step-1")
    assert [step.name for step in draft(campaign)[0].steps] == ["step-1", "start"]
    do(alice_signed_in, campaign, "remove", "start")
    assert [step.name for step in draft(campaign)[0].steps] == ["step-1"]

    for _turn in range(3):
        do(alice_signed_in, campaign, "undo")

    assert draft(campaign) == (first, 0)


def test_a_step_is_written_with_its_answers(campaign: Campaign, alice_signed_in: Client) -> None:
    form = {
        "seen": 0, "do": "save", "name": "hello", "say": "Hello?", "sensitivity": "personal",
        "label-0": "Yes", "holds-0": "support 1", "leads-0": "", "label-1": " ", "label-2": "No",
        "holds-2": "poster",
    }  # fmt: skip

    answer = alice_signed_in.post(at(campaign, "step", name="start"), form)

    assert answer["Location"] == at(campaign, "draft")
    (step,) = draft(campaign)[0].steps
    assert (step.name, step.sensitivity) == ("hello", "personal")
    assert [(one.label, one.holds, one.code) for one in step.answers] == [
        ("Yes", "support", "1"), ("No", "poster", ""),
    ]  # fmt: skip


def test_a_name_that_another_step_has_is_refused_and_nothing_typed_is_lost(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    edit = drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)
    form = {"seen": edit.pk, "name": "thanks", "say": "Hello?", "sensitivity": "open", "label-0": "Perhaps so"}  # fmt: skip

    answer = alice_signed_in.post(at(campaign, "step", name="start"), form)

    assert answer.status_code == 422
    assert "Another step is called this." in answer.content.decode()
    assert "Perhaps so" in answer.content.decode()
    assert draft(campaign) == (BRANCHING, edit.pk)


def test_who_was_slower_is_told_and_nothing_is_published(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)

    late = alice_signed_in.post(at(campaign, "do"), {"do": "remove", "step": "start", "seen": 0})
    published = alice_signed_in.post(at(campaign, "publish"), {"seen": 0})

    assert (late.status_code, published.status_code) == (422, 422)
    assert "Alice changed the draft meanwhile" in late.content.decode()
    assert "nothing was published" in published.content.decode()
    assert draft(campaign)[0] == BRANCHING
    campaign.refresh_from_db()
    assert campaign.script_version == 1


def test_a_version_is_lent_as_text_and_as_json(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    versions.publish(campaign, BRANCHING, by=alice.actor)

    text = alice_signed_in.get(at(campaign, "as-text", number=2)).content.decode()
    items = alice_signed_in.get(at(campaign, "as-json", number=2)).json()

    assert text == to_text(BRANCHING)
    assert from_text(text) == BRANCHING
    assert [item["name"] for item in items] == ["start", "poster", "thanks"]


def test_what_cannot_be_read_is_refused_with_its_line(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    answer = alice_signed_in.post(
        at(campaign, "paste"), {"text": "== start ==\nHi.\n-> a b", "seen": 0}
    )

    assert answer.status_code == 422
    assert "line 3: Write one name after -&gt;" in answer.content.decode()


def test_the_preview_goes_the_way_of_its_address_and_no_farther(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)

    there = alice_signed_in.get(at(campaign, "preview"), {"way": "0.0"}).content.decode()
    beyond = alice_signed_in.get(at(campaign, "preview"), {"way": "9.x.0"})

    assert "Thank you for your time." in there
    assert "Strong support" in there
    assert beyond.status_code == 200
    assert "How do you feel about us?" in beyond.content.decode()


def test_the_settings_page_leaves_a_script_with_branches_to_this_room(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    address = reverse("settings:doors", kwargs={"slug": campaign.slug})
    assert 'name="script_wording"' in alice_signed_in.get(address).content.decode()

    versions.publish(campaign, BRANCHING, by=alice.actor)

    page = alice_signed_in.get(address).content.decode()
    assert 'name="script_wording"' not in page
    assert at(campaign, "home") in page
    alice_signed_in.post(address, {"script_wording": "Mine now."})
    campaign.refresh_from_db()
    assert versions.script_of(campaign) == BRANCHING


def levels_form(campaign: Campaign, client: Client) -> dict[str, str]:
    """What the page of the scale would post as it stands."""
    form = {"of": "scale", "stores_opposition": "on", "seen": seen_on(client.get(at(campaign, "scale")))}  # type: ignore[arg-type]  # fmt: skip
    for nth, level in enumerate(campaign.support_scale):
        form |= {f"code-{nth}": level["code"], f"label-{nth}": level["label"], f"order-{nth}": str(nth + 2)}  # fmt: skip
    return form


def test_levels_are_moved_retired_and_added_on_one_form(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    form = levels_form(campaign, alice_signed_in) | {"label-5": "Never asked us", "order-5": "1", "retire-4": "on"}  # fmt: skip

    alice_signed_in.post(at(campaign, "scale"), form)

    campaign.refresh_from_db()
    assert [level["code"] for level in campaign.support_scale] == ["6", "1", "2", "3", "4"]
    assert campaign.retired_choices == []
    assert scale.asked(campaign, "parties") == []


def test_a_level_that_nobody_could_choose_is_said_on_the_page(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    answer = alice_signed_in.post(
        at(campaign, "scale"),
        {"of": "scale", "code-0": "1", "label-0": "For", "seen": scale.mark_of(campaign, "scale")},
    )

    assert answer.status_code == 422
    assert "two to nine levels" in answer.content.decode()


def test_who_saves_the_levels_second_keeps_what_was_typed_and_may_repeat_it(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    form = levels_form(campaign, alice_signed_in) | {
        "label-1": "Rather for us", "order-1": "9", "label-5": "Never asked us", "order-5": "1",
        "retire-3": "on",
    }  # fmt: skip
    others = [("1", "Firmly for us", False), *((one["code"], one["label"], False) for one in campaign.support_scale[1:])]  # fmt: skip
    scale.save(campaign, "scale", others, by=alice.actor)

    refused = alice_signed_in.post(at(campaign, "scale"), form)

    assert refused.status_code == 422
    page = unescape(refused.content.decode())
    assert "changed these levels meanwhile" in page
    assert "Firmly for us" in page  # what the other wrote stands beside what was typed
    for typed in ('value="Rather for us"', 'value="Never asked us"', 'name="order-1" value="9"', 'name="retire-3" checked'):  # fmt: skip
        assert typed in page
    campaign.refresh_from_db()
    assert campaign.support_scale[1]["label"] == "Support"

    again = form | {"seen": seen_on(refused), "label-0": "Firmly for us"}  # type: ignore[arg-type]  # Django's test response
    alice_signed_in.post(at(campaign, "scale"), again)
    campaign.refresh_from_db()
    assert [level["label"] for level in campaign.support_scale] == [
        "Never asked us", "Firmly for us", "Undecided", "Strongly opposed", "Rather for us",
    ]  # fmt: skip


def test_after_a_clash_the_step_stands_beside_what_was_typed_and_may_be_repeated(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    edit = drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)
    form = {"seen": edit.pk, "do": "save", "name": "thanks", "say": "My goodbye.", "sensitivity": "open"}  # fmt: skip
    others = editing.change_step(BRANCHING, "thanks", replace(THANKS, say="Their goodbye."))
    drafting.change(campaign, others, "change", step="thanks", seen=edit.pk, by=alice.actor)

    refused = alice_signed_in.post(at(campaign, "step", name="thanks"), form)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Alice changed the draft meanwhile" in page
    assert "My goodbye." in page
    assert "Their goodbye." in page
    again = alice_signed_in.post(at(campaign, "step", name="thanks"), form | {"seen": seen_on(refused)})  # type: ignore[arg-type]  # Django's test response  # fmt: skip
    assert again["Location"] == at(campaign, "draft")
    step = draft(campaign)[0].step("thanks")
    assert step is not None
    assert step.say == "My goodbye."


def test_words_for_a_step_that_somebody_took_out_are_not_lost(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    edit = drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)
    form = {"seen": edit.pk, "do": "save", "name": "thanks", "say": "My goodbye.", "sensitivity": "open", "label-0": "Bye bye"}  # fmt: skip
    left = editing.remove_step(BRANCHING, "thanks")
    newest = drafting.change(campaign, left, "remove", step="thanks", seen=edit.pk, by=alice.actor)

    answer = alice_signed_in.post(at(campaign, "step", name="thanks"), form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "not in the draft any more" in page
    assert "My goodbye." in page
    assert "Bye bye" in page
    assert draft(campaign) == (left, newest.pk)
    assert alice_signed_in.get(at(campaign, "step", name="thanks")).status_code == 404


def test_after_a_clash_a_pasted_script_may_be_pasted_again(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)

    refused = alice_signed_in.post(at(campaign, "paste"), {"text": "== start ==\nMine.", "seen": 0})

    assert refused.status_code == 422
    assert "Thank you for your time." in refused.content.decode()
    again = {"text": "== start ==\nMine.", "seen": seen_on(refused)}  # type: ignore[arg-type]  # Django's test response
    assert alice_signed_in.post(at(campaign, "paste"), again)["Location"] == at(campaign, "draft")
    assert [step.say for step in draft(campaign)[0].steps] == ["Mine."]


def test_a_draft_that_was_thrown_away_is_brought_back_on_the_page(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    edit = drafting.change(
        campaign, from_text("== start ==\nOne."), "paste", seen=0, by=alice.actor
    )
    drafting.change(campaign, BRANCHING, "paste", seen=edit.pk, by=alice.actor)

    late = alice_signed_in.post(at(campaign, "do"), {"do": "throw-away", "seen": edit.pk})
    assert late.status_code == 422
    assert draft(campaign)[0] == BRANCHING
    do(alice_signed_in, campaign, "throw-away")
    page = alice_signed_in.get(at(campaign, "draft")).content.decode()
    assert "Bring back the draft that was thrown away" in page
    do(alice_signed_in, campaign, "redo")

    assert draft(campaign)[0] == BRANCHING
