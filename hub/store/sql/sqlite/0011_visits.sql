-- How often somebody outside asked in a window of five minutes. "subject" is an HMAC: nothing can be read from it.
CREATE TABLE visit (
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    period INTEGER NOT NULL,
    visits INTEGER NOT NULL CHECK (visits > 0),
    PRIMARY KEY (kind, subject, period)
) STRICT;

CREATE INDEX visit_period ON visit (period);
