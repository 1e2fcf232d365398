"""Lots that came with reports which nobody vouches for."""

import django.db.models.deletion
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_branches_and_retired_levels"),
        ("contests", "0003_tray_reporter"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrayLot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField()),
                ("step", models.TextField()),
                ("among", models.JSONField(default=list)),
                ("chosen", models.JSONField(default=list)),
                ("record", models.JSONField(default=dict)),
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
                        to="contests.lot",
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
                    "tray",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="came_with",
                        to="contests.trayreport",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["campaign", "tray"],
                        name="tray_lot_that_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "event_id"), name="one_tray_lot_an_event"
                    )
                ],
            },
        ),
        BehindTheWall(
            "contests_traylot", {"tray_id": "contests_trayreport", "became_id": "contests_lot"}
        ),
    ]
