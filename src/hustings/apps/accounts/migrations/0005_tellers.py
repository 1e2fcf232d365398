"""A role for whoever stands at a polling station and takes numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_a_name_in_each_campaign"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("organiser", "Organiser"),
                    ("canvasser", "Canvasser"),
                    ("observer", "Observer"),
                    ("press", "Press officer"),
                    ("teller", "Teller"),
                ],
                max_length=12,
            ),
        ),
    ]
