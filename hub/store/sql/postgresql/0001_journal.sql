CREATE TABLE point (
    code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 2 AND 6),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'cooperative', 'chamber')),
    county TEXT NOT NULL CHECK (length(county) = 6),
    licensed BIGINT NOT NULL CHECK (licensed IN (0, 1)),
    licence TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
    enrolled_at TEXT NOT NULL
);

CREATE TABLE point_key (
    point TEXT NOT NULL REFERENCES point (code),
    key_id TEXT NOT NULL CHECK (length(key_id) = 16),
    public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
    state TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
    added_at TEXT NOT NULL,
    PRIMARY KEY (point, key_id)
);

-- The head of each incarnation of each producer: what a point writes, and "hub/<point>", what we write for it.
CREATE TABLE stream (
    point TEXT NOT NULL REFERENCES point (code),
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal >= 1),
    seq BIGINT NOT NULL CHECK (seq >= 0),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    opened_at TEXT NOT NULL,
    frozen_seq BIGINT,
    frozen_at TEXT,
    PRIMARY KEY (point, producer, epoch),
    UNIQUE (point, producer, ordinal)
);

CREATE FUNCTION refuse_to_change_the_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only';
END
$$;

-- "position" counts all entries of a point, both directions, in the order in which we committed them.
CREATE TABLE entry (
    point TEXT NOT NULL,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq BIGINT NOT NULL CHECK (seq >= 1),
    position BIGINT NOT NULL CHECK (position >= 1),
    recorded_at TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    revision BIGINT NOT NULL CHECK (revision >= 1),
    form_version BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    body BYTEA NOT NULL,
    salt BYTEA NOT NULL CHECK (length(salt) = 16),
    body_hash BYTEA NOT NULL CHECK (length(body_hash) = 32),
    prev_hash BYTEA NOT NULL CHECK (length(prev_hash) = 32),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (point, producer, epoch, seq),
    UNIQUE (point, position),
    FOREIGN KEY (point, producer, epoch) REFERENCES stream (point, producer, epoch)
) PARTITION BY HASH (point);

DO $$
BEGIN
    FOR part IN 0..7 LOOP
        EXECUTE format('CREATE TABLE entry_%s PARTITION OF entry FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
        EXECUTE format('CREATE TRIGGER entry_is_never_emptied BEFORE TRUNCATE ON entry_%s '
                       'FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal()', part);
    END LOOP;
END
$$;

CREATE INDEX entry_by_record ON entry (point, record_id, revision);

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_journal();

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_journal();

CREATE TRIGGER entry_is_never_emptied BEFORE TRUNCATE ON entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();

-- Every product version this hub ever handed out. The record id is the same for all versions of one product.
CREATE TABLE product (
    id TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    record_id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    body BYTEA NOT NULL,
    loaded_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
);
