-- Every version of the code lists and calendars that points hold; the area is a prefecture, or empty for all.
CREATE TABLE handout (
    kind TEXT NOT NULL CHECK (kind IN ('codes', 'calendar')),
    name TEXT NOT NULL,
    area TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    record_id TEXT NOT NULL,
    body BYTEA NOT NULL,
    loaded_at TEXT NOT NULL,
    PRIMARY KEY (kind, name, area, version)
);

-- The buyers we know, for each prefecture whose points hold them.
CREATE TABLE buyer (
    district TEXT NOT NULL CHECK (length(district) = 6),
    credit_code TEXT NOT NULL CHECK (length(credit_code) = 18),
    body BYTEA NOT NULL,
    PRIMARY KEY (district, credit_code)
);

-- How often the list of a district has changed.
CREATE TABLE buyer_list (
    district TEXT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version >= 1)
);

-- What points were told to do; the result is the point's own word.
CREATE TABLE command (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
    ordered_by TEXT NOT NULL,
    result TEXT,
    carried_out_at TEXT,
    PRIMARY KEY (point, record_id)
);

-- The one change the journal knows: body and salt go for ever, and all the rest of the entry stays as it is.
DROP TRIGGER entry_is_never_changed ON entry;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
FOR EACH ROW WHEN (NOT (
    new.body = ''::bytea AND new.salt = decode(repeat('00', 16), 'hex')
    AND (new.point, new.producer, new.epoch, new.seq, new.position, new.recorded_at, new.record_id, new.kind,
         new.revision, new.form_version, new.made_at, new.made_by, new.body_hash, new.prev_hash, new.hash)
        IS NOT DISTINCT FROM
        (old.point, old.producer, old.epoch, old.seq, old.position, old.recorded_at, old.record_id, old.kind,
         old.revision, old.form_version, old.made_at, old.made_by, old.body_hash, old.prev_hash, old.hash)
)) EXECUTE FUNCTION refuse_to_change_the_journal();
