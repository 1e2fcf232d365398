"""A dial for how fine a round keeps what is heard, and rounds of posters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outings", "0004_room_for_a_knock"),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="precision",
            field=models.CharField(
                choices=[
                    ("counts", "sums only: nothing about any door or person"),
                    ("household", "doors: nothing about who lives there"),
                    ("person", "people: who said what"),
                ],
                default="person",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="action",
            name="kind",
            field=models.CharField(
                choices=[
                    ("canvass", "canvass"),
                    ("leaflet", "leaflet round"),
                    ("poster", "poster round"),
                    ("turn_out", "polling day: turning people out"),
                ],
                default="canvass",
                max_length=8,
            ),
        ),
    ]
