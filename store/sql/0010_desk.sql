-- Each bundle that was written to a stick or made ready to be fetched by a browser, until the hub has signed for it.
-- "last_seq" 0 only asks for news; "fetched_at" is when a browser last asked for the file.
CREATE TABLE bundle_file (
    name TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('stick', 'download')),
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    fetched_at TEXT,
    PRIMARY KEY (name, way)
) STRICT, WITHOUT ROWID;

-- How many bytes of entries, before compression, a message had last time when the line carried it well.
CREATE TABLE line (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    bytes INTEGER NOT NULL CHECK (bytes > 0)
) STRICT;

-- When the background thread means to try again.
ALTER TABLE contact ADD COLUMN next_at TEXT;
