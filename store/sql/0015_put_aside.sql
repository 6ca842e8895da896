-- Pictures that somebody here lets wait: records go on, and a stick takes them all the same.
ALTER TABLE delivery ADD COLUMN put_aside INTEGER NOT NULL DEFAULT 0 CHECK (put_aside IN (0, 1));
