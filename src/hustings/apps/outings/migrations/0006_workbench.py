"""Steps on the workbench, who is at it, named areas and usual roads; locked walks; doors that were taken."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_how_fine_new_rounds_are"),
        ("outings", "0005_a_dial_and_poster_rounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="turf",
            name="locked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="turf",
            name="meant_for",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="turfdoor",
            name="taken_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("corners", models.JSONField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField()),
                ("removed_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["campaign", "name"], name="area_by_name")],
            },
        ),
        migrations.CreateModel(
            name="AtWorkbench",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("member_id", models.BigIntegerField()),
                ("name", models.TextField()),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "cut",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="at_it",
                        to="outings.cut",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "cut", "member_id"), name="once_at_a_cut"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("meant_for", models.TextField()),
                ("street", models.TextField(blank=True)),
                ("doors", models.JSONField(default=list)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField()),
                ("lifted_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["campaign", "-made_at"], name="pin_by_time")],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("change", models.PositiveIntegerField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("move", "moved doors"),
                            ("new_walk", "made a walk of doors"),
                            ("take_out", "took doors out of the cut"),
                            ("merge", "made one walk of several"),
                            ("lock", "locked a walk"),
                            ("unlock", "unlocked a walk"),
                        ],
                        max_length=8,
                    ),
                ),
                ("moved", models.JSONField(default=list)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("broken", models.JSONField(default=list)),
                ("by", models.TextField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.TextField(blank=True)),
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
                    "cut",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="outings.cut",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "cut", "number"), name="one_step_a_number"
                    )
                ],
            },
        ),
        BehindTheWall("outings_planstep", {"cut_id": "outings_cut"}),
        BehindTheWall("outings_atworkbench", {"cut_id": "outings_cut"}),
        BehindTheWall("outings_area"),
        BehindTheWall("outings_pin"),
    ]
