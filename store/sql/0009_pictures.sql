-- Pictures by the SHA-256 of their bytes, so that the same one is kept once. In this file and no other: encrypted
-- with it, in every backup of it, and there in the same moment as the entry that names it.
CREATE TABLE picture (
    sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
    data BLOB NOT NULL CHECK (length(data) >= 1)
) STRICT;

-- Pictures of a draft; each becomes an entry of the journal when the draft is submitted.
CREATE TABLE draft_picture (
    draft TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    record_id TEXT NOT NULL,
    sha256 BLOB NOT NULL REFERENCES picture (sha256),
    body BLOB NOT NULL,
    PRIMARY KEY (draft, record_id),
    UNIQUE (draft, sha256)
) STRICT;

CREATE INDEX draft_picture_by_digest ON draft_picture (sha256);

-- What the journal says of pictures.
CREATE TABLE attachment (
    record_id TEXT PRIMARY KEY,
    application TEXT NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    size INTEGER NOT NULL,
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    journal INTEGER NOT NULL
) STRICT;

CREATE INDEX attachment_by_application ON attachment (application, journal);
CREATE INDEX attachment_by_digest ON attachment (sha256);

-- What the hub said it holds of each picture of a record. "sure" is 0 from before a piece leaves until its answer is
-- here. "proof" is the signed head of the answer that said it holds all of it.
CREATE TABLE delivery (
    sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
    held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
    sure INTEGER NOT NULL DEFAULT 1 CHECK (sure IN (0, 1)),
    complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
    proof BLOB
) STRICT;

CREATE INDEX delivery_open ON delivery (sha256) WHERE complete = 0;
