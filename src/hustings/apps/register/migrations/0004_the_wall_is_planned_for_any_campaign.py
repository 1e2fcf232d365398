"""The wall round the tables of an import is planned for any campaign."""

from django.db import migrations

from hustings.apps.campaigns.walls import PlannedForAnyCampaign


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_the_campaign_is_checked_once_a_statement"),
    ]

    operations = [
        PlannedForAnyCampaign("register_registerentry"),
    ]
