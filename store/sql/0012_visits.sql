-- How often somebody outside came in a window of five minutes. "subject" is an HMAC: neither addresses nor phone
-- numbers can be read from it, and rows go with the hour.
CREATE TABLE visit (
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    period INTEGER NOT NULL,
    visits INTEGER NOT NULL CHECK (visits > 0),
    PRIMARY KEY (kind, subject, period)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_period ON visit (period);
