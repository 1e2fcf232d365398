"""Records, the log over them, and whom we exchange a word with."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0004_a_split_street_is_dearer_than_a_corner"),
    ]

    operations = [
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("telephone", models.TextField(blank=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    models.UniqueConstraint(fields=("campaign", "code"), name="one_party_each")
                ]
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("note", models.TextField()),
                ("read_by", models.TextField()),
                ("read_with", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="statements.party",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=64)),
                ("kind", models.TextField()),
                ("issuer", models.TextField()),
                ("content", models.BinaryField()),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "indexes": [models.Index(fields=["campaign", "kind"], name="record_by_kind")],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "name"), name="one_record_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.BigIntegerField()),
                ("leaf", models.BinaryField()),
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
                    "record",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="statements.record",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "place"), name="one_entry_a_place"),
                    models.UniqueConstraint(
                        fields=("campaign", "record"), name="one_entry_a_record"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Countdown",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("asked_by", models.TextField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_by", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "draft",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countdowns",
                        to="statements.record",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("campaign", "draft"),
                        name="one_running_countdown_a_draft",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("bundle", models.TextField()),
                ("place", models.BigIntegerField()),
                ("log_size", models.BigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "record",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrivals",
                        to="statements.record",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Salted",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("commitment", models.CharField(max_length=64)),
                ("salt", models.BinaryField()),
                ("words", models.JSONField()),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        fields=("campaign", "commitment"), name="one_commitment_each"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Subtree",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("level", models.PositiveSmallIntegerField()),
                ("place", models.BigIntegerField()),
                ("hash", models.BinaryField()),
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
                        fields=("campaign", "level", "place"), name="one_subtree_each"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    models.UniqueConstraint(fields=("campaign", "size"), name="one_head_a_size")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("node", models.TextField()),
                ("seq", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        fields=("campaign", "node", "seq"), name="one_key_line_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("origin", models.TextField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    models.UniqueConstraint(fields=("campaign",), name="one_node_a_campaign")
                ],
            },
        ),
        BehindTheWall("statements_node", append_only=True),
        BehindTheWall("statements_keyline", append_only=True),
        BehindTheWall("statements_party"),
        BehindTheWall("statements_meeting", {"party_id": "statements_party"}),
        BehindTheWall("statements_record", append_only=True),
        BehindTheWall("statements_entry", {"record_id": "statements_record"}, append_only=True),
        BehindTheWall("statements_subtree", append_only=True),
        BehindTheWall("statements_head", append_only=True),
        BehindTheWall("statements_arrival", {"record_id": "statements_record"}, append_only=True),
        BehindTheWall("statements_refusal", append_only=True),
        BehindTheWall("statements_salted"),
        BehindTheWall("statements_countdown", {"draft_id": "statements_record"}),
    ]
