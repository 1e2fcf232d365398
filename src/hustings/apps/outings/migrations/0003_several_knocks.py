"""A kind of action for polling day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outings", "0002_a_turf_door_is_a_door"),
    ]

    operations = [
        migrations.AlterField(
            model_name="action",
            name="kind",
            field=models.CharField(
                choices=[
                    ("canvass", "canvass"),
                    ("leaflet", "leaflet round"),
                    ("turn_out", "polling day: turning people out"),
                ],
                default="canvass",
                max_length=8,
            ),
        ),
    ]
