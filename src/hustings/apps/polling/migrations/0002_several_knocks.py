"""When the doors of a walk were begun anew."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_a_split_street_is_dearer_than_a_corner"),
        ("polling", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Knock",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("turf_id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("after", models.BigIntegerField()),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("begun_by", models.TextField()),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "turf_id", "number"), name="one_knock_a_number"
                    )
                ],
            },
        ),
        BehindTheWall("polling_knock"),
    ]
