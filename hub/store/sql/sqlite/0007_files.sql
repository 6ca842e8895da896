-- What a point announced by an entry of its journal: only such files are taken.
CREATE TABLE attachment (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    application TEXT NOT NULL,
    document TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    size INTEGER NOT NULL CHECK (size >= 1),
    media_type TEXT NOT NULL,
    taken_on TEXT NOT NULL,
    PRIMARY KEY (point, record_id)
) STRICT;

CREATE INDEX attachment_by_application ON attachment (point, application);
CREATE INDEX attachment_by_digest ON attachment (point, digest);

-- A file by its SHA-256: the first "held" of its bytes are here. "complete_at" once its hash was found right.
CREATE TABLE file (
    point TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    size INTEGER NOT NULL CHECK (size >= 1),
    held INTEGER NOT NULL CHECK (held BETWEEN 0 AND size),
    complete_at TEXT,
    PRIMARY KEY (point, digest)
) STRICT;

-- Its bytes as they came, one after the other from "start" 0.
CREATE TABLE piece (
    point TEXT NOT NULL,
    digest BLOB NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    data BLOB NOT NULL CHECK (length(data) >= 1),
    PRIMARY KEY (point, digest, start),
    FOREIGN KEY (point, digest) REFERENCES file (point, digest)
) STRICT;
