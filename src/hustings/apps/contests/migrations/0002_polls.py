"""Entrance and exit polls; nobody changes one, a correction is another."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall, NamesMayBeTakenOut


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_branches_and_retired_levels"),
        ("contests", "0001_night"),
    ]

    operations = [
        migrations.CreateModel(
            name="Poll",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("entrance", "entrance poll"), ("exit", "exit poll")],
                        default="entrance",
                        max_length=8,
                    ),
                ),
                ("asked_by", models.TextField()),
                ("tables", models.JSONField(default=dict)),
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
                        related_name="polls",
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
                        to="contests.poll",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "contest", "id"], name="poll_by_contest")
                ],
            },
        ),
        BehindTheWall(
            "contests_poll",
            {"contest_id": "contests_contest", "corrects_id": "contests_poll"},
            append_only=True,
        ),
        NamesMayBeTakenOut("contests_poll", ["asked_by", "by"]),
    ]
