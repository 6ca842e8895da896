-- Each bundle that came on a stick and what came of it; a point nobody could name is ''.
CREATE TABLE bundle (
    point TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    file TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    entries INTEGER NOT NULL,
    problem TEXT NOT NULL,
    PRIMARY KEY (point, taken_at, file)
) STRICT;
