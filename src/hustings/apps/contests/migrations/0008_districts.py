"""A primary’s delegates by district, at large and of party leaders; and the district that a unit lies in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contests", "0007_taken_away"),
    ]

    operations = [
        migrations.AddField(
            model_name="contest",
            name="pools",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="unit",
            name="district",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
