CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
    role TEXT NOT NULL CHECK (role IN ('clerk', 'manager')),
    pin_hash TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    added_at TEXT NOT NULL
) STRICT;

-- Failed tries by the name that was typed, known or not, so that the answer is the same for both.
CREATE TABLE sign_in_try (
    name_hash TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    wait_until REAL NOT NULL
) STRICT;

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    started_at REAL NOT NULL,
    seen_at REAL NOT NULL
) STRICT;

CREATE TABLE setup_code (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    code_hash TEXT NOT NULL
) STRICT;

-- What is typed but not yet an application. The id becomes the record's id.
CREATE TABLE draft (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    staff TEXT NOT NULL REFERENCES staff (id),
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    revises INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '',
    started_at TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;

CREATE INDEX draft_by_staff ON draft (staff, saved_at);

-- Decisions somebody has looked at.
CREATE TABLE decision_seen (
    decision TEXT PRIMARY KEY,
    seen_at TEXT NOT NULL
) STRICT;
