-- active: signs; next: announced by the active one, whose place it takes with its first message;
-- replaced: late messages of it are taken up to "until", the heads it announced; revoked: taken from somebody.
CREATE TABLE point_key_by_state (
    point TEXT NOT NULL REFERENCES point (code),
    key_id TEXT NOT NULL CHECK (length(key_id) = 16),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    state TEXT NOT NULL CHECK (state IN ('active', 'next', 'replaced', 'revoked')),
    added_at TEXT NOT NULL,
    until TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (point, key_id)
) STRICT;

INSERT INTO point_key_by_state (point, key_id, public_key, state, added_at)
SELECT point, key_id, public_key, state, added_at FROM point_key;

DROP TABLE point_key;

ALTER TABLE point_key_by_state RENAME TO point_key;

-- One for each point, the newest; its key signs one message. The private half is on paper only.
CREATE TABLE invitation (
    point TEXT PRIMARY KEY CHECK (length(point) BETWEEN 2 AND 6),
    key_id TEXT NOT NULL CHECK (length(key_id) = 16),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    body BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by TEXT NOT NULL DEFAULT ''
) STRICT;
