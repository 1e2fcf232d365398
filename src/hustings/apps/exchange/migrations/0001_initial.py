"""Addresses of peers, what passed between us, what their logs hold, and evidence."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0004_a_split_street_is_dearer_than_a_corner"),
        ("statements", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeerAddress",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("address", models.TextField(blank=True)),
                ("entered_by", models.TextField()),
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
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="statements.party",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("sentence", models.TextField()),
                ("seen", models.TextField()),
                ("shown", models.TextField()),
                ("proof", models.TextField(blank=True)),
                ("fingerprint", models.CharField(max_length=64)),
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
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alarms",
                        to="statements.party",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "fingerprint"), name="one_alarm_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("way", models.CharField(max_length=10)),
                ("good", models.BooleanField()),
                ("sentence", models.TextField(blank=True)),
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
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="statements.party",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "party", "-id"], name="contact_newest_first")
                ],
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.TextField()),
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
                    "head",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cosignatures",
                        to="statements.head",
                    ),
                ),
                (
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cosignatures",
                        to="statements.party",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "head", "party", "line"), name="one_cosignature_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=10)),
                ("sentence", models.TextField(blank=True)),
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
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="statements.party",
                    ),
                ),
                (
                    "record",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="statements.record",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "party", "record"], name="delivery_by_record")
                ],
            },
        ),
        migrations.CreateModel(
            name="PeerEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.BigIntegerField()),
                ("leaf", models.BinaryField()),
                ("content", models.BinaryField(null=True)),
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
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entries",
                        to="statements.party",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "party", "place"), name="one_peer_entry_a_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PeerHead",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("note", models.TextField()),
                ("shown_at", models.DateTimeField()),
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
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_heads",
                        to="statements.party",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "party", "-size"], name="peer_head_by_size")
                ],
            },
        ),
        migrations.CreateModel(
            name="SeenNonce",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("node", models.TextField()),
                ("nonce", models.CharField(max_length=128)),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "node", "nonce"), name="one_use_a_nonce"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=64)),
                ("sentence", models.TextField(blank=True)),
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
                    "party",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to="statements.party",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "party", "name", "sentence"), name="one_outcome_each"
                    )
                ],
            },
        ),
        BehindTheWall("exchange_peeraddress", {"party_id": "statements_party"}),
        BehindTheWall("exchange_seennonce"),
        BehindTheWall("exchange_peerentry", {"party_id": "statements_party"}),
        BehindTheWall("exchange_peerhead", {"party_id": "statements_party"}, append_only=True),
        BehindTheWall(
            "exchange_cosignature",
            {"party_id": "statements_party", "head_id": "statements_head"},
            append_only=True,
        ),
        BehindTheWall(
            "exchange_delivery",
            {"party_id": "statements_party", "record_id": "statements_record"},
            append_only=True,
        ),
        BehindTheWall("exchange_taken", {"party_id": "statements_party"}, append_only=True),
        BehindTheWall("exchange_contact", {"party_id": "statements_party"}, append_only=True),
        BehindTheWall("exchange_alarm", {"party_id": "statements_party"}, append_only=True),
    ]
