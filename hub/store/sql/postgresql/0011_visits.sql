-- How often somebody outside asked in a window of five minutes. "subject" is an HMAC: nothing can be read from it.
CREATE TABLE visit (
    kind TEXT NOT NULL,
    subject BYTEA NOT NULL,
    period BIGINT NOT NULL,
    visits BIGINT NOT NULL CHECK (visits > 0),
    PRIMARY KEY (kind, subject, period)
);

CREATE INDEX visit_period ON visit (period);
