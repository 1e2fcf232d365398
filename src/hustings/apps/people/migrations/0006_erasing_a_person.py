"""Tombstones, suppressions, and the functions by which erasing reaches what is added and never changed."""

import django.db.models.deletion
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall, DoneByTheOwner

ERASING_NOW = """(the_person bigint) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    here uuid := nullif(current_setting('hustings.campaign', true), '')::uuid;
BEGIN
    PERFORM FROM people_erasure e
    WHERE e.campaign_id = here AND e.person_number = the_person AND e.at = transaction_timestamp();
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING
            MESSAGE = 'nothing is erased without the erasure of that person in the same transaction';
    END IF;
    RETURN here;
END $$
"""
"""The campaign; an error unless the erasure of that person was written down in this transaction."""

FROM_ERASURES = """(the_person bigint, labels text[], nobody text)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    here uuid := erasing_now(the_person);
    emptied bigint;
BEGIN
    UPDATE people_erasure e SET by_label = nobody
    WHERE e.campaign_id = here AND e.by_label = ANY (labels);
    GET DIAGNOSTICS emptied = ROW_COUNT;
    RETURN emptied;
END $$
"""

FROM_AUDIT = """(
    the_person bigint, lines bigint[], members text[], phones text[], labels text[], nobody text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    here uuid := erasing_now(the_person);
    emptied bigint;
BEGIN
    UPDATE audit_auditline a SET
        detail = CASE WHEN a.id = ANY (lines) THEN '{}'::jsonb ELSE a.detail END,
        actor_label = CASE
            WHEN a.actor_kind = 'member' AND a.actor_id = ANY (members) THEN nobody
            WHEN a.actor_kind = 'device' AND a.actor_id = ANY (phones) THEN nobody
            WHEN a.actor_label = ANY (labels) THEN nobody
            ELSE a.actor_label END
    WHERE a.campaign_id = here AND (
        a.id = ANY (lines) OR a.actor_label = ANY (labels)
        OR a.actor_kind = 'member' AND a.actor_id = ANY (members)
        OR a.actor_kind = 'device' AND a.actor_id = ANY (phones));
    GET DIAGNOSTICS emptied = ROW_COUNT;
    RETURN emptied;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("campaigns", "0003_the_campaign_is_checked_once_a_statement"),
        ("people", "0005_the_wall_is_planned_for_any_campaign"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person_number", models.BigIntegerField()),
                (
                    "at",
                    models.DateTimeField(db_default=models.Func(function="transaction_timestamp")),
                ),
                ("by_label", models.TextField()),
                (
                    "request",
                    models.CharField(
                        choices=[
                            ("person", "the person’s own"),
                            ("for_them", "somebody’s who may act for the person"),
                            ("authority", "an authority’s or a court’s"),
                            ("ours", "nobody’s: the campaign decided it"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "person_number"), name="erased_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ErasedRows",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("count", models.PositiveIntegerField()),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "erasure",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kinds",
                        to="people.erasure",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "erasure", "kind"), name="one_count_a_kind_of_row"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "digest"), name="one_suppression_each"
                    )
                ]
            },
        ),
        BehindTheWall("people_erasure", append_only=True),
        BehindTheWall("people_erasedrows", {"erasure_id": "people_erasure"}, append_only=True),
        BehindTheWall("people_suppression"),
        DoneByTheOwner("erasing_now", "bigint", ERASING_NOW),
        DoneByTheOwner("erase_from_erasures", "bigint, text[], text", FROM_ERASURES),
        DoneByTheOwner(
            "erase_from_audit", "bigint, bigint[], text[], text[], text[], text", FROM_AUDIT
        ),
    ]
