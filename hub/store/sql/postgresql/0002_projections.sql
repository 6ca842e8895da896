-- waiting: for the underwriter; asked: for the applicant's papers; quarantined: for the point's correction.
CREATE TABLE application (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq BIGINT NOT NULL,
    reference TEXT NOT NULL,
    policyholder TEXT NOT NULL,
    buyers BIGINT NOT NULL,
    amount_fen BIGINT NOT NULL,
    applied_on TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'quarantined', 'decided')),
    outcome TEXT CHECK (outcome IN ('accepted', 'declined', 'supplement', 'quarantined')),
    policy_number TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (point, record_id)
);

CREATE INDEX application_by_state ON application (state, received_at);
CREATE INDEX application_by_reference ON application (reference);

CREATE TABLE decision (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    application TEXT NOT NULL,
    application_revision BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (point, record_id)
);

CREATE INDEX decision_by_application ON decision (point, application);

-- No key is without its point, so that points can live on different nodes: 40 drawn bits and a look keep numbers apart.
CREATE TABLE policy (
    point TEXT NOT NULL,
    policy_number TEXT NOT NULL,
    application TEXT NOT NULL,
    decision TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    insured_fen BIGINT NOT NULL CHECK (insured_fen >= 0),
    premium_fen BIGINT NOT NULL CHECK (premium_fen >= 0),
    PRIMARY KEY (point, policy_number),
    UNIQUE (point, application)
);

CREATE INDEX policy_by_number ON policy (policy_number);

CREATE TABLE lead (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    applied_on TEXT NOT NULL,
    standing TEXT NOT NULL,
    refer_to TEXT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (point, record_id)
);
