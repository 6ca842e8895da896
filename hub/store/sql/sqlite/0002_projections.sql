-- waiting: for the underwriter; asked: for the applicant's papers; quarantined: for the point's correction.
CREATE TABLE application (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    reference TEXT NOT NULL,
    policyholder TEXT NOT NULL,
    buyers INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    applied_on TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'quarantined', 'decided')),
    outcome TEXT CHECK (outcome IN ('accepted', 'declined', 'supplement', 'quarantined')),
    policy_number TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (point, record_id)
) STRICT;

CREATE INDEX application_by_state ON application (state, received_at);
CREATE INDEX application_by_reference ON application (reference);

CREATE TABLE decision (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    application TEXT NOT NULL,
    application_revision INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (point, record_id)
) STRICT;

CREATE INDEX decision_by_application ON decision (point, application);

CREATE TABLE policy (
    point TEXT NOT NULL,
    policy_number TEXT NOT NULL UNIQUE,
    application TEXT NOT NULL,
    decision TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    insured_fen INTEGER NOT NULL CHECK (insured_fen >= 0),
    premium_fen INTEGER NOT NULL CHECK (premium_fen >= 0),
    PRIMARY KEY (point, policy_number),
    UNIQUE (point, application)
) STRICT;

CREATE TABLE lead (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    applied_on TEXT NOT NULL,
    standing TEXT NOT NULL,
    refer_to TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (point, record_id)
) STRICT;
