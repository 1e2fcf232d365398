"""A place in a walk points at a door of the same campaign."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outings", "0001_initial"), ("places", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE outings_turfdoor ADD CONSTRAINT outings_turfdoor_door_id_same_campaign "
            "FOREIGN KEY (campaign_id, door_id) REFERENCES places_door "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE outings_turfdoor DROP CONSTRAINT outings_turfdoor_door_id_same_campaign",
        )
    ]
