"""A press officer, and who speaks for the candidate."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_limits_are_shared"),
        ("campaigns", "0003_the_campaign_is_checked_once_a_statement"),
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
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="SpeakingRight",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("member_id", models.BigIntegerField()),
                ("holder", models.TextField()),
                ("given_by", models.TextField()),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                "indexes": [
                    models.Index(fields=["campaign", "member_id"], name="speaking_by_member")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("campaign", "member_id"),
                        name="one_open_right_to_speak_each",
                    )
                ],
            },
        ),
        BehindTheWall("accounts_speakingright"),
    ]
