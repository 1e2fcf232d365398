"""The wall round the tables of an import is planned for any campaign."""

from django.db import migrations

from hustings.apps.campaigns.walls import PlannedForAnyCampaign


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_the_campaign_is_checked_once_a_statement"),
    ]

    operations = [
        PlannedForAnyCampaign("places_building"),
        PlannedForAnyCampaign("places_door"),
    ]
