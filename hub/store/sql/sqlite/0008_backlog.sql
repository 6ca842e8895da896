-- What a point sent and nobody judged yet: all that it wrote from this position on.
CREATE TABLE backlog (
    point TEXT PRIMARY KEY REFERENCES point (code),
    position INTEGER NOT NULL CHECK (position >= 1),
    since TEXT NOT NULL
) STRICT;
