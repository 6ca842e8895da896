-- The newest version of each code list the insurer gave, and its words.
CREATE TABLE code_list (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    journal INTEGER NOT NULL
) STRICT;

CREATE TABLE code (
    list TEXT NOT NULL REFERENCES code_list (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    code TEXT NOT NULL,
    zh TEXT NOT NULL,
    bo TEXT NOT NULL,
    PRIMARY KEY (list, place)
) STRICT, WITHOUT ROWID;

-- Which days are off and which weekends are worked; the area is a prefecture, or empty for all.
CREATE TABLE calendar (
    year INTEGER NOT NULL,
    area TEXT NOT NULL,
    version INTEGER NOT NULL,
    journal INTEGER NOT NULL,
    PRIMARY KEY (year, area)
) STRICT, WITHOUT ROWID;

-- The buyers the insurer knows in this district, each as it was sent, and whether they add up to its list.
CREATE TABLE known_buyer (
    credit_code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE buyer_list (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    whole INTEGER NOT NULL CHECK (whole IN (0, 1))
) STRICT;

-- What the insurer ordered, and what came of it; NULL until it was carried out.
CREATE TABLE command (
    record_id TEXT PRIMARY KEY,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    journal INTEGER NOT NULL,
    result TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX command_open ON command (journal) WHERE result IS NULL;
CREATE INDEX command_by_verb ON command (verb, journal);

-- Each time the hub signed: up to where, and when by its clock, so that every record knows when it was first confirmed.
CREATE TABLE acknowledged (
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hub_time TEXT NOT NULL,
    PRIMARY KEY (producer, epoch, seq)
) STRICT, WITHOUT ROWID;

INSERT INTO acknowledged (producer, epoch, seq, hub_time)
SELECT producer, epoch, acked, hub_time FROM mark WHERE hub_time IS NOT NULL AND acked > 0;

-- The one change the journal knows: body and salt go for ever, and all the rest of the entry stays as it is.
DROP TRIGGER journal_is_never_changed;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
WHEN NOT (
    new.body = x'' AND new.salt = zeroblob(16)
    AND (new.id, new.producer, new.epoch, new.seq, new.record_id, new.kind, new.revision, new.form_version,
         new.made_at, new.made_by, new.body_hash, new.prev_hash, new.hash)
     IS (old.id, old.producer, old.epoch, old.seq, old.record_id, old.kind, old.revision, old.form_version,
         old.made_at, old.made_by, old.body_hash, old.prev_hash, old.hash)
)
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- Our answers to commands, for a command that a restored backup gets after its own answer to it.
CREATE INDEX journal_carried_out ON journal (id) WHERE kind = 'carried_out';
