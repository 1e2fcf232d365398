"""Whose link a report in the tray came by, so that nobody matches what they said themselves."""

import django.db.models.deletion
from django.db import migrations

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import PointsWithinTheCampaign


class Migration(migrations.Migration):
    dependencies = [
        ("contests", "0002_polls"),
    ]

    operations = [
        migrations.AddField(
            model_name="trayreport",
            name="reporter",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="contests.reporter",
            ),
        ),
        PointsWithinTheCampaign("contests_trayreport", "reporter_id", "contests_reporter"),
    ]
