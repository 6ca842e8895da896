CREATE TABLE application (
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    policyholder TEXT NOT NULL,
    id_number TEXT NOT NULL,
    buyer TEXT NOT NULL,
    buyers INTEGER NOT NULL CHECK (buyers BETWEEN 1 AND 5),
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    payable_fen INTEGER NOT NULL,
    county TEXT NOT NULL,
    applied_on TEXT NOT NULL CHECK (applied_on GLOB '????-??-??'),
    outcome TEXT CHECK (outcome IN ('accepted', 'declined', 'supplement', 'quarantined')),
    policy_number TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX application_by_place ON application (producer, epoch, seq);
CREATE INDEX application_by_outcome ON application (outcome, id);
CREATE INDEX application_by_day ON application (applied_on);

CREATE TABLE invoice (
    application INTEGER NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    seller TEXT NOT NULL,
    number TEXT NOT NULL,
    buyer TEXT NOT NULL,
    PRIMARY KEY (application, number, buyer)
) STRICT, WITHOUT ROWID;

CREATE INDEX invoice_by_number ON invoice (seller, number);

CREATE VIRTUAL TABLE application_search USING fts5(
    terms, content='', contentless_delete=1, detail=none, prefix='2 3 4', tokenize='ascii'
);

CREATE TABLE decision (
    record_id TEXT PRIMARY KEY,
    application TEXT NOT NULL,
    application_revision INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    journal INTEGER NOT NULL,
    seen INTEGER NOT NULL CHECK (seen IN (0, 1))
) STRICT;

CREATE INDEX decision_by_application ON decision (application, journal);
CREATE INDEX decision_unseen ON decision (journal) WHERE seen = 0;

CREATE TABLE product (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    journal INTEGER NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE lead (
    record_id TEXT PRIMARY KEY,
    applied_on TEXT NOT NULL,
    refer_to TEXT NOT NULL,
    contact TEXT NOT NULL,
    journal INTEGER NOT NULL
) STRICT;

CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

CREATE TABLE activity (
    journal INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    action TEXT NOT NULL
) STRICT;

CREATE INDEX activity_by_subject ON activity (subject, journal);
