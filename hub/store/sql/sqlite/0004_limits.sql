-- The limits in force for each point, and under '' those that a point enrolled later begins with.
CREATE TABLE limits (
    point TEXT PRIMARY KEY,
    body BLOB NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
