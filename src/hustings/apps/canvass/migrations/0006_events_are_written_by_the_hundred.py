"""The campaign of events and sums is checked once a statement, and sums have room to change where they are."""

import django.db.models.deletion
from django.db import migrations, models

from hustings.apps.campaigns.walls import CampaignCheckedOnceAStatement, PlannedForAnyCampaign


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_the_campaign_is_checked_once_a_statement"),
        ("canvass", "0005_phones_that_were_away"),
    ]

    operations = [
        migrations.AlterField(
            model_name="canvassevent",
            name="campaign",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AlterField(
            model_name="doorstanding",
            name="campaign",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="campaign",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="campaign",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        CampaignCheckedOnceAStatement("canvass_canvassevent"),
        PlannedForAnyCampaign("canvass_canvassevent"),
        CampaignCheckedOnceAStatement("canvass_doorstanding"),
        PlannedForAnyCampaign("canvass_doorstanding"),
        CampaignCheckedOnceAStatement("canvass_visit"),
        PlannedForAnyCampaign("canvass_visit"),
        CampaignCheckedOnceAStatement("canvass_answer"),
        PlannedForAnyCampaign("canvass_answer"),
        migrations.RunSQL(
            "ALTER TABLE canvass_doorstanding SET (fillfactor = 75)",
            "ALTER TABLE canvass_doorstanding RESET (fillfactor)",
        ),
    ]
