"""Polling days, who has voted, and promises."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0004_a_split_street_is_dearer_than_a_corner"),
        ("people", "0006_erasing_a_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="PollingDay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("held_on", models.DateField()),
                ("turn_out", models.JSONField(default=list)),
                ("told_until", models.DateField()),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("opened_by", models.TextField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(blank=True)),
                ("forgotten_at", models.DateTimeField(null=True)),
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
                        fields=("campaign",),
                        name="one_open_polling_day",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_by", models.TextField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.TextField(blank=True)),
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
                    "day",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="polling.pollingday",
                    ),
                ),
                (
                    "person",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "person"], name="promise_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("campaign", "day", "person"),
                        name="one_promise_each",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VotedMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("report_id", models.UUIDField()),
                ("number", models.TextField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("teller", "a teller"),
                            ("officer", "the polling station’s list"),
                            ("absent", "a postal vote that is in"),
                            ("self", "they said so"),
                        ],
                        default="teller",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_by", models.TextField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.TextField(blank=True)),
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
                    "day",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="polling.pollingday",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "day", "number"], name="mark_by_number")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "report_id"), name="one_mark_a_report"
                    )
                ],
            },
        ),
        BehindTheWall("polling_pollingday"),
        BehindTheWall("polling_votedmark", {"day_id": "polling_pollingday"}),
        BehindTheWall(
            "polling_promise", {"day_id": "polling_pollingday", "person_id": "people_person"}
        ),
    ]
