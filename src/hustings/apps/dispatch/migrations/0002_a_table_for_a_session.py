import django.db.models.deletion
from django.db import migrations

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import PointsWithinTheCampaign


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0001_tables_and_arrivals"),
        ("shifts", "0001_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="table",
            name="session",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="shifts.session",
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="sign_up",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="shifts.signup",
            ),
        ),
        PointsWithinTheCampaign("dispatch_table", "session_id", "shifts_session"),
        PointsWithinTheCampaign("dispatch_arrival", "sign_up_id", "shifts_signup"),
    ]
