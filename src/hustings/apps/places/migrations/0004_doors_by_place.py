"""Doors are found by where they are: a box round a place is a range of an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_how_fine_new_rounds_are"),
        ("places", "0003_the_wall_is_planned_for_any_campaign"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="door",
            index=models.Index(fields=["campaign", "lat", "lon"], name="door_by_place"),
        ),
    ]
