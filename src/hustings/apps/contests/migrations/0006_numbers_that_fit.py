"""One more end of an audit: the numbers fit together now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contests", "0005_reporter_letters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("taken", "taken"),
                    ("verified", "verified by the sheet"),
                    ("settled", "settled"),
                    ("agreed", "the sources agree now"),
                    ("fits", "the numbers fit together now"),
                    ("reopened", "opened again"),
                ],
                max_length=8,
            ),
        ),
    ]
