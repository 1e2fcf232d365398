"""People may have come to help."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_standings_are_written_by_the_hundred"),
    ]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="origin",
            field=models.CharField(
                choices=[
                    ("register", "the register"),
                    ("door", "a door"),
                    ("contacts", "a contacts file"),
                    ("joined", "came to help"),
                ],
                default="register",
                max_length=8,
            ),
        ),
    ]
