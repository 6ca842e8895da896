-- Up to where a bundle was written to a stick and read back from it. Nothing is acknowledged by that.
ALTER TABLE mark ADD COLUMN carried INTEGER NOT NULL DEFAULT 0;

-- What each message on a stick offered, known by its nonce, so that its answer is known when it comes back.
-- "acked" is the mark at that time; to_seq 0 is a message that only asks.
CREATE TABLE bundled (
    nonce TEXT PRIMARY KEY,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL,
    acked INTEGER NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
