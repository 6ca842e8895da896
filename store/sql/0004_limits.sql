-- How long this point may go on without its hub, as the hub said last; empty: no limit.
CREATE TABLE limits (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    days INTEGER CHECK (days >= 1),
    records INTEGER CHECK (records >= 1)
) STRICT;
