"""What a phone that was away needs: a causal parent, a clock put right, its gaps, and what changed."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall

BEFORE = import_module("hustings.apps.canvass.migrations.0004_erasing_a_person").WHAT_WAS_HEARD
TOMBSTONES = """ RETURNING {short}.*), kept AS (
        INSERT INTO canvass_refusedreport
            (campaign_id, device_id, report_id, sequence, erased, received_at)
        SELECT campaign_id, device_id, {number}, (content->>'sequence')::bigint, true, received_at
        FROM gone WHERE content ? 'sequence' ON CONFLICT DO NOTHING
    ) SELECT count(*) INTO {name} FROM gone;
"""
"""In the place of a report that goes stands its number alone, so that the phone's row has no gap."""

INSTEAD = {
    "DELETE FROM canvass_eventclash k": "WITH gone AS (DELETE FROM canvass_eventclash k",
    ";\n    GET DIAGNOSTICS clashes = ROW_COUNT;\n": TOMBSTONES.format(
        short="k", number="event_id", name="clashes"
    ),
    "DELETE FROM canvass_latereport l": "WITH gone AS (DELETE FROM canvass_latereport l",
    ";\n    GET DIAGNOSTICS late = ROW_COUNT;\n": TOMBSTONES.format(
        short="l", number="report_id", name="late"
    ),
    # The words of a newer app may say anything of anybody: they go with the answer.
    "digest = '',\n": "digest = '', more = '{}',\n",
}
SINCE = BEFORE
for there, instead in INSTEAD.items():
    SINCE = SINCE.replace(there, instead)


def heard(definition: str) -> str:
    """Put this in the function's place; replacing it keeps who may call it, and nothing else."""
    return (
        f"CREATE OR REPLACE FUNCTION erase_what_was_heard{definition};\n"
        "ALTER FUNCTION erase_what_was_heard(bigint) "
        "SECURITY DEFINER SET search_path = public, pg_temp"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_speaking_for_the_candidate"),
        ("campaigns", "0004_a_split_street_is_dearer_than_a_corner"),
        ("canvass", "0004_erasing_a_person"),
        ("outings", "0002_a_turf_door_is_a_door"),
    ]

    operations = [
        migrations.AddField(
            model_name="canvassevent", name="after", field=models.UUIDField(null=True)
        ),
        migrations.AddField(
            model_name="canvassevent",
            name="happened_at",
            field=models.DateTimeField(db_default=models.Func(function="now")),
        ),
        migrations.RunSQL(
            "UPDATE canvass_canvassevent SET happened_at = least(occurred_at, received_at)",
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name="canvassevent",
            name="more",
            field=models.JSONField(db_default=models.Value({}, output_field=models.JSONField())),
        ),
        migrations.AddField(
            model_name="doorstanding", name="change", field=models.BigIntegerField(db_default=0)
        ),
        migrations.AddField(
            model_name="latereport",
            name="why",
            field=models.CharField(
                choices=[
                    ("over", "the walk was over for this phone"),
                    ("old", "it happened long before the walk was handed out"),
                    ("moved", "by the register, the person lives elsewhere by now"),
                ],
                default="over",
                max_length=5,
            ),
        ),
        migrations.CreateModel(
            name="LastSync",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("first", models.BigIntegerField(default=1)),
                ("newest", models.BigIntegerField(default=0)),
                ("unsent", models.PositiveIntegerField(null=True)),
                ("ahead_s", models.BigIntegerField(null=True)),
                ("app", models.TextField(blank=True)),
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
                    "device",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="last_syncs",
                        to="accounts.device",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "device"), name="last_sync_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="RefusedReport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("report_id", models.UUIDField()),
                ("sequence", models.BigIntegerField()),
                ("erased", models.BooleanField(default=False)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "device",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.device",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "device", "report_id"), name="refused_once_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WalkMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("changes", models.BigIntegerField(default=0)),
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
                    "turf",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outings.turf",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "turf"), name="one_mark_a_walk")
                ],
            },
        ),
        BehindTheWall("canvass_lastsync", {"device_id": "accounts_device"}),
        BehindTheWall("canvass_refusedreport", {"device_id": "accounts_device"}, append_only=True),
        BehindTheWall("canvass_walkmark", {"turf_id": "outings_turf"}),
        migrations.RunSQL(heard(SINCE), heard(BEFORE)),
    ]
