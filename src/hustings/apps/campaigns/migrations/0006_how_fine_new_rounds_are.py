"""How fine new rounds keep what is heard."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0005_a_country_and_how_long_copies_are_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
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
    ]
