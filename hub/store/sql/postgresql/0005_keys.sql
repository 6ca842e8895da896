-- active: signs; next: announced by the active one, whose place it takes with its first message;
-- replaced: late messages of it are taken up to "until", the heads it announced; revoked: taken from somebody.
ALTER TABLE point_key DROP CONSTRAINT point_key_state_check;
ALTER TABLE point_key ADD CONSTRAINT point_key_state_check CHECK (state IN ('active', 'next', 'replaced', 'revoked'));
ALTER TABLE point_key ADD COLUMN until TEXT NOT NULL DEFAULT '';

-- One for each point, the newest; its key signs one message. The private half is on paper only.
CREATE TABLE invitation (
    point TEXT PRIMARY KEY CHECK (length(point) BETWEEN 2 AND 6),
    key_id TEXT NOT NULL CHECK (length(key_id) = 16),
    public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
    body BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    used_by TEXT NOT NULL DEFAULT ''
);
