CREATE TABLE staff (
    name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 60),
    passphrase_hash TEXT NOT NULL,
    added_at TEXT NOT NULL
);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    staff TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- Failed tries by the name that was typed, known or not, so that the answer is the same for both.
CREATE TABLE sign_in_try (
    name_hash TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    wait_until BIGINT NOT NULL
);

CREATE TABLE setup_code (
    code_hash TEXT PRIMARY KEY,
    made_at TEXT NOT NULL
);
