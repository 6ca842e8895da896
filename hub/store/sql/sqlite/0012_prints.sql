-- What a point said it printed of an application, so that erasing the one finds the other.
CREATE TABLE print (
    point TEXT NOT NULL,
    record_id TEXT NOT NULL,
    application TEXT NOT NULL,
    paper TEXT NOT NULL,
    PRIMARY KEY (point, record_id)
) STRICT;

CREATE INDEX print_by_application ON print (point, application);
