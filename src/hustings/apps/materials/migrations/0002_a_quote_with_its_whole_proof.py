"""A quote may be printed with a code of its whole proof."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("materials", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="quote",
            name="whole_proof",
            field=models.BooleanField(default=False),
        ),
    ]
