"""Every table of campaigns, asked of the database's own catalogue: the wall, the keys, the rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hustings.apps.campaigns.tenancy import tenant
from tests.apps.a_row_of_each import MODELS, a_row, a_row_of_each, model_of, pointed_at

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

OUTSIDE = {
    "accounts_membership": "asked before a campaign is chosen: it says which may be",
    "outings_walkcode": "asked before a campaign is chosen: six letters name the campaign and the walk",
}
"""Tables with a campaign that stand outside the wall, each with its reason."""
FOR_GOOD = {
    "audit_auditline", "canvass_canvassevent", "canvass_delivery", "canvass_eventclash", "canvass_latereport",
    "canvass_refusedreport", "canvass_settlement", "statements_arrival", "statements_entry", "statements_head",
    "statements_keyline", "statements_node", "statements_record", "statements_refusal",
    "statements_matter", "statements_matterstep",
    "statements_subtree",
    "exchange_alarm", "exchange_contact", "exchange_cosignature", "exchange_delivery", "exchange_peerhead",
    "exchange_taken",
    "people_erasure", "people_erasedrows",
    "clippings_carried", "clippings_excerpt", "clippings_meaning", "clippings_takenback", "clippings_tie",
    "lending_withdrawal", "lending_part", "lending_carried",
    "materials_artwork", "materials_release", "materials_releaseimprint", "materials_quote",
    "materials_publication", "materials_withdrawal", "materials_wenton", "materials_exported",
    "materials_noted", "materials_stockmove",
    "contributions_terms", "contributions_payment", "contributions_decision",
    "exports_copy", "exports_destroyed",
    "contributions_gift", "contributions_giftstep", "contributions_giftnoted",
    "contributions_spending", "contributions_spendingstruck",
    "contributions_wenton", "contributions_noted",
    "scripts_scriptversion", "scripts_translation", "scripts_translationcheck",
    "contests_conteststep", "contests_report", "contests_sheetphoto", "contests_officialresult",
    "contests_audit", "contests_auditstep", "contests_lot", "contests_poll",
}  # fmt: skip
"""What happened; a correction is another row. Of the materials only names may be taken out, by erasing."""


def asked(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def with_a_campaign() -> set[str]:
    """Every table that has the column."""
    rows = asked(
        "select table_name from information_schema.columns "
        "where table_schema = 'public' and column_name = 'campaign_id'"
    )
    return {row[0] for row in rows}


@pytest.mark.trust(3)
@pytest.mark.django_db
def test_every_table_with_a_campaign_is_behind_the_wall_or_named_with_a_reason() -> None:
    walled = {
        row[0]
        for row in asked(
            "select c.relname from pg_class c join pg_policy p on p.polrelid = c.oid "
            "where c.relrowsecurity and p.polpermissive and p.polcmd = '*' and p.polroles = '{0}' "
            "and pg_get_expr(p.polqual, c.oid) like '%%campaign_id = %%hustings.campaign%%'"
        )
    }

    assert with_a_campaign() - walled == set(OUTSIDE)
    assert walled == {model._meta.db_table for model in MODELS}


@pytest.mark.trust(3)
@pytest.mark.django_db
def test_no_table_has_a_second_policy_that_would_open_the_first() -> None:
    assert asked("select tablename from pg_policies group by tablename having count(*) > 1") == []


@pytest.mark.trust(6)
@pytest.mark.django_db
def test_every_unique_index_begins_with_the_campaign() -> None:
    """One that did not would say that another campaign's row exists."""
    loose = asked(
        "select i.indrelid::regclass::text, i.indexrelid::regclass::text from pg_index i "
        "join pg_class c on c.oid = i.indrelid "
        "left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] "
        "where i.indisunique and c.relrowsecurity and a.attname is distinct from 'campaign_id'"
    )

    assert loose == []


