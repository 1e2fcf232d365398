"""The wall round the tables of an import is planned for any campaign."""

from django.db import migrations

from hustings.apps.campaigns.walls import PlannedForAnyCampaign


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_the_campaign_is_checked_once_a_statement"),
    ]

    operations = [
        PlannedForAnyCampaign("people_household"),
        PlannedForAnyCampaign("people_person"),
    ]
