-- What was put on paper: which paper of which record, as the journal says.
CREATE TABLE print (
    record_id TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    paper TEXT NOT NULL,
    revision INTEGER NOT NULL,
    journal INTEGER NOT NULL
) STRICT;

CREATE INDEX print_by_subject ON print (subject, journal);

-- Numbered blank forms: the number, the id its application will have, and whether that is here.
CREATE TABLE blank (
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL UNIQUE,
    application TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    series TEXT NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('out', 'used', 'spoiled')),
    journal INTEGER NOT NULL
) STRICT;

CREATE INDEX blank_by_state ON blank (state, id);
CREATE INDEX blank_by_series ON blank (series, id);

-- Papers to be printed later, in the order in which they were put here; each leaves when it came out right.
CREATE TABLE pile (
    id INTEGER PRIMARY KEY,
    application TEXT NOT NULL,
    paper TEXT NOT NULL,
    script_order TEXT NOT NULL,
    size TEXT NOT NULL,
    reason TEXT,
    words TEXT NOT NULL DEFAULT '',
    put_by TEXT NOT NULL,
    put_at TEXT NOT NULL,
    UNIQUE (application, paper, script_order, size)
) STRICT;
