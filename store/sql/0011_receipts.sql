-- What the point signed for an application that came from a phone: the same answer however often it is sent.
CREATE TABLE receipt (
    record_id TEXT PRIMARY KEY,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    signed BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    received_at TEXT NOT NULL
) STRICT;
