-- Who we are and whom we send to; one row once the point is enrolled.
CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    point TEXT NOT NULL CHECK (length(point) BETWEEN 2 AND 6),
    stamp BLOB NOT NULL,
    hub TEXT NOT NULL,
    hub_url TEXT NOT NULL,
    hub_key BLOB NOT NULL CHECK (length(hub_key) = 32),
    enrolled_at TEXT NOT NULL
) STRICT;

-- One incarnation of a producer: new at every installation and every restore.
CREATE TABLE epoch (
    ordinal INTEGER PRIMARY KEY,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    started_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('installed', 'restored')),
    UNIQUE (producer, epoch)
) STRICT;

CREATE TABLE journal (
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
    UNIQUE (record_id, revision)
) STRICT;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- How far a stream was offered and how far the hub has signed for it.
CREATE TABLE mark (
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    acked INTEGER NOT NULL DEFAULT 0,
    acked_hash BLOB,
    hub_time TEXT,
    proof BLOB,
    frozen INTEGER NOT NULL DEFAULT 0 CHECK (frozen IN (0, 1)),
    PRIMARY KEY (producer, epoch)
) STRICT;

-- The last word on the link: what the hub answered and when, never a guess.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    tried_at TEXT,
    answered_at TEXT,
    problem TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO contact (id) VALUES (1);
