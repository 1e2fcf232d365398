"""The campaign of standings is checked once a statement, and they have room to change where they are."""

import django.db.models.deletion
from django.db import migrations, models

from hustings.apps.campaigns.walls import CampaignCheckedOnceAStatement, PlannedForAnyCampaign


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_the_campaign_is_checked_once_a_statement"),
        ("people", "0006_erasing_a_person"),
    ]

    operations = [
        migrations.AlterField(
            model_name="personstanding",
            name="campaign",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        CampaignCheckedOnceAStatement("people_personstanding"),
        PlannedForAnyCampaign("people_personstanding"),
        migrations.RunSQL(
            "ALTER TABLE people_personstanding SET (fillfactor = 75)",
            "ALTER TABLE people_personstanding RESET (fillfactor)",
        ),
    ]
