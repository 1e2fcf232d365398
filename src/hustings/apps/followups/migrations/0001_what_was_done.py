"""What was done about follow-ups."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0006_how_fine_new_rounds_are"),
        ("outings", "0005_a_dial_and_poster_rounds"),
        ("people", "0008_came_to_help"),
        ("volunteers", "0001_came_to_help"),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUpStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("door_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("nth", models.PositiveSmallIntegerField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("taken", "taken"),
                            ("given", "given to somebody"),
                            ("due", "due on another day"),
                            ("note", "a note"),
                            ("done", "done"),
                            ("taken_back", "taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("owner", models.TextField(blank=True)),
                ("due", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                ("by_label", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "person",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "takes_back",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="followups.followupstep",
                    ),
                ),
                (
                    "turf",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outings.turf",
                    ),
                ),
                (
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "-at"], name="step_by_time")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "turf", "door_id", "person", "kind", "nth"),
                        name="one_step_at_a_time",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        fields=("campaign", "takes_back"), name="step_taken_back_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", "taken_back"), _negated=True),
                            ("takes_back__isnull", False),
                            _connector="OR",
                        ),
                        name="taking_back_names_a_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", "due"), _negated=True),
                            ("due__isnull", False),
                            _connector="OR",
                        ),
                        name="due_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("takes_back__isnull", True),
                            models.Q(("takes_back", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="no_step_takes_itself_back",
                    ),
                ],
            },
        ),
        BehindTheWall(
            "followups_followupstep",
            {
                "turf_id": "outings_turf",
                "person_id": "people_person",
                "volunteer_id": "volunteers_volunteer",
                "takes_back_id": "followups_followupstep",
            },
        ),
    ]
