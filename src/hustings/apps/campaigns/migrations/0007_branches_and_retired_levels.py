"""The branches of the script, levels that are not asked for any more, and whether opposition is stored."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_how_fine_new_rounds_are"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="script_steps",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="campaign",
            name="retired_choices",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="campaign",
            name="stores_opposition",
            field=models.BooleanField(default=True),
        ),
    ]
