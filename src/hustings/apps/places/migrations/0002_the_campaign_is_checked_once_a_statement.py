"""The campaign of new rows is checked once a statement, not once a row."""

import django.db.models.deletion
from django.db import migrations, models

from hustings.apps.campaigns.walls import CampaignCheckedOnceAStatement


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_the_campaign_is_checked_once_a_statement"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="building",
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
            model_name="door",
            name="campaign",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        CampaignCheckedOnceAStatement("places_building"),
        CampaignCheckedOnceAStatement("places_door"),
    ]
