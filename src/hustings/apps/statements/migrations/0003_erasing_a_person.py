"""
What erasing a person takes out of records that stay inside the campaign, and out of what was refused.

Drafts, hopes and what was merely told change nothing that may be said, and stand in no log: where they name somebody
who is erased, the row goes. Whatever is in a log, came from others or decides what may be announced stays.
"""

from django.db import migrations

from hustings.apps.campaigns.walls import DoneByTheOwner, NamesMayBeTakenOut

FROM_RECORDS = """(the_person bigint, records bigint[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    here uuid := erasing_now(the_person);
    going bigint[];
    gone bigint;
    pointing record;
BEGIN
    SELECT coalesce(array_agg(r.id), '{}') INTO going
    FROM statements_record r
    WHERE r.campaign_id = here AND r.id = ANY (records)
        AND (r.kind IN ('draft', 'expectation') OR (
            r.kind = 'report'
            AND convert_from(r.content, 'UTF8')::jsonb ->> 'evidence' = 'told'))
        AND NOT EXISTS (
            SELECT FROM statements_entry e WHERE e.campaign_id = here AND e.record_id = r.id)
        AND NOT EXISTS (
            SELECT FROM statements_arrival a WHERE a.campaign_id = here AND a.record_id = r.id);
    -- Whatever room tied something to a word that goes: the tie goes with it, and no room has to be named here.
    FOR pointing IN
        SELECT c.conrelid::regclass AS room, a.attname AS part
        FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
        WHERE c.contype = 'f' AND c.confrelid = 'statements_record'::regclass
            AND array_length(c.conkey, 1) = 2
    LOOP
        EXECUTE 'DELETE FROM ' || pointing.room || ' t WHERE t.campaign_id = $1 AND t.'
            || quote_ident(pointing.part) || ' = ANY ($2)' USING here, going;
    END LOOP;
    DELETE FROM statements_record r WHERE r.campaign_id = here AND r.id = ANY (going);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0002_embedding_and_rapid_response"),
    ]

    operations = [
        DoneByTheOwner("erase_from_records", "bigint, bigint[]", FROM_RECORDS),
        NamesMayBeTakenOut("statements_refusal", ["text"]),
    ]
