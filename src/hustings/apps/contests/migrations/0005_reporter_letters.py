"""Mail with reporters' links."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_branches_and_retired_levels"),
        ("contests", "0004_lots_in_the_tray"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReporterLetter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_by", models.TextField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "dropped",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_address", "no e-mail address that may be written to"),
                            ("failed", "the mail server refused it"),
                            ("ended", "the link was ended before it was sent"),
                            ("over", "the day was over before it was sent"),
                        ],
                        max_length=10,
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
                    "reporter",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="contests.reporter",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "reporter", "id"], name="letter_by_reporter")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("claimed_at", None), ("dropped", "")),
                        fields=("campaign", "reporter"),
                        name="one_reporter_letter_waits",
                    )
                ],
            },
        ),
        BehindTheWall("contests_reporterletter", {"reporter_id": "contests_reporter"}),
    ]
