"""Which texts hold which statement, and what came in that needs an answer."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall, NamesMayBeTakenOut


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_a_split_street_is_dearer_than_a_corner"),
        ("statements", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("claim", "something is claimed of us"),
                            ("denial", "what we said of others was denied"),
                            ("taken_back", "a word that we quote was taken back"),
                            ("query", "another campaign asks us"),
                            ("hope", "a hope was printed as if it were a promise"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=64)),
                ("words", models.TextField()),
                ("draft", models.CharField(blank=True, max_length=64)),
                ("due_at", models.DateTimeField()),
                ("opened_by", models.TextField()),
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
                "indexes": [models.Index(fields=["campaign", "about"], name="matter_by_record")]
            },
        ),
        migrations.CreateModel(
            name="MatterStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "taken"),
                            ("handed", "handed over"),
                            ("moved", "given another hour"),
                            ("answered", "answered"),
                            ("left", "left"),
                        ],
                        max_length=8,
                    ),
                ),
                ("owner", models.BigIntegerField(null=True)),
                ("owner_name", models.TextField(blank=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=64)),
                ("reason", models.TextField(blank=True)),
                ("by", models.TextField()),
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
                    "matter",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="statements.matter",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "matter"], name="step_by_matter")]
            },
        ),
        migrations.CreateModel(
            name="Embedding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("surface", models.TextField()),
                ("subject", models.BigIntegerField()),
                ("record", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("campaign", "record", "surface", "subject"),
                        name="one_running_embedding_each",
                    )
                ],
            },
        ),
        BehindTheWall("statements_embedding"),
        BehindTheWall("statements_matter", append_only=True),
        BehindTheWall(
            "statements_matterstep", {"matter_id": "statements_matter"}, append_only=True
        ),
        NamesMayBeTakenOut("statements_matter", ["words", "opened_by"]),
        NamesMayBeTakenOut("statements_matterstep", ["owner_name", "reason", "by"]),
    ]
