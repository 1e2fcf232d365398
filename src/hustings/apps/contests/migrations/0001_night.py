"""Contests, their units, who reports, what was reported, and how it was settled."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall, NamesMayBeTakenOut


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0007_branches_and_retired_levels"),
        ("volunteers", "0002_doors_and_teams"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("caucus", "caucus"),
                            ("primary", "primary"),
                            ("constituency", "constituency count"),
                            ("members", "members’ ballot"),
                        ],
                        default="caucus",
                        max_length=12,
                    ),
                ),
                ("name", models.TextField()),
                ("held_on", models.DateField()),
                ("opens_at", models.DateTimeField()),
                ("time_zone", models.TextField()),
                ("ruleset", models.TextField(blank=True)),
                ("rules", models.JSONField(default=dict)),
                ("seats", models.PositiveIntegerField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField()),
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
                "indexes": [
                    models.Index(fields=["campaign", "held_on", "id"], name="contest_by_day")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "held_on", "name"), name="one_contest_a_name_and_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.SlugField(max_length=40)),
                ("name", models.TextField()),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("ours", models.BooleanField(default=False)),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidates",
                        to="contests.contest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "contest", "code"), name="one_candidate_a_code"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ContestStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "its public page was opened"),
                            ("withdrawn", "its public page was closed"),
                            ("closed", "the night was declared over"),
                            ("reopened", "the night goes on"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.TextField()),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="contests.contest",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["campaign", "contest", "id"], name="contest_step_by_contest"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="LotCall",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("step", models.TextField()),
                ("among", models.JSONField(default=list)),
                ("choose", models.PositiveSmallIntegerField(default=1)),
                ("context", models.TextField()),
                ("beacon", models.TextField(blank=True)),
                ("beacon_round", models.BigIntegerField(null=True)),
                ("called_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("called_by", models.TextField()),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calls",
                        to="contests.contest",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "contest"], name="lot_call_by_contest")
                ]
            },
        ),
        migrations.CreateModel(
            name="LotSide",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("side", models.TextField()),
                ("seal", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("number", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "call",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sides",
                        to="contests.lotcall",
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
                        fields=("campaign", "call", "side"), name="one_seal_a_side"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="OfficialResult",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("phase", models.CharField(max_length=9)),
                ("numbers", models.JSONField(default=dict)),
                ("row", models.PositiveIntegerField()),
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
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("phase", models.CharField(max_length=9)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("mismatch", "two sources differ"),
                            ("official", "the official result differs from ours"),
                            ("check", "the numbers contradict themselves"),
                        ],
                        max_length=8,
                    ),
                ),
                ("about", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audits",
                        to="contests.contest",
                    ),
                ),
                (
                    "official",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audits",
                        to="contests.officialresult",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "contest", "id"], name="audit_by_contest")
                ]
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("captain", "our captain there"),
                            ("second", "a second reporter there"),
                            ("official", "the official who read it out"),
                            ("office", "taken down by telephone"),
                            ("paper", "read from the paper sheet"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("first", "first alignment"),
                            ("final", "final count"),
                            ("delegates", "delegates"),
                        ],
                        max_length=9,
                    ),
                ),
                ("numbers", models.JSONField(default=dict)),
                ("event_id", models.UUIDField()),
                ("by", models.TextField()),
                ("reported_at", models.DateTimeField()),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contests.contest",
                    ),
                ),
                (
                    "corrects",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="contests.report",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "contest", "id"], name="report_by_contest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "event_id"), name="one_report_an_event"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "taken"),
                            ("verified", "verified by the sheet"),
                            ("settled", "settled"),
                            ("agreed", "the sources agree now"),
                            ("reopened", "opened again"),
                        ],
                        max_length=8,
                    ),
                ),
                ("owner", models.TextField(blank=True)),
                ("photo", models.CharField(blank=True, max_length=64)),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.TextField()),
                (
                    "audit",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="contests.audit",
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
                (
                    "stands",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contests.report",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "audit", "id"], name="audit_step_by_audit")
                ]
            },
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("telephone", models.TextField(blank=True)),
                ("email", models.TextField(blank=True)),
                ("source", models.CharField(default="captain", max_length=8)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("invited_by", models.TextField()),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reporters",
                        to="contests.contest",
                    ),
                ),
                (
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports_from",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "contest", "name"], name="reporter_by_name")
                ]
            },
        ),
        migrations.AddField(
            model_name="report",
            name="reporter",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="contests.reporter",
            ),
        ),
        migrations.CreateModel(
            name="ReporterLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("secret_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "reporter",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="contests.reporter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "secret_hash"), name="one_reporter_link_each"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ReporterStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "opened the link"),
                            ("practised", "sent a practice report"),
                        ],
                        max_length=9,
                    ),
                ),
                ("event_id", models.UUIDField(null=True)),
                ("numbers", models.JSONField(default=dict)),
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
                    "reporter",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="contests.reporter",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["campaign", "reporter", "kind"], name="reporter_step_by_kind"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "event_id"), name="one_practice_an_event"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("area", models.TextField(blank=True)),
                ("delegates", models.PositiveIntegerField(null=True)),
                ("state_rate", models.TextField(blank=True)),
                ("eligible", models.PositiveIntegerField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="contests.contest",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["campaign", "contest", "area", "name"], name="unit_by_area"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "contest", "code"), name="one_unit_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrayReport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField()),
                ("phase", models.CharField(blank=True, max_length=9)),
                ("numbers", models.JSONField(default=dict)),
                ("said_by", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("reported_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.TextField(blank=True)),
                (
                    "became",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contests.report",
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
                (
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contests.contest",
                    ),
                ),
                (
                    "unit",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contests.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["campaign", "contest", "id"],
                        name="tray_report_that_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "event_id"), name="one_tray_report_an_event"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetPhoto",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField()),
                ("report_event", models.UUIDField(null=True)),
                ("media_type", models.CharField(max_length=20)),
                ("sha256", models.CharField(max_length=64)),
                ("size_bytes", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("taken_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.TextField()),
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
                    "unit",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="contests.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "unit"], name="photo_by_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "event_id"), name="one_photo_an_event"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReporterUnit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("given_by", models.TextField()),
                ("taken_at", models.DateTimeField(null=True)),
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
                    "reporter",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="contests.reporter",
                    ),
                ),
                (
                    "unit",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reporters",
                        to="contests.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "unit"], name="reporter_by_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "reporter", "unit"), name="one_reporter_a_unit_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="unit",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reports",
                to="contests.unit",
            ),
        ),
        migrations.AddField(
            model_name="officialresult",
            name="unit",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="official_results",
                to="contests.unit",
            ),
        ),
        migrations.AddField(
            model_name="lotcall",
            name="unit",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="contests.unit",
            ),
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField()),
                ("step", models.TextField()),
                ("among", models.JSONField(default=list)),
                ("chosen", models.JSONField(default=list)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("physical", "drawn by hand"),
                            ("commit-reveal", "by sealed numbers"),
                            ("beacon", "by a public beacon"),
                        ],
                        default="physical",
                        max_length=13,
                    ),
                ),
                ("record", models.JSONField(default=dict)),
                ("drawn_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.TextField()),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lots",
                        to="contests.contest",
                    ),
                ),
                (
                    "corrects",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contests.lot",
                    ),
                ),
                (
                    "call",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lots",
                        to="contests.lotcall",
                    ),
                ),
                (
                    "unit",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lots",
                        to="contests.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "contest", "unit"], name="lot_by_unit")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "event_id"), name="one_lot_an_event"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="audit",
            name="unit",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="audits",
                to="contests.unit",
            ),
        ),
        migrations.CreateModel(
            name="UnitAlias",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("written", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.TextField()),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="contests.contest",
                    ),
                ),
                (
                    "unit",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="contests.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "contest", "key"), name="one_unit_an_alias"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="UnitFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("roster", "the roster of units"),
                            ("official", "official results"),
                        ],
                        max_length=8,
                    ),
                ),
                ("file_name", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("header", models.JSONField(default=list)),
                ("read_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_by", models.TextField()),
                ("brought_in_at", models.DateTimeField(null=True)),
                ("brought_in_by", models.TextField(blank=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_by", models.TextField(blank=True)),
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
                    "contest",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="contests.contest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at", None)),
                        fields=("campaign", "contest", "what", "sha256"),
                        name="one_unit_file_a_digest",
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="officialresult",
            name="file",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="results",
                to="contests.unitfile",
            ),
        ),
        migrations.CreateModel(
            name="UnitFileRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("code", models.TextField(blank=True)),
                ("name", models.TextField()),
                ("area", models.TextField(blank=True)),
                ("values", models.JSONField(default=dict)),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not settled"),
                            ("code", "by its code"),
                            ("name", "by its name"),
                            ("alias", "by a name it had before"),
                            ("hand", "by hand"),
                            ("new", "a unit of its own"),
                            ("left_out", "left out"),
                        ],
                        max_length=8,
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
                (
                    "file",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="contests.unitfile",
                    ),
                ),
                (
                    "unit",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file_rows",
                        to="contests.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "file", "number"), name="one_row_a_number"
                    )
                ]
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["campaign", "unit", "phase", "id"], name="report_by_unit"),
        ),
        migrations.AddIndex(
            model_name="audit",
            index=models.Index(fields=["campaign", "unit", "phase"], name="audit_by_unit"),
        ),
        migrations.AddIndex(
            model_name="officialresult",
            index=models.Index(fields=["campaign", "unit", "phase", "id"], name="official_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="officialresult",
            constraint=models.UniqueConstraint(
                fields=("campaign", "file", "unit", "phase"), name="one_official_result_a_file"
            ),
        ),
        BehindTheWall("contests_contest"),
        BehindTheWall("contests_candidate", {"contest_id": "contests_contest"}),
        BehindTheWall("contests_conteststep", {"contest_id": "contests_contest"}, append_only=True),
        BehindTheWall("contests_unit", {"contest_id": "contests_contest"}),
        BehindTheWall(
            "contests_unitalias", {"contest_id": "contests_contest", "unit_id": "contests_unit"}
        ),
        BehindTheWall("contests_unitfile", {"contest_id": "contests_contest"}),
        BehindTheWall(
            "contests_unitfilerow", {"file_id": "contests_unitfile", "unit_id": "contests_unit"}
        ),
        BehindTheWall(
            "contests_officialresult",
            {"file_id": "contests_unitfile", "unit_id": "contests_unit"},
            append_only=True,
        ),
        BehindTheWall(
            "contests_reporter",
            {"contest_id": "contests_contest", "volunteer_id": "volunteers_volunteer"},
        ),
        BehindTheWall(
            "contests_reporterunit",
            {"reporter_id": "contests_reporter", "unit_id": "contests_unit"},
        ),
        BehindTheWall("contests_reporterlink", {"reporter_id": "contests_reporter"}),
        BehindTheWall("contests_reporterstep", {"reporter_id": "contests_reporter"}),
        BehindTheWall(
            "contests_report",
            {
                "contest_id": "contests_contest",
                "unit_id": "contests_unit",
                "reporter_id": "contests_reporter",
                "corrects_id": "contests_report",
            },
            append_only=True,
        ),
        BehindTheWall("contests_sheetphoto", {"unit_id": "contests_unit"}, append_only=True),
        BehindTheWall(
            "contests_trayreport",
            {
                "contest_id": "contests_contest",
                "unit_id": "contests_unit",
                "became_id": "contests_report",
            },
        ),
        BehindTheWall(
            "contests_audit",
            {
                "contest_id": "contests_contest",
                "unit_id": "contests_unit",
                "official_id": "contests_officialresult",
            },
            append_only=True,
        ),
        BehindTheWall(
            "contests_auditstep",
            {"audit_id": "contests_audit", "stands_id": "contests_report"},
            append_only=True,
        ),
        BehindTheWall(
            "contests_lotcall", {"contest_id": "contests_contest", "unit_id": "contests_unit"}
        ),
        BehindTheWall("contests_lotside", {"call_id": "contests_lotcall"}),
        BehindTheWall(
            "contests_lot",
            {
                "contest_id": "contests_contest",
                "unit_id": "contests_unit",
                "call_id": "contests_lotcall",
                "corrects_id": "contests_lot",
            },
            append_only=True,
        ),
        NamesMayBeTakenOut("contests_conteststep", ["by"]),
        NamesMayBeTakenOut("contests_report", ["reporter_id", "by"]),
        NamesMayBeTakenOut("contests_sheetphoto", ["by"]),
        NamesMayBeTakenOut("contests_auditstep", ["owner", "words", "by"]),
        NamesMayBeTakenOut("contests_lot", ["record", "by"]),
    ]
