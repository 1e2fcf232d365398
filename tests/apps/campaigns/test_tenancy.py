"""The second wall: row-level security bound to a transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    IntegrityError,
    connection,
    connections,
    transaction,
)
from django.test.utils import CaptureQueriesContext

from hustings.apps.accounts.models import Device, DeviceAdmission
from hustings.apps.audit.actions import NoCampaignForAudit, record
from hustings.apps.audit.actors import command
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.rows import ManyCampaignRow
from hustings.apps.campaigns.tenancy import SHOWN, current_campaign_id, inside, tenant
from hustings.apps.jobs.models import Job
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Building, Door
from hustings.apps.register.models import RegisterEntry


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
def test_a_row_of_a_campaign_that_is_not_there_is_refused() -> None:
    with (
        pytest.raises(
            IntegrityError, match="people_person belongs to a campaign that is not there"
        ),
        tenant(uuid4()),
    ):
        Person.objects.create(campaign_id=current_campaign_id(), surname="Nobody's")


@pytest.mark.django_db
def test_a_campaign_cannot_go_before_its_people_have_gone() -> None:
    campaign = Campaign.objects.create(slug="short", name="Short")
    with tenant(campaign.pk):
        Person.objects.create(campaign=campaign, surname="Ibarra")
    delete_it = f"delete from campaigns_campaign where id = '{campaign.pk}'"  # noqa: S608

    with pytest.raises(IntegrityError, match="still has rows in people_person"):
        run_and_check_keys(delete_it)
    with tenant(campaign.pk):
        Person.objects.of(campaign).delete()
    run_and_check_keys(delete_it)

    assert not Campaign.objects.filter(slug="short").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("register_registerentry", "person_id"),
        ("people_person", "household_id"),
        ("people_household", "door_id"),
        ("places_door", "building_id"),
    ],
)
def test_no_row_of_an_import_can_point_into_another_campaign(
    campaign: Campaign, rivals: Campaign, table: str, column: str
) -> None:
    rows = {}
    for whose in (campaign, rivals):
        with tenant(whose.pk):
            building = Building.objects.create(campaign=whose, street_key="x", number_key="1")
            door = Door.objects.create(campaign=whose, address_key="1 x", building=building)
            home = Household.objects.create(campaign=whose, address_key="1 x", door=door)
            person = Person.objects.create(campaign=whose, household=home)
            entry = RegisterEntry.objects.create(
                campaign=whose, person=person, number="A-1", added_in=1
            )
            rows[whose] = {"building_id": building.pk, "door_id": door.pk, "household_id": home.pk,
                           "person_id": person.pk, "entry_id": entry.pk}  # fmt: skip

    with (
        tenant(campaign.pk),
        pytest.raises(IntegrityError, match=f"{table}_{column}_same_campaign"),
    ):
        run_and_check_keys(f"update {table} set {column} = {rows[rivals][column]}")  # noqa: S608


@pytest.mark.django_db
def test_every_table_without_a_key_to_the_campaign_has_both_triggers_instead() -> None:
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, ManyCampaignRow)
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, tgname from pg_trigger where tgenabled = 'O' "
            "and (tgname = 'campaign_is_there' or tgname like 'no_rows_in_%%')"
        )
        found = set(cursor.fetchall())

    assert tables
    assert found == {(table, "campaign_is_there") for table in tables} | {
        ("campaigns_campaign", f"no_rows_in_{table}") for table in tables
    }


@pytest.mark.django_db
def test_the_wall_round_every_such_table_is_planned_for_any_campaign() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_policies where qual like '%%SELECT%%'")
        found = {table for (table,) in cursor.fetchall()}

    assert found == {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, ManyCampaignRow)
    }  # fmt: skip


def run_and_check_keys(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("set constraints all immediate")


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


def test_inside_the_same_campaign_only_a_savepoint_is_new(campaign: Campaign) -> None:
    with tenant(campaign.pk), CaptureQueriesContext(connection) as asked:
        with tenant(campaign.pk):
            assert current_campaign_id() == campaign.pk
        with pytest.raises(ZeroDivisionError), tenant(campaign.pk):
            raise ZeroDivisionError
        assert current_campaign_id() == campaign.pk
    assert not [one for one in asked.captured_queries if "set_config" in one["sql"]]


def test_inside_the_same_campaign_what_takes_nothing_back_needs_no_savepoint(
    campaign: Campaign, rivals: Campaign
) -> None:
    with inside(campaign.pk), CaptureQueriesContext(connection) as asked:
        with inside(campaign.pk):
            assert current_campaign_id() == campaign.pk
        with inside(rivals.pk):
            assert current_campaign_id() == rivals.pk
        assert current_campaign_id() == campaign.pk
    assert sum(one["sql"].startswith("SAVEPOINT") for one in asked) == 1, "for the other campaign"
    with inside(campaign.pk):
        assert current_campaign_id() == campaign.pk
    assert current_campaign_id() is None


def test_what_is_shown_is_known_for_each_thread_by_itself(
    campaign: Campaign, rivals: Campaign
) -> None:
    def elsewhere() -> str | None:
        return vars(connections[DEFAULT_DB_ALIAS]).get(SHOWN)

    with tenant(campaign.pk), ThreadPoolExecutor(1) as pool:
        assert elsewhere() == str(campaign.pk)
        assert pool.submit(elsewhere).result() is None
        with tenant(rivals.pk), tenant(campaign.pk):
            assert current_campaign_id() == campaign.pk
        assert current_campaign_id() == campaign.pk


def test_a_campaign_shown_in_an_undone_transaction_is_not_thought_to_be_shown_still(
    campaign: Campaign, rivals: Campaign
) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), tenant(campaign.pk):
        raise ZeroDivisionError
    with tenant(rivals.pk):
        with pytest.raises(ZeroDivisionError), tenant(campaign.pk):
            raise ZeroDivisionError
        assert current_campaign_id() == rivals.pk
        with tenant(rivals.pk):
            assert current_campaign_id() == rivals.pk
