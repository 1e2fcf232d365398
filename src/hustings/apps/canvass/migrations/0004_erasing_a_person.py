"""What stays of an event when somebody is erased, and the functions that empty it."""

import django.db.models.deletion
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import DoneByTheOwner

OF_ONE_ALONE = """(the_person bigint) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    here uuid := erasing_now(the_person);
BEGIN
    RETURN coalesce((
        SELECT array_agg(DISTINCT d.id)
        FROM people_person p
        JOIN people_household h ON h.campaign_id = p.campaign_id AND h.id = p.household_id
        JOIN places_door d ON d.campaign_id = h.campaign_id
            AND (d.id = h.door_id OR d.address_key = h.address_key)
        WHERE p.campaign_id = here AND p.id = the_person
            AND NOT EXISTS (
                SELECT FROM people_person o WHERE o.campaign_id = here
                AND o.household_id = h.id AND o.id <> the_person)
            AND NOT EXISTS (
                SELECT FROM canvass_personmet m WHERE m.campaign_id = here
                AND m.door_id = d.id AND m.person_id <> the_person)
    ), '{}');
END $$
"""
"""The doors behind which we know of nobody but this person: what was said there was said by them."""

WHAT_WAS_HEARD = """(
    the_person bigint, OUT events bigint, OUT late bigint, OUT clashes bigint
) LANGUAGE plpgsql AS $$
DECLARE
    here uuid := erasing_now(the_person);
    alone bigint[] := doors_of_one_alone(the_person);
    met text[];
    called text;
    home bigint[];
BEGIN
    SELECT coalesce(array_agg(m.id::text), '{}'), coalesce(array_agg(m.door_id), '{}') INTO met, home
    FROM canvass_personmet m WHERE m.campaign_id = here AND m.person_id = the_person;
    SELECT lower(btrim(concat_ws(' ', nullif(p.forename, ''), nullif(p.surname, '')))) INTO called
    FROM people_person p WHERE p.campaign_id = here AND p.id = the_person;
    SELECT home || coalesce(array_agg(d.id), '{}') INTO home
    FROM people_person p
    JOIN people_household h ON h.campaign_id = p.campaign_id AND h.id = p.household_id
    JOIN places_door d ON d.campaign_id = h.campaign_id
        AND (d.id = h.door_id OR d.address_key = h.address_key)
    WHERE p.campaign_id = here AND p.id = the_person;

    DELETE FROM canvass_eventclash k WHERE k.campaign_id = here AND (
        k.content->>'person' = the_person::text OR k.content->>'met' = ANY (met)
        OR EXISTS (
            SELECT FROM canvass_canvassevent e WHERE e.campaign_id = here AND e.id = k.event_id
            AND (e.person_id = the_person OR e.person_id IS NULL AND e.door_id = ANY (alone))));
    GET DIAGNOSTICS clashes = ROW_COUNT;

    DELETE FROM canvass_latereport l WHERE l.campaign_id = here AND (
        l.content->>'person' = the_person::text OR l.content->>'met' = ANY (met)
        OR l.door_id = ANY (alone) AND l.content->>'person' IS NULL AND NOT l.content ? 'somebody'
        OR l.door_id = ANY (home) AND called <> '' AND called = lower(btrim(concat_ws(' ',
            nullif(btrim(l.content->'somebody'->>'forename'), ''),
            nullif(btrim(l.content->'somebody'->>'surname'), '')))));
    GET DIAGNOSTICS late = ROW_COUNT;

    -- A knock stays a knock, and somebody spoken to stays that; who it was and what they said is gone.
    -- The digest goes too: an answer is one of few, and could be found again by trying them.
    UPDATE canvass_canvassevent e SET
        person_id = NULL, support = '', strength = NULL, language = '', come_back_at = NULL,
        digest = '',
        kind = CASE WHEN e.kind IN ('no_answer', 'no_access', 'undo') THEN e.kind ELSE 'spoken_to' END
    WHERE e.campaign_id = here
        AND (e.person_id = the_person OR e.person_id IS NULL AND e.door_id = ANY (alone));
    GET DIAGNOSTICS events = ROW_COUNT;
END $$
"""

FROM_SETTLEMENTS = """(the_person bigint, labels text[], nobody text)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    here uuid := erasing_now(the_person);
    emptied bigint;
BEGIN
    UPDATE canvass_settlement s SET by_label = nobody
    WHERE s.campaign_id = here AND s.by_label = ANY (labels);
    GET DIAGNOSTICS emptied = ROW_COUNT;
    RETURN emptied;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("canvass", "0003_late_reports_wait"),
        ("people", "0006_erasing_a_person"),
    ]

    operations = [
        migrations.AlterField(
            model_name="canvassevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("no_answer", "No answer"),
                    ("no_access", "Could not get to the door"),
                    ("answered", "Answered"),
                    ("refused", "Refused"),
                    ("moved", "Moved"),
                    ("deceased", "Deceased"),
                    ("do_not_contact", "Do not contact"),
                    ("hostile", "Hostile"),
                    ("language", "Speaks another language"),
                    ("come_back", "Come back"),
                    ("undo", "Undone"),
                    ("spoken_to", "Somebody was spoken to"),
                ],
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="personmet",
            name="person",
            field=hustings.apps.campaigns.rows.CampaignForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
            ),
        ),
        DoneByTheOwner("doors_of_one_alone", "bigint", OF_ONE_ALONE),
        DoneByTheOwner("erase_what_was_heard", "bigint", WHAT_WAS_HEARD),
        DoneByTheOwner("erase_from_settlements", "bigint, text[], text", FROM_SETTLEMENTS),
    ]
