"""Which doors a file made, so that undo can take them away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="doors_first",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="doors_last",
            field=models.BigIntegerField(default=0),
        ),
    ]