@pytest.mark.trust(6)
@pytest.mark.django_db
def test_every_foreign_key_between_tables_of_campaigns_begins_with_the_campaign() -> None:
    loose = asked(
        "select c.conrelid::regclass::text, c.conname from pg_constraint c "
        "join pg_class t on t.oid = c.confrelid "
        "left join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] "
        "where c.contype = 'f' and t.relrowsecurity and a.attname is distinct from 'campaign_id'"
    )
    held = pointed_at()
    meant = {
        (model._meta.db_table, field.column)
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.is_relation and field.name != "campaign"
    }

    assert loose == []
    assert meant <= {(table, column) for table, columns in held.items() for column in columns}


@pytest.mark.trust(6)
def test_no_row_may_point_into_another_campaign(campaign: Campaign, rivals: Campaign) -> None:
    """Each key of each table in turn: the same row is taken with our own id and refused with theirs."""
    with tenant(rivals.pk):
        theirs = a_row_of_each(rivals)
    tried, accepted, refused = 0, [], []
    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for table, columns in pointed_at().items():
            a_row(campaign, model_of(table), {})
            for column, target in columns.items():
                tried += 1
                try:
                    with transaction.atomic():
                        a_row(campaign, model_of(table), {}, **{column: theirs[target].pk})
                except IntegrityError as error:
                    refused.append(str(error))
                else:
                    accepted.append((table, column))

    assert accepted == []
    assert all("same_campaign" in error for error in refused)
    assert tried >= 30


@pytest.mark.trust(4)
def test_every_kind_of_row_is_seen_by_its_campaign_alone(
    campaign: Campaign, rivals: Campaign
) -> None:
    with tenant(rivals.pk):
        a_row_of_each(rivals)
    with tenant(campaign.pk):
        ours = a_row_of_each(campaign)

    with tenant(campaign.pk):
        seen = {
            model._meta.db_table: set(model.objects.values_list("campaign_id", flat=True))
            for model in MODELS
        }
    outside = {model._meta.db_table: model.objects.count() for model in MODELS}

    assert seen == {table: {campaign.pk} for table in ours}
    assert outside == dict.fromkeys(ours, 0)


@pytest.mark.trust(4)
def test_no_kind_of_row_is_changed_or_removed_in_another_campaign(
    campaign: Campaign, rivals: Campaign
) -> None:
    with tenant(campaign.pk):
        ours = a_row_of_each(campaign)

    with tenant(rivals.pk), connection.cursor() as cursor:
        for table in ours:
            if table in FOR_GOOD:
                continue
            cursor.execute(f"update {table} set campaign_id = campaign_id")  # noqa: S608  # our names
            assert cursor.rowcount == 0, table
            cursor.execute(f"delete from {table}")  # noqa: S608
            assert cursor.rowcount == 0, table


@pytest.mark.trust(17)
@pytest.mark.parametrize("table", sorted(FOR_GOOD))
@pytest.mark.parametrize("what", ["update {} set campaign_id = campaign_id", "delete from {}"])
def test_what_happened_is_never_changed_by_the_role_that_serves(
    campaign: Campaign, table: str, what: str
) -> None:
    with (
        tenant(campaign.pk),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(what.format(table))


@pytest.mark.trust(17)
@pytest.mark.django_db
def test_the_role_that_serves_truncates_nothing_and_makes_nothing() -> None:
    """TRUNCATE is granted to it in tests only, for the flush between them; a migration never does."""
    from pathlib import Path

    migrations = Path(__file__).parents[3].glob("src/hustings/**/migrations/*.py")
    source = "\n".join(file.read_text() for file in migrations)

    assert "GRANT TRUNCATE" not in source.upper().replace("REVOKE UPDATE, DELETE, TRUNCATE", "")
    assert asked("select has_schema_privilege(current_user, 'public', 'create')") == [(False,)]


@pytest.mark.trust(17)
@pytest.mark.django_db
def test_tables_that_are_for_good_are_those_the_database_holds_so() -> None:
    unchangeable = asked(
        "select c.relname from pg_class c where c.relrowsecurity "
        "and not has_table_privilege(current_user, c.oid, 'update') "
        "and not has_table_privilege(current_user, c.oid, 'delete')"
    )

    assert {row[0] for row in unchangeable} == FOR_GOOD
