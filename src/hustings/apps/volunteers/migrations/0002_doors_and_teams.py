"""The join page, forms that came, invitations, letters, help from abroad; teams and who leads them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_how_fine_new_rounds_are"),
        ("contributions", "0002_gifts_and_what_others_spend"),
        ("volunteers", "0001_came_to_help"),
    ]

    operations = [
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("area", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField()),
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
            options={"indexes": [models.Index(fields=["campaign", "name"], name="team_by_name")]},
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("organiser_id", models.BigIntegerField(null=True)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("given_by", models.TextField()),
                ("until", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.TextField(blank=True)),
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
                    "lead",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="charges",
                        to="volunteers.volunteer",
                    ),
                ),
                (
                    "team",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="charges",
                        to="volunteers.team",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "lead"], name="charge_by_lead")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("campaign", "team"),
                        name="one_open_charge_a_team",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamPlace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("put_by", models.TextField()),
                ("until", models.DateTimeField(null=True)),
                ("taken_by", models.TextField(blank=True)),
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
                    "team",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="volunteers.team",
                    ),
                ),
                (
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "volunteer"], name="place_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("campaign", "team", "volunteer"),
                        name="one_open_place_in_a_team",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Abroad",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
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
                    "help",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contributions.help",
                    ),
                ),
                (
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="abroad",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "volunteer"), name="one_help_a_volunteer"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invite",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=16)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invites",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "code"), name="one_volunteer_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinForm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("form_id", models.UUIDField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="forms",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "form_id"), name="one_volunteer_a_form"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinPage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sites", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("opened_by", models.TextField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.TextField(blank=True)),
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
                        condition=models.Q(("closed_at", None)),
                        fields=("campaign",),
                        name="one_open_join_page",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joined", "thanks, with the link to their own page"),
                            ("link", "the link to their own page, once more"),
                            ("welcome", "welcome, with the next session near them"),
                            ("rung", "welcomed by telephone"),
                        ],
                        max_length=7,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_by", models.TextField()),
                ("mailed_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
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
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_up_at", None), ("mailed_at", None)),
                        fields=["campaign", "asked_at"],
                        name="letter_that_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ("welcome", "rung"))),
                        fields=("campaign", "volunteer"),
                        name="welcomed_once",
                    )
                ],
            },
        ),
        BehindTheWall("volunteers_joinpage"),
        BehindTheWall("volunteers_joinform", {"volunteer_id": "volunteers_volunteer"}),
        BehindTheWall("volunteers_invite", {"volunteer_id": "volunteers_volunteer"}),
        BehindTheWall(
            "volunteers_abroad",
            {"volunteer_id": "volunteers_volunteer", "help_id": "contributions_help"},
        ),
        BehindTheWall("volunteers_letter", {"volunteer_id": "volunteers_volunteer"}),
        BehindTheWall("volunteers_team"),
        BehindTheWall(
            "volunteers_teamplace",
            {"team_id": "volunteers_team", "volunteer_id": "volunteers_volunteer"},
        ),
        BehindTheWall(
            "volunteers_charge",
            {"team_id": "volunteers_team", "lead_id": "volunteers_volunteer"},
        ),
    ]
