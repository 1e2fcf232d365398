"""Questions about a phone's answers, batches held back, rulings, and decisions taken back."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_who_may_decide"),
        ("campaigns", "0005_a_country_and_how_long_copies_are_kept"),
        ("canvass", "0006_events_are_written_by_the_hundred"),
        ("outings", "0003_several_knocks"),
        ("people", "0006_erasing_a_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_label", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("pace", "pace"),
                            ("contacts", "how often somebody answered"),
                            ("run", "the same answer in a row"),
                            ("minute", "many answers in one minute"),
                            ("clock", "the phone’s clock"),
                            ("other", "something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("figures", models.JSONField(default=dict)),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_label", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_label", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("written_down_by", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField()),
                ("upto", models.BigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_label", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="RulingTakenBack",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_label", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="SettlementTakenBack",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_label", models.TextField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="settlement",
            name="settled_once",
        ),
        migrations.AddField(
            model_name="settlement",
            name="nth",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="settlement",
            name="together",
            field=models.UUIDField(default=uuid.uuid4),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                fields=("campaign", "about", "subject_id", "nth"), name="settled_once_each"
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="device",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.device",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="turf",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outings.turf",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="device",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="accounts.device",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="turf",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="outings.turf",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="question",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="canvass.question",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="hold",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="releases",
                to="canvass.hold",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="question",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replies",
                to="canvass.question",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="person",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="turf",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="outings.turf",
            ),
        ),
        migrations.AddField(
            model_name="rulingtakenback",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="rulingtakenback",
            name="ruling",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taken_back",
                to="canvass.ruling",
            ),
        ),
        migrations.AddField(
            model_name="settlementtakenback",
            name="campaign",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="settlementtakenback",
            name="settlement",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taken_back",
                to="canvass.settlement",
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["campaign", "device", "turf"], name="question_by_phone"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["campaign", "device", "turf"], name="hold_by_phone"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("campaign", "hold"), name="released_once"),
        ),
        migrations.AddIndex(
            model_name="ruling",
            index=models.Index(fields=["campaign", "turf", "person"], name="ruling_by_person"),
        ),
        migrations.AddConstraint(
            model_name="rulingtakenback",
            constraint=models.UniqueConstraint(
                fields=("campaign", "ruling"), name="ruling_taken_back_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementtakenback",
            constraint=models.UniqueConstraint(
                fields=("campaign", "settlement"), name="settlement_taken_back_once"
            ),
        ),
        # The default was the same for every row that was there: each was a decision by itself.
        migrations.RunSQL(
            "UPDATE canvass_settlement SET together = gen_random_uuid()", migrations.RunSQL.noop
        ),
        BehindTheWall(
            "canvass_question", {"device_id": "accounts_device", "turf_id": "outings_turf"}
        ),
        BehindTheWall("canvass_reply", {"question_id": "canvass_question"}),
        BehindTheWall(
            "canvass_hold",
            {
                "question_id": "canvass_question",
                "device_id": "accounts_device",
                "turf_id": "outings_turf",
            },
        ),
        BehindTheWall("canvass_release", {"hold_id": "canvass_hold"}),
        BehindTheWall("canvass_ruling", {"turf_id": "outings_turf", "person_id": "people_person"}),
        BehindTheWall("canvass_rulingtakenback", {"ruling_id": "canvass_ruling"}),
        BehindTheWall("canvass_settlementtakenback", {"settlement_id": "canvass_settlement"}),
    ]
