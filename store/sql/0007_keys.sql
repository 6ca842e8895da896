-- A revision is there once in each stream, not once in all: what comes back after a restore, and what a hub that was
-- set back repeats, stands beside what was written here meanwhile.
CREATE TABLE journal_by_stream (
    id INTEGER PRIMARY KEY,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    record_id TEXT NOT NULL CHECK (length(record_id) = 36),
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    form_version INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    body BLOB NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (producer, epoch, seq),
    UNIQUE (record_id, revision, producer, epoch)
) STRICT;

INSERT INTO journal_by_stream SELECT * FROM journal;

DROP TABLE journal;

ALTER TABLE journal_by_stream RENAME TO journal;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- 1 until the hub has been asked for what it holds of our earlier streams and this file does not.
ALTER TABLE epoch ADD COLUMN behind INTEGER NOT NULL DEFAULT 0 CHECK (behind IN (0, 1));

-- 1 where the message asked for that too.
ALTER TABLE bundled ADD COLUMN asks INTEGER NOT NULL DEFAULT 0 CHECK (asks IN (0, 1));
