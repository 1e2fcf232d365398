"""Every version that was ever said stays as it was; publishing makes one, going back makes one too."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from hustings.apps.accounts.actions import change_script
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.scripts import drafting, versions
from hustings.apps.scripts.models import DraftEdit, ScriptVersion
from hustings.core.errors import BadInput
from hustings.core.script.as_json import to_json
from hustings.core.script.tree import Answer, Script, Step
from tests.core.script.scripts import BRANCHING

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership

WORDING = Campaign._meta.get_field("script_wording").default


def rows(campaign: Campaign) -> list[tuple[int, str]]:
    with tenant(campaign.pk):
        return list(
            ScriptVersion.objects.of(campaign).order_by("number").values_list("number", "text")
        )


def test_publishing_makes_a_version_and_keeps_the_one_before(
    campaign: Campaign, alice: Membership
) -> None:
    made = versions.publish(campaign, BRANCHING, note="For June", by=alice.actor)

    campaign.refresh_from_db()
    assert (made.number, made.note, made.made_by) == (2, "For June", "Alice")
    assert made.script == BRANCHING
    assert [number for number, _text in rows(campaign)] == [1, 2]
    assert rows(campaign)[0][1] == WORDING
    assert campaign.script_version == 2
    assert campaign.script_wording.startswith("1. Hello, I am a volunteer.")
    assert versions.script_of(campaign) == BRANCHING
    with tenant(campaign.pk):
        assert AuditLine.objects.get(verb="script.publish").subject_id == "2"


def test_answers_keep_the_flat_text_of_their_version(campaign: Campaign, alice: Membership) -> None:
    with tenant(campaign.pk):
        before = canvass.wording_now(campaign)
    versions.publish(campaign, BRANCHING, by=alice.actor)

    campaign.refresh_from_db()
    with tenant(campaign.pk):
        after = canvass.wording_now(campaign)
        before.refresh_from_db()
    assert (before.version, before.text) == (1, WORDING)
    assert (after.version, after.text) == (2, campaign.script_wording)


def test_going_back_publishes_the_older_one_as_a_new_one(
    campaign: Campaign, alice: Membership
) -> None:
    versions.publish(campaign, BRANCHING, by=alice.actor)
    with tenant(campaign.pk):
        first = ScriptVersion.objects.of(campaign).get(number=1)

    made = versions.publish_again(first, by=alice.actor)

    campaign.refresh_from_db()
    assert (made.number, made.came_from) == (3, 1)
    assert campaign.script_wording == WORDING
    assert campaign.script_steps == []
    assert len(rows(campaign)) == 3


def test_a_wording_that_is_set_on_the_settings_page_is_a_version_too(
    campaign: Campaign, alice: Membership
) -> None:
    versions.publish(campaign, BRANCHING, by=alice.actor)
    campaign.refresh_from_db()

    values = {"script_wording": "Good evening.", "phones_need_letting_in": True}
    change_script(campaign, values, by=alice.actor)

    campaign.refresh_from_db()
    assert rows(campaign)[2] == (3, "Good evening.")
    assert versions.script_of(campaign).steps[0].say == "Good evening."
    with tenant(campaign.pk):
        assert ScriptVersion.objects.of(campaign).get(number=2).script == BRANCHING


def test_settings_that_leave_the_wording_alone_leave_the_branches(
    campaign: Campaign, alice: Membership
) -> None:
    versions.publish(campaign, BRANCHING, by=alice.actor)
    campaign.refresh_from_db()

    change_script(campaign, {"phones_need_letting_in": False}, by=alice.actor)

    campaign.refresh_from_db()
    assert campaign.script_version == 2
    assert versions.script_of(campaign) == BRANCHING


def test_what_is_wrong_is_not_published_and_is_said(campaign: Campaign, alice: Membership) -> None:
    wrong = Script((Step("start", "Hello?", (Answer("Yes", "gone"), Answer("No", "", "support", "77"))),))  # fmt: skip

    with pytest.raises(BadInput) as refused:
        versions.publish(campaign, wrong, by=alice.actor)

    assert "leads to “gone”" in refused.value.message
    assert "stands for the level “77”" in refused.value.message
    campaign.refresh_from_db()
    assert campaign.script_version == 1


def test_the_same_again_is_no_new_version(campaign: Campaign, alice: Membership) -> None:
    versions.publish(campaign, BRANCHING, by=alice.actor)

    with pytest.raises(BadInput, match="version 2 says already"):
        versions.publish(campaign, BRANCHING, by=alice.actor)


def test_a_script_takes_only_statements_that_may_be_quoted(
    campaign: Campaign, alice: Membership
) -> None:
    quoting = Script((Step("start", f"They say: [[statement {'ab' * 32}]]", then="b"), Step("b", "Bye.")))  # fmt: skip

    with pytest.raises(BadInput, match="cannot be quoted"):
        versions.publish(campaign, quoting, by=alice.actor)


def test_publishing_ends_the_draft(campaign: Campaign, alice: Membership) -> None:
    edit = drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)
    drafting.publish(campaign, seen=edit.pk, by=alice.actor)

    with tenant(campaign.pk):
        assert not DraftEdit.objects.of(campaign).exists()


def test_the_migration_makes_a_version_of_every_wording_that_was_shown(
    campaign: Campaign,
) -> None:
    with tenant(campaign.pk):
        canvass.wording_now(campaign)
    Campaign.objects.filter(pk=campaign.pk).update(script_wording="Good evening.", script_version=2)
    assert rows(campaign) == []
    migration = import_module("hustings.apps.scripts.migrations.0001_versions_drafts_translations")
    editor = SimpleNamespace(connection=connection)

    with tenant(campaign.pk):
        migration.keep_what_was_said(None, editor)
        migration.keep_what_was_said(None, editor)

    assert rows(campaign) == [(1, WORDING), (2, "Good evening.")]
    with tenant(campaign.pk):
        assert ScriptVersion.objects.of(campaign).get(number=1).choices == campaign.support_scale


def test_going_back_leaves_the_draft_of_somebody_else_and_its_history(
    campaign: Campaign, alice: Membership, petra: Membership
) -> None:
    versions.publish(campaign, Script((Step("start", "One."),)), by=alice.actor)
    edit = drafting.change(campaign, BRANCHING, "paste", seen=0, by=petra.actor)
    with tenant(campaign.pk):
        first = ScriptVersion.objects.of(campaign).get(number=1)

    versions.publish_again(first, by=alice.actor)

    campaign.refresh_from_db()
    with tenant(campaign.pk):
        assert drafting.draft_of(campaign) == (BRANCHING, edit.pk)


# --- the draft --------------------------------------------------------------------------------------


def test_every_change_of_the_draft_can_be_undone_and_done_again(
    campaign: Campaign, alice: Membership
) -> None:
    by, first = alice.actor, Script((Step("start", "One."),))
    edit = drafting.change(campaign, first, "paste", seen=0, by=by)
    newer = drafting.change(campaign, BRANCHING, "paste", seen=edit.pk, by=by)

    with tenant(campaign.pk):
        drafting.undo(campaign, seen=newer.pk, by=by)
        assert drafting.draft_of(campaign) == (first, edit.pk)
        drafting.undo(campaign, seen=edit.pk, by=by)
        assert drafting.draft_of(campaign)[1] == 0
        drafting.redo(campaign, seen=0, by=by)
        assert drafting.draft_of(campaign) == (first, edit.pk)
        drafting.redo(campaign, seen=edit.pk, by=by)
        assert drafting.draft_of(campaign) == (BRANCHING, newer.pk)


def test_a_draft_that_was_thrown_away_comes_back_whole(
    campaign: Campaign, alice: Membership
) -> None:
    by, first = alice.actor, Script((Step("start", "One."),))
    edit = drafting.change(campaign, first, "paste", seen=0, by=by)
    newer = drafting.change(campaign, BRANCHING, "paste", seen=edit.pk, by=by)

    drafting.throw_away(campaign, seen=newer.pk, by=by)

    with tenant(campaign.pk):
        assert drafting.draft_of(campaign)[1] == 0
        assert drafting.was_thrown_away(campaign)
        drafting.redo(campaign, seen=0, by=by)
        assert drafting.draft_of(campaign) == (BRANCHING, newer.pk)
        drafting.undo(campaign, seen=newer.pk, by=by)
        assert not drafting.was_thrown_away(campaign)
        assert drafting.draft_of(campaign) == (first, edit.pk)


def test_a_draft_that_changed_meanwhile_is_neither_thrown_away_nor_published(
    campaign: Campaign, alice: Membership, petra: Membership
) -> None:
    edit = drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)

    with pytest.raises(drafting.ChangedMeanwhile, match="Alice changed"):
        drafting.throw_away(campaign, seen=0, by=petra.actor)
    with pytest.raises(drafting.ChangedMeanwhile, match="Alice changed"):
        drafting.publish(campaign, seen=0, by=petra.actor)

    campaign.refresh_from_db()
    assert campaign.script_version == 1
    with tenant(campaign.pk):
        assert drafting.draft_of(campaign) == (BRANCHING, edit.pk)


def test_two_organisers_at_once_lose_nothing(
    campaign: Campaign, alice: Membership, petra: Membership
) -> None:
    one, other = (Script((Step("start", said),)) for said in ("One.", "Other."))
    edit = drafting.change(campaign, one, "paste", seen=0, by=alice.actor)

    with pytest.raises(drafting.ChangedMeanwhile, match="Alice changed the draft meanwhile"):
        drafting.change(campaign, other, "paste", seen=0, by=petra.actor)

    with tenant(campaign.pk):
        assert drafting.draft_of(campaign) == (one, edit.pk)


def test_a_draft_changes_nothing_that_is_said(campaign: Campaign, alice: Membership) -> None:
    drafting.change(campaign, BRANCHING, "paste", seen=0, by=alice.actor)

    campaign.refresh_from_db()
    assert (campaign.script_version, campaign.script_steps) == (1, [])
    assert to_json(versions.script_of(campaign)) == [{"name": "start", "say": WORDING}]
