-- How often each entry that is not yet confirmed was offered, when last, and why that try failed.
CREATE TABLE offer (
    producer TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 1),
    tried_at TEXT NOT NULL,
    problem TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (producer, epoch, seq)
) STRICT, WITHOUT ROWID;

-- The last batches the hub signed for: bytes of entries before compression, and the seconds until its answer.
CREATE TABLE pace (
    id INTEGER PRIMARY KEY,
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    seconds REAL NOT NULL CHECK (seconds > 0)
) STRICT;

-- What waited when the last exchange began: its progress is measured against this.
CREATE TABLE progress (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    began_at TEXT NOT NULL,
    waiting INTEGER NOT NULL
) STRICT;
