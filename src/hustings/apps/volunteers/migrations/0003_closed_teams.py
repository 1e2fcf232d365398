"""A team can be closed, and opened again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0002_doors_and_teams")]

    operations = [
        migrations.AddField("team", "closed_at", models.DateTimeField(null=True)),
        migrations.AddField("team", "closed_by", models.TextField(blank=True)),
    ]
