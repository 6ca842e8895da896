CREATE TABLE point (
    code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 2 AND 6),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'cooperative', 'chamber')),
    county TEXT NOT NULL CHECK (length(county) = 6),
    licensed INTEGER NOT NULL CHECK (licensed IN (0, 1)),
    licence TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
    enrolled_at TEXT NOT NULL
) STRICT;

CREATE TABLE point_key (
    point TEXT NOT NULL REFERENCES point (code),
    key_id TEXT NOT NULL CHECK (length(key_id) = 16),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    state TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
    added_at TEXT NOT NULL,
    PRIMARY KEY (point, key_id)
) STRICT;

-- The head of each incarnation of each producer: what a point writes, and "hub/<point>", what we write for it.
CREATE TABLE stream (
    point TEXT NOT NULL REFERENCES point (code),
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    opened_at TEXT NOT NULL,
    frozen_seq INTEGER,
    frozen_at TEXT,
    PRIMARY KEY (point, producer, epoch),
    UNIQUE (point, producer, ordinal)
) STRICT;

-- "position" counts all entries of a point, both directions, in the order in which we committed them.
CREATE TABLE entry (
    point TEXT NOT NULL,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    position INTEGER NOT NULL CHECK (position >= 1),
    recorded_at TEXT NOT NULL,
    record_id TEXT NOT NULL,
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
    PRIMARY KEY (point, producer, epoch, seq),
    UNIQUE (point, position),
    FOREIGN KEY (point, producer, epoch) REFERENCES stream (point, producer, epoch)
) STRICT;

CREATE INDEX entry_by_record ON entry (point, record_id, revision);

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- Every product version this hub ever handed out. The record id is the same for all versions of one product.
CREATE TABLE product (
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    record_id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    body BLOB NOT NULL,
    loaded_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
