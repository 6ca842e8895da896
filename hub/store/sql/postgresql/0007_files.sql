-- What a point announced by an entry of its journal: only such files are taken.
CREATE TABLE attachment (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    application TEXT NOT NULL,
    document TEXT NOT NULL,
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    size BIGINT NOT NULL CHECK (size >= 1),
    media_type TEXT NOT NULL,
    taken_on TEXT NOT NULL,
    PRIMARY KEY (point, record_id)
);

CREATE INDEX attachment_by_application ON attachment (point, application);
CREATE INDEX attachment_by_digest ON attachment (point, digest);

-- A file by its SHA-256: the first "held" of its bytes are here. "complete_at" once its hash was found right.
CREATE TABLE file (
    point TEXT NOT NULL,
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    size BIGINT NOT NULL CHECK (size >= 1),
    held BIGINT NOT NULL CHECK (held BETWEEN 0 AND size),
    complete_at TEXT,
    PRIMARY KEY (point, digest)
);

-- Its bytes as they came, one after the other from "start" 0.
CREATE TABLE piece (
    point TEXT NOT NULL,
    digest BYTEA NOT NULL,
    start BIGINT NOT NULL CHECK (start >= 0),
    data BYTEA NOT NULL CHECK (length(data) >= 1),
    PRIMARY KEY (point, digest, start),
    FOREIGN KEY (point, digest) REFERENCES file (point, digest)
) PARTITION BY HASH (point);

DO $$
BEGIN
    FOR part IN 0..7 LOOP
        EXECUTE format('CREATE TABLE piece_%s PARTITION OF piece FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
    END LOOP;
END
$$;

-- Pictures are compressed already.
ALTER TABLE piece ALTER COLUMN data SET STORAGE EXTERNAL;
