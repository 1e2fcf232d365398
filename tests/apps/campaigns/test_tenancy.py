"""The second wall: row-level security bound to a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hustings.apps.accounts.models import Device, DeviceAdmission
from hustings.apps.audit.actions import NoCampaignForAudit, record
from hustings.apps.audit.actors import command
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import current_campaign_id, tenant
from hustings.apps.jobs.models import Job

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def a_job(campaign: Campaign) -> Job:
    job: Job = Job.objects.create(
        campaign=campaign, kind="test", asked_kind="command", asked_label="t"
    )
    return job


@pytest.mark.trust(4)
def test_without_a_campaign_nothing_is_seen(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        a_job(campaign)

    assert Job.objects.count() == 0


@pytest.mark.trust(4)
def test_a_forgotten_filter_shows_only_ones_own_rows(campaign: Campaign, rivals: Campaign) -> None:
    with tenant(campaign.pk):
        mine = a_job(campaign)
    with tenant(rivals.pk):
        a_job(rivals)

    with tenant(campaign.pk):
        assert list(Job.objects.all()) == [mine]


def test_a_row_cannot_be_added_to_another_campaign(campaign: Campaign, rivals: Campaign) -> None:
    with tenant(campaign.pk), pytest.raises(DatabaseError, match="row-level security"):
        a_job(rivals)


def test_a_row_cannot_be_moved_to_another_campaign(campaign: Campaign, rivals: Campaign) -> None:
    with tenant(campaign.pk):
        job = a_job(campaign)

        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Job.objects.filter(pk=job.pk).update(campaign=rivals)


@pytest.mark.trust(6)
def test_a_foreign_key_cannot_point_into_another_campaign(
    campaign: Campaign, rivals: Campaign
) -> None:
    from django.utils import timezone

    with tenant(rivals.pk):
        device = Device.objects.create(
            campaign=rivals, label="x", secret_hash="0" * 64, expires_at=timezone.now()
        )

    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        with pytest.raises(IntegrityError), transaction.atomic():
            DeviceAdmission.objects.create(campaign=campaign, device_id=device.pk, by_label="x")


def test_the_view_before_comes_back_after_a_nested_campaign(
    campaign: Campaign, rivals: Campaign
) -> None:
    with tenant(campaign.pk):
        with tenant(rivals.pk):
            assert current_campaign_id() == rivals.pk
        assert current_campaign_id() == campaign.pk
    assert current_campaign_id() is None


def test_the_view_before_comes_back_after_an_error(campaign: Campaign, rivals: Campaign) -> None:
    with tenant(campaign.pk):
        with pytest.raises(ZeroDivisionError), tenant(rivals.pk):
            raise ZeroDivisionError
        assert current_campaign_id() == campaign.pk


@pytest.mark.trust(17)
def test_an_audit_line_is_never_changed_or_removed_by_the_web_role(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        line = record(command("tests"), "test.done")

        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            AuditLine.objects.filter(pk=line.pk).update(verb="test.undone")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            AuditLine.objects.filter(pk=line.pk).delete()


@pytest.mark.django_db
def test_an_audit_line_outside_any_campaign_is_refused() -> None:
    with pytest.raises(NoCampaignForAudit):
        record(command("tests"), "test.done")


@pytest.mark.trust(3)
@pytest.mark.django_db
def test_the_web_role_cannot_take_the_wall_down() -> None:
    for attack in (
        "alter table jobs_job disable row level security",
        "drop policy same_campaign on jobs_job",
        "alter table audit_auditline owner to current_user",
        "set role hustings",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)
